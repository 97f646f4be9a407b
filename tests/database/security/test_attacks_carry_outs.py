"""Papers that leave the office at psql: forged trips, own confirmations, passes and incidents, other offices, removal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest

from desktop.domain.carry_outs import CarryOutMove
from desktop.domain.ids import new_id
from tests.database.security.place import DENIED, Connection, Place, refused, rows
from tests.support.carry_outs import a_trip, do, take_out
from tests.support.desk import later
from tests.support.factories import CLOCK

TABLES = (
    *("carry_out", "carry_out_kind", "carry_out_step", "carry_out_item", "carry_out_purpose"),
    *("carry_out_pass", "incident"),
)
MAKE = "SELECT app.make_carry_out(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
MOVE = "SELECT app.move_carry_out(%s, %s, %s, %s, %s, %s)"
LEAVE = "SELECT app.leave_with_sheet(%s, %s, %s)"
PASS = "SELECT app.pass_carry_out(%s, %s, %s)"  # noqa: S105 - the word of a supervisor
CORRECT = "SELECT app.correct_carry_out(%s, %s, %s, %s)"
INCIDENT = "SELECT app.save_incident(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
UNKNOWN = UUID(int=7)
TEXTS = ["なかった。", "", "", "", "", "", "", ""]


@pytest.fixture(scope="module", autouse=True)
def given(place: Place) -> UUID:
    """A trip of the caseworker is out."""
    trip = a_trip(place.office)
    place.desk(place.office.caseworker).carry_outs.make(trip)
    take_out(place.office, place.office.caseworker, trip.carry_out_id)
    return trip.carry_out_id


@pytest.fixture
def clerk(place: Place) -> Iterator[Connection]:
    """The caseworker at psql."""
    yield place.connect(place.office.caseworker)
    place.hang_up()


def making(place: Place, **forged: object) -> tuple[object, ...]:
    """What the program hands over when a trip is made, with some values forged."""
    made = {
        "id": new_id(),
        "reason": "visit",
        "leaving": CLOCK.now(),
        "area": "第1地区",
        "kinds": ["carry_sheet"],
        "sheets": 1,
        "protection": "",
        "masked": True,
        "home": False,
        "households": [place.office.household_id],
        "places": [False],
        "purposes": ["living"],
        **forged,
    }
    return tuple(made.values())


def incident(**forged: object) -> tuple[object, ...]:
    """What the program hands over for an incident without a trip, with some values forged."""
    made = {
        "id": new_id(),
        "trip": None,
        "version": 0,
        "found": CLOCK.now() - timedelta(hours=1),
        "persons": 1,
        "malicious": False,
        "reportable": True,
        "quick": None,
        "full": None,
        "texts": TEXTS,
        **forged,
    }
    return tuple(made.values())


def version(place: Place, trip: UUID) -> int:
    """The version as it stands."""
    return int(place.truth("SELECT version FROM carry_out WHERE id = %s", (trip,))[0][0])


@pytest.mark.parametrize("table", TABLES)
def test_tables_are_not_written_by_hand(clerk: Connection, table: str):
    assert refused(clerk, f"DELETE FROM {table}") in DENIED
    assert refused(clerk, f"TRUNCATE {table} CASCADE") in DENIED
    assert refused(clerk, f"UPDATE {table} SET office_id = office_id") in DENIED
    assert refused(clerk, f"INSERT INTO {table} SELECT * FROM {table}") in DENIED


def test_the_book_of_numbers_is_nobodys(clerk: Connection):
    assert refused(clerk, "SELECT * FROM carry_out_book") in DENIED
    assert refused(clerk, "UPDATE carry_out_book SET last_number = 0") in DENIED


@pytest.mark.parametrize(
    "change",
    [
        *("state = 'closed'", "number = 7", "left_at = NULL", "sheets = 0", "staff_id = staff_id"),
        *("closed_by = staff_id", "approval = 'none'", "households = 0"),
    ],
)
def test_a_trip_is_not_rewritten(clerk: Connection, change: str):
    assert refused(clerk, f"UPDATE carry_out SET {change}") in DENIED


@pytest.mark.parametrize(
    ("forged", "code"),
    [
        ({"reason": "holiday"}, "BS422"),
        ({"reason": None}, "BS422"),
        ({"leaving": None}, "BS422"),
        ({"leaving": CLOCK.now() - timedelta(days=2)}, "BS422"),
        ({"area": " "}, "BS422"),
        ({"area": "長" * 61}, "BS422"),
        ({"kinds": []}, "BS422"),
        ({"kinds": None}, "BS422"),
        ({"kinds": [None]}, "BS422"),
        ({"kinds": ["usb"]}, "BS422"),
        ({"sheets": None}, "BS422"),
        ({"sheets": -1}, "BS422"),
        ({"households": []}, "BS422"),
        ({"households": None}, "BS422"),
        ({"households": [UNKNOWN]}, "BS403"),
        ({"households": [None]}, "BS422"),
        ({"places": []}, "BS422"),
        ({"places": None}, "BS422"),
        ({"purposes": ["xx"]}, "BS422"),
        ({"purposes": None}, "BS422"),
        ({"purposes": []}, "BS422"),
    ],
    ids=str,
)
def test_a_trip_is_judged(place: Place, clerk: Connection, forged, code):
    before = place.truth("SELECT count(*) FROM carry_out")
    assert refused(clerk, MAKE, making(place, **forged)) == code
    assert place.truth("SELECT count(*) FROM carry_out") == before


def test_far_and_foreign_households_go_on_nobodys_sheet(place: Place, clerk: Connection):
    for household in (place.far_id, place.foreign_id):
        assert refused(clerk, MAKE, making(place, households=[household])) == "BS403"


def test_a_trip_of_somebody_else_is_not_taken_over(place: Place, given: UUID):
    other = place.connect(place.office.supervisor)
    assert refused(other, MAKE, making(place, id=given)) == "BS403"
    place.hang_up()


def test_nobody_confirms_the_own_return(place: Place, clerk: Connection, given: UUID):
    at = version(place, given)
    assert refused(clerk, MOVE, (given, at, "confirm", "", 1, False)) == "BS403"
    assert refused(clerk, MOVE, (given, at, "approve", "", None, False)) == "BS409"
    assert refused(clerk, MOVE, (given, at, "vanish", "", None, False)) == "BS409"
    assert refused(clerk, MOVE, (given, at, None, "", None, False)) == "BS409"
    assert refused(clerk, MOVE, (given, at + 1, "bring", "", 1, False)) == "BS409"
    assert refused(clerk, MOVE, (given, None, "bring", "", 1, False)) == "BS409"
    assert refused(clerk, MOVE, (given, at, "bring", "", None, False)) == "BS422"
    assert refused(clerk, MOVE, (given, at, "bring", "", 0, False)) == "BS422"
    assert refused(clerk, MOVE, (given, at, "lose", " ", None, False)) == "BS422"
    assert refused(clerk, MOVE, (UNKNOWN, 1, "bring", "", 1, False)) == "BS403"
    assert version(place, given) == at


def test_a_return_time_is_not_made_up(place: Place, clerk: Connection, given: UUID):
    """Nothing is found that was not lost and reported, and no return is written down by a correction."""
    at = version(place, given)
    other = place.connect(place.office.outsider)
    assert refused(clerk, MOVE, (given, at, "find", "出てきた。", 1, False)) == "BS409"
    assert refused(clerk, CORRECT, (given, at, CLOCK.now(), "返した。")) == "BS409"
    assert refused(clerk, CORRECT, (given, at, None, " ")) == "BS422"
    assert refused(clerk, CORRECT, (given, at, None, None)) == "BS422"
    assert refused(clerk, CORRECT, (given, at + 1, None, "備考")) == "BS409"
    assert refused(clerk, CORRECT, (UNKNOWN, 1, None, "備考")) == "BS403"
    assert refused(other, CORRECT, (given, at, None, "備考")) == "BS403"
    assert version(place, given) == at
    place.hang_up()


def test_a_colleague_brings_nothing_back_for_somebody_else(place: Place, given: UUID):
    other = place.connect(place.office.outsider)
    at = version(place, given)
    assert refused(other, MOVE, (given, at, "bring", "", 1, False)) == "BS403"
    assert refused(other, MOVE, (given, at, "lose", "なかった。", None, False)) == "BS403"
    place.hang_up()


def test_what_has_households_leaves_with_a_print_run_of_its_own_transaction_only(
    place: Place, clerk: Connection
):
    trip = a_trip(place.office)
    place.desk(place.office.caseworker).carry_outs.make(trip)
    known = place.truth("SELECT id FROM print_batch LIMIT 1")[0][0]
    assert refused(clerk, MOVE, (trip.carry_out_id, 1, "leave", "", None, False)) == "BS409"
    assert refused(clerk, LEAVE, (trip.carry_out_id, 1, known)) == "BS403"
    assert refused(clerk, LEAVE, (trip.carry_out_id, 1, None)) == "BS403"


def test_what_needs_a_word_does_not_go_without(place: Place, clerk: Connection):
    trip = a_trip(place.office, goes_home=True)
    place.desk(place.office.caseworker).carry_outs.make(trip)
    assert refused(clerk, MOVE, (trip.carry_out_id, 1, "approve", "", None, False)) == "BS403"
    outsider = place.connect(place.office.outsider)
    assert refused(outsider, MOVE, (trip.carry_out_id, 1, "approve", "", None, False)) == "BS403"
    records = place.connect(place.office.records)
    assert refused(records, MOVE, (trip.carry_out_id, 1, "approve", "", None, False)) == "BS403"
    place.hang_up()


def test_who_has_papers_out_since_yesterday_makes_nothing_new(place: Place, given: UUID):
    tomorrow = later(CLOCK, days=1)
    late = place.connect(place.office.caseworker, tomorrow.now())
    said = making(place, leaving=tomorrow.now())
    assert refused(late, MAKE, said) == "BS409"
    place.hang_up()


def test_a_pass_is_a_supervisors_word_for_somebody_else(place: Place, clerk: Connection):
    me, chief = place.office.caseworker.staff_id, place.office.supervisor
    assert refused(clerk, PASS, (new_id(), me, "訳")) in DENIED
    supervisor = place.connect(chief)
    assert refused(supervisor, PASS, (new_id(), chief.staff_id, "訳")) == "BS403"
    assert refused(supervisor, PASS, (new_id(), place.office.outsider.staff_id, "訳")) == "BS403"
    assert refused(supervisor, PASS, (new_id(), UNKNOWN, "訳")) == "BS403"
    assert refused(supervisor, PASS, (new_id(), None, "訳")) == "BS403"
    assert refused(supervisor, PASS, (new_id(), me, " ")) == "BS422"
    place.hang_up()


@pytest.mark.parametrize(
    ("forged", "code"),
    [
        ({"found": None}, "BS422"),
        ({"found": CLOCK.now() + timedelta(days=1)}, "BS422"),
        ({"persons": None}, "BS422"),
        ({"persons": -1}, "BS422"),
        ({"texts": None}, "BS422"),
        ({"texts": ["", *TEXTS[1:]]}, "BS422"),
        ({"texts": TEXTS[:7]}, "BS422"),
        ({"texts": ["長" * 2001, *TEXTS[1:]]}, "BS422"),
        ({"reportable": False}, "BS422"),
        ({"version": 3}, "BS409"),
        ({"version": None}, "BS409"),
        ({"trip": UNKNOWN}, "BS409"),
    ],
    ids=str,
)
def test_an_incident_is_judged(place: Place, forged, code):
    supervisor = place.connect(place.office.supervisor)
    before = place.truth("SELECT count(*) FROM incident")
    assert refused(supervisor, INCIDENT, incident(**forged)) == code
    assert place.truth("SELECT count(*) FROM incident") == before
    place.hang_up()


def test_an_incident_is_reported_by_carrier_and_supervisors_only(
    place: Place, clerk: Connection, given: UUID
):
    assert refused(clerk, INCIDENT, incident()) == "BS403"
    assert refused(clerk, INCIDENT, incident(trip=given)) == "BS409"  # it is not lost
    records = place.connect(place.office.records)
    assert refused(records, INCIDENT, incident()) == "BS403"
    place.hang_up()


def test_the_register_names_no_household_and_incidents_are_not_everybodys(
    place: Place, clerk: Connection, given: UUID
):
    supervisor = place.connect(place.office.supervisor)
    supervisor.execute(INCIDENT, incident())
    supervisor.commit()
    assert rows(supervisor, "SELECT id FROM incident") != []
    assert rows(clerk, "SELECT id FROM incident") == []
    outsider = place.connect(place.office.outsider)
    assert rows(outsider, "SELECT id FROM carry_out") != []
    assert rows(outsider, "SELECT household_id FROM carry_out_item") == []
    stranger = place.connect(place.stranger)
    assert rows(stranger, "SELECT id FROM carry_out") == []
    administrator = place.connect(place.administrator)
    assert refused(administrator, "SELECT id FROM carry_out") in DENIED
    place.hang_up()


def test_numbers_have_no_gap(place: Place):
    found = place.truth("SELECT number FROM carry_out ORDER BY number")
    assert [number for (number,) in found] == list(range(1, len(found) + 1))


def test_a_second_person_ends_it(place: Place, given: UUID):
    do(place.desk(place.office.outsider), given, CarryOutMove.CONFIRM)
    clerk = place.connect(place.office.caseworker)
    at = version(place, given)
    for move in CarryOutMove:
        assert refused(clerk, MOVE, (given, at, move.value, "訳", 1, False)) == "BS409"
    place.hang_up()
