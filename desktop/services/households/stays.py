"""Where households lived under protection, day by day: what the legal number of visits is counted from.

The database counts the same way for the approval of a plan (`app.required_visits` in `security/sql/58_visit_plan_moves.sql`);
a test compares both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from desktop.domain.households import HouseholdState, ResidenceKind
from desktop.domain.visit_floors import Stay
from desktop.domain.visit_grades import GradeState, LivingPlace, living_place
from desktop.models.households import Household, Member, Person
from desktop.models.ledger import HouseholdStatePeriod, ResidencePeriod
from desktop.models.visit_grades import VisitGradeRecord

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Residence:
    kind: ResidenceKind
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class _Member:
    """A place in the household; `until` is the last day (the day before a death)."""

    since: date
    until: date | None
    residences: Sequence[_Residence]

    def place_on(self, day: date) -> LivingPlace | None:
        """Where the member lives on the day, None for one who does not belong to the household then."""
        if not _holds(self.since, self.until, day):
            return None
        found = [r for r in self.residences if _holds(r.since, r.until, day)]
        return LivingPlace(max(found, key=lambda r: r.since).kind) if found else LivingPlace.HOME


@dataclass(slots=True)
class _Household:
    protected: list[tuple[date, date | None]] = field(default_factory=list)
    members: list[_Member] = field(default_factory=list)
    decided: list[tuple[date, LivingPlace]] = field(default_factory=list)

    def place_on(self, day: date) -> LivingPlace:
        """Home where anybody is; a group home where the newest approved grade names one."""
        places = (member.place_on(day) for member in self.members)
        found = living_place([place for place in places if place is not None])
        named = [place for begun, place in self.decided if begun <= day]
        is_group_home = bool(named) and named[-1] is LivingPlace.GROUP_HOME
        return (
            LivingPlace.GROUP_HOME if is_group_home and found is not LivingPlace.HOSPITAL else found
        )

    def changes(self) -> Iterable[date]:
        """Days on which the place may be another than on the day before."""
        for member in self.members:
            yield from _ends(member.since, member.until)
            for residence in member.residences:
                yield from _ends(residence.since, residence.until)
        yield from (begun for begun, _ in self.decided)


def stays_of(
    session: Session, wanted: ColumnElement[bool], since: date, until: date, today: date
) -> dict[UUID, tuple[Stay, ...]]:
    """Household → its stays under protection between two days, oldest first; `wanted` is a condition on `Household`.

    Protection of before the last closing does not count. What is to come is taken as the ledger has it today: who is in
    hospital without a last day stays there.
    """
    found = defaultdict[UUID, _Household](_Household)
    closed = _closings(session, wanted, today)
    _read_protection(session, wanted, until, found, closed)
    _read_members(session, wanted, found)
    _read_decisions(session, wanted, found, closed)
    return {
        household_id: stays
        for household_id, household in found.items()
        if (stays := tuple(_stays(household, since, until)))
    }


def _stays(household: _Household, since: date, until: date) -> Iterable[Stay]:
    changes = sorted(set(household.changes()))
    for begun, ended in sorted(household.protected, key=lambda period: period[0]):
        first, last = max(begun, since), min(ended or until, until)
        if last < first:
            continue
        days = [first, *(day for day in changes if first < day <= last), last + _DAY]
        present = Stay(place=household.place_on(first), since=first, until=last)
        for day in days[1:-1]:
            place = household.place_on(day)
            if place is not present.place:
                yield Stay(place=present.place, since=present.since, until=day - _DAY)
                present = Stay(place=place, since=day, until=last)
        yield present


def _closings(session: Session, wanted: ColumnElement[bool], today: date) -> dict[UUID, date]:
    """Household → the day of its last closing."""
    s = HouseholdStatePeriod
    rows = session.execute(
        select(s.household_id, s.valid_from)
        .join(Household, Household.id == s.household_id)
        .where(wanted, s.state == HouseholdState.CLOSED, s.valid_from <= today)
        .order_by(s.valid_from)
    )
    return {household_id: day for household_id, day in rows}  # noqa: C416 - rows, not pairs


def _read_protection(
    session: Session,
    wanted: ColumnElement[bool],
    until: date,
    found: dict[UUID, _Household],
    closed: dict[UUID, date],
) -> None:
    s = HouseholdStatePeriod
    for household_id, begun, ended in session.execute(
        select(s.household_id, s.valid_from, s.valid_to)
        .join(Household, Household.id == s.household_id)
        .where(wanted, s.state == HouseholdState.RECEIVING, s.valid_from <= until)
    ):
        if begun >= closed.get(household_id, begun):
            found[household_id].protected.append((begun, ended))


def _read_members(
    session: Session, wanted: ColumnElement[bool], found: dict[UUID, _Household]
) -> None:
    m, r = Member, ResidencePeriod
    residences = defaultdict[UUID, list[_Residence]](list)
    members = select(m.person_id).join(Household, Household.id == m.household_id).where(wanted)
    for person_id, kind, begun, ended in session.execute(
        select(r.person_id, r.kind, r.valid_from, r.valid_to).where(r.person_id.in_(members))
    ):
        residences[person_id].append(_Residence(kind, begun, ended))
    for household_id, person_id, begun, ended, died_on in session.execute(
        select(m.household_id, m.person_id, m.valid_from, m.valid_to, Person.died_on)
        .join(Household, Household.id == m.household_id)
        .join(Person, Person.id == m.person_id)
        .where(wanted)
    ):
        last = ended if died_on is None else min(ended or died_on, died_on - _DAY)
        found[household_id].members.append(_Member(begun, last, residences.get(person_id, ())))


def _read_decisions(
    session: Session,
    wanted: ColumnElement[bool],
    found: dict[UUID, _Household],
    closed: dict[UUID, date],
) -> None:
    g = VisitGradeRecord
    for household_id, begun, place in session.execute(
        select(g.household_id, g.effective_from, g.place)
        .join(Household, Household.id == g.household_id)
        .where(wanted, g.state == GradeState.APPROVED)
        .order_by(g.effective_from, g.approved_at, g.id)
    ):
        if begun >= closed.get(household_id, begun):
            found[household_id].decided.append((begun, place))


def _holds(since: date, until: date | None, day: date) -> bool:
    return since <= day and (until is None or day <= until)


def _ends(since: date, until: date | None) -> Iterable[date]:
    yield since
    if until is not None:
        yield until + _DAY
