"""Monthly papers at psql: forged receipts, reasons and cards, other teams and offices, and removal."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from desktop.domain.ids import new_id
from desktop.domain.support_groups import SupportGroup
from tests.database.security.place import DENIED, Connection, Place, open_file, refused, rows
from tests.support.factories import TODAY
from tests.support.monthly_papers import REPORT, a_missing, a_receipt, decide_group
from tests.support.papers import a_paper

TABLES = (
    "monthly_paper_receipt",
    "monthly_paper_missing",
    "monthly_paper_missing_text",
    "monthly_paper_reminder",
)
RECEIVE = "SELECT app.receive_monthly_paper(%s, %s, %s, %s, %s, %s, %s)"
STRIKE = "SELECT app.strike_monthly_paper(%s, %s, %s, %s, %s, %s)"
EXPLAIN = "SELECT app.explain_missing_monthly_paper(%s, %s, %s, %s, %s, %s, %s, %s)"
REMIND = "SELECT app.note_monthly_paper_reminder(%s, %s, %s, %s, %s)"
UNKNOWN = UUID(int=7)
JULY, AUGUST, SEPTEMBER = (date(2024, month, 1) for month in (7, 8, 9))


@pytest.fixture(scope="module", autouse=True)
def given(place: Place) -> None:
    """The head searches for work; July came, and of August a reason was noted."""
    decide_group(place.office, SupportGroup.ALONE)
    papers = place.desk(place.office.caseworker).monthly_papers
    papers.receive(a_receipt(place.office, JULY))
    papers.explain(a_missing(place.office, AUGUST))


@pytest.fixture
def clerk(place: Place) -> Connection:
    """The caseworker at psql, with the household's file open."""
    connection = place.connect(place.office.caseworker)
    open_file(connection, place.office.household_id)
    return connection


def receiving(place: Place, **forged: object) -> tuple[object, ...]:
    """What the program hands over when a paper comes, with some values forged."""
    given = {
        "id": new_id(),
        "paper_id": new_id(),
        "linked": False,
        "household": place.office.household_id,
        "person": place.office.person_id,
        "paper": REPORT,
        "month": SEPTEMBER,
        **forged,
    }
    return tuple(given.values())


def explaining(place: Place, **forged: object) -> tuple[object, ...]:
    """What it hands over with a reason."""
    given = {
        "id": new_id(),
        "household": place.office.household_id,
        "person": place.office.person_id,
        "paper": REPORT,
        "month": AUGUST,
        "reason": "forgot",
        "words": "",
        "help": "",
        **forged,
    }
    return tuple(given.values())


def name(value: object) -> str:
    return "-".join(value) if isinstance(value, dict) else str(value)


@pytest.mark.parametrize("table", TABLES)
def test_tables_are_not_written_by_hand(clerk: Connection, table: str):
    assert refused(clerk, f"DELETE FROM {table}") in DENIED
    assert refused(clerk, f"TRUNCATE {table} CASCADE") in DENIED
    assert refused(clerk, f"UPDATE {table} SET office_id = office_id") in DENIED
    assert refused(clerk, f"INSERT INTO {table} SELECT * FROM {table}") in DENIED


@pytest.mark.parametrize(
    ("forged", "code"),
    [
        ({"month": date(2024, 9, 2)}, "BS422"),
        ({"month": None}, "BS422"),
        ({"month": date(2024, 11, 1)}, "BS422"),
        ({"month": JULY}, "BS409"),
        ({"paper": "nonsense"}, "BS422"),
        ({"paper": "income_declaration"}, "BS422"),
        ({"paper": None}, "BS422"),
        ({"person": UNKNOWN}, "BS422"),
        ({"person": None}, "BS422"),
        ({"household": UNKNOWN}, "BS403"),
        ({"household": None}, "BS403"),
        ({"linked": True}, "BS403"),
    ],
    ids=name,
)
def test_only_papers_of_the_table_come_in(place: Place, clerk: Connection, forged, code):
    before = place.truth("SELECT count(*) FROM paper")
    assert refused(clerk, RECEIVE, receiving(place, **forged)) == code
    assert place.truth("SELECT count(*) FROM paper") == before


def test_a_paper_of_another_file_or_kind_is_not_linked(place: Place, clerk: Connection):
    far = a_paper(place.far_id, kind=REPORT)
    place.desk(place.office.outsider).papers.receive(far)
    slip = a_paper(place.office.household_id, kind="pay_slip")
    place.desk(place.office.caseworker).papers.receive(slip)
    for paper in (far.paper_id, slip.paper_id):
        assert refused(clerk, RECEIVE, receiving(place, paper_id=paper, linked=True)) == "BS403"
        who = (place.office.household_id, place.office.person_id, REPORT, SEPTEMBER)
        assert refused(clerk, STRIKE, (new_id(), paper, *who)) == "BS403"


def test_who_and_when_are_the_servers_own_and_stand_in_the_trail(place: Place, clerk: Connection):
    sent = receiving(place)
    clerk.execute(RECEIVE, sent)
    me = place.office.caseworker.staff_id
    assert place.truth(
        "SELECT r.linked_by, (r.linked_at AT TIME ZONE 'Asia/Tokyo')::date, p.kind, p.received_by"
        " FROM monthly_paper_receipt r JOIN paper p ON p.id = r.paper_id WHERE r.id = %s",
        (sent[0],),
    ) == [(me, TODAY, REPORT, me)]
    taken_back = (new_id(), sent[1], *sent[3:])
    clerk.execute(STRIKE, taken_back)
    assert refused(clerk, STRIKE, taken_back) == "BS409"
    told = place.truth(
        "SELECT action, staff_id FROM audit.event WHERE tbl = 'monthly_paper_receipt' AND row_key = %s ORDER BY seq",
        (str(sent[0]),),
    )
    assert told == [("insert", me), ("update", me)]


@pytest.mark.parametrize(
    ("forged", "code"),
    [
        ({"reason": "lazy"}, "BS422"),
        ({"reason": None}, "BS422"),
        ({"words": "長" * 1001}, "BS422"),
        ({"help": "長" * 1001}, "BS422"),
        ({"month": JULY}, "BS409"),
        ({"household": UNKNOWN}, "BS403"),
    ],
    ids=name,
)
def test_a_reason_is_one_of_the_office_s(place: Place, clerk: Connection, forged, code):
    assert refused(clerk, EXPLAIN, explaining(place, **forged)) == code


def test_nobody_reached_cannot_be_noted_without_the_safety_check(place: Place, clerk: Connection):
    sent = explaining(place, reason="not_reached")
    clerk.execute(EXPLAIN, sent)
    task = (
        "SELECT t.owner_id, t.due_on, t.origin FROM todo t JOIN todo_text w ON w.todo_id = t.id"
        " WHERE t.household_id = %s AND t.state = 'open' AND w.text LIKE '安否確認：%%'"
    )
    found = place.truth(task, (place.office.household_id,))
    assert found == [(place.office.caseworker.staff_id, TODAY, "assigned")]
    clerk.execute(EXPLAIN, explaining(place, reason="not_reached"))
    assert place.truth(task, (place.office.household_id,)) == found


def test_a_reason_touches_no_group_and_no_other_table(place: Place, clerk: Connection):
    count = "SELECT (SELECT count(*) FROM support_group_decision), (SELECT count(*) FROM todo)"
    before = place.truth(count)
    clerk.execute(EXPLAIN, explaining(place, reason="refused", help="書き方の手伝い"))
    assert place.truth(count) == before


def test_a_card_needs_a_print_run_of_the_same_transaction(place: Place, clerk: Connection):
    who = (place.office.household_id, place.office.person_id, REPORT, AUGUST)
    assert refused(clerk, REMIND, (new_id(), *who)) == "BS403"
    insert = (
        "INSERT INTO print_batch (id, office_id, printed_by, printed_at, mark, pages, sha256)"
        " VALUES (%s, %s, %s, now(), 'plain', 1, %s)"
    )
    me, batch = place.office.caseworker, new_id()
    clerk.execute(insert, (batch, me.office_id, me.staff_id, "ab" * 32))
    assert refused(clerk, REMIND, (batch, *who)) == "BS403"
    with clerk.transaction():
        own = new_id()
        clerk.execute(insert, (own, me.office_id, me.staff_id, "ab" * 32))
        (number,) = clerk.execute(REMIND, (own, *who)).fetchone() or (None,)
    assert number == 1


def test_another_team_neither_sees_nor_acts(place: Place):
    outsider = place.connect(place.office.outsider)
    place.close_files_of(place.office.outsider)
    for table in ("monthly_paper_receipt", "monthly_paper_missing"):
        where = f"SELECT id FROM {table} WHERE household_id = %s"
        assert rows(outsider, where, (place.office.household_id,)) == []
    assert refused(outsider, RECEIVE, receiving(place)) == "BS403"
    assert refused(outsider, EXPLAIN, explaining(place)) == "BS403"


def test_words_need_a_ticket_while_facts_do_not(place: Place):
    place.close_files_of(place.office.caseworker)
    owner = place.connect(place.office.caseworker)
    assert rows(owner, "SELECT month FROM monthly_paper_missing") != []
    assert rows(owner, "SELECT words FROM monthly_paper_missing_text") == []
    open_file(owner, place.office.household_id)
    assert rows(owner, "SELECT words FROM monthly_paper_missing_text") != []


def test_roles_without_the_right_are_refused(place: Place):
    head = place.connect(place.office.head)
    assert refused(head, RECEIVE, receiving(place)) in DENIED
    records = place.connect(place.office.records)
    assert refused(records, EXPLAIN, explaining(place)) in DENIED
    administrator = place.connect(place.administrator)
    assert refused(administrator, "SELECT id FROM monthly_paper_missing") in DENIED


def test_another_office_is_another_world(place: Place, clerk: Connection):
    assert refused(clerk, RECEIVE, receiving(place, household=place.foreign_id)) == "BS403"
    stranger = place.connect(place.stranger)
    assert rows(stranger, "SELECT id FROM monthly_paper_receipt") == []
    assert refused(stranger, RECEIVE, receiving(place)) == "BS403"


@pytest.mark.parametrize(
    "inner",
    [
        "app.monthly_paper_row(NULL, NULL, 'pay_slip', '2024-09-01', 'write_records')",
        "app.monthly_paper_came(NULL, NULL, 'pay_slip', '2024-09-01')",
        "app.need_monthly_paper(NULL, NULL, NULL, 'pay_slip')",
        "app.ask_safety_check(NULL, NULL, NULL)",
    ],
)
def test_inner_functions_are_not_called_from_outside(clerk: Connection, inner: str):
    assert refused(clerk, f"SELECT {inner}") in DENIED
