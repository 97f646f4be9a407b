"""Issued forms at psql: gaps, forged stamps and hashes, others' households, replaced bytes, void and removal undone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest

from desktop.domain.ids import new_id
from desktop.domain.issued_forms import MOST_BYTES
from tests.database.security.place import DENIED, Connection, Place, open_file, refused, rows
from tests.support.factories import CLOCK
from tests.support.issued_forms import drawing, issued_forms, slip

RESERVE = "SELECT fiscal_year, number, issued_at, stored FROM app.reserve_issue(%s, %s, %s, %s, %s::uuid[], %s::int[])"
STORE = "SELECT app.store_issue(%s, %s, %s, %s)"
VOID = "SELECT app.void_issue(%s, %s)"
NOTE = "SELECT app.note_printed_issues(%s, %s::uuid[], %s, %s, %s)"
PDF = b"%PDF-1.7 sample"
NOBODY = UUID(int=1)
TABLES = ("issued_form", "issued_subject", "issued_file", "issued_void_text", "printed_issue")


@pytest.fixture
def clerk(place: Place) -> Iterator[Connection]:
    """The caseworker at psql, with the household's file open."""
    with place.connect(place.office.caseworker) as connection:
        open_file(connection, place.office.household_id)
        yield connection


@pytest.fixture
def keeper(place: Place) -> Iterator[Connection]:
    """Records staff at psql, with the household's file open."""
    with place.connect(place.office.records) as connection:
        open_file(connection, place.office.household_id, "batch")
        yield connection


@pytest.fixture
def issued_id(place: Place) -> UUID:
    """A slip that the caseworker issued through the program."""
    service = issued_forms(place.office, place.office.caseworker)
    return service.issue(slip(place.office), drawing()).issued_id


def reserving(place: Place, **forged: object) -> tuple[object, ...]:
    """What the program hands to app.reserve_issue, with some values forged."""
    given: dict[str, object] = {
        "id": new_id(),
        "household": place.office.household_id,
        "form": "K-10",
        "edition": "第1版",
        "subjects": [],
        "versions": [],
        **forged,
    }
    return tuple(given.values())


def issue(by: Connection, place: Place, **forged: object) -> UUID:
    """Issue as the program does, in one transaction."""
    given = reserving(place, **forged)
    with by.transaction():
        by.execute(RESERVE, given)
        by.execute(STORE, (given[0], "", 1, PDF))
    return UUID(str(given[0]))


def book(place: Place) -> int:
    """The last number of the office's register."""
    found = place.truth(
        "SELECT last_number FROM issue_book WHERE office_id = %s",
        (place.office.caseworker.office_id,),
    )
    return int(found[0][0]) if found else 0


def numbers(place: Place) -> list[int]:
    """All numbers of the office that are taken."""
    statement = "SELECT number FROM issued_form WHERE office_id = %s ORDER BY number"
    return [n for (n,) in place.truth(statement, (place.office.caseworker.office_id,))]


def assert_no_gap(place: Place) -> None:
    """Every number up to the last has its form and its file."""
    assert numbers(place) == list(range(1, book(place) + 1))
    ((forms, files),) = place.truth(
        "SELECT (SELECT count(*) FROM issued_form WHERE sha256 <> ''), (SELECT count(*) FROM issued_file)"
    )
    assert forms == files


def test_what_the_functions_write_is_the_servers_own(place: Place, clerk: Connection):
    made = issue(clerk, place)
    (row,) = place.truth(
        "SELECT issued_by, issued_at, size, sha256, mark, household_id FROM issued_form WHERE id = %s",
        (made,),
    )
    office = place.office
    digest = hashlib.sha256(PDF).hexdigest()
    assert row == (
        office.caseworker.staff_id,
        CLOCK.now(),
        len(PDF),
        digest,
        "plain",
        office.household_id,
    )


def test_a_number_without_its_file_is_not_committed(place: Place, clerk: Connection):
    before = numbers(place)
    for end in ("COMMIT", "SET CONSTRAINTS ALL IMMEDIATE"):
        clerk.execute("BEGIN")
        clerk.execute(RESERVE, reserving(place))
        assert refused(clerk, end) == "BS409"
    clerk.execute("BEGIN")
    clerk.execute(RESERVE, reserving(place))
    clerk.execute("ROLLBACK")
    assert numbers(place) == before
    assert_no_gap(place)


def test_two_numbers_for_one_file_are_not_committed(place: Place, clerk: Connection):
    before = numbers(place)
    first, second = reserving(place), reserving(place)
    clerk.execute("BEGIN")
    clerk.execute(RESERVE, first)
    clerk.execute(RESERVE, second)
    clerk.execute(STORE, (second[0], "", 1, PDF))
    assert refused(clerk, "COMMIT") == "BS409"
    assert numbers(place) == before


def test_a_connection_killed_between_number_and_bytes_leaves_nothing(place: Place):
    before, last = numbers(place), book(place)
    victim = place.connect(place.office.caseworker)
    victim.execute("BEGIN")
    ((_, number, _, stored),) = victim.execute(RESERVE, reserving(place)).fetchall()
    assert (number, stored) == (last + 1, False)
    victim.execute("SELECT 1")
    place.truth("SELECT pg_terminate_backend(%s)", (victim.info.backend_pid,))
    with pytest.raises(psycopg.Error):
        victim.execute(STORE, (new_id(), "", 1, PDF))
    assert (numbers(place), book(place)) == (before, last)
    with place.connect(place.office.supervisor) as other:
        issue(other, place)
    assert_no_gap(place)


def test_bytes_are_stored_once_and_only_for_ones_own_open_number(
    place: Place, clerk: Connection, keeper: Connection, issued_id
):
    assert refused(clerk, STORE, (issued_id, "", 1, PDF)) == "BS409"
    assert refused(keeper, STORE, (issued_id, "", 1, PDF)) == "BS409"
    given = reserving(place)
    clerk.execute("BEGIN")
    clerk.execute(RESERVE, given)
    assert refused(keeper, STORE, (given[0], "", 1, PDF)) == "BS409"
    clerk.execute(STORE, (given[0], "", 1, PDF))
    assert refused(clerk, STORE, (given[0], "", 1, b"%PDF-other")) == "BS409"
    assert_no_gap(place)


@pytest.mark.parametrize(
    "forged",
    [
        {"data": b""},
        {"data": None},
        {"data": b"MZ"},
        {"data": b"%PDF-" + bytes(MOST_BYTES)},
        {"pages": 0},
        {"pages": None},
        {"pages": 10_000},
        {"recipient": "x" * 201},
    ],
    ids=lambda forged: str({k: str(v)[:12] for k, v in forged.items()}),
)
def test_what_the_program_would_not_store_is_refused(place: Place, clerk: Connection, forged):
    given = reserving(place)
    clerk.execute("BEGIN")
    clerk.execute(RESERVE, given)
    said = {"recipient": "", "pages": 1, "data": PDF, **forged}
    assert refused(clerk, STORE, (given[0], *said.values())) == "BS422"
    assert_no_gap(place)


@pytest.mark.parametrize(
    ("forged", "state"),
    [
        ({"form": "X-01"}, "BS422"),
        ({"form": None}, "BS422"),
        ({"edition": ""}, "BS422"),
        ({"edition": None}, "BS422"),
        ({"subjects": [NOBODY], "versions": [None]}, "BS422"),
        ({"form": "L-01"}, "BS422"),
        ({"form": "L-01", "subjects": [NOBODY], "versions": [None]}, "BS422"),
        ({"form": "L-01", "subjects": [None], "versions": [None]}, "BS422"),
        ({"form": "L-01", "subjects": [NOBODY], "versions": []}, "BS422"),
        ({"form": "K-06", "subjects": [NOBODY], "versions": [1]}, "BS403"),
        ({"form": "K-06", "subjects": [NOBODY], "versions": [None]}, "BS422"),
        ({"form": "K-04", "subjects": [NOBODY], "versions": [1]}, "BS403"),
        ({"household": None}, "BS403"),
    ],
    ids=str,
)
def test_what_the_program_would_not_ask_for_is_refused(
    place: Place, clerk: Connection, forged, state
):
    assert refused(clerk, RESERVE, reserving(place, **forged)) == state
    assert_no_gap(place)


def test_an_original_is_of_the_version_that_is_approved(place: Place, keeper: Connection):
    entry_id = place.submitted()
    asked = {"form": "K-04", "subjects": [entry_id]}
    assert refused(keeper, RESERVE, reserving(place, **asked, versions=[1])) == "BS403"
    with place.connect(place.office.supervisor) as boss:
        place.approve(entry_id, boss)
    for version in (0, 2):
        forged = reserving(place, **asked, versions=[version])
        assert refused(keeper, RESERVE, forged) == "BS403"
    assert refused(keeper, RESERVE, reserving(place, **asked, versions=[None])) == "BS422"
    twice = {"form": "K-04", "subjects": [entry_id] * 2, "versions": [1, 1]}
    assert refused(keeper, RESERVE, reserving(place, **twice)) == "BS422"
    elsewhere = reserving(place, **asked, versions=[1], household=place.far_id)
    assert refused(keeper, RESERVE, elsewhere) == "BS403"
    issue(keeper, place, form="K-04", subjects=[entry_id], versions=[1])


def test_a_household_outside_ones_duty_is_not_issued_for_even_when_its_file_is_open(place: Place):
    with place.connect(place.office.outsider) as outsider:
        assert refused(outsider, RESERVE, reserving(place)) == "BS403"
        open_file(outsider, place.office.household_id, reason="telephone_duty")
        assert refused(outsider, RESERVE, reserving(place)) == "BS403"
        foreign = reserving(place, household=place.foreign_id)
        assert refused(outsider, RESERVE, foreign) == "BS403"
    with place.connect(place.stranger) as stranger:
        assert refused(stranger, RESERVE, reserving(place)) == "BS403"
    with place.connect(place.administrator) as administrator:
        assert refused(administrator, RESERVE, reserving(place)) in DENIED
        assert refused(administrator, VOID, (new_id(), "x")) in DENIED


def test_the_same_id_serves_only_the_same_issue_of_the_same_person(
    place: Place, clerk: Connection, keeper: Connection, issued_id
):
    ((_, number, _, stored),) = rows(clerk, RESERVE, reserving(place, id=issued_id))
    assert stored
    assert [(number,)] == place.truth("SELECT number FROM issued_form WHERE id = %s", (issued_id,))
    assert refused(clerk, RESERVE, reserving(place, id=issued_id, form="K-24")) == "BS409"
    assert refused(keeper, RESERVE, reserving(place, id=issued_id)) == "BS409"
    assert_no_gap(place)


@pytest.mark.parametrize(
    "change",
    [
        "number = 99",
        "fiscal_year = 2020",
        "sha256 = ''",
        "issued_by = id",
        "issued_at = now()",
        "mark = 'original'",
        "household_id = id",
        "replaces = NULL",
        "voided_at = NULL, voided_by = NULL",
        "pages = 9",
    ],
)
def test_what_was_issued_is_not_rewritten(clerk: Connection, keeper: Connection, issued_id, change):
    statement = f"UPDATE issued_form SET {change} WHERE id = %s"
    assert refused(clerk, statement, (issued_id,)) in DENIED
    assert refused(keeper, statement, (issued_id,)) in DENIED


@pytest.mark.parametrize("change", ["data = '%PDF-other'", "recipient = '別の人'"])
def test_its_bytes_are_not_replaced(clerk: Connection, keeper: Connection, issued_id, change):
    statement = f"UPDATE issued_file SET {change} WHERE issued_id = %s"
    assert refused(clerk, statement.replace("%P", "%%P"), (issued_id,)) in DENIED
    assert refused(keeper, statement.replace("%P", "%%P"), (issued_id,)) in DENIED


@pytest.mark.parametrize("table", [*TABLES, "issue_book"])
def test_nothing_is_written_or_removed_behind_the_functions(
    clerk: Connection, keeper: Connection, issued_id, table
):
    for by in (clerk, keeper):
        assert refused(by, f"INSERT INTO {table} SELECT * FROM {table}") in DENIED
        assert refused(by, f"DELETE FROM {table}") in DENIED
        assert refused(by, f"TRUNCATE {table} CASCADE") in DENIED
        assert refused(by, f"ALTER TABLE {table} DISABLE TRIGGER ALL") in DENIED


def test_the_book_is_neither_read_nor_counted(clerk: Connection):
    assert refused(clerk, "SELECT * FROM issue_book") in DENIED
    assert refused(clerk, "UPDATE issue_book SET last_number = 0") in DENIED
    assert refused(clerk, "SELECT app.issue_before(%s, 'K-10', '{}')", (new_id(),)) in DENIED


def test_a_void_is_said_by_records_staff_and_never_taken_back(
    place: Place, clerk: Connection, keeper: Connection, issued_id
):
    assert refused(clerk, VOID, (issued_id, "書き間違い")) in DENIED
    for reason in (None, "", "\u3000\n", "x" * 1001):
        assert refused(keeper, VOID, (issued_id, reason)) == "BS422"
    keeper.execute(VOID, (issued_id, "書き間違い"))
    keeper.execute(VOID, (issued_id, "書き間違い"))
    assert refused(keeper, VOID, (issued_id, "別の理由")) == "BS409"
    unvoid = "UPDATE issued_form SET voided_at = NULL, voided_by = NULL WHERE id = %s"
    assert refused(keeper, unvoid, (issued_id,)) in DENIED
    words = "UPDATE issued_void_text SET reason = '別の理由' WHERE issued_id = %s"
    assert refused(keeper, words, (issued_id,)) in DENIED
    (row,) = place.truth(
        "SELECT f.voided_by, t.reason FROM issued_form f JOIN issued_void_text t ON t.issued_id = f.id"
        " WHERE f.id = %s",
        (issued_id,),
    )
    assert row == (place.office.records.staff_id, "書き間違い")
    with place.connect(place.stranger) as stranger:
        assert refused(stranger, VOID, (issued_id, "x")) in DENIED


def test_a_run_says_what_really_went_to_paper(
    place: Place, clerk: Connection, keeper: Connection, issued_id
):
    ((digest,),) = place.truth("SELECT sha256 FROM issued_form WHERE id = %s", (issued_id,))
    batch = new_id()
    for forged in (
        (batch, [issued_id], "draft", 1, digest),
        (batch, [issued_id], "original", 1, digest),
        (batch, [issued_id], None, 1, digest),
        (batch, [issued_id], "copy", 0, digest),
        (batch, [issued_id], "copy", 1, "x"),
        (batch, [issued_id], "copy", 1, None),
        (batch, [], "copy", 1, digest),
        (batch, None, "copy", 1, digest),
        (batch, [issued_id, new_id()], "copy", 1, digest),
        (batch, [issued_id, issued_id], "copy", 1, digest),
    ):
        assert refused(clerk, NOTE, forged) == "BS403", forged
    assert refused(clerk, NOTE, (batch, [issued_id], "copy", 1, "0" * 64)) == "BS409"
    clerk.execute(NOTE, (batch, [issued_id], "copy", 1, digest))
    assert refused(keeper, NOTE, (batch, [issued_id], "copy", 1, digest)) == "BS403"
    with place.connect(place.office.outsider) as outsider:
        assert refused(outsider, NOTE, (new_id(), [issued_id], "copy", 1, digest)) == "BS403"
    keeper.execute(VOID, (issued_id, "書き間違い"))
    assert refused(clerk, NOTE, (new_id(), [issued_id], "copy", 1, digest)) == "BS409"
    clerk.execute(NOTE, (batch, [issued_id], "copy", 1, digest))


def test_bytes_and_addressee_need_a_ticket_even_of_whoever_issued_them(place: Place, issued_id):
    place.close_files_of(place.office.caseworker)
    read = "SELECT recipient FROM issued_file WHERE issued_id = %s"
    with place.connect(place.office.caseworker) as clerk:
        facts = "SELECT sha256 FROM issued_form WHERE id = %s"
        assert len(rows(clerk, facts, (issued_id,))) == 1
        assert rows(clerk, read, (issued_id,)) == []
        open_file(clerk, place.office.household_id)
        assert rows(clerk, read, (issued_id,)) == [("架空 花子 様",)]


@pytest.mark.parametrize("who", ["outsider", "stranger"])
def test_other_teams_and_offices_see_nothing(place: Place, issued_id, who):
    staff = place.stranger if who == "stranger" else place.office.outsider
    place.close_files_of(staff)
    with place.connect(staff) as by:
        for table in TABLES:
            assert rows(by, f"SELECT office_id FROM {table}") == []


def test_later_numbers_are_later_whatever_two_clocks_say(place: Place, clerk: Connection):
    first = issue(clerk, place)
    with place.connect(place.office.supervisor, CLOCK.now() + timedelta(minutes=1)) as other:
        second = issue(other, place)
    found = place.truth(
        "SELECT number, issued_at FROM issued_form WHERE id = ANY (%s) ORDER BY number",
        ([first, second],),
    )
    assert found[1][0] == found[0][0] + 1
    assert found[1][1] > found[0][1]


def test_the_trail_tells_of_the_hash_and_never_of_the_bytes(place: Place, clerk: Connection):
    made = issue(clerk, place)
    ((detail,),) = place.truth(
        "SELECT detail -> 'new' FROM audit.event WHERE tbl = 'issued_file' AND row_key = %s",
        (str(made),),
    )
    assert detail["sha256"] == hashlib.sha256(PDF).hexdigest()
    assert "data" not in detail
