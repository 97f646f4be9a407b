"""What the ledger knows of each member, gathered from the database for some households at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.clock import japan_day
from desktop.domain.households import HouseholdState, ResidenceKind
from desktop.domain.labels import HOUSEHOLD_STATE, HOUSEHOLD_TYPE, RELATION, RESIDENCE, SEX
from desktop.domain.ledger_columns import LedgerColumn
from desktop.domain.office import AssignmentKind
from desktop.models.households import Household, Member, Person
from desktop.models.ledger import (
    AddressPeriod,
    HouseholdStatePeriod,
    ResidencePeriod,
    TakeOver,
    VisitGradePeriod,
    WorkPeriod,
)
from desktop.models.office import Assignment, District, Staff
from desktop.models.records import Contact, EntryRecord
from desktop.models.support_policies import SupportPolicyRecord

LedgerLine = Mapping[LedgerColumn, str | date | None]
Period = TypeVar("Period")
_C = LedgerColumn


class LedgerLines:
    """Makes the lines of households; what the whole office shares is read once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._districts = {d.id: d for d in session.scalars(select(District))}
        found = session.execute(
            select(Assignment.district_id, Staff.name)
            .join(Staff, Staff.id == Assignment.staff_id)
            .where(Assignment.kind == AssignmentKind.MAIN, Assignment.valid_to.is_(None))
            .order_by(Assignment.valid_from)
        )
        self._caseworkers = {row.district_id: row.name for row in found}

    def of(self, households: Sequence[Household]) -> list[LedgerLine]:
        """The lines of these households, the head first."""
        ids = [household.id for household in households]
        facts = self._facts(ids)
        lines: list[LedgerLine] = []
        for household in households:
            shared = self._household(household, facts)
            lines.extend(
                {**shared, **self._member(facts, member, person)}
                for member, person in facts["members"].get(household.id, ())
            )
        return lines

    def _facts(self, ids: Collection[UUID]) -> dict[str, dict[UUID, Any]]:
        members = defaultdict[UUID, list[tuple[Member, Person]]](list)
        found = self._session.execute(
            select(Member, Person)
            .join(Person, Person.id == Member.person_id)
            .join(Household, Household.id == Member.household_id)
            .where(
                Member.household_id.in_(ids),
                Member.valid_to.is_(None) | (Household.state == HouseholdState.CLOSED),
            )
            .order_by(Member.is_head.desc(), Person.person_number)
        )
        for member, person in found:
            members[member.household_id].append((member, person))
        persons = [person.id for rows in members.values() for _, person in rows]
        return {
            "members": dict(members),
            "states": self._grouped(HouseholdStatePeriod, ids),
            "addresses": self._latest(AddressPeriod, AddressPeriod.household_id, ids),
            "grades": self._latest(VisitGradePeriod, VisitGradePeriod.household_id, ids),
            "take_overs": self._latest(TakeOver, TakeOver.household_id, ids),
            "stays": self._open(ResidencePeriod, persons),
            "works": self._open(WorkPeriod, persons),
            "met": self._days(
                Contact.household_id, Contact.happened_on, ids, Contact.is_home_visit
            ),
            "declared": self._entry_days("declaration", ids),
            "policies": self._policies(ids),
        }

    def _household(self, household: Household, facts: dict[str, dict[UUID, Any]]) -> LedgerLine:
        key = household.id
        district = self._districts[household.district_id]
        address, grade = facts["addresses"].get(key), facts["grades"].get(key)
        before = facts["take_overs"].get(key)
        started, closed = _started_and_closed(facts["states"].get(key, ()))
        approved, due = facts["policies"].get(key) or (
            (before.policy_approved_on, before.policy_due_on) if before else (None, None)
        )
        return {
            _C.CASE_NUMBER: household.case_number,
            _C.POSTAL_CODE: address.postal_code if address else "",
            _C.ADDRESS: address.address if address else "",
            _C.DISTRICT_CODE: district.code,
            _C.DISTRICT_NAME: district.name,
            _C.CASEWORKER: self._caseworkers.get(district.id, ""),
            _C.HOUSEHOLD_TYPE: HOUSEHOLD_TYPE[household.household_type] if household.household_type else "",
            _C.STATE: HOUSEHOLD_STATE[household.state],
            _C.STARTED_ON: started,
            _C.CLOSED_ON: closed,
            _C.SHIELDED: "1" if household.is_shielded else "0",
            _C.VISIT_GRADE: grade.grade if grade else "",
            _C.LAST_MET_ON: facts["met"].get(key) or (before.last_met_on if before else None),
            _C.POLICY_APPROVED_ON: approved,
            _C.POLICY_DUE_ON: due,
            _C.INCOME_DECLARED_ON: facts["declared"].get(key) or (before.income_declared_on if before else None),
            _C.ASSETS_DECLARED_ON: before.assets_declared_on if before else None,
        }  # fmt: skip

    def _member(
        self, facts: dict[str, dict[UUID, Any]], member: Member, person: Person
    ) -> LedgerLine:
        stay, work = facts["stays"].get(person.id), facts["works"].get(person.id)
        return {
            _C.PERSON_NUMBER: person.person_number,
            _C.IS_HEAD: "1" if member.is_head else "0",
            _C.RELATION: RELATION[member.relation],
            _C.NAME: person.name,
            _C.KANA: person.kana,
            _C.BIRTH_DATE: person.birth_date,
            _C.SEX: SEX[person.sex],
            _C.RESIDENCE: RESIDENCE[stay.kind if stay else ResidenceKind.HOME],
            _C.RESIDENCE_PLACE: stay.place if stay else "",
            _C.EMPLOYER: work.employer if work else "",
            _C.DIED_ON: person.died_on,
        }

    def _grouped(self, table: Any, ids: Collection[UUID]) -> dict[UUID, Any]:  # noqa: ANN401 - a mapped table
        found = defaultdict[UUID, list[Any]](list)
        for row in self._session.scalars(
            select(table).where(table.household_id.in_(ids)).order_by(table.valid_from)
        ):
            found[row.household_id].append(row)
        return dict(found)

    def _latest(self, table: Any, key: Any, ids: Collection[UUID]) -> dict[UUID, Any]:  # noqa: ANN401
        order = getattr(table, "valid_from", table.id)
        rows = self._session.scalars(select(table).where(key.in_(ids)).order_by(order))
        return {row.household_id: row for row in rows}

    def _open(self, table: Any, ids: Collection[UUID]) -> dict[UUID, Any]:  # noqa: ANN401
        rows = self._session.scalars(
            select(table)
            .where(table.person_id.in_(ids), table.valid_to.is_(None))
            .order_by(table.valid_from)
        )
        return {row.person_id: row for row in rows}

    def _days(self, key: Any, day: Any, ids: Collection[UUID], *where: Any) -> dict[UUID, Any]:  # noqa: ANN401
        found = select(key, func.max(day)).where(key.in_(ids), *where).group_by(key)
        return {row[0]: row[1] for row in self._session.execute(found)}

    def _policies(self, ids: Collection[UUID]) -> dict[UUID, tuple[date, date | None]]:
        """The day on which the policy in force was approved, and when it is due."""
        p = SupportPolicyRecord
        rows = self._session.execute(
            select(p.household_id, p.approved_at, p.review_due_on)
            .where(p.household_id.in_(ids), p.approved_at.is_not(None))
            .order_by(p.approved_at)
        )
        return {
            household_id: (japan_day(at), due) for household_id, at, due in rows if at is not None
        }

    def _entry_days(self, kind: str, ids: Collection[UUID]) -> dict[UUID, Any]:
        return self._days(
            EntryRecord.household_id,
            EntryRecord.event_on,
            ids,
            EntryRecord.kind == kind,
            EntryRecord.approved_version.is_not(None),
        )


def _started_and_closed(
    states: Iterable[HouseholdStatePeriod],
) -> tuple[date | None, date | None]:
    """The first day of protection (of the application where there is none yet), and the day of closing."""
    started = closed = applied = None
    for period in states:
        if period.state is HouseholdState.APPLYING:
            applied = period.valid_from
        elif period.state is HouseholdState.CLOSED:
            closed = period.valid_from
        elif started is None or closed:
            started, closed = period.valid_from, None
    return started or applied, closed
