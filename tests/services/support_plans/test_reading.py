"""Whom a plan in force names as the supporter opens the file without a reason; a draft or an ended plan opens nothing."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from desktop.domain.errors import NotPermittedError, ReasonNeededError
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Role
from desktop.models.imports import TicketHousehold
from desktop.models.office import Office
from tests.support import factories
from tests.support.desk import SmallOffice
from tests.support.support_plans import approved, ending, next_version, plan


@pytest.fixture
def supporter(office: SmallOffice) -> SignedInStaff:
    """An employment supporter without a district."""
    with office.work() as session:
        home = session.get_one(Office, office.caseworker.office_id)
        staff = factories.make_staff(session, Role.EMPLOYMENT_SUPPORTER, office=home)
        return factories.signed_in(session, staff)


def opens(office: SmallOffice, staff: SignedInStaff) -> bool:
    """Whether the file opens without a reason for somebody who comes anew."""
    try:
        office.desk(staff).households.open_file(office.household_id)
    except ReasonNeededError:
        return False
    return True


def test_the_supporter_of_a_plan_in_force_opens_the_file_without_a_reason(
    office, caseworker, supervisor, supporter
):
    given = plan(office, supporter_id=supporter.staff_id)
    caseworker.support_plans.save(given)
    caseworker.support_plans.submit(given.plan_id, office.household_id)
    assert not opens(office, supporter)
    caseworker.support_plans.withdraw(given.plan_id)
    first = approved(caseworker, supervisor, next_version(given, 1))
    assert opens(office, supporter)
    assert not opens(office, office.outsider)
    with office.work() as session:
        assert session.scalars(
            select(TicketHousehold.outside_duty).where(
                TicketHousehold.household_id == office.household_id
            )
        ).all() == [False] * len(session.scalars(select(TicketHousehold.ticket_id)).all())
    caseworker.support_plans.end(ending(first))
    assert not opens(office, supporter)


def test_the_plan_opens_files_and_nothing_else(office, caseworker, supervisor, supporter):
    first = approved(caseworker, supervisor, plan(office, supporter_id=supporter.staff_id))
    second = next_version(first, 1, supporter_id=None)
    desk = office.desk(supporter)
    assert desk.staff.care_household_ids == frozenset()
    with pytest.raises(NotPermittedError):
        desk.approvals.queue()
    approved(caseworker, supervisor, second)
    assert not opens(office, supporter)
