"""Joint visits for tests: two districts, a shared partner, rules and fixed half-days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from desktop.domain.ids import new_id
from desktop.domain.joint_bookings import AppointmentInput, JointKind, JointRuleInput
from desktop.domain.office import AssignmentKind, SignedInStaff
from desktop.domain.working_time import Half, WeekInput
from desktop.models.ledger import VisitGradePeriod
from desktop.models.office import District, Office, Staff
from tests.support import factories
from tests.support.desk import SmallOffice
from tests.support.factories import LONG_AGO, TODAY, add, make_household, make_person

#: A half-day in November that is a working day of everybody.
NOVEMBER = date(2024, 11, 12)


def a_rule(household_id: UUID, partner_id: UUID | None, **changes: Any) -> JointRuleInput:
    """A supporter goes along every time."""
    values: dict[str, Any] = {"rule_id": new_id(), "kind": JointKind.SUPPORTER, **changes}
    return JointRuleInput(household_id=household_id, partner_id=partner_id, **values)


def an_appointment(household_id: UUID, **changes: Any) -> AppointmentInput:
    """A Tuesday morning in November, told to the household."""
    values: dict[str, Any] = {
        "appointment_id": new_id(),
        "day": NOVEMBER,
        "half": Half.AM,
        **changes,
    }
    return AppointmentInput(household_id=household_id, **values)


def only_tuesdays(staff_id: UUID, minutes: int = 180) -> WeekInput:
    """Somebody who goes out on Tuesday mornings alone."""
    return WeekInput(staff_id=staff_id, valid_from=TODAY, minutes={(1, Half.AM): minutes})


def elsewhere(office: SmallOffice, grade: str = "B") -> UUID:
    """A graded household of the other caseworker's district."""
    with office.work() as session:
        district = session.get_one(District, next(iter(office.outsider.district_ids)))
        head = make_person(session, session.get_one(Office, district.office_id))
        household = make_household(session, district=district, head=head)
        give_grade(session, household, grade)
        return household.id


def give_grade(session: Any, household: Any, grade: str) -> None:
    """The ledger says this grade since long ago."""
    row = VisitGradePeriod(
        office_id=household.office_id,
        household_id=household.id,
        valid_from=LONG_AGO,
        grade=grade,
    )
    add(session, row)


def supervises_both(office: SmallOffice) -> SignedInStaff:
    """The supervisor, over both districts."""
    district_id = next(iter(office.outsider.district_ids))
    with office.work() as session:
        person = session.get_one(Staff, office.supervisor.staff_id)
        district = session.get_one(District, district_id)
        factories.assign(session, person, district, AssignmentKind.SUPERVISOR)
    both = office.supervisor.supervised_district_ids | {district_id}
    return replace(office.supervisor, supervised_district_ids=both)
