"""Inquiries at psql: forged drafts, one's own approval, letters that nobody sent, other teams and offices, and removal."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from desktop.domain.ids import new_id
from desktop.domain.inquiries import InquiryState
from tests.database.security.place import DENIED, Connection, Place, open_file, refused, rows
from tests.support.desk import Desk
from tests.support.factories import TODAY
from tests.support.inquiries import an_inquiry
from tests.support.papers import a_paper

TABLES = (
    *("inquiry", "inquiry_step", "inquiry_step_text", "inquiry_text", "inquiry_item"),
    "inquiry_book",
)
ASK = "SELECT app.ask_inquiry(%s, %s, %s, %s, %s, %s, %s, %s, %s)"
REDRAFT = "SELECT app.redraft_inquiry(%s, %s, %s, %s, %s, %s, %s)"
MOVE = "SELECT app.move_inquiry(%s, %s, %s, %s)"
SEND = "SELECT app.send_inquiry(%s, %s, %s)"
ANSWER = "SELECT app.answer_inquiry(%s, %s, %s, %s, %s)"
BATCH = (
    "INSERT INTO print_batch (id, office_id, printed_by, printed_at, mark, pages, sha256)"
    " VALUES (%s, %s, %s, now(), 'plain', 1, %s)"
)
UNKNOWN = UUID(int=7)


@pytest.fixture(scope="module")
def of_clerk(place: Place) -> Connection:
    """The caseworker's connection; the server of the tests has few."""
    return place.connect(place.office.caseworker)


@pytest.fixture
def clerk(place: Place, of_clerk: Connection) -> Connection:
    """The caseworker at psql, with the household's file open."""
    open_file(of_clerk, place.office.household_id)
    return of_clerk


@pytest.fixture(scope="module")
def author(place: Place) -> Desk:
    """The caseworker with the program."""
    return place.desk(place.office.caseworker)


@pytest.fixture(scope="module")
def supervisor(place: Place) -> Desk:
    """The supervisor with the program."""
    return place.desk(place.office.supervisor)


@pytest.fixture
def asked(place: Place, author: Desk) -> UUID:
    """A draft of the caseworker's."""
    given = an_inquiry(place.office)
    author.inquiries.ask(given)
    return given.inquiry_id


@pytest.fixture
def approved(place: Place, supervisor: Desk, asked: UUID) -> UUID:
    """The same with the supervisor's word."""
    supervisor.inquiries.of_household(place.office.household_id)
    supervisor.inquiries.move(asked, 1, InquiryState.APPROVED)
    return asked


def print_run(place: Place, connection: Connection) -> UUID:
    """A run of the caseworker's."""
    batch, me = new_id(), place.office.caseworker
    connection.execute(BATCH, (batch, me.office_id, me.staff_id, "ab" * 32))
    return batch


def asking(place: Place, **forged: object) -> tuple[object, ...]:
    """What the program hands over when an inquiry is drafted, with some values forged."""
    given = {
        "id": new_id(),
        "household": place.office.household_id,
        "person": place.office.person_id,
        "agency": "bank_sample",
        "items": ["bank_balance"],
        "more": "",
        "purpose": "資産の確認のため",
        "consent": "on_file",
        "due": date(2024, 10, 31),
        **forged,
    }
    return tuple(given.values())


@pytest.mark.parametrize("table", TABLES)
def test_tables_are_not_written_by_hand(clerk: Connection, asked: UUID, table: str):
    assert refused(clerk, f"DELETE FROM {table}") in DENIED
    assert refused(clerk, f"TRUNCATE {table} CASCADE") in DENIED
    assert refused(clerk, f"UPDATE {table} SET office_id = office_id") in DENIED
    assert refused(clerk, f"INSERT INTO {table} SELECT * FROM {table}") in DENIED


@pytest.mark.parametrize(
    "change",
    ["state = 'approved'", "approved_by = asked_by", "step = 9", "sent_at = now()", "number = 1"],
)
def test_an_inquiry_is_not_rewritten(clerk: Connection, change: str):
    assert refused(clerk, f"UPDATE inquiry SET {change}") in DENIED


@pytest.mark.parametrize(
    ("forged", "code"),
    [
        ({"household": UNKNOWN}, "BS403"),
        ({"household": None}, "BS403"),
        ({"person": UNKNOWN}, "BS422"),
        ({"person": None}, "BS422"),
        ({"agency": "nowhere"}, "BS422"),
        ({"agency": None}, "BS422"),
        ({"items": ["pension_amount"]}, "BS422"),
        ({"items": [None]}, "BS422"),
        ({"items": None}, "BS422"),
        ({"items": []}, "BS422"),
        ({"items": ["bank_balance"] * 21}, "BS422"),
        ({"more": "長" * 2001}, "BS422"),
        ({"purpose": " \u3000"}, "BS422"),
        ({"purpose": None}, "BS422"),
        ({"consent": "yes"}, "BS422"),
        ({"consent": None}, "BS422"),
        ({"due": TODAY - timedelta(days=1)}, "BS422"),
        ({"due": None}, "BS422"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else value,
)
def test_a_draft_is_judged(place: Place, clerk: Connection, forged, code):
    before = place.truth("SELECT count(*) FROM inquiry")
    assert refused(clerk, ASK, asking(place, **forged)) == code
    assert place.truth("SELECT count(*) FROM inquiry") == before


def test_who_when_and_number_are_the_servers_own(place: Place, clerk: Connection):
    sent = asking(place)
    clerk.execute(ASK, sent)
    told = place.truth(
        "SELECT asked_by, (asked_at AT TIME ZONE 'Asia/Tokyo')::date, state, step, approved_by, number ="
        " (SELECT last_number FROM inquiry_book b WHERE b.office_id = i.office_id) FROM inquiry i WHERE id = %s",
        (sent[0],),
    )
    assert told == [(place.office.caseworker.staff_id, TODAY, "drafted", 1, None, True)]


def test_anothers_id_is_not_taken_over(place: Place, asked: UUID):
    supervisor = place.connect(place.office.supervisor)
    assert refused(supervisor, ASK, asking(place, id=asked)) == "BS403"


def test_the_author_gives_no_word(place: Place, supervisor: Desk, clerk: Connection, asked: UUID):
    assert refused(clerk, MOVE, (asked, 1, "approved", "")) == "BS403"
    supervisor.inquiries.ask(own := an_inquiry(place.office))
    psql = place.connect(place.office.supervisor)
    open_file(psql, place.office.household_id)
    assert refused(psql, MOVE, (own.inquiry_id, 1, "approved", "")) == "BS403"
    assert refused(psql, MOVE, (own.inquiry_id, 1, "returned", "理由")) == "BS403"


def test_a_word_needs_the_file_read_after_the_draft(place: Place, author: Desk):
    place.close_files_of(place.office.supervisor)
    supervisor = place.connect(place.office.supervisor)
    open_file(supervisor, place.office.household_id)
    place.truth("UPDATE ticket SET opened_at = opened_at - interval '1 hour' RETURNING 1")
    given = an_inquiry(place.office)
    author.inquiries.ask(given)
    assert refused(supervisor, MOVE, (given.inquiry_id, 1, "approved", "")) == "BS403"
    open_file(supervisor, place.office.household_id)
    supervisor.execute(MOVE, (given.inquiry_id, 1, "approved", ""))


@pytest.mark.parametrize(
    ("to", "code"),
    [
        *(("sent", "BS409"), ("answered", "BS409"), ("checked", "BS409"), ("drafted", "BS409")),
        *((None, "BS409"), ("nonsense", "BS409"), ("withdrawn", "BS422")),
    ],
)
def test_no_step_is_skipped(clerk: Connection, asked: UUID, to, code):
    assert refused(clerk, MOVE, (asked, 1, to, " ")) == code


def test_the_step_shown_is_the_newest(clerk: Connection, asked: UUID):
    for shown in (0, 2, None):
        assert refused(clerk, MOVE, (asked, shown, "withdrawn", "理由")) == "BS409"


def test_a_letter_leaves_with_a_print_run_of_the_same_transaction(
    place: Place, clerk: Connection, approved: UUID
):
    assert refused(clerk, MOVE, (approved, 2, "sent", "発送した")) == "BS409"
    assert refused(clerk, SEND, (approved, 2, new_id())) == "BS403"
    assert refused(clerk, SEND, (approved, 2, None)) == "BS403"
    earlier = print_run(place, clerk)
    assert refused(clerk, SEND, (approved, 2, earlier)) == "BS403"
    with clerk.transaction():
        clerk.execute(SEND, (approved, 2, print_run(place, clerk)))
    assert place.truth("SELECT state, step FROM inquiry WHERE id = %s", (approved,)) == [
        ("sent", 3)
    ]
    # What was sent is not sent again: a reminder is words.
    with clerk.transaction():
        again = print_run(place, clerk)
        assert refused(clerk, SEND, (approved, 3, again)) == "BS409"


def test_a_draft_is_not_sent(place: Place, clerk: Connection, asked: UUID):
    with clerk.transaction():
        batch = print_run(place, clerk)
        assert refused(clerk, SEND, (asked, 1, batch)) == "BS409"


def test_an_answer_is_judged(place: Place, clerk: Connection, approved: UUID):
    assert refused(clerk, ANSWER, (approved, 2, TODAY, None, "回答")) == "BS409"
    with clerk.transaction():
        clerk.execute(SEND, (approved, 2, print_run(place, clerk)))
    far = a_paper(place.far_id)
    place.desk(place.office.outsider).papers.receive(far)
    for forged, code in (
        ((TODAY + timedelta(days=1), None, "回答"), "BS422"),
        ((TODAY - timedelta(days=1), None, "回答"), "BS422"),
        ((None, None, "回答"), "BS422"),
        ((TODAY, None, " \u3000"), "BS422"),
        ((TODAY, far.paper_id, "回答"), "BS403"),
        ((TODAY, UNKNOWN, "回答"), "BS403"),
    ):
        assert refused(clerk, ANSWER, (approved, 3, *forged)) == code
    clerk.execute(ANSWER, (approved, 3, TODAY, None, "残高1,200円"))
    assert refused(clerk, MOVE, (approved, 4, "checked", "")) == "BS422"


def test_what_was_approved_is_not_drafted_anew(clerk: Connection, approved: UUID):
    draft = (["bank_history"], "", "別の目的", "on_file", date(2024, 10, 31))
    assert refused(clerk, REDRAFT, (approved, 2, *draft)) == "BS409"


def test_every_step_stands_in_the_trail(place: Place, approved: UUID):
    told = place.truth(
        "SELECT action, staff_id FROM audit.event WHERE tbl = 'inquiry' AND row_key = %s ORDER BY seq",
        (str(approved),),
    )
    supervisor = place.office.supervisor.staff_id
    assert told[0] == ("insert", place.office.caseworker.staff_id)
    assert set(told[1:]) == {("update", supervisor)}


def test_another_team_neither_sees_nor_acts(place: Place, asked: UUID):
    outsider = place.connect(place.office.outsider)
    place.close_files_of(place.office.outsider)
    for table in ("inquiry", "inquiry_step"):
        sought = f"SELECT office_id FROM {table} WHERE household_id = %s"
        assert rows(outsider, sought, (place.office.household_id,)) == []
    assert refused(outsider, ASK, asking(place)) == "BS403"
    assert refused(outsider, MOVE, (asked, 1, "withdrawn", "理由")) == "BS403"
    assert refused(outsider, REDRAFT, (asked, 1, [], "x", "x", "on_file", TODAY)) == "BS403"


def test_words_need_a_ticket_while_facts_do_not(place: Place, asked: UUID):
    place.close_files_of(place.office.caseworker)
    owner = place.connect(place.office.caseworker)
    assert rows(owner, "SELECT agency FROM inquiry") != []
    assert rows(owner, "SELECT purpose FROM inquiry_text") == []
    assert rows(owner, "SELECT wording FROM inquiry_item") == []
    assert rows(owner, "SELECT words FROM inquiry_step_text") == []
    open_file(owner, place.office.household_id)
    assert rows(owner, "SELECT purpose FROM inquiry_text") != []
    assert rows(owner, "SELECT wording FROM inquiry_item") != []


def test_roles_without_the_right_are_refused(place: Place, asked: UUID):
    head = place.connect(place.office.head)
    assert refused(head, ASK, asking(place)) in DENIED
    assert refused(head, MOVE, (asked, 1, "withdrawn", "理由")) == "BS403"
    records = place.connect(place.office.records)
    assert refused(records, ASK, asking(place)) in DENIED
    assert refused(records, MOVE, (asked, 1, "approved", "")) in DENIED
    administrator = place.connect(place.administrator)
    assert refused(administrator, "SELECT id FROM inquiry") in DENIED


def test_another_office_is_another_world(place: Place, clerk: Connection, asked: UUID):
    assert refused(clerk, ASK, asking(place, household=place.foreign_id)) == "BS403"
    stranger = place.connect(place.stranger)
    assert rows(stranger, "SELECT id FROM inquiry") == []
    assert refused(stranger, ASK, asking(place)) == "BS403"
    assert refused(stranger, MOVE, (asked, 1, "withdrawn", "理由")) == "BS403"


@pytest.mark.parametrize(
    "inner",
    [
        "app.inquiring_office(NULL, 'write_records')",
        "app.next_inquiry_number(NULL, 2024)",
        "app.add_inquiry_step(NULL, 'approved', '')",
        "app.write_inquiry(NULL, '{}', '', '')",
        "app.inquiry_at_hand(NULL, 1, 'approved')",
    ],
)
def test_inner_functions_are_not_called_from_outside(clerk: Connection, inner: str):
    assert refused(clerk, f"SELECT {inner}") in DENIED
