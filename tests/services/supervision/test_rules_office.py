import pytest
from sqlalchemy import select

from desktop.domain.households import HouseholdState
from desktop.domain.office import AssignmentKind
from desktop.domain.records import EntryState
from desktop.domain.roles import Role
from desktop.models.ledger import DistrictPeriod, TakeOver
from desktop.models.office import Assignment, StaffAbsence
from tests.support.factories import (
    assign,
    at,
    days_ago,
    make_approval,
    make_district,
    make_entry,
    make_staff,
)


@pytest.fixture
def vacated(watched):
    """Ends the caseworker's assignment so many days ago; gives it to a successor if asked."""

    def vacate(days, *, successor=False):
        found = assignment_of(watched)
        found.valid_to = days_ago(days + 1)
        if successor:
            return make_staff(
                watched.session,
                office=watched.office,
                district=watched.district,
                since=days_ago(days),
            )
        return None

    return vacate


def assignment_of(watched):
    mine = select(Assignment).where(Assignment.staff_id == watched.caseworker.id)
    return watched.session.scalars(mine).one()


def handover(watched, household, day, **changes):
    return make_entry(
        watched.session,
        household,
        watched.caseworker,
        event_on=day,
        **{"kind": "handover", "state": EntryState.SUBMITTED, "is_home_visit": False, **changes},
    )


@pytest.mark.parametrize(("days", "found"), [(30, 0), (31, 1)])
def test_r12_asks_a_month_after_the_caseworker_changed(watched, vacated, days, found):
    watched.household()
    vacated(days, successor=True)

    assert [f.days for f in watched.found("R12")] == [days] * found


@pytest.mark.parametrize(
    ("written", "changes", "found"),
    [
        (69, {}, 1),
        (68, {}, 0),
        (10, {}, 0),
        (10, {"state": EntryState.DRAFT}, 1),
        (10, {"is_annulled": True}, 1),
        (10, {"kind": "home_visit"}, 1),
    ],
)
def test_r12_is_answered_by_a_handover_entry(watched, vacated, written, changes, found):
    household = watched.household()
    vacated(38, successor=True)
    handover(watched, household, days_ago(written), **changes)

    assert len(watched.found("R12")) == found


def test_r12_does_not_ask_about_households_that_came_later_or_never_changed(watched, vacated):
    assert not watched.found("R12")
    vacated(100, successor=True)
    watched.household(since=days_ago(90))

    assert not watched.found("R12")


def test_r12_takes_a_renewed_assignment_for_the_same_tenure(watched):
    watched.household(since=days_ago(300))
    before = make_staff(watched.session, office=watched.office)
    assign(watched.session, before, watched.district, since=days_ago(2000), until=days_ago(1800))
    old = assignment_of(watched)
    old.valid_from, old.valid_to = days_ago(1799), days_ago(61)
    assign(watched.session, watched.caseworker, watched.district, since=days_ago(60))

    assert not watched.found("R12")


def test_r12_asks_when_the_household_moved_to_another_district(watched):
    household = watched.household()
    elsewhere = make_district(watched.session, watched.office)
    stay = household_period(watched, household)
    stay.district_id, stay.valid_to = elsewhere.id, days_ago(41)
    watched.session.add(
        DistrictPeriod(
            office_id=watched.office.id,
            household_id=household.id,
            district_id=watched.district.id,
            valid_from=days_ago(40),
        )
    )

    assert [f.since for f in watched.found("R12")] == [days_ago(40)]


def household_period(watched, household):
    rows = select(DistrictPeriod).where(DistrictPeriod.household_id == household.id)
    return watched.session.scalars(rows).one()


@pytest.mark.parametrize(("taken_over", "found"), [(39, 0), (40, 1)])
def test_r12_does_not_ask_about_changes_before_the_take_over(watched, vacated, taken_over, found):
    household = watched.household()
    vacated(40, successor=True)
    day = days_ago(taken_over)
    watched.session.add(
        TakeOver(office_id=watched.office.id, household_id=household.id, taken_over_on=day)
    )
    assert len(watched.found("R12")) == found


@pytest.mark.parametrize(("days", "found"), [(7, 0), (8, 1)])
def test_r16_asks_after_a_week_without_a_caseworker(watched, vacated, days, found):
    watched.household()
    watched.household(state=HouseholdState.CLOSED)
    vacated(days)

    findings = watched.found("R16")

    assert [f.days for f in findings] == [days] * found
    assert [f.caseworker for f in findings] == [""] * found


def test_r16_is_answered_by_a_deputy_but_not_by_one_who_is_away(watched, vacated):
    watched.household()
    vacated(30)
    deputy = make_staff(watched.session, office=watched.office)
    assign(watched.session, deputy, watched.district, AssignmentKind.DEPUTY)
    assert not watched.found("R16")

    absence(watched, deputy, 20)
    assert watched.found("R16")


def absence(watched, staff, days, *, substitute=None, until=None):
    row = StaffAbsence(
        office_id=watched.office.id,
        staff_id=staff.id,
        substitute_id=substitute.id if substitute else None,
        valid_from=days_ago(days),
        valid_to=until,
    )
    watched.session.add(row)
    return row


@pytest.mark.parametrize(("days", "found"), [(7, 0), (8, 1)])
def test_r16_asks_after_a_week_of_absence(watched, days, found):
    watched.household()
    absence(watched, watched.caseworker, days)

    assert ["不在で" in f.reason for f in watched.found("R16")] == [True] * found


def test_r16_leaves_an_absence_with_a_substitute_and_one_that_ended(watched):
    watched.household()
    substitute = make_staff(watched.session, office=watched.office)
    absence(watched, watched.caseworker, 30, substitute=substitute)
    absence(watched, watched.caseworker, 60, until=days_ago(1))
    assert not watched.found("R16")


def test_r16_joins_absences_that_follow_each_other(watched):
    watched.household()
    absence(watched, watched.caseworker, 10, until=days_ago(5))
    absence(watched, watched.caseworker, 4)

    assert [f.days for f in watched.found("R16")] == [10]


def test_r16_asks_when_the_caseworker_has_left_the_office(watched):
    watched.household()
    watched.caseworker.active_to = days_ago(9)
    assert [f.days for f in watched.found("R16")] == [8]


def test_r16_counts_a_district_never_filled_from_the_take_over(watched):
    empty = make_district(watched.session, watched.office)
    assign(watched.session, watched.supervisor, empty, AssignmentKind.SUPERVISOR)
    household = watched.household(district=empty)
    watched.session.add(
        TakeOver(office_id=watched.office.id, household_id=household.id, taken_over_on=days_ago(12))
    )

    (finding,) = watched.found("R16")

    assert finding.days == 12
    assert "引継ぎ日から数えて" in finding.reason


def test_o01_asks_above_the_number_and_alarms_above_the_next(watched):
    for _ in range(79):
        watched.household()
    watched.household(state=HouseholdState.SUSPENDED)
    watched.household(state=HouseholdState.CLOSED)
    assert not watched.found("O01")

    watched.household()
    (finding,) = watched.found("O01")
    assert "81世帯" in finding.reason
    assert "警告" not in finding.reason
    assert (finding.staff_id, finding.caseworker) == (
        watched.caseworker.id,
        watched.caseworker.name,
    )

    for _ in range(20):
        watched.household()
    assert "警告" in watched.found("O01")[0].reason


def test_o01_adds_up_all_districts_of_a_caseworker(watched):
    other = make_district(watched.session, watched.office)
    assign(watched.session, watched.caseworker, other)
    for district in (watched.district, other):
        for _ in range(41):
            watched.household(district=district)

    assert ["82世帯" in f.reason for f in watched.found("O01")] == [True]


@pytest.mark.parametrize(("late", "found"), [(20, 0), (21, 1)])
def test_o04_asks_about_a_supervisor_with_too_many_unread_submissions(watched, late, found):
    household = watched.household()
    for number in range(25):
        entry = make_entry(watched.session, household, watched.caseworker, event_on=days_ago(20))
        submitted = days_ago(15 if number < late else 14)
        make_approval(watched.session, entry, submitted_at=at(submitted))
    waits_for_the_head = make_entry(watched.session, household, watched.caseworker)
    make_approval(
        watched.session,
        waits_for_the_head,
        submitted_at=at(days_ago(40)),
        route=(Role.SECTION_HEAD,),
    )

    findings = watched.found("O04")

    assert [(f.staff_id, f.days) for f in findings] == [(watched.supervisor.id, 15)] * found
    assert all("21件" in f.reason for f in findings)
