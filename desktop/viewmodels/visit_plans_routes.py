"""Where the screen 訪問計画 goes when another screen asks for something: a plan, a district without one, a household's month."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desktop.domain.dates import months_later
from desktop.domain.visit_plan_periods import first_of_month, first_of_year
from desktop.domain.visit_plan_views import PlanHead
from desktop.domain.visit_plans import PlanKind

_YEAR, _MONTH = PlanKind.YEAR, PlanKind.MONTH


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A district's year or month; with a household, its line there."""

    district_id: UUID
    kind: PlanKind
    first_on: date
    household_id: UUID | None = None


def route_to(
    item_id: UUID,
    heads: Iterable[PlanHead],
    district_ids: Collection[UUID],
    of_household: UUID | None,
    today: date,
) -> Route | None:
    """The way to an item; None where it belongs to somebody else. `of_household` is the item's district if it is a household."""
    known = {head.plan_id: head for head in heads}
    head = known.get(item_id)
    if head is not None and head.district_id in district_ids:
        return Route(district_id=head.district_id, kind=head.kind, first_on=head.first_on)
    if item_id in district_ids:
        made = {(h.kind, h.first_on) for h in known.values() if h.district_id == item_id}
        kind, first_on = next((p for p in _in_turn(today) if p not in made), (_YEAR, _year(today)))
        return Route(district_id=item_id, kind=kind, first_on=first_on)
    if of_household is None or of_household not in district_ids:
        return None
    return Route(
        district_id=of_household,
        kind=_MONTH,
        first_on=first_of_month(today),
        household_id=item_id,
    )


def _in_turn(today: date) -> tuple[tuple[PlanKind, date], ...]:
    """What a district plans, in the order in which it is missed."""
    month = first_of_month(today)
    return (
        (_YEAR, _year(today)),
        (_MONTH, month),
        (_MONTH, months_later(month, 1)),
        (_YEAR, months_later(_year(today), 12)),
    )


def _year(today: date) -> date:
    return first_of_year(today)
