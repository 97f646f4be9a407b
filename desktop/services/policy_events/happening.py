"""What happened to households, as the tables of facts tell it: each source of events reads its own.

A set of households is asked about in one statement a source, whether it is one file or a whole office.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.clock import japan_day
from desktop.domain.dates import months_later
from desktop.domain.policy_events import EventSource, Impact
from desktop.domain.records import EntryState
from desktop.models.households import Household, Member, Person
from desktop.models.ledger import AddressPeriod, ResidencePeriod, WorkPeriod
from desktop.models.policy_impacts import PolicyImpact
from desktop.models.records import EntryRecord
from desktop.services.periods import holds_on

#: A child this young when it comes into the household was born into it.
_NEWBORN = timedelta(days=60)
_DAY = timedelta(days=1)
_MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One thing that happened. `known_on` is the day from which its term counts, `known_at` the instant if there is one."""

    source: EventSource
    household_id: UUID
    happened_on: date
    known_on: date
    known_at: datetime | None = None
    age: int | None = None
    who: str = field(default="", repr=False)
    entry_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Households:
    """Which households are asked about: a condition on `Household`, and the days of the window, both inclusive."""

    where: ColumnElement[bool]
    since: date
    today: date

    def covers(self, day: date | None) -> bool:
        """Whether a day lies in the window."""
        return day is not None and self.since <= day <= self.today


def impacts(session: Session, asked: Households) -> Iterator[Happening]:
    """The newest あり answers for versions that are valid or lie with the approvers, with the day of the contact."""
    i, e, later = PolicyImpact, EntryRecord, aliased(PolicyImpact)
    answered_again = exists().where(
        later.entry_id == i.entry_id,
        later.version == i.version,
        or_(
            later.answered_at > i.answered_at,
            and_(later.answered_at == i.answered_at, later.id > i.id),
        ),
    )
    counts = or_(
        i.version == e.approved_version,
        (i.version == e.version) & e.state.in_((EntryState.SUBMITTED, EntryState.RETURNED)),
    )
    rows = session.execute(
        select(i, e.event_on)
        .join(e, e.id == i.entry_id)
        .join(Household, Household.id == i.household_id)
        .where(
            asked.where,
            i.answer == Impact.SOME,
            e.is_annulled.is_(False),
            counts,
            ~answered_again.correlate(i),
        )
    )
    for impact, event_on in rows:
        yield Happening(
            source=EventSource.IMPACT,
            household_id=impact.household_id,
            happened_on=event_on,
            known_on=japan_day(impact.answered_at),
            known_at=impact.answered_at,
            entry_id=impact.entry_id,
        )


def members(session: Session, asked: Households) -> Iterator[Happening]:
    """Who was born, came, left or died. A row that follows another of the same person is no coming or going."""
    m, p = Member, Person
    changed = or_(
        m.valid_from.between(asked.since, asked.today),
        m.valid_to.between(asked.since - _DAY, asked.today),
        p.died_on.between(asked.since, asked.today),
    )
    rows = session.execute(
        select(
            m.household_id, m.person_id, m.valid_from, m.valid_to, p.name, p.birth_date, p.died_on
        )
        .join(p, p.id == m.person_id)
        .join(Household, Household.id == m.household_id)
        .where(asked.where, changed)
    ).all()
    starts = {(row.household_id, row.person_id, row.valid_from) for row in rows}
    ends = {(row.household_id, row.person_id, row.valid_to) for row in rows if row.valid_to}
    for household_id, person_id, began, ended, name, born, died in rows:
        if asked.covers(began) and (household_id, person_id, began - _DAY) not in ends:
            is_new = born is not None and began - born <= _NEWBORN
            yield Happening(
                source=EventSource.BORN if is_new else EventSource.JOINED,
                household_id=household_id,
                happened_on=born if is_new and born else began,
                known_on=began,
                who=name,
            )
        is_death = died is not None and (ended is None or ended >= died)
        goes_on = ended is not None and (household_id, person_id, ended + _DAY) in starts
        if died is not None and is_death:
            gone, source = died, EventSource.DIED
        elif ended is not None and not goes_on and ended < asked.today:
            gone, source = ended, EventSource.LEFT
        else:
            continue
        if asked.covers(gone):
            yield _plain(source, household_id, gone, name)


def moves(session: Session, asked: Households) -> Iterator[Happening]:
    """Changes of address; the first address known is none."""
    a, before = AddressPeriod, aliased(AddressPeriod)
    earlier = exists().where(
        before.household_id == a.household_id, before.valid_from < a.valid_from
    )
    rows = session.execute(
        select(a.household_id, a.valid_from)
        .join(Household, Household.id == a.household_id)
        .where(asked.where, a.valid_from.between(asked.since, asked.today), earlier.correlate(a))
    )
    for household_id, day in rows:
        yield _plain(EventSource.MOVED, household_id, day)


def stays(session: Session, asked: Households) -> Iterator[Happening]:
    """Members who went into a hospital or facility, or came out."""
    yield from _periods(
        session, asked, ResidencePeriod, EventSource.ADMITTED, EventSource.DISCHARGED
    )


def works(session: Session, asked: Households) -> Iterator[Happening]:
    """Members who began to work, or stopped."""
    yield from _periods(session, asked, WorkPeriod, EventSource.WORK_BEGAN, EventSource.WORK_ENDED)


def birthdays(session: Session, asked: Households, ages: frozenset[int]) -> Iterator[Happening]:
    """Members who reached one of these ages."""
    m, p = Member, Person
    born = [
        p.birth_date.between(
            months_later(asked.since, -age * _MONTHS), months_later(asked.today, -age * _MONTHS)
        )
        for age in sorted(ages)
    ]
    if not born:
        return
    rows = session.execute(
        select(m.household_id, p.birth_date, p.name, m.valid_from)
        .join(p, p.id == m.person_id)
        .join(Household, Household.id == m.household_id)
        .where(asked.where, holds_on(m, asked.today), p.died_on.is_(None), or_(*born))
    )
    for household_id, birth, name, began in rows:
        if birth is None:
            continue
        for age in sorted(ages):
            day = months_later(birth, age * _MONTHS)
            if asked.covers(day) and began <= day:
                yield Happening(
                    source=EventSource.AGE,
                    household_id=household_id,
                    happened_on=day,
                    known_on=day,
                    age=age,
                    who=name,
                )


def _periods(
    session: Session,
    asked: Households,
    table: type[ResidencePeriod] | type[WorkPeriod],
    began: EventSource,
    ended: EventSource,
) -> Iterator[Happening]:
    m, p = Member, Person
    rows = session.execute(
        select(m.household_id, m.valid_from, m.valid_to, p.name, table.valid_from, table.valid_to)
        .select_from(table)
        .join(p, p.id == table.person_id)
        .join(m, m.person_id == p.id)
        .join(Household, Household.id == m.household_id)
        .where(
            asked.where,
            or_(
                table.valid_from.between(asked.since, asked.today),
                table.valid_to.between(asked.since, asked.today - _DAY),
            ),
        )
    )
    for household_id, since, until, name, first, last in rows:
        days = ((began, first), (ended, last if last != asked.today else None))
        for source, day in days:
            if day is None or not asked.covers(day):
                continue
            if since <= day and (until is None or day <= until):
                yield _plain(source, household_id, day, name)


def _plain(source: EventSource, household_id: UUID, day: date, who: str = "") -> Happening:
    return Happening(
        source=source, household_id=household_id, happened_on=day, known_on=day, who=who
    )
