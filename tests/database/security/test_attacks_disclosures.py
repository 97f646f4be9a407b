"""Disclosure requests at psql: forged requests and marks, a second look past its rules, removal, other offices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import psycopg
import pytest

from desktop.domain.disclosures import MOVES, DisclosureMove, DisclosureSheet
from desktop.domain.disclosures_marks import Part
from desktop.domain.ids import new_id
from tests.database.security.place import DENIED, Connection, Place, open_file, refused, rows
from tests.support.desk import also_supervises
from tests.support.disclosures import (
    THIRD_PARTY,
    VISIT,
    decided,
    part_with,
    taken,
    two_entries,
    words_struck,
)

TABLES = ("disclosure", "disclosure_text", "disclosure_mark", "disclosure_move")
TAKE = "SELECT app.take_disclosure(%s, %s, %s, %s, %s, %s, %s, %s)"
MARK = "SELECT app.mark_disclosure(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
LIFT = "SELECT app.lift_disclosure_mark(%s)"
MOVE = "SELECT app.move_disclosure(%s, %s, %s, %s, %s)"
BATCH = (
    "INSERT INTO print_batch (id, office_id, printed_by, printed_at, mark, pages, sha256)"
    " VALUES (%s, %s, %s, now(), %s, 1, %s)"
)
UNKNOWN = UUID(int=7)


@pytest.fixture(scope="module", autouse=True)
def given(place: Place) -> None:
    """A file with what an agency told."""
    two_entries(place.office)


@pytest.fixture
def sheet(place: Place) -> DisclosureSheet:
    """A request under preparation."""
    return taken(place.office, place.desk(place.office.records))


@pytest.fixture
def waiting(place: Place, sheet: DisclosureSheet) -> DisclosureSheet:
    """A request that waits for the second look."""
    disclosures = place.desk(place.office.records).disclosures
    sheet = disclosures.mark([words_struck(sheet, "見本太郎")])
    sheet = decided(place.desk(place.office.records), sheet)
    return disclosures.move(sheet.row.disclosure_id, DisclosureMove.HAND_OVER, sheet.content_hash)


@pytest.fixture
def clerk(place: Place) -> Iterator[Connection]:
    """Records staff at psql, with the file open."""
    with place.connect(place.office.records) as connection:
        open_file(connection, place.office.household_id)
        yield connection


@pytest.fixture
def supervisor(place: Place) -> Iterator[Connection]:
    """The district's supervisor at psql, with the file open."""
    with place.connect(place.office.supervisor) as connection:
        open_file(connection, place.office.household_id)
        yield connection


def asking(place: Place, **forged: object) -> tuple[object, ...]:
    values = {
        "id": new_id(),
        "household": place.office.household_id,
        "person": place.office.person_id,
        "requester": "principal",
        "by": "架空 花子",
        "on": date(2024, 9, 20),
        "since": date(2024, 4, 1),
        "until": date(2024, 9, 30),
        **forged,
    }
    return tuple(values.values())


def marking(sheet: DisclosureSheet, **forged: object) -> tuple[object, ...]:
    part = part_with(sheet, "隣室")
    start = VISIT.index("見本太郎")
    values = {
        "id": new_id(),
        "disclosure": sheet.row.disclosure_id,
        "entry": part.key.entry_id,
        "version": part.key.version,
        "part": "text",
        "segment": part.key.segment_id,
        "start": start,
        "end": start + 4,
        "quote": "見本太郎",
        "verdict": "struck",
        "reason": THIRD_PARTY,
        "note": "",
        **forged,
    }
    return tuple(values.values())


def moving(sheet: DisclosureSheet, move: str, **forged: object) -> tuple[object, ...]:
    values = {
        "id": sheet.row.disclosure_id,
        "move": move,
        "hash": sheet.content_hash,
        "reason": "理由",
        "batch": None,
        **forged,
    }
    return tuple(values.values())


@pytest.mark.parametrize("table", TABLES)
def test_tables_are_not_written_by_hand(clerk: Connection, supervisor: Connection, table: str):
    for by in (clerk, supervisor):
        assert refused(by, f"DELETE FROM {table}") in DENIED
        assert refused(by, f"TRUNCATE {table} CASCADE") in DENIED
        assert refused(by, f"UPDATE {table} SET office_id = office_id") in DENIED
        assert refused(by, f"INSERT INTO {table} SELECT * FROM {table}") in DENIED


@pytest.mark.parametrize(
    "change",
    [
        *("state = 'reviewed'", "reviewed_by = prepared_by", "content_hash = ''"),
        *("due_on = due_on + 30", "prepared_by = prepared_by", "closed_at = NULL"),
    ],
)
def test_a_request_is_not_rewritten(supervisor: Connection, change: str):
    assert refused(supervisor, f"UPDATE disclosure SET {change}") in DENIED


def test_a_mark_is_not_moved_or_lifted_by_hand(clerk: Connection):
    for change in (
        "start_at = 0, end_at = 1",
        "lifted_at = now()",
        "reason = 'x'",
        "verdict = 'left'",
    ):
        assert refused(clerk, f"UPDATE disclosure_mark SET {change}") in DENIED


@pytest.mark.parametrize(
    ("forged", "code"),
    [
        ({"person": UNKNOWN}, "BS422"),
        ({"household": UNKNOWN}, "BS403"),
        ({"household": None}, "BS403"),
        ({"requester": "police"}, "BS422"),
        ({"requester": None}, "BS422"),
        ({"by": " \u3000"}, "BS422"),
        ({"by": None}, "BS422"),
        ({"on": date(2024, 10, 2)}, "BS422"),
        ({"on": None}, "BS422"),
        ({"since": None}, "BS422"),
        ({"until": date(2024, 10, 2)}, "BS422"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else value,
)
def test_a_request_is_judged(place: Place, clerk: Connection, forged, code):
    assert refused(clerk, TAKE, asking(place, **forged)) == code


def test_number_day_and_who_are_the_servers_own(place: Place, clerk: Connection):
    sent = asking(place)
    clerk.execute(TAKE, sent)
    told = place.truth(
        "SELECT state, prepared_by, due_on, reviewed_by, content_hash FROM disclosure WHERE id = %s",
        (sent[0],),
    )
    me = place.office.records.staff_id
    assert told == [("preparing", me, date(2024, 10, 20), None, "")]


@pytest.mark.parametrize(
    ("forged", "code"),
    [
        ({"entry": UNKNOWN}, "BS409"),
        ({"version": 2}, "BS409"),
        ({"segment": UNKNOWN}, "BS409"),
        ({"segment": None}, "BS409"),
        ({"part": "met"}, "BS409"),
        ({"part": "nonsense"}, "BS409"),
        ({"part": None}, "BS409"),
        ({"quote": "見本次郎"}, "BS422"),
        ({"quote": None}, "BS422"),
        ({"start": None}, "BS422"),
        ({"end": None}, "BS422"),
        ({"start": -1}, "BS422"),
        ({"end": 5000}, "BS422"),
        ({"reason": "78-9-9"}, "BS422"),
        ({"reason": None}, "BS422"),
        ({"verdict": "hidden"}, "BS422"),
        ({"verdict": None}, "BS422"),
        ({"verdict": "left"}, "BS422"),
        ({"verdict": "left", "reason": ""}, "BS422"),
        ({"note": "長" * 1001}, "BS422"),
        ({"disclosure": UNKNOWN}, "BS403"),
        ({"disclosure": None}, "BS403"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else value,
)
def test_a_mark_is_judged(clerk: Connection, sheet: DisclosureSheet, forged, code):
    assert refused(clerk, MARK, marking(sheet, **forged)) == code


def test_an_entry_outside_the_request_is_not_marked(place: Place, clerk: Connection):
    narrow = taken(place.office, place.desk(place.office.records), records_from=date(2024, 8, 1))
    (spring,) = rows(clerk, "SELECT id FROM entry WHERE event_on = '2024-05-07'")[0]
    whole = {"part": "author", "segment": None, "start": None, "end": None}
    plain = dict.fromkeys(("version", "entry"), 1) | {"entry": spring}
    values = {"id": new_id(), "disclosure": narrow.row.disclosure_id, **plain, **whole}
    said = {"quote": "", "verdict": "struck", "reason": THIRD_PARTY, "note": ""}
    order = ("id", "disclosure", "entry", "version", "part", "segment", "start", "end")
    sent = (*(values[name] for name in order), *said.values())
    assert refused(clerk, MARK, sent) == "BS409"


def test_who_and_when_of_a_mark_are_the_servers_own(place: Place, clerk: Connection, sheet):
    sent = marking(sheet)
    clerk.execute(MARK, sent)
    clerk.execute(LIFT, (sent[0],))
    assert refused(clerk, LIFT, (sent[0],)) == "BS409"
    told = place.truth("SELECT made_by, lifted_by FROM disclosure_mark WHERE id = %s", (sent[0],))
    me = place.office.records.staff_id
    assert told == [(me, me)]
    trail = place.truth(
        "SELECT action, staff_id FROM audit.event WHERE tbl = 'disclosure_mark' AND row_key = %s ORDER BY seq",
        (str(sent[0]),),
    )
    assert trail == [("insert", me), ("update", me)]


def test_the_move_table_is_that_of_the_program(place: Place):
    for move, rule in MOVES.items():
        found = place.truth("SELECT * FROM app.disclosure_move_rule(%s)", (move.value,))
        states, to_state, permission, needs_reason = found[0]
        assert (frozenset(states), to_state) == (rule.from_states, rule.to_state)
        assert (permission, needs_reason) == (rule.permission, rule.needs_reason)
    assert place.truth("SELECT to_state FROM app.disclosure_move_rule('draft_printed')") == [
        (None,)
    ]


@pytest.mark.parametrize("move", ["review", "return", "issue", "draft_printed", "nonsense", None])
def test_nobody_skips_a_step(clerk: Connection, supervisor: Connection, sheet, move):
    for by in (clerk, supervisor):
        assert refused(by, MOVE, moving(sheet, move)) in {"BS403", "BS409"}


def test_undecided_parts_are_not_handed_over(clerk: Connection, sheet: DisclosureSheet):
    assert refused(clerk, MOVE, moving(sheet, "hand_over")) == "BS422"


def test_the_preparer_does_not_review(place: Place, clerk: Connection, waiting: DisclosureSheet):
    assert refused(clerk, MOVE, moving(waiting, "review")) == "BS403"
    both = also_supervises(place.office.work, place.office.records, place.office.household_id)
    me = place.connect(both)
    open_file(me, place.office.household_id)
    assert refused(me, MOVE, moving(waiting, "review")) == "BS403"
    assert rows(me, "SELECT app.may_review_disclosure(%s)", (waiting.row.disclosure_id,)) == [
        (False,)
    ]
    place.truth(
        "DELETE FROM staff_role WHERE staff_id = %s AND role = 'supervisor'", (both.staff_id,)
    )
    place.truth("DELETE FROM assignment WHERE staff_id = %s", (both.staff_id,))


def test_only_what_was_handed_over_is_reviewed(place: Place, supervisor: Connection, waiting):
    assert refused(supervisor, MOVE, moving(waiting, "review", hash="0" * 64)) == "BS409"
    assert refused(supervisor, MOVE, moving(waiting, "review", hash=None)) == "BS409"
    assert refused(supervisor, MOVE, moving(waiting, "return", reason=" ")) == "BS422"
    supervisor.execute(MOVE, moving(waiting, "review"))
    told = place.truth(
        "SELECT state, reviewed_by FROM disclosure WHERE id = %s", (waiting.row.disclosure_id,)
    )
    assert told == [("reviewed", place.office.supervisor.staff_id)]


def test_nothing_is_marked_after_the_hand_over(clerk: Connection, waiting: DisclosureSheet):
    assert refused(clerk, MARK, marking(waiting)) == "BS409"
    assert refused(clerk, LIFT, (waiting.marks[0].mark_id,)) == "BS409"


def test_an_issue_needs_a_print_run_of_the_same_transaction(
    place: Place, clerk: Connection, supervisor: Connection, waiting: DisclosureSheet
):
    supervisor.execute(MOVE, moving(waiting, "review"))
    me = place.office.records
    assert refused(clerk, MOVE, moving(waiting, "issue")) == "BS403"
    before = new_id()
    clerk.execute(BATCH, (before, me.office_id, me.staff_id, "disclosed", "ab" * 32))
    assert refused(clerk, MOVE, moving(waiting, "issue", batch=before)) == "BS403"
    with clerk.transaction(force_rollback=True):
        proof = new_id()
        clerk.execute(BATCH, (proof, me.office_id, me.staff_id, "draft", "ab" * 32))
        with clerk.transaction(force_rollback=True):
            assert refused_inside(clerk, MOVE, moving(waiting, "issue", batch=proof)) == "BS403"
    with clerk.transaction():
        own = new_id()
        clerk.execute(BATCH, (own, me.office_id, me.staff_id, "disclosed", "ab" * 32))
        clerk.execute(MOVE, moving(waiting, "issue", batch=own))
    assert refused(clerk, MOVE, moving(waiting, "withdraw")) == "BS409"


def refused_inside(by: Connection, statement: str, values: tuple[object, ...]) -> str:
    """The SQLSTATE of a refusal in a savepoint, which goes back with it."""
    try:
        with by.transaction():
            by.execute(statement, values)
    except psycopg.Error as error:
        return error.sqlstate or ""
    return ""


def test_words_and_marks_need_a_ticket_while_the_list_does_not(place: Place, waiting):
    place.close_files_of(place.office.supervisor)
    supervisor = place.connect(place.office.supervisor)
    assert rows(supervisor, "SELECT number FROM disclosure") != []
    for table in ("disclosure_text", "disclosure_mark", "disclosure_move"):
        assert rows(supervisor, f"SELECT * FROM {table}") == []
    assert refused(supervisor, MOVE, moving(waiting, "review")) == "BS403"
    asked = (waiting.row.disclosure_id,)
    assert refused(supervisor, "SELECT app.shown_disclosure(%s)", asked) == "BS403"
    open_file(supervisor, place.office.household_id)
    assert rows(supervisor, "SELECT asked_by FROM disclosure_text") != []


def test_roles_without_the_right_are_refused(place: Place, sheet: DisclosureSheet):
    for staff in (place.office.caseworker, place.administrator):
        by = place.connect(staff)
        for statement, values in (
            (TAKE, asking(place)),
            (MARK, marking(sheet)),
            (MOVE, moving(sheet, "withdraw")),
        ):
            assert refused(by, statement, values) in DENIED
    head = place.connect(place.office.head)
    open_file(head, place.office.household_id)
    for move in ("review", "return", "withdraw", "reopen"):
        assert refused(head, MOVE, moving(sheet, move)) == "BS403"


def test_another_team_and_office_see_nothing(place: Place, sheet: DisclosureSheet):
    for staff in (place.office.outsider, place.stranger):
        place.close_files_of(staff)
        by = place.connect(staff)
        assert rows(by, "SELECT id FROM disclosure") == []
        assert refused(by, MARK, marking(sheet)) in DENIED


@pytest.mark.parametrize(
    "inner",
    [
        "app.disclosing_office(NULL, 'see_disclosures')",
        "app.disclosure_part(NULL, 1, 'met', NULL)",
        "app.disclosure_hash(NULL)",
        "app.disclosure_scope(NULL)",
        "app.disclosure_targets(NULL)",
        "app.disclosure_undecided(NULL)",
        "app.need_disclosure_run(NULL, 'draft')",
    ],
)
def test_inner_functions_are_not_called_from_outside(clerk: Connection, inner: str):
    assert refused(clerk, f"SELECT {inner}") in DENIED


def test_parts_are_those_of_the_program():
    """The codes that the attacks spell out."""
    assert {part.value for part in Part} == {
        *("text", "source", "met", "place", "author", "instruction")
    }
