"""Declarations at psql: forged receipts, reminders and cycles, other teams and offices, and removal."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from desktop.domain.ids import new_id
from tests.database.security.place import DENIED, Connection, Place, open_file, refused, rows
from tests.support.declarations import INCOME, a_duty, a_missing, a_receipt
from tests.support.factories import TODAY
from tests.support.papers import a_paper

TABLES = (
    "declaration_duty",
    "declaration_duty_text",
    "declaration_receipt",
    "declaration_strike_text",
    "declaration_missing",
    "declaration_missing_text",
    "declaration_reminder",
)
RECEIVE = "SELECT app.receive_declaration(%s, %s, %s, %s, %s, %s, %s)"
SET = "SELECT app.set_declaration_duty(%s, %s, %s, %s, %s, %s, %s)"
STRIKE = "SELECT app.strike_declaration(%s, %s)"
EXPLAIN = "SELECT app.explain_missing_declaration(%s, %s, %s, %s, %s, %s, %s)"
REMIND = "SELECT app.note_declaration_reminder(%s, %s, %s, %s, %s)"
UNKNOWN = UUID(int=7)
JULY, AUGUST, SEPTEMBER = (date(2024, month, 1) for month in (7, 8, 9))


@pytest.fixture(scope="module", autouse=True)
def given(place: Place) -> None:
    """The head declares every month; July came, and of August a reason was noted."""
    declarations = place.desk(place.office.caseworker).declarations
    declarations.set_duty(a_duty(place.office, date(2024, 4, 1)))
    declarations.receive(a_receipt(place.office, JULY))
    declarations.explain(a_missing(place.office, AUGUST))


@pytest.fixture
def clerk(place: Place) -> Connection:
    """The caseworker at psql, with the household's file open."""
    connection = place.connect(place.office.caseworker)
    open_file(connection, place.office.household_id)
    return connection


def receiving(place: Place, **forged: object) -> tuple[object, ...]:
    """What the program hands over when a declaration comes, with some values forged."""
    given = {
        "id": new_id(),
        "paper": new_id(),
        "linked": False,
        "household": place.office.household_id,
        "person": place.office.person_id,
        "kind": "income",
        "month": SEPTEMBER,
        **forged,
    }
    return tuple(given.values())


@pytest.mark.parametrize("table", TABLES)
def test_tables_are_not_written_by_hand(clerk: Connection, table: str):
    assert refused(clerk, f"DELETE FROM {table}") in DENIED
    assert refused(clerk, f"TRUNCATE {table} CASCADE") in DENIED
    assert refused(clerk, f"UPDATE {table} SET office_id = office_id") in DENIED
    assert refused(clerk, f"INSERT INTO {table} SELECT * FROM {table}") in DENIED


@pytest.mark.parametrize(
    "change",
    [
        *("month = month", "paper_id = paper_id", "linked_by = linked_by", "linked_at = now()"),
        *("struck_at = now()", "person_id = person_id"),
    ],
)
def test_a_receipt_is_not_rewritten(clerk: Connection, change: str):
    assert refused(clerk, f"UPDATE declaration_receipt SET {change}") in DENIED


@pytest.mark.parametrize(
    ("forged", "code"),
    [
        ({"month": date(2024, 9, 2)}, "BS409"),
        ({"month": date(2024, 3, 1)}, "BS409"),
        ({"month": None}, "BS409"),
        ({"month": date(2024, 11, 1)}, "BS422"),
        ({"month": JULY}, "BS409"),
        ({"kind": "asset"}, "BS409"),
        ({"kind": "nonsense"}, "BS409"),
        ({"kind": None}, "BS409"),
        ({"person": UNKNOWN}, "BS409"),
        ({"household": UNKNOWN}, "BS403"),
        ({"household": None}, "BS403"),
        ({"linked": True}, "BS403"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else value,
)
def test_only_what_is_due_comes_in(place: Place, clerk: Connection, forged, code):
    before = place.truth("SELECT count(*) FROM paper")
    assert refused(clerk, RECEIVE, receiving(place, **forged)) == code
    assert place.truth("SELECT count(*) FROM paper") == before


def test_a_paper_of_another_file_is_no_declaration(place: Place, clerk: Connection):
    far = a_paper(place.far_id, kind="income_declaration")
    place.desk(place.office.outsider).papers.receive(far)
    slip = a_paper(place.office.household_id, kind="pay_slip")
    place.desk(place.office.caseworker).papers.receive(slip)
    for paper in (far.paper_id, slip.paper_id):
        assert refused(clerk, RECEIVE, receiving(place, paper=paper, linked=True)) == "BS403"


def test_who_and_when_are_the_servers_own(place: Place, clerk: Connection):
    sent = receiving(place)
    clerk.execute(RECEIVE, sent)
    assert place.truth(
        "SELECT r.linked_by, (r.linked_at AT TIME ZONE 'Asia/Tokyo')::date, p.kind, p.received_by"
        " FROM declaration_receipt r JOIN paper p ON p.id = r.paper_id WHERE r.id = %s",
        (sent[0],),
    ) == [
        (
            place.office.caseworker.staff_id,
            TODAY,
            "income_declaration",
            place.office.caseworker.staff_id,
        )
    ]
    assert refused(clerk, STRIKE, (sent[0], " \u3000")) == "BS422"
    clerk.execute(STRIKE, (sent[0], "取り違え"))
    assert refused(clerk, STRIKE, (sent[0], "もう一度")) == "BS409"


def test_every_act_stands_in_the_trail(place: Place, clerk: Connection):
    sent = receiving(place)
    clerk.execute(RECEIVE, sent)
    clerk.execute(STRIKE, (sent[0], "取り違え"))
    told = place.truth(
        "SELECT action, staff_id FROM audit.event WHERE tbl = 'declaration_receipt' AND row_key = %s ORDER BY seq",
        (str(sent[0]),),
    )
    me = place.office.caseworker.staff_id
    assert told == [("insert", me), ("update", me)]


@pytest.mark.parametrize(
    ("forged", "code"),
    [
        ({"cycle": "asset_yearly"}, "BS422"),
        ({"cycle": None}, "BS422"),
        ({"since": date(2024, 10, 2)}, "BS422"),
        ({"since": None}, "BS422"),
        ({"since": date(2026, 1, 1)}, "BS422"),
        ({"since": date(2024, 4, 1)}, "BS409"),
        ({"reason": "\u3000"}, "BS422"),
        ({"reason": None}, "BS422"),
        ({"reason": "長" * 1001}, "BS422"),
        ({"person": UNKNOWN}, "BS422"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else value,
)
def test_a_cycle_is_judged(place: Place, clerk: Connection, forged, code):
    values = {
        "id": new_id(),
        "household": place.office.household_id,
        "person": place.office.person_id,
        "kind": "income",
        "cycle": "income_yearly",
        "since": date(2024, 11, 1),
        "reason": "理由",
        **forged,
    }
    assert refused(clerk, SET, tuple(values.values())) == code


def test_no_cycle_is_longer_than_a_year_even_as_office_data(place: Place, clerk: Connection):
    assert (
        refused(clerk, "UPDATE master SET value = '{}' WHERE table_name = 'declaration_cycles'")
        in DENIED
    )


def test_a_reason_is_one_of_the_list(place: Place, clerk: Connection):
    who = (place.office.household_id, place.office.person_id, "income", AUGUST)
    for reason, words in (("lazy", "x"), (None, "x"), ("other", " ")):
        assert refused(clerk, EXPLAIN, (new_id(), *who, reason, words)) == "BS422"
    july = (*who[:3], JULY)
    assert refused(clerk, EXPLAIN, (new_id(), *july, "not_reached", "")) == "BS409"


def test_a_reminder_needs_a_print_run_of_the_same_transaction(place: Place, clerk: Connection):
    who = (place.office.household_id, place.office.person_id, "income", AUGUST)
    assert refused(clerk, REMIND, (new_id(), *who)) == "BS403"
    batch = new_id()
    insert = (
        "INSERT INTO print_batch (id, office_id, printed_by, printed_at, mark, pages, sha256)"
        " VALUES (%s, %s, %s, now(), 'plain', 1, %s)"
    )
    me = place.office.caseworker
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
    for table in ("declaration_duty", "declaration_receipt", "declaration_missing"):
        found = rows(
            outsider,
            f"SELECT id FROM {table} WHERE household_id = %s",
            (place.office.household_id,),
        )
        assert found == []
    assert refused(outsider, RECEIVE, receiving(place)) == "BS403"
    who = (place.office.household_id, place.office.person_id, "income")
    duty = (new_id(), *who, "income_yearly", date(2024, 11, 1), "理由")
    assert refused(outsider, SET, duty) == "BS403"
    assert refused(outsider, EXPLAIN, (new_id(), *who, AUGUST, "not_reached", "")) == "BS403"


def test_words_need_a_ticket_while_facts_do_not(place: Place):
    place.close_files_of(place.office.caseworker)
    owner = place.connect(place.office.caseworker)
    assert rows(owner, "SELECT month FROM declaration_missing") != []
    assert rows(owner, "SELECT words FROM declaration_missing_text") == []
    assert rows(owner, "SELECT reason FROM declaration_duty_text") == []
    open_file(owner, place.office.household_id)
    assert rows(owner, "SELECT words FROM declaration_missing_text") != []


def test_roles_without_the_right_are_refused(place: Place):
    head = place.connect(place.office.head)
    assert refused(head, RECEIVE, receiving(place)) in DENIED
    records = place.connect(place.office.records)
    who = (place.office.household_id, place.office.person_id, INCOME.value)
    duty = (new_id(), *who, "income_yearly", date(2024, 11, 1), "理由")
    assert refused(records, SET, duty) in DENIED
    administrator = place.connect(place.administrator)
    assert refused(administrator, "SELECT id FROM declaration_duty") in DENIED


def test_another_office_is_another_world(place: Place, clerk: Connection):
    assert refused(clerk, RECEIVE, receiving(place, household=place.foreign_id)) == "BS403"
    stranger = place.connect(place.stranger)
    assert rows(stranger, "SELECT id FROM declaration_receipt") == []
    assert refused(stranger, RECEIVE, receiving(place)) == "BS403"


@pytest.mark.parametrize(
    "inner",
    [
        "app.declaring_office(NULL, 'write_records')",
        "app.declaration_is_due(NULL, NULL, NULL, 'income', '2024-09-01')",
        "app.need_due_declaration(NULL, NULL, NULL, 'income', '2024-09-01')",
    ],
)
def test_inner_functions_are_not_called_from_outside(clerk: Connection, inner: str):
    assert refused(clerk, f"SELECT {inner}") in DENIED
