"""What the rules about visits count: real meetings, absences in a row, and where the head of a household lives.

All of it is a fact of a contact that a handed-in entry of the same file states; nothing is read of the entry's words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from desktop.domain.records import ContactMethod, EntryState
from desktop.models.households import Household, Member
from desktop.models.ledger import ResidencePeriod, TakeOver
from desktop.models.records import Contact, EntryRecord
from desktop.services.periods import holds_on
from desktop.services.supervision.scope import HOUSEHOLD, Scope, period_began

#: A condition on a contact: an expression or a column of it.
Condition = ColumnElement[bool] | InstrumentedAttribute[bool]

#: How far back a series of absences is followed.
_SERIES_DAYS = 366


def stated(scope: Scope, contact: type[Contact] = Contact) -> ColumnElement[bool]:
    """A joined entry hands the contact in: no draft, not annulled, not of a day to come."""
    return and_(
        EntryRecord.contact_id == contact.id,
        # Without this every entry of the database is looked at.
        EntryRecord.household_id == contact.household_id,
        EntryRecord.state != EntryState.DRAFT,
        EntryRecord.is_annulled.is_(False),
        contact.happened_on <= scope.today,
    )


def contacts_of(
    scope: Scope,
    column: InstrumentedAttribute[Any] | ColumnElement[Any],
    *conditions: Condition,
) -> Select[*tuple[Any, ...]]:
    """A column of the contacts of the household that the outer query looks at."""
    return (
        select(column)
        .select_from(Contact)
        .join(EntryRecord, stated(scope))
        .where(Contact.household_id == Household.id, *conditions)
        .correlate(Household)
    )


def has_contact(scope: Scope, *conditions: Condition) -> ColumnElement[bool]:
    """Whether the household has such a contact."""
    return contacts_of(scope, Contact.id, *conditions).exists()


def last_contact(scope: Scope, *conditions: Condition) -> ColumnElement[date]:
    """The day of the household's newest such contact: the newest first and stop."""
    newest = contacts_of(scope, Contact.happened_on, *conditions)
    return newest.order_by(Contact.happened_on.desc()).limit(1).scalar_subquery()


def face_to_face() -> ColumnElement[bool]:
    """A real visit, or a talk in the office: somebody was seen. An absence, a call and a third party are none."""
    return or_(Contact.is_home_visit, Contact.method == ContactMethod.OFFICE)


def head_is_away(scope: Scope, since: date | None = None) -> ColumnElement[bool]:
    """The head is in a hospital or facility today; `since`: and has been from that day on."""
    stay = ResidencePeriod
    lasting = () if since is None else (stay.valid_from <= since,)
    return (
        exists()
        .where(
            Member.household_id == Household.id,
            Member.is_head,
            holds_on(Member, scope.today),
            stay.person_id == Member.person_id,
            holds_on(stay, scope.today),
            *lasting,
        )
        .correlate(Household)
    )


def head_lives(scope: Scope) -> ColumnElement[str]:
    """The kind of place in which the head is today; NULL where at home."""
    stay = ResidencePeriod
    return (
        select(stay.kind)
        .join(Member, Member.person_id == stay.person_id)
        .where(
            Member.household_id == Household.id,
            Member.is_head,
            holds_on(Member, scope.today),
            holds_on(stay, scope.today),
        )
        .order_by(stay.valid_from.desc())
        .limit(1)
        .correlate(Household)
        .scalar_subquery()
    )


def unmet(scope: Scope, *columns: Any) -> Select[*tuple[Any, ...]]:  # noqa: ANN401 - columns of any type
    """Receiving households with what tells how long nobody met them: begin of the period, and what the take-over knew."""
    return (
        select(
            *HOUSEHOLD, *columns, period_began(scope), TakeOver.last_met_on, TakeOver.taken_over_on
        )
        .outerjoin(TakeOver, TakeOver.household_id == Household.id)
        .where(scope.active)
    )


def unmet_since(
    last: date | None, began: date | None, known: date | None, taken_over: date | None
) -> date | None:
    """From which day nobody met the household: the last meeting, else the begin of the period or the take-over."""
    met = max((day for day in (last, known) if day is not None), default=None)
    days = (met, began) if met is not None else (began, taken_over)
    return max((day for day in days if day is not None), default=None)


@dataclass(frozen=True, slots=True)
class Series:
    """Visits in a row at which nobody was met, oldest first: days, and minutes since midnight where known."""

    household: tuple[Any, ...]
    attempts: tuple[tuple[date, int | None], ...]

    @property
    def household_id(self) -> UUID:
        """Whose absences they are."""
        return self.household[0]  # type: ignore[no-any-return]  # the first of HOUSEHOLD


def series_of_absences(session: Session, scope: Scope) -> list[Series]:
    """Each receiving household's absences since its last real visit; those without any are missing."""
    later, entry = aliased(Contact), aliased(EntryRecord)
    met_since = (
        exists()
        .where(
            later.household_id == Contact.household_id,
            later.is_home_visit,
            later.happened_on >= Contact.happened_on,
            later.happened_on <= scope.today,
            entry.contact_id == later.id,
            entry.household_id == later.household_id,
            entry.state != EntryState.DRAFT,
            entry.is_annulled.is_(False),
        )
        .correlate(Contact)
    )
    rows = session.execute(
        select(*HOUSEHOLD, Contact.happened_on, Contact.started_at)
        .join(Contact, Contact.household_id == Household.id)
        .join(EntryRecord, stated(scope))
        .where(
            scope.active,
            Contact.is_absence,
            Contact.happened_on >= scope.today - timedelta(days=_SERIES_DAYS),
            ~met_since,
        )
        .order_by(Contact.happened_on, Contact.started_at, Contact.id)
    )
    found: dict[UUID, tuple[tuple[Any, ...], list[tuple[date, int | None]]]] = {}
    for *household, day, minute in rows:
        key = cast("UUID", household[0])
        _, attempts = found.setdefault(key, (tuple(household), []))
        attempts.append((day, minute))
    return [Series(household, tuple(attempts)) for household, attempts in found.values()]
