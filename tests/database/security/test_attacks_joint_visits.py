"""Rules, fixed half-days, half-days held by plans and points given by hand, at psql: forged names, double bookings, other districts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest

from desktop.domain.ids import new_id
from tests.database.security.place import DENIED, Connection, Place, open_file, refused, rows
from tests.support.factories import TODAY, days_ago
from tests.support.joint_visits import a_rule, an_appointment
from tests.support.visit_plans import a_change, a_visit, district_of, month

TABLES = ("joint_rule", "visit_appointment", "planned_visit_point", "planned_visit_point_text")
RULE = (
    "INSERT INTO joint_rule (id, office_id, household_id, kind, partner_id, vehicle, every, set_by, set_at)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, now())"
)
END = "UPDATE joint_rule SET ended_by = %s, ended_at = now() WHERE id = %s"
APPOINTMENT = (
    "INSERT INTO visit_appointment (id, office_id, household_id, day, half, is_announced, set_by, set_at)"
    " VALUES (%s, %s, %s, %s, 'am', true, %s, now())"
)
CALL_OFF = "UPDATE visit_appointment SET cancelled_by = %s, cancelled_at = now() WHERE id = %s"
HOLD = (
    "INSERT INTO joint_booking (id, office_id, kind, partner_id, district_id, day, half, booked_by, booked_at)"
    " VALUES (%s, %s, 'supporter', %s, %s, %s, 'am', %s, now())"
)
POINT = (
    "INSERT INTO planned_visit_point (id, office_id, plan_id, visit_id, household_id, points, given_by, given_at)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, now())"
)
REASON = (
    "INSERT INTO planned_visit_point_text (point_id, office_id, household_id, reason)"
    " VALUES (%s, %s, %s, %s)"
)


@pytest.fixture
def me(place: Place) -> UUID:
    return place.office.caseworker.staff_id


@pytest.fixture
def office_id(place: Place) -> UUID:
    return place.office.caseworker.office_id


@pytest.fixture
def household(place: Place) -> UUID:
    return place.office.household_id


@pytest.fixture
def outsider(place: Place) -> Connection:
    return place.connect(place.office.outsider)


@pytest.fixture(scope="module")
def planned(place: Place) -> tuple[UUID, UUID]:
    """A draft of the caseworker, and its visit in November."""
    visit = a_visit(place.office.household_id, month(11))
    desk = place.desk(place.office.caseworker)
    return desk.visit_plans.save(a_change(place.office, visit)).plan_id, visit.visit_id


@pytest.fixture(autouse=True)
def leave_nothing_open(place: Place) -> Iterator[None]:
    yield
    place.hang_up()


def test_a_rule_is_the_district_s_and_in_the_own_name(
    place, writer, outsider, me, office_id, household
):
    partner, other = place.office.supervisor.staff_id, place.office.outsider.staff_id
    values = (household, "nurse", partner, None, 2)
    assert refused(writer, RULE, (new_id(), office_id, *values, other)) in DENIED
    open_file(outsider, household, reason="other")
    assert refused(outsider, RULE, (new_id(), office_id, *values, other)) in DENIED
    assert refused(writer, RULE, (new_id(), office_id, *values, me)) == ""


@pytest.mark.parametrize(
    "case",
    [
        ("vehicle", "none", 1, "BS422"),
        ("nurse", None, 0, "23514"),
        ("nurse", None, 13, "23514"),
        ("vehicle", None, 1, "23514"),
    ],
)
def test_a_rule_is_one_that_can_be(place, writer, me, office_id, household, case):
    kind, vehicle, every, code = case
    partner = None if vehicle else place.office.supervisor.staff_id
    values = (new_id(), office_id, household, kind, partner, vehicle, every, me)
    assert refused(writer, RULE, values) == code


def test_a_rule_is_ended_once_and_never_changed(place, writer, me, household):
    rule = a_rule(household, place.office.supervisor.staff_id)
    place.desk(place.office.caseworker).joint_visits.set_rule(rule)
    assert (
        refused(writer, "UPDATE joint_rule SET every = 5 WHERE id = %s", (rule.rule_id,)) in DENIED
    )
    assert refused(writer, END, (place.office.supervisor.staff_id, rule.rule_id)) in DENIED
    assert refused(writer, END, (me, rule.rule_id)) == ""
    assert refused(writer, END, (me, rule.rule_id)) == "BS409"


def test_a_half_day_is_fixed_for_the_days_to_come_and_once_a_day(
    place, writer, outsider, me, office_id, household
):
    day = TODAY + timedelta(days=30)
    other = place.office.outsider.staff_id
    assert (
        refused(writer, APPOINTMENT, (new_id(), office_id, household, days_ago(1), me)) == "BS422"
    )
    assert refused(writer, APPOINTMENT, (new_id(), office_id, household, day, other)) in DENIED
    open_file(outsider, household, reason="other")
    assert refused(outsider, APPOINTMENT, (new_id(), office_id, household, day, other)) in DENIED
    assert refused(writer, APPOINTMENT, (new_id(), office_id, household, day, me)) == ""
    assert refused(writer, APPOINTMENT, (new_id(), office_id, household, day, me)) == "23505"


def test_a_fixed_half_day_is_called_off_once_and_never_moved(place, writer, me, household):
    given = an_appointment(household, day=TODAY + timedelta(days=31))
    place.desk(place.office.caseworker).joint_visits.agree(given)
    moved = "UPDATE visit_appointment SET day = day + 1 WHERE id = %s"
    assert refused(writer, moved, (given.appointment_id,)) in DENIED
    assert refused(writer, CALL_OFF, (me, given.appointment_id)) == ""
    assert refused(writer, CALL_OFF, (me, given.appointment_id)) == "BS409"


def test_two_plans_never_hold_the_same_partner(place, writer, outsider, me, office_id):
    """The exclusion that the planner relies on: whatever a client claims, the second one is refused."""
    day, partner = TODAY + timedelta(days=40), place.office.head.staff_id
    own, foreign = district_of(place.office), next(iter(place.office.outsider.district_ids))
    other = place.office.outsider.staff_id
    assert refused(writer, HOLD, (new_id(), office_id, partner, foreign, day, me)) in DENIED
    booking = new_id()
    assert refused(writer, HOLD, (booking, office_id, partner, own, day, me)) == ""
    assert refused(outsider, HOLD, (new_id(), office_id, partner, foreign, day, other)) == "23505"
    assert refused(writer, HOLD, (new_id(), office_id, partner, None, day, me)) == "23505"
    cancel = "UPDATE joint_booking SET cancelled_by = %s, cancelled_at = now() WHERE id = %s"
    assert refused(outsider, cancel, (other, booking)) in DENIED
    moved = "UPDATE joint_booking SET district_id = %s WHERE id = %s"
    assert refused(writer, moved, (foreign, booking)) in DENIED
    deputy = place.connect(place.office.supervisor)
    assert refused(deputy, cancel, (place.office.supervisor.staff_id, booking)) == ""


def test_points_belong_to_a_visit_of_the_own_plan(place, writer, outsider, me, planned):
    other, household = place.office.outsider.staff_id, place.office.household_id
    office_id = place.office.caseworker.office_id
    assert refused(writer, POINT, (new_id(), office_id, *planned, household, 5, other)) in DENIED
    nowhere = (planned[0], new_id())
    assert refused(writer, POINT, (new_id(), office_id, *nowhere, household, 5, me)) in DENIED
    assert refused(writer, POINT, (new_id(), office_id, *planned, household, 31, me)) == "BS422"
    open_file(outsider, household, reason="other")
    assert refused(outsider, POINT, (new_id(), office_id, *planned, household, 5, other)) in DENIED


def test_points_come_with_their_reason_and_it_comes_with_them(
    writer, me, office_id, household, planned
):
    without = new_id()
    assert refused(writer, POINT, (without, office_id, *planned, household, 5, me)) == "BS422"
    together = new_id()
    for reason, code in (("　", "BS422"), ("見本の理由", "")):
        writer.execute("BEGIN")
        writer.execute(POINT, (together, office_id, *planned, household, 5, me))
        assert refused(writer, REASON, (together, office_id, household, reason)) == code
        writer.execute("ROLLBACK" if code else "COMMIT")
    assert refused(writer, REASON, (together, office_id, household, "後から")) in (*DENIED, "23505")
    change = "UPDATE planned_visit_point SET points = 30 WHERE id = %s"
    assert refused(writer, change, (together,)) in DENIED


def test_when_colleagues_visit_is_told_without_whom_and_inside_the_office(place, outsider, planned):
    asked = "SELECT * FROM app.visited_half_days(%s, %s)"
    values = (TODAY, TODAY + timedelta(days=200))
    assert all(len(row) == 3 for row in rows(outsider, asked, values))
    assert rows(place.connect(place.stranger), asked, values) == []
    assert refused(place.connect(place.administrator), asked, values) == "42501"


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_removed_and_another_office_sees_none(place, writer, table):
    assert refused(writer, f"DELETE FROM {table}") == "42501"
    assert refused(writer, f"TRUNCATE {table}") == "42501"
    assert rows(place.connect(place.stranger), f"SELECT count(*) FROM {table}") == [(0,)]


def test_everything_is_told(place):
    told = place.truth("SELECT DISTINCT tbl FROM audit.event WHERE tbl = ANY (%s)", (list(TABLES),))
    assert {name for (name,) in told} == set(TABLES)
