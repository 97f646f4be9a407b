"""Handovers for tests: an office with a second caseworker of the same team and a plan for the one district."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from desktop.domain.handovers import HandoverPlan, Move
from desktop.domain.ids import new_id
from desktop.domain.office import AssignmentKind, SignedInStaff
from desktop.domain.roles import Role
from desktop.models.households import Household
from desktop.models.office import Office, Staff
from tests.support import factories
from tests.support.desk import SmallOffice
from tests.support.factories import TODAY


@dataclass(frozen=True, kw_only=True)
class Team:
    """The small office with a second caseworker; `district_id` is the first one's, `other_id` the second one's."""

    office: SmallOffice
    second: SignedInStaff
    district_id: UUID
    other_id: UUID


def a_team(made: SmallOffice) -> Team:
    """Give the office's supervisor a second caseworker with a district of one household."""
    with made.work() as session:
        household = session.get_one(Household, made.household_id)
        office = session.get_one(Office, made.caseworker.office_id)
        district = factories.make_district(session, office)
        second = factories.make_staff(
            session, Role.CASEWORKER, office=office, district=district, name="架空 次郎"
        )
        supervisor = session.get_one(Staff, made.supervisor.staff_id)
        factories.assign(session, supervisor, district, AssignmentKind.SUPERVISOR)
        factories.make_household(session, district=district)
        return Team(
            office=SmallOffice(
                **{
                    name: getattr(made, name)
                    for name in ("work", "caseworker", "head", "records", "outsider")
                },
                household_id=made.household_id,
                person_id=made.person_id,
                supervisor=factories.signed_in(session, supervisor),
            ),
            second=factories.signed_in(session, second),
            district_id=household.district_id,
            other_id=district.id,
        )


def a_plan(team: Team, day: date = TODAY, **changes: UUID | None) -> HandoverPlan:
    """The first one's district goes to the second caseworker."""
    given: dict[str, UUID | None] = {
        "to_id": team.second.staff_id,
        "shown_from_id": team.office.caseworker.staff_id,
        "district_id": team.district_id,
        **changes,
    }
    to_id, district_id = given["to_id"], given["district_id"]
    assert to_id is not None
    assert district_id is not None
    move = Move(
        handover_id=new_id(),
        district_id=district_id,
        to_id=to_id,
        shown_from_id=given["shown_from_id"],
    )
    return HandoverPlan(batch_id=new_id(), effective_on=day, moves=(move,))


def again(session_office: SmallOffice, staff: SignedInStaff) -> SignedInStaff:
    """The person as signed in anew, with the districts of the day."""
    with session_office.work() as session:
        return factories.signed_in(session, session.get_one(Staff, staff.staff_id))


def with_own_district(team: Team) -> Team:
    """The same people with another district of the first one's, with a household of its own, to be handed over."""
    made = team.office
    with made.work() as session:
        office = session.get_one(Office, made.caseworker.office_id)
        district = factories.make_district(session, office)
        for person, kind in (
            (made.caseworker, AssignmentKind.MAIN),
            (made.supervisor, AssignmentKind.SUPERVISOR),
        ):
            factories.assign(session, session.get_one(Staff, person.staff_id), district, kind)
        household = factories.make_household(session, district=district)
        return replace(
            team,
            district_id=district.id,
            office=replace(made, household_id=household.id),
        )
