"""Links, drafts and slips of papers at psql: nothing is written by hand, said of another, or taken away."""

from __future__ import annotations

from uuid import UUID

import pytest

from desktop.domain.ids import new_id
from tests.database.security.place import DENIED, Connection, Place, open_file, refused, rows
from tests.support.factories import TODAY
from tests.support.papers import a_paper

LINK = "SELECT app.link_paper(%s, %s, %s)"
STRIKE = "SELECT app.strike_paper_link(%s, %s)"
DRAFT = "SELECT app.draft_for_paper(%s, %s, %s, %s)"
NOTE = "SELECT app.note_printed_papers(%s, %s::uuid[], %s, %s, %s, %s)"
SHA = "0" * 64


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


@pytest.fixture
def link_id(place: Place, paper_id: UUID) -> UUID:
    """The paper named in an entry of the caseworker, through the program."""
    desk = place.desk(place.office.caseworker)
    given = desk.records.blank(place.office.household_id, "telephone_in")
    desk.papers.link_entry(desk.records.save(given).entry_id, [paper_id])
    (paper,) = (
        p
        for p in desk.papers.of_household(place.office.household_id)
        if p.line.paper_id == paper_id
    )
    return paper.links[0].link_id


@pytest.mark.parametrize("table", ["paper_link", "paper_link_text", "printed_paper"])
def test_nothing_is_written_or_removed_by_hand(place: Place, clerk: Connection, link_id, table):
    clerk.execute(STRIKE, (link_id, "別の書類"))
    column = {"paper_link": "struck_at", "paper_link_text": "reason"}.get(table, "part")
    assert refused(clerk, f"DELETE FROM {table}") in DENIED
    assert refused(clerk, f"UPDATE {table} SET {column} = NULL") in DENIED
    assert refused(clerk, f"INSERT INTO {table} SELECT * FROM {table}") in DENIED
    assert refused(clerk, f"TRUNCATE {table} CASCADE") in DENIED


def test_a_link_bears_the_name_of_who_made_it(place: Place, link_id):
    assert place.truth("SELECT made_by FROM paper_link WHERE id = %s", (link_id,)) == [
        (place.office.caseworker.staff_id,)
    ]


def test_a_link_is_struck_once_and_with_a_reason(clerk: Connection, link_id):
    for reason in ("", "\u3000", None):
        assert refused(clerk, STRIKE, (link_id, reason)) == "BS422"
    clerk.execute(STRIKE, (link_id, "別の書類"))
    assert refused(clerk, STRIKE, (link_id, "別の書類")) == "BS409"
    assert refused(clerk, STRIKE, (new_id(), "別の書類")) == "BS403"


def test_why_a_link_was_struck_needs_a_ticket(place: Place, clerk: Connection, link_id):
    clerk.execute(STRIKE, (link_id, "別の書類"))
    place.close_files_of(place.office.caseworker)
    again = place.connect(place.office.caseworker)
    asked = "SELECT reason FROM paper_link_text WHERE link_id = %s"
    assert rows(again, asked, (link_id,)) == []
    open_file(again, place.office.household_id)
    assert len(rows(again, asked, (link_id,))) == 1


def test_anothers_draft_is_not_named(place: Place, paper_id):
    desk = place.desk(place.office.supervisor)
    given = desk.records.blank(place.office.household_id, "telephone_in")
    entry_id = desk.records.save(given).entry_id
    clerk = place.connect(place.office.caseworker)
    assert refused(clerk, LINK, (new_id(), paper_id, entry_id)) == "BS403"


def test_another_team_and_another_office_do_nothing(place: Place, paper_id, link_id):
    place.close_files_of(place.office.outsider)
    (entry_id,) = place.truth("SELECT entry_id FROM paper_link WHERE id = %s", (link_id,))[0]
    for person in (place.office.outsider, place.stranger):
        other = place.connect(person)
        assert rows(other, "SELECT id FROM paper_link WHERE id = %s", (link_id,)) == []
        assert refused(other, LINK, (new_id(), paper_id, entry_id)) == "BS403"
        assert refused(other, STRIKE, (link_id, "別の書類")) == "BS403"
        assert refused(other, DRAFT, (new_id(), new_id(), paper_id, TODAY)) == "BS403"
        assert refused(other, NOTE, (new_id(), [paper_id], "slip", "copy", 1, SHA)) == "BS403"


@pytest.mark.parametrize("name", ["head", "administrator"])
def test_who_handles_no_papers_calls_nothing(place: Place, paper_id, link_id, name):
    person = place.administrator if name == "administrator" else place.office.head
    other = place.connect(person)
    assert refused(other, STRIKE, (link_id, "別の書類")) in DENIED
    assert refused(other, DRAFT, (new_id(), new_id(), paper_id, TODAY)) in DENIED
    assert refused(other, NOTE, (new_id(), [paper_id], "slip", "copy", 1, SHA)) in DENIED


def test_a_draft_is_not_made_behind_the_functions_back(place: Place, clerk: Connection, paper_id):
    me = place.office.caseworker
    insert = (
        "INSERT INTO todo (id, office_id, owner_id, household_id, origin, origin_id, state, created_by,"
        " created_at, version) VALUES (%s, %s, %s, %s, 'decision_draft', %s, 'open', %s, now(), 1)"
    )
    given = (new_id(), me.office_id, me.staff_id, place.office.household_id, paper_id, me.staff_id)
    assert refused(clerk, insert, given) == "BS403"


def test_a_draft_has_a_day_to_come(clerk: Connection, paper_id):
    for due in (None, TODAY.replace(year=2020)):
        assert refused(clerk, DRAFT, (new_id(), new_id(), paper_id, due)) == "BS422"


def test_a_run_that_was_noted_is_nobody_elses(place: Place, clerk: Connection, paper_id):
    batch = new_id()
    note = (batch, [paper_id], "both", "original", 1, SHA)
    clerk.execute(NOTE, note)
    clerk.execute(NOTE, note)
    supervisor = place.connect(place.office.supervisor)
    assert refused(supervisor, NOTE, note) == "BS403"
    assert place.truth(
        "SELECT b.printed_by, p.part FROM printed_paper p JOIN print_batch b ON b.id = p.batch_id"
        " WHERE p.paper_id = %s",
        (paper_id,),
    ) == [(place.office.caseworker.staff_id, "both")]


@pytest.mark.parametrize(
    "forged",
    [
        {"part": "record"},
        {"part": None},
        {"mark": "draft"},
        {"pages": 0},
        {"sha": "名前"},
        {"papers": []},
    ],
    ids=str,
)
def test_the_log_takes_nothing_but_slips(clerk: Connection, paper_id, forged):
    given = {
        "batch": new_id(),
        "papers": [paper_id],
        "part": "both",
        "mark": "original",
        "pages": 1,
        "sha": SHA,
        **forged,
    }
    assert refused(clerk, NOTE, tuple(given.values())) == "BS403"
