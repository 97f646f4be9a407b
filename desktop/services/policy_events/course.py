"""What the course of protection and of the visits tells: months since the start, absences in a row, the month of the year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.dates import months_later
from desktop.domain.households import HouseholdState
from desktop.domain.policy_events import EventSource
from desktop.domain.records import EntryState
from desktop.models.households import Household
from desktop.models.ledger import HouseholdStatePeriod
from desktop.models.records import Contact, EntryRecord
from desktop.services.policy_events.happening import Happening, Households

_UNDER_CARE = (HouseholdState.RECEIVING, HouseholdState.SUSPENDED)


def starts(session: Session, asked: Households, months: frozenset[int]) -> Iterator[Happening]:
    """Households whose protection began so many months ago; what follows a suspension is no start."""
    if not months:
        return
    s, before = HouseholdStatePeriod, aliased(HouseholdStatePeriod)
    state_before = (
        select(before.state)
        .where(before.household_id == s.household_id, before.valid_from < s.valid_from)
        .order_by(before.valid_from.desc())
        .limit(1)
        .correlate(s)
        .scalar_subquery()
    )
    rows = session.execute(
        select(s.household_id, s.valid_from, state_before)
        .join(Household, Household.id == s.household_id)
        .where(
            asked.where,
            s.state == HouseholdState.RECEIVING,
            s.valid_from.between(
                months_later(asked.since, -max(months)), months_later(asked.today, -min(months))
            ),
        )
    )
    for household_id, began, earlier in rows:
        if earlier in _UNDER_CARE:
            continue
        for number in sorted(months):
            day = months_later(began, number)
            if asked.covers(day):
                yield _numbered(EventSource.STARTED, household_id, day, number)


def absences(session: Session, asked: Households, runs: frozenset[int]) -> Iterator[Happening]:
    """The day on which nobody was met for the so-manieth time in a row; a visit with somebody met begins anew."""
    if not runs:
        return
    counts = (
        (EntryRecord.contact_id == Contact.id)
        & EntryRecord.is_annulled.is_(False)
        & (EntryRecord.state != EntryState.DRAFT)
        & Contact.happened_on.between(asked.since, asked.today)
    )
    often = (
        select(Contact.household_id)
        .join(EntryRecord, counts)
        .join(Household, Household.id == Contact.household_id)
        .where(asked.where, Contact.is_absence)
        .group_by(Contact.household_id)
        .having(func.count() >= min(runs))
    )
    rows = session.execute(
        select(Contact.household_id, Contact.happened_on, Contact.is_absence)
        .join(EntryRecord, counts)
        .where(
            Contact.household_id.in_(often),
            or_(Contact.is_absence, Contact.is_home_visit),
        )
        .order_by(Contact.happened_on, Contact.started_at, Contact.id)
    )
    in_a_row = defaultdict[UUID, int](int)
    for household_id, day, is_absence in rows:
        in_a_row[household_id] = in_a_row[household_id] + 1 if is_absence else 0
        if in_a_row[household_id] in runs:
            yield _numbered(EventSource.ABSENT, household_id, day, in_a_row[household_id])


def yearly(session: Session, asked: Households, months: frozenset[int]) -> Iterator[Happening]:
    """The last first day of each of these months: every household is looked at once a year."""
    days = [(_last_first(asked.today, month), month) for month in sorted(months)]
    known = [(day, month) for day, month in days if asked.covers(day)]
    if not known:
        return
    for household_id in session.scalars(select(Household.id).where(asked.where)):
        for day, month in known:
            yield _numbered(EventSource.YEARLY, household_id, day, month)


def _last_first(today: date, month: int) -> date:
    return date(today.year if month <= today.month else today.year - 1, month, 1)


def _numbered(source: EventSource, household_id: UUID, day: date, number: int) -> Happening:
    return Happening(
        source=source, household_id=household_id, happened_on=day, known_on=day, age=number
    )
