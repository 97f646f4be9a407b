"""Working time, bookings, preferences and points of towns at psql: forged names, other people's time, double bookings."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from desktop.domain.ids import new_id
from tests.database.security.place import DENIED, Connection, Place, open_file, refused, rows
from tests.support.factories import TODAY, days_ago
from tests.support.visits import a_booking, a_preference, a_week, an_absence

TABLES = (
    *("working_week", "working_half_day", "working_absence", "joint_booking"),
    *("joint_booking_household", "visit_preference", "visit_preference_time"),
    "visit_preference_telephone",
    *("town_import", "town_point"),
)
WEEK = (
    "INSERT INTO working_week (id, office_id, staff_id, valid_from, set_by, set_at)"
    " VALUES (%s, %s, %s, %s, %s, now())"
)
HALF_DAY = (
    "INSERT INTO working_half_day (week_id, weekday, half, office_id, minutes)"
    " VALUES (%s, %s, 'am', %s, %s)"
)
ABSENCE = (
    "INSERT INTO working_absence (id, office_id, staff_id, kind, first_on, last_on, every_weeks,"
    " entered_by, entered_at, struck_by, struck_at) VALUES (%s, %s, %s, 'leave', %s, %s, 1, %s, now(), %s, %s)"
)
STRIKE = "UPDATE working_absence SET struck_by = %s, struck_at = now() WHERE id = %s"
BOOKING = (
    "INSERT INTO joint_booking (id, office_id, kind, partner_id, vehicle, day, half, booked_by, booked_at)"
    " VALUES (%s, %s, %s, %s, %s, %s, 'am', %s, now())"
)
CANCEL = "UPDATE joint_booking SET cancelled_by = %s, cancelled_at = now() WHERE id = %s"
PREFERENCE = (
    "INSERT INTO visit_preference (id, office_id, household_id, version, is_announced, needs_two, set_by, set_at)"
    " VALUES (%s, %s, %s, %s, false, false, %s, now())"
)
TIME = (
    "INSERT INTO visit_preference_time (preference_id, weekday, half, office_id, household_id, liking)"
    " VALUES (%s, 0, 'am', %s, %s, 'bad')"
)
TELEPHONE = (
    "INSERT INTO visit_preference_telephone (preference_id, office_id, household_id, call_number, message_number,"
    " agreed_on) VALUES (%s, %s, %s, %s, %s, %s)"
)
IMPORT = (
    "INSERT INTO town_import (id, office_id, file_name, sha256, point_count, imported_by, imported_at)"
    " VALUES (%s, %s, 'x.csv', '00', 1, %s, now())"
)
POINT = (
    "INSERT INTO town_point (id, office_id, import_id, prefecture, city_code, city, town_code, town, kind,"
    " latitude, longitude) VALUES (%s, %s, %s, '見本県', '1', '架空市', '1', '本町', '1', %s, 139000000)"
)


@pytest.fixture
def me(place: Place) -> UUID:
    return place.office.caseworker.staff_id


@pytest.fixture
def office_id(place: Place) -> UUID:
    return place.office.caseworker.office_id


@pytest.fixture
def supervisor(place: Place) -> Connection:
    return place.connect(place.office.supervisor)


@pytest.fixture
def outsider(place: Place) -> Connection:
    return place.connect(place.office.outsider)


@pytest.fixture
def administrator(place: Place) -> Connection:
    return place.connect(place.administrator)


@pytest.fixture(autouse=True)
def leave_nothing_open(place: Place):
    yield
    place.hang_up()


def test_a_week_is_one_s_own_or_that_of_whom_one_supervises(
    place, writer, outsider, supervisor, me, office_id
):
    assert (
        refused(outsider, WEEK, (new_id(), office_id, me, TODAY, place.office.outsider.staff_id))
        in DENIED
    )
    assert (
        refused(writer, WEEK, (new_id(), office_id, place.office.outsider.staff_id, TODAY, me))
        in DENIED
    )
    assert (
        refused(
            supervisor,
            WEEK,
            (
                new_id(),
                office_id,
                place.office.outsider.staff_id,
                TODAY,
                place.office.supervisor.staff_id,
            ),
        )
        in DENIED
    )
    assert refused(writer, WEEK, (new_id(), office_id, me, TODAY, me)) == ""
    assert (
        refused(
            supervisor, WEEK, (new_id(), office_id, me, TODAY, place.office.supervisor.staff_id)
        )
        == ""
    )


def test_nobody_enters_a_week_in_another_s_name(place, supervisor, me, office_id):
    assert refused(supervisor, WEEK, (new_id(), office_id, me, TODAY, me)) in DENIED


def test_the_half_days_of_a_week_come_with_it_and_never_later(place, writer, me, office_id):
    place.desk(place.office.caseworker).working_time.set_week(a_week(me))
    (week_id,) = place.truth(
        "SELECT id FROM working_week WHERE staff_id = %s ORDER BY set_at DESC, id DESC LIMIT 1",
        (me,),
    )[0]
    assert refused(writer, HALF_DAY, (week_id, 4, office_id, 60)) in (*DENIED, "23505")
    assert (
        refused(writer, "UPDATE working_half_day SET minutes = 300 WHERE week_id = %s", (week_id,))
        in DENIED
    )


def test_when_it_was_entered_is_the_server_s(place, writer, me, office_id):
    absence = new_id()
    assert refused(writer, ABSENCE, (absence, office_id, me, TODAY, TODAY, me, None, None)) == ""
    assert place.truth(
        "SELECT (entered_at AT TIME ZONE 'Asia/Tokyo')::date FROM working_absence WHERE id = %s",
        (absence,),
    ) == [(TODAY,)]


def test_an_absence_is_entered_unstruck_and_in_the_own_name(place, writer, me, office_id):
    other = place.office.outsider.staff_id
    now = TODAY
    assert (
        refused(writer, ABSENCE, (new_id(), office_id, me, TODAY, TODAY, other, None, None))
        in DENIED
    )
    assert refused(writer, ABSENCE, (new_id(), office_id, me, TODAY, TODAY, me, me, now)) in DENIED
    assert (
        refused(writer, ABSENCE, (new_id(), office_id, me, TODAY, days_ago(1), me, None, None))
        == "23514"
    )
    assert (
        refused(writer, ABSENCE, (new_id(), office_id, me, TODAY, None, me, None, None)) == "23514"
    )


def test_what_was_entered_is_only_struck_and_only_once(place, writer, outsider, me):
    given = an_absence(me)
    place.desk(place.office.caseworker).working_time.add_away(given)
    change = "UPDATE working_absence SET kind = 'other' WHERE id = %s"
    assert refused(writer, change, (given.away_id,)) in DENIED
    assert refused(outsider, STRIKE, (place.office.outsider.staff_id, given.away_id)) in DENIED
    assert refused(writer, STRIKE, (place.office.supervisor.staff_id, given.away_id)) in DENIED
    assert refused(writer, STRIKE, (me, given.away_id)) == ""
    assert refused(writer, STRIKE, (me, given.away_id)) == "BS409"


def test_a_booking_is_of_a_person_or_of_a_car_that_there_is(place, writer, me, office_id):
    nobody = (new_id(), office_id, "vehicle", place.office.supervisor.staff_id, None, TODAY, me)
    assert refused(writer, BOOKING, nobody) == "23514"
    no_such_car = (new_id(), office_id, "vehicle", None, "none", TODAY, me)
    assert refused(writer, BOOKING, no_such_car) == "BS422"


def test_nobody_is_booked_twice_whoever_asks(place, writer, outsider, me, office_id):
    partner, day = place.office.head.staff_id, TODAY + timedelta(days=20)
    values = (office_id, "second_person", partner, None, day)
    assert refused(writer, BOOKING, (new_id(), *values, me)) == ""
    assert (
        refused(outsider, BOOKING, (new_id(), *values, place.office.outsider.staff_id)) == "23505"
    )
    assert refused(outsider, BOOKING, (new_id(), *values, me)) in DENIED


def test_a_booking_is_never_of_yesterday_nor_of_another_office(place, writer, me, office_id):
    partner = place.office.supervisor.staff_id
    assert (
        refused(writer, BOOKING, (new_id(), office_id, "nurse", partner, None, days_ago(1), me))
        == "BS422"
    )
    stranger = place.stranger.staff_id
    code = refused(writer, BOOKING, (new_id(), office_id, "nurse", stranger, None, TODAY, me))
    assert code in DENIED


def test_a_booking_is_cancelled_by_whom_it_concerns_and_not_changed(place, writer, outsider, me):
    given = a_booking(place.office.household_id, place.office.supervisor.staff_id)
    place.desk(place.office.caseworker).bookings.book(given)
    move = "UPDATE joint_booking SET day = day + 1 WHERE id = %s"
    assert refused(writer, move, (given.booking_id,)) in DENIED
    assert refused(outsider, CANCEL, (place.office.outsider.staff_id, given.booking_id)) in DENIED
    assert refused(writer, CANCEL, (me, given.booking_id)) == ""
    assert refused(writer, CANCEL, (me, given.booking_id)) == "BS409"


def test_a_booking_gets_no_second_household(place, writer, me, office_id):
    given = a_booking(
        place.office.household_id, place.office.supervisor.staff_id, day=TODAY + timedelta(days=9)
    )
    place.desk(place.office.caseworker).bookings.book(given)
    place.truth("DELETE FROM joint_booking_household WHERE booking_id = %s", (given.booking_id,))
    forged = "INSERT INTO joint_booking_household (booking_id, office_id, household_id) VALUES (%s, %s, %s)"
    values = (given.booking_id, office_id, place.office.household_id)
    assert refused(writer, forged, values) in DENIED


def test_whose_booking_it_is_stays_hidden_from_other_teams(place, outsider):
    given = a_booking(
        place.office.household_id, place.office.supervisor.staff_id, day=TODAY + timedelta(days=11)
    )
    place.desk(place.office.caseworker).bookings.book(given)
    seen = "SELECT count(*) FROM joint_booking_household"
    assert rows(outsider, seen) == [(0,)]
    assert rows(outsider, "SELECT count(*) > 0 FROM joint_booking") == [(True,)]


def test_a_preference_is_the_caseworker_s_with_the_file_open_and_the_next_version(
    place, writer, outsider, me, office_id
):
    household = place.office.household_id
    place.desk(place.office.caseworker).preferences.set(a_preference(household))
    assert refused(writer, PREFERENCE, (new_id(), office_id, household, 1, me)) in (
        "BS409",
        "23505",
    )
    assert refused(writer, PREFERENCE, (new_id(), office_id, household, 7, me)) == "BS409"
    other = place.office.outsider.staff_id
    assert refused(writer, PREFERENCE, (new_id(), office_id, household, 2, other)) in DENIED
    assert refused(outsider, PREFERENCE, (new_id(), office_id, household, 2, other)) in DENIED
    open_file(outsider, household, reason="other")
    assert refused(outsider, PREFERENCE, (new_id(), office_id, household, 2, other)) in DENIED
    assert refused(writer, PREFERENCE, (new_id(), office_id, household, 2, me)) == ""


def test_half_days_are_added_with_their_version_only(place, writer, office_id):
    household = place.office.household_id
    (preference_id,) = place.truth("SELECT id FROM visit_preference ORDER BY version DESC LIMIT 1")[
        0
    ]
    assert refused(writer, TIME, (preference_id, office_id, household)) in DENIED
    assert refused(writer, TIME, (preference_id, office_id, place.far_id)) in DENIED


def test_telephones_are_numbers_of_their_version_and_agreements_are_of_the_past(
    place, writer, me, office_id
):
    household = place.office.household_id
    (preference_id,) = place.truth("SELECT id FROM visit_preference ORDER BY version DESC LIMIT 1")[
        0
    ]
    mobile, tomorrow = "090-0000-0002", days_ago(-1)
    assert refused(writer, TELEPHONE, (preference_id, office_id, household, mobile, "", None)) in (
        DENIED
    )
    newest = "SELECT max(version) + 1 FROM visit_preference WHERE household_id = %s"
    for numbers, outcome in (
        (("=1+1", "", None), "BS422"),
        (("03-1", mobile, None), "BS422"),
        ((mobile, mobile, tomorrow), "BS422"),
        ((mobile, "", TODAY), "23514"),
        ((mobile, mobile, TODAY), ""),
    ):
        together, version = new_id(), place.truth(newest, [household])[0][0]
        writer.execute("BEGIN")
        writer.execute(PREFERENCE, (together, office_id, household, version, me))
        given = (together, office_id, household, *numbers)
        assert refused(writer, TELEPHONE, given) == outcome
        writer.execute("ROLLBACK" if outcome else "COMMIT")


def test_telephones_are_read_with_the_file_open_only(place, outsider):
    household = place.office.household_id
    asked = f"SELECT count(*) FROM visit_preference_telephone WHERE household_id = '{household}'"
    assert place.truth(asked)[0][0] > 0
    place.close_files_of(place.office.outsider)
    assert rows(outsider, asked) == [(0,)]


def test_points_are_an_administrator_s_and_in_the_own_name(
    place, writer, supervisor, administrator, office_id
):
    admin_id = place.administrator.staff_id
    for by, name in ((writer, place.office.caseworker), (supervisor, place.office.supervisor)):
        assert refused(by, IMPORT, (new_id(), office_id, name.staff_id)) in DENIED
    assert (
        refused(administrator, IMPORT, (new_id(), office_id, place.office.head.staff_id)) in DENIED
    )
    import_id = new_id()
    assert refused(administrator, IMPORT, (import_id, office_id, admin_id)) == ""
    assert refused(administrator, POINT, (new_id(), office_id, import_id, 35_000_000)) in DENIED
    for latitude, outcome in ((35_000_000, ""), (135_000_000, "23514")):
        together = new_id()
        administrator.execute("BEGIN")
        administrator.execute(IMPORT, (together, office_id, admin_id))
        assert refused(administrator, POINT, (new_id(), office_id, together, latitude)) == outcome
        administrator.execute("ROLLBACK" if outcome else "COMMIT")


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_removed(place, writer, supervisor, administrator, table):
    for by in (writer, supervisor, administrator):
        assert refused(by, f"DELETE FROM {table}") == "42501"
        assert refused(by, f"TRUNCATE {table}") == "42501"


@pytest.mark.parametrize("table", ["working_absence", "joint_booking", "town_import"])
def test_another_office_sees_none_of_it(place, table):
    assert rows(place.connect(place.stranger), f"SELECT count(*) FROM {table}") == [(0,)]


def test_everything_is_told(place):
    told = place.truth("SELECT DISTINCT tbl FROM audit.event WHERE tbl = ANY (%s)", (list(TABLES),))
    assert {name for (name,) in told} == set(TABLES)
