"""Online applications at psql: numbers behind the function, forged papers, other offices, people without the duty."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from desktop.domain.ids import new_id
from tests.database.security.place import DENIED, Connection, Place, open_file, refused, rows
from tests.support.papers import a_paper

RECEIVE = "SELECT app.receive_application(%s, %s, %s, %s, %s, %s, %s, %s, %s)"
TAKEN = "SELECT number, paper_id FROM app.taken_applications(%s, %s)"


@pytest.fixture
def number() -> str:
    """A number that no other test takes in: the place is shared."""
    return str(new_id())


@pytest.fixture
def clerk(place: Place) -> Connection:
    """The caseworker at psql, with the household's file open."""
    connection = place.connect(place.office.caseworker)
    open_file(connection, place.office.household_id)
    return connection


def application(household_id: UUID, number: str, **forged: object) -> tuple[object, ...]:
    """What the program hands to app.receive_application, with some values forged."""
    given: dict[str, object] = {
        "paper": new_id(),
        "household": household_id,
        "kind": "pay_slip",
        "sheets": 1,
        "from_whom": "架空 花子",
        "note": "",
        "source": "kakuu",
        "number": number,
        "sent_on": date(2024, 9, 30),
        **forged,
    }
    return tuple(given.values())


def test_a_number_is_taken_in_once_and_the_paper_is_the_servers(
    place: Place, clerk: Connection, number: str
):
    household_id = place.office.household_id
    first = application(household_id, number)
    assert rows(clerk, RECEIVE, first) == [(first[0],)]
    assert rows(clerk, RECEIVE, application(household_id, number)) == [(first[0],)]
    outsider = place.connect(place.office.outsider)
    assert rows(outsider, RECEIVE, application(household_id, number)) == [(first[0],)]
    found = place.truth(
        "SELECT a.number, p.received_by FROM online_application a JOIN paper p ON p.id = a.paper_id"
        " WHERE a.number = %s",
        (number,),
    )
    assert found == [(number, place.office.caseworker.staff_id)]


@pytest.mark.parametrize(
    "forged",
    [
        {"source": " "},
        {"number": ""},
        {"number": None},
        {"number": "1" * 101},
        {"kind": "no_such"},
        {"sheets": 0},
        {"from_whom": "長" * 101},
        {"note": "長" * 1001},
    ],
    ids=lambda forged: str({k: str(v)[:12] for k, v in forged.items()}),
)
def test_what_the_program_would_not_send_is_refused(
    place: Place, clerk: Connection, number: str, forged
):
    assert (
        refused(
            clerk, RECEIVE, application(place.office.household_id, **{"number": number, **forged})
        )
        == "BS422"
    )
    counted = "SELECT count(*) FROM online_application WHERE number = %s"
    assert place.truth(counted, (number,)) == [(0,)]


def test_a_number_is_not_hung_on_a_paper_of_the_counter(
    place: Place, clerk: Connection, number: str
):
    paper = place.desk(place.office.caseworker).papers.receive(a_paper(place.office.household_id))
    forged = application(place.office.household_id, number, paper=paper.paper_id)
    assert refused(clerk, RECEIVE, forged) == "BS409"


def test_nothing_is_written_or_removed_behind_the_function(
    place: Place, clerk: Connection, number: str
):
    clerk.execute(RECEIVE, application(place.office.household_id, number))
    assert refused(clerk, "UPDATE online_application SET number = 'E-2'") in DENIED
    assert refused(clerk, "DELETE FROM online_application") in DENIED
    assert refused(clerk, "TRUNCATE online_application") in DENIED
    added = "INSERT INTO online_application VALUES (%s, %s, %s, 'kakuu', 'E-9', NULL)"
    assert refused(clerk, added, (new_id(), new_id(), new_id())) in DENIED


def test_another_team_sees_no_rows_but_learns_that_a_number_was_taken_in(
    place: Place, clerk: Connection, number: str
):
    given = application(place.office.household_id, number)
    clerk.execute(RECEIVE, given)
    outsider = place.connect(place.office.outsider)
    place.close_files_of(place.office.outsider)
    assert rows(outsider, "SELECT system FROM online_application") == []
    assert rows(outsider, TAKEN, ("kakuu", [number, "E-2"])) == [(number, given[0])]


def test_another_office_is_another_world(place: Place, clerk: Connection, number: str):
    clerk.execute(RECEIVE, application(place.office.household_id, number))
    stranger = place.connect(place.stranger)
    assert rows(stranger, TAKEN, ("kakuu", [number])) == []
    assert refused(stranger, RECEIVE, application(place.office.household_id, number)) == "BS403"


def test_who_handles_no_papers_takes_nothing_in(place: Place, number: str):
    administrator = place.connect(place.administrator)
    assert refused(administrator, RECEIVE, application(place.office.household_id, number)) in DENIED
    assert refused(administrator, TAKEN, ("kakuu", [number])) in DENIED
