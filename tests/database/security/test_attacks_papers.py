"""Received papers at psql: forged numbers, receivers, times and states, other offices, other teams, and removal."""

from __future__ import annotations

from uuid import UUID

import pytest

from desktop.domain.ids import new_id
from tests.database.security.place import DENIED, Connection, Place, open_file, refused, rows
from tests.support.factories import TODAY
from tests.support.papers import a_paper

RECEIVE = "SELECT app.receive_paper(%s, %s, %s, %s, %s, %s, '架空 花子', '控え')"
STEP = "SELECT app.step_paper(%s, %s, %s, %s)"
HAND_OVER = "SELECT app.hand_over_paper(%s, %s, %s)"


@pytest.fixture
def clerk(place: Place) -> Connection:
    """The caseworker at psql, with the household's file open."""
    connection = place.connect(place.office.caseworker)
    open_file(connection, place.office.household_id)
    return connection


@pytest.fixture
def paper_id(place: Place) -> UUID:
    """A paper that the caseworker took in through the program."""
    given = a_paper(place.office.household_id)
    return place.desk(place.office.caseworker).papers.receive(given).paper_id


def taking_in(place: Place, **forged: object) -> tuple[object, ...]:
    """What the program hands to app.receive_paper, with some values forged."""
    given = {
        "paper": new_id(),
        "household": place.office.household_id,
        "kind": "pay_slip",
        "person": None,
        "sheets": 1,
        "owner": None,
        **forged,
    }
    return tuple(given.values())


def new_paper(place: Place, **forged: object) -> tuple[str, tuple[object, ...]]:
    """An INSERT behind the function's back."""
    row: dict[str, object] = {
        "id": new_id(),
        "office_id": place.office.caseworker.office_id,
        "household_id": place.office.household_id,
        "fiscal_year": 2024,
        "number": 9000,
        "kind": "pay_slip",
        "sheets": 1,
        "state": "received",
        "received_by": place.office.caseworker.staff_id,
        "received_at": TODAY,
        **forged,
    }
    places = ", ".join("%s" for _ in row)
    return f"INSERT INTO paper ({', '.join(row)}) VALUES ({places})", tuple(row.values())


def test_number_receiver_and_time_cannot_be_said(place: Place, clerk: Connection):
    for forged in (
        {"number": 7777},
        {"received_by": place.office.supervisor.staff_id},
        {"received_at": TODAY.replace(year=2020)},
        {"state": "settled"},
    ):
        assert refused(clerk, *new_paper(place, **forged)) in DENIED


def test_what_the_function_writes_is_the_servers_own(place: Place, clerk: Connection):
    given = taking_in(place)
    clerk.execute(RECEIVE, given)
    ((year, receiver, day, state, last, number),) = place.truth(
        "SELECT p.fiscal_year, p.received_by, (p.received_at AT TIME ZONE 'Asia/Tokyo')::date, p.state, b.last_number, p.number"
        " FROM paper p JOIN paper_book b USING (office_id, fiscal_year) WHERE p.id = %s",
        (given[0],),
    )
    assert (year, receiver, day, state) == (
        2024,
        place.office.caseworker.staff_id,
        TODAY,
        "received",
    )
    assert number == last


@pytest.mark.parametrize(
    "change",
    [
        "number = 1",
        "state = 'settled', settled_at = now()",
        "owner_id = NULL",
        "received_by = owner_id",
        "received_at = now()",
        "sheets = 9",
    ],
)
def test_a_paper_is_not_rewritten(clerk: Connection, paper_id, change):
    assert refused(clerk, f"UPDATE paper SET {change} WHERE id = %s", (paper_id,)) in DENIED


@pytest.mark.parametrize("table", ["paper_step", "paper_step_text", "paper_text", "paper"])
def test_nothing_is_removed(clerk: Connection, paper_id, table):
    key = "id" if table == "paper" else "paper_id"
    assert refused(clerk, f"DELETE FROM {table} WHERE {key} = %s", (paper_id,)) in DENIED
    assert refused(clerk, f"TRUNCATE {table} CASCADE") in DENIED


def test_the_book_is_neither_read_nor_turned_back(clerk: Connection, paper_id):
    assert refused(clerk, "UPDATE paper_book SET last_number = 0") in DENIED
    assert refused(clerk, "SELECT * FROM paper_book") in DENIED
    assert refused(clerk, "SELECT app.next_paper_number(%s, 2024)", (new_id(),)) in DENIED


@pytest.mark.parametrize(
    "to", ["judged", "drafted", "decided", "received", "nonsense", None], ids=str
)
def test_no_state_is_skipped(clerk: Connection, paper_id, to):
    assert refused(clerk, STEP, (paper_id, "received", to, "理由")) == "BS403"


@pytest.mark.parametrize("reason", ["", "  ", "\u3000\n", None], ids=repr)
def test_the_end_is_not_reached_without_a_reason(clerk: Connection, paper_id, reason):
    assert refused(clerk, STEP, (paper_id, "received", "settled", reason)) == "BS422"


@pytest.mark.parametrize("shown", ["checked", None])
def test_a_step_begins_where_the_paper_stands(clerk: Connection, paper_id, shown):
    assert refused(clerk, STEP, (paper_id, shown, "judged", "")) == "BS409"


def test_a_step_is_not_written_by_hand(place: Place, clerk: Connection, paper_id):
    insert = (
        "INSERT INTO paper_step (paper_id, number, office_id, household_id, state, by_id, at)"
        " SELECT paper_id, 2, office_id, household_id, 'settled', by_id, at FROM paper_step WHERE paper_id = %s"
    )
    assert refused(clerk, insert, (paper_id,)) in DENIED
    for change in ("by_id = paper_id", "at = now()", "state = 'settled'"):
        statement = f"UPDATE paper_step SET {change} WHERE paper_id = %s"
        assert refused(clerk, statement, (paper_id,)) in DENIED


def test_a_step_bears_the_name_of_who_made_it(place: Place, paper_id):
    supervisor = place.connect(place.office.supervisor)
    supervisor.execute(STEP, (paper_id, "received", "checked", ""))
    assert place.truth(
        "SELECT state, by_id FROM paper_step WHERE paper_id = %s ORDER BY number", (paper_id,)
    ) == [
        ("received", place.office.caseworker.staff_id),
        ("checked", place.office.supervisor.staff_id),
    ]


def test_another_team_neither_sees_nor_moves_nor_takes(place: Place, paper_id):
    outsider = place.connect(place.office.outsider)
    place.close_files_of(place.office.outsider)
    assert rows(outsider, "SELECT id FROM paper WHERE id = %s", (paper_id,)) == []
    assert rows(outsider, "SELECT paper_id FROM paper_step WHERE paper_id = %s", (paper_id,)) == []
    me, owner = place.office.outsider.staff_id, place.office.caseworker.staff_id
    assert refused(outsider, STEP, (paper_id, "received", "checked", "")) == "BS403"
    assert refused(outsider, HAND_OVER, (paper_id, owner, me)) == "BS403"


def test_whoever_took_it_in_reads_the_line_but_not_the_words(place: Place):
    outsider = place.connect(place.office.outsider)
    place.close_files_of(place.office.outsider)
    given = taking_in(place)
    outsider.execute(RECEIVE, given)
    assert len(rows(outsider, "SELECT number FROM paper WHERE id = %s", (given[0],))) == 1
    assert rows(outsider, "SELECT note FROM paper_text WHERE paper_id = %s", (given[0],)) == []
    assert refused(outsider, STEP, (given[0], "received", "checked", "")) == "BS403"


def test_words_need_a_ticket_even_of_the_owner(place: Place, paper_id):
    place.close_files_of(place.office.caseworker)
    owner = place.connect(place.office.caseworker)
    assert len(rows(owner, "SELECT number FROM paper WHERE id = %s", (paper_id,))) == 1
    assert rows(owner, "SELECT from_whom FROM paper_text WHERE paper_id = %s", (paper_id,)) == []
    open_file(owner, place.office.household_id)
    assert (
        len(rows(owner, "SELECT from_whom FROM paper_text WHERE paper_id = %s", (paper_id,))) == 1
    )


def test_another_office_is_another_world(place: Place, clerk: Connection, paper_id):
    assert refused(clerk, RECEIVE, taking_in(place, household=place.foreign_id)) == "BS403"
    assert refused(clerk, RECEIVE, taking_in(place, person=place.foreign_person_id)) == "BS422"
    stranger = place.connect(place.stranger)
    owner = place.office.caseworker.staff_id
    assert rows(stranger, "SELECT id FROM paper") == []
    assert refused(stranger, STEP, (paper_id, "received", "checked", "")) == "BS403"
    assert refused(stranger, HAND_OVER, (paper_id, owner, place.stranger.staff_id)) == "BS403"
    assert refused(stranger, RECEIVE, taking_in(place)) == "BS403"
    handed = (paper_id, owner, place.stranger.staff_id)
    assert refused(clerk, HAND_OVER, handed) == "BS422"
    assert refused(clerk, RECEIVE, taking_in(place, owner=place.stranger.staff_id)) == "BS422"


def test_anothers_receipt_is_not_taken_for_ones_own(place: Place, paper_id):
    supervisor = place.connect(place.office.supervisor)
    assert refused(supervisor, RECEIVE, taking_in(place, paper=paper_id)) == "BS403"


@pytest.mark.parametrize("name", ["head", "administrator"])
def test_who_handles_no_papers_calls_nothing(place: Place, paper_id, name):
    person = place.administrator if name == "administrator" else place.office.head
    connection = place.connect(person)
    assert refused(connection, RECEIVE, taking_in(place)) in DENIED
    assert refused(connection, STEP, (paper_id, "received", "checked", "")) in DENIED
    owner = place.office.caseworker.staff_id
    assert refused(connection, HAND_OVER, (paper_id, owner, person.staff_id)) in DENIED


@pytest.mark.parametrize("sheets", [0, -1, 10_000, None])
def test_sheets_are_counted(place: Place, clerk: Connection, sheets):
    assert refused(clerk, RECEIVE, taking_in(place, sheets=sheets)) == "BS422"


def test_a_settled_paper_rests(place: Place, clerk: Connection, paper_id):
    clerk.execute(STEP, (paper_id, "received", "settled", "認定の変更はない。"))
    assert refused(clerk, STEP, (paper_id, "settled", "received", "やり直し")) == "BS403"
    me, other = place.office.caseworker.staff_id, place.office.supervisor.staff_id
    assert refused(clerk, HAND_OVER, (paper_id, me, other)) == "BS409"


def test_every_act_stands_in_the_trail(place: Place, clerk: Connection, paper_id):
    clerk.execute(
        HAND_OVER, (paper_id, place.office.caseworker.staff_id, place.office.supervisor.staff_id)
    )
    acts = place.truth(
        "SELECT action FROM audit.event WHERE tbl = 'paper' AND row_key = %s ORDER BY seq",
        (str(paper_id),),
    )
    assert [action for (action,) in acts] == ["insert", "update"]
