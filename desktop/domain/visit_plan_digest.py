"""One spelling of a plan's content, so that what is approved is exactly what was displayed.

The database spells it alike (`app.plan_digest` in `security/sql/57_visit_plans.sql`); a test holds that both agree.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from desktop.domain.visit_plans import PlanException, PlanKind, PlannedVisit


def plan_digest(
    district_id: UUID,
    kind: PlanKind,
    first_on: date,
    visits: Iterable[PlannedVisit],
    exceptions: Iterable[PlanException],
) -> str:
    """SHA-256 of every visit with its note and of every exception with its words; reasons and costs explain, and are left out."""
    lines = [f"{kind.value}|{district_id}|{first_on.isoformat()}"]
    lines += [_visit(v) for v in sorted(visits, key=lambda v: str(v.visit_id))]
    lines += [
        f"!|{e.household_id}|{e.reason}|{_hash(e.words)}"
        for e in sorted(exceptions, key=lambda e: str(e.household_id))
    ]
    return _hash("\n".join(lines))


def _visit(v: PlannedVisit) -> str:
    cells = (
        *(str(v.visit_id), str(v.household_id), v.kind.value),
        *(_day(v.month), _day(v.day), v.half.value if v.half else ""),
        *("" if v.place is None else str(v.place), str(v.minutes), ",".join(v.purposes)),
        *(_yes(v.is_statutory), _yes(v.is_announced), _yes(v.is_locked)),
        *(v.rule, _day(v.first_on), _day(v.last_on), _day(v.due_on), v.unplanned, _hash(v.note)),
    )
    return "|".join(cells)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _yes(said: bool) -> str:  # noqa: FBT001 - a cell
    return "1" if said else "0"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
