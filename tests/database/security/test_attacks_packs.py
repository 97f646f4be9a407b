"""Reading packs at psql: none is made approved, written unread or unapproved, twice, by another, or rewritten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest

from desktop.domain.carry_outs import CarryOutMove
from desktop.domain.ids import new_id
from tests.database.security.place import DENIED, Connection, Place, refused
from tests.support.carry_outs import a_trip, do
from tests.support.factories import CLOCK
from tests.support.reading_packs import a_pack_trip, allow_packs

MAKE = "SELECT app.make_carry_out(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
MOVE = "SELECT app.move_carry_out(%s, %s, %s, %s, %s, %s)"
LEAVE = "SELECT app.leave_with_pack(%s, %s, %s)"
OPEN = "SELECT app.open_files(%s, %s, %s)"
SHA = "a" * 64
EXPIRES = CLOCK.now() + timedelta(hours=8)


@pytest.fixture(scope="module", autouse=True)
def allowed(place: Place) -> None:
    """The office allows packs, and its table asks for nobody's word."""
    allow_packs(place.office)


@pytest.fixture
def clerk(place: Place) -> Iterator[Connection]:
    """The caseworker at psql."""
    yield place.connect(place.office.caseworker)
    place.hang_up()


def making(place: Place, **forged: object) -> tuple[object, ...]:
    """What the program hands over when a pack's trip is made, with some values forged."""
    made = {
        "id": new_id(),
        "reason": "visit",
        "leaving": CLOCK.now(),
        "area": "第1地区",
        "kinds": ["reading_pack"],
        "sheets": 1,
        "protection": "",
        "masked": True,
        "home": False,
        "households": [place.office.household_id],
        "places": [False],
        "purposes": ["living"],
        "expires": EXPIRES,
        **forged,
    }
    return tuple(made.values())


def made(place: Place) -> UUID:
    """A pack that waits for its word."""
    trip = a_pack_trip(place.office)
    place.desk(place.office.caseworker).carry_outs.make(trip)
    return trip.carry_out_id


def approved(place: Place) -> UUID:
    """One that the supervisor approved."""
    trip = made(place)
    do(place.desk(place.office.supervisor), trip, CarryOutMove.APPROVE)
    return trip


def state(place: Place, trip: UUID) -> tuple[object, ...]:
    """State and hash as they stand."""
    asked = (
        "SELECT c.state, p.sha256 FROM carry_out c"
        " JOIN reading_pack p ON p.carry_out_id = c.id WHERE c.id = %s"
    )
    return tuple(place.truth(asked, (trip,))[0])


def opened(clerk: Connection, place: Place) -> None:
    """A ticket for the pack's household, committed."""
    clerk.execute(OPEN, ("pack", [place.office.household_id], ""))


def test_no_file_is_noted_whose_households_were_not_opened_for_it_before(
    place: Place, clerk: Connection
):
    """Also not by a ticket for something else, or one of the same transaction, which could be rolled back. (First: later tests open.)"""
    trip = approved(place)
    assert refused(clerk, LEAVE, (trip, 2, SHA)) == "BS409"
    clerk.execute(OPEN, ("file", [place.office.household_id], ""))
    assert refused(clerk, LEAVE, (trip, 2, SHA)) == "BS409"
    with clerk.transaction(force_rollback=True):
        clerk.execute(OPEN, ("pack", [place.office.household_id], ""))
        assert refused(clerk, LEAVE, (trip, 2, SHA)) == "BS409"
    assert state(place, trip) == ("approved", None)


def test_its_table_is_not_written_by_hand(place: Place, clerk: Connection):
    made(place)
    for attack in (
        "DELETE FROM reading_pack",
        "TRUNCATE reading_pack",
        "UPDATE reading_pack SET expires_at = 'infinity'",
        "UPDATE reading_pack SET sha256 = NULL",
        "INSERT INTO reading_pack SELECT * FROM reading_pack",
        "UPDATE carry_out SET state = 'approved'",
        "UPDATE carry_out_kind SET code = 'carry_sheet'",
    ):
        assert refused(clerk, attack) in DENIED


@pytest.mark.parametrize(
    ("forged", "code"),
    [
        ({"expires": None}, "BS422"),
        ({"expires": CLOCK.now()}, "BS422"),
        ({"expires": CLOCK.now() + timedelta(hours=10, seconds=1)}, "BS422"),
        ({"leaving": CLOCK.now() + timedelta(days=1)}, "BS422"),
        ({"kinds": ["reading_pack", "carry_sheet"]}, "BS422"),
        ({"kinds": ["carry_sheet"]}, "BS422"),
        ({"sheets": 2}, "BS422"),
        ({"reason": "meeting", "households": [], "places": [], "purposes": []}, "BS422"),
    ],
    ids=str,
)
def test_a_pack_is_judged(place: Place, clerk: Connection, forged, code):
    before = place.truth("SELECT count(*) FROM carry_out")
    assert refused(clerk, MAKE, making(place, **forged)) == code
    assert place.truth("SELECT count(*) FROM carry_out") == before


def test_far_and_foreign_households_are_in_nobodys_pack(place: Place, clerk: Connection):
    for household in (place.far_id, place.foreign_id):
        assert refused(clerk, MAKE, making(place, households=[household])) == "BS403"


def test_no_pack_is_approved_by_itself_or_by_its_carrier(place: Place, clerk: Connection):
    trip = made(place)
    opened(clerk, place)
    asked = "SELECT state, approval, approved_by FROM carry_out WHERE id = %s"
    assert tuple(place.truth(asked, (trip,))[0]) == ("made", "supervisor", None)
    assert refused(clerk, MOVE, (trip, 1, "approve", "", None, False)) == "BS403"
    assert refused(clerk, MOVE, (trip, 1, "leave", "", None, False)) == "BS409"
    assert refused(clerk, LEAVE, (trip, 1, SHA)) == "BS409"
    assert state(place, trip) == ("made", None)


def test_a_pack_is_noted_once_by_its_carrier_with_a_hash(place: Place, clerk: Connection):
    trip, sheet = approved(place), a_trip(place.office)
    place.desk(place.office.caseworker).carry_outs.make(sheet)
    opened(clerk, place)
    for wrong in (None, "", "x" * 64, "a" * 63, SHA.upper()):
        assert refused(clerk, LEAVE, (trip, 2, wrong)) == "BS422"
    assert refused(clerk, LEAVE, (trip, 1, SHA)) == "BS409"
    assert refused(clerk, LEAVE, (trip, None, SHA)) == "BS409"
    assert refused(clerk, LEAVE, (sheet.carry_out_id, 1, SHA)) == "BS409"
    assert refused(clerk, LEAVE, (new_id(), 1, SHA)) == "BS403"
    clerk.execute(LEAVE, (trip, 2, SHA))
    assert state(place, trip) == ("out", SHA)
    assert refused(clerk, LEAVE, (trip, 3, "b" * 64)) == "BS409"
    assert refused(clerk, MOVE, (trip, 3, "confirm", "", 1, True)) == "BS403"
    assert state(place, trip) == ("out", SHA)
    other = place.connect(place.office.supervisor)
    assert refused(other, MOVE, (trip, 3, "confirm", "", 1, False)) == "BS409"
    assert refused(other, MOVE, (trip, 3, "confirm", "", 1, None)) == "BS409"
    other.execute(MOVE, (trip, 3, "confirm", "", 1, True))
    assert state(place, trip) == ("closed", SHA)


def test_somebody_elses_pack_is_not_noted(place: Place):
    trip = approved(place)
    other = place.connect(place.office.supervisor)
    assert refused(other, LEAVE, (trip, 2, SHA)) in {"BS403", "BS409", *DENIED}
    place.hang_up()
    assert state(place, trip) == ("approved", None)
