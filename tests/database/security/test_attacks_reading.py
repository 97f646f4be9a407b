"""Reading what one may not, or without a trace: every way past the ticket sees nothing."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import psycopg
import pytest

from tests.database.security.place import (
    DENIED,
    TEXT,
    Connection,
    Place,
    open_file,
    refused,
    rows,
)
from tests.support.factories import CLOCK


@pytest.fixture(scope="module")
def entry_id(place: Place):
    """A submitted entry with text, in the file of the caseworker's household."""
    return place.submitted()


@pytest.fixture
def closed(place: Place, entry_id) -> Connection:
    """A colleague of another district, who has not opened the file."""
    del entry_id
    place.close_files_of(place.office.outsider)
    return place.connect(place.office.outsider)


@pytest.fixture
def stranger(place: Place, entry_id) -> Connection:
    """A caseworker of another office."""
    del entry_id
    return place.connect(place.stranger)


WITHOUT_A_TICKET = {
    "select": "SELECT text FROM segment",
    "count": "SELECT 1 WHERE (SELECT count(*) FROM segment) > 0",
    "where oracle": "SELECT 1 FROM entry e WHERE EXISTS (SELECT FROM segment s WHERE s.text LIKE '%本人%')",
    "row as json": "SELECT to_jsonb(s) FROM segment s",
    "whole row": "SELECT s FROM segment s",
    "subselect in a fact": "SELECT (SELECT string_agg(text, '') FROM segment) FROM office"
    " WHERE (SELECT string_agg(text, '') FROM segment) IS NOT NULL",
    "query to xml": "SELECT 1 WHERE query_to_xml('SELECT text FROM segment', true, false, '')::text LIKE '%本人%'",
    "lateral": "SELECT s.text FROM household h, LATERAL (SELECT text FROM segment WHERE household_id = h.id) s",
    "tablesample": "SELECT text FROM segment TABLESAMPLE BERNOULLI (100)",
    "values of promises": "SELECT what FROM promise_text",
    "labels of those met": "SELECT label FROM contact_met",
    "notes": "SELECT text FROM approval_note",
}


@pytest.mark.parametrize("way", WITHOUT_A_TICKET)
def test_text_without_a_ticket(way, closed):
    assert rows(closed, WITHOUT_A_TICKET[way]) == []


def test_text_by_copy(closed):
    with closed.cursor() as cursor, cursor.copy("COPY segment (text) TO STDOUT") as copy:
        assert list(copy.rows()) == []


def test_text_by_a_condition_that_raises_an_error(closed):
    """An operator that fails on a hidden row would tell of it: none is asked before the policy."""
    assert rows(closed, "SELECT 1 FROM segment WHERE 1 / (length(text) - length(text)) = 1") == []
    assert rows(closed, "SELECT 1 FROM segment WHERE text::integer = 1") == []


def test_text_by_explain(place, closed, entry_id):
    plan = rows(closed, "EXPLAIN (ANALYZE, VERBOSE, BUFFERS OFF) SELECT text FROM segment")
    shown = "\n".join(line for (line,) in plan)
    assert TEXT not in shown
    assert str(entry_id) not in shown
    assert "rows=0" in shown


def test_text_by_statistics(closed):
    found = rows(closed, "SELECT 1 FROM pg_stats WHERE tablename IN ('segment', 'entry', 'person')")
    assert found == []


def test_text_by_returning(place, closed, entry_id):
    update = "UPDATE promise_text SET who = who RETURNING what"
    assert rows(closed, update) == []
    assert rows(closed, "UPDATE entry SET saved_at = saved_at RETURNING id") == []


def test_text_by_on_conflict(place, closed, entry_id):
    (known,) = place.truth(
        "SELECT version, segment_id FROM segment WHERE entry_id = %s LIMIT 1", (entry_id,)
    )
    insert = (
        "INSERT INTO segment (entry_id, version, segment_id, office_id, household_id, position, kind, source, text)"
        " VALUES (%s, %s, %s, %s, %s, 0, 'facts', '', 'x')"
        " ON CONFLICT (entry_id, version, segment_id) DO NOTHING RETURNING text"
    )
    values = (entry_id, *known, place.office.outsider.office_id, place.office.household_id)
    assert refused(closed, insert, values) in DENIED


def test_facts_of_another_district_and_of_another_office(place, closed, stranger):
    for table in ("entry", "contact", "approval", "member", "address_period"):
        assert (
            rows(
                closed,
                f"SELECT 1 FROM {table} WHERE household_id = %s",
                (place.office.household_id,),
            )
            == []
        )
        assert (
            rows(
                stranger,
                f"SELECT 1 FROM {table} WHERE office_id = %s",
                (place.office.outsider.office_id,),
            )
            == []
        )
    for table in (
        "household",
        "household_key",
        "staff",
        "staff_role",
        "district",
        "assignment",
        "master",
    ):
        assert (
            rows(
                stranger,
                f"SELECT 1 FROM {table} WHERE office_id = %s",
                (place.office.outsider.office_id,),
            )
            == []
        )


def test_row_security_switched_off(closed):
    closed.execute("SET row_security = off")
    assert refused(closed, "SELECT text FROM segment") == "42501"
    closed.execute("RESET row_security")


def test_the_administrator_reads_no_case(place):
    admin = place.connect(place.administrator)
    for table in ("segment", "entry", "household", "person", "member", "todo_text", "contact_met"):
        assert refused(admin, f"SELECT 1 FROM {table}") == "42501"
    assert refused(admin, "SELECT app.open_files('file', %s, 'x')", ([place.far_id],)) == "BS403"


def test_somebody_elses_first_draft_stays_closed(place):
    """Its text, its promises' words and the names of those met: the ticket opens what was submitted."""
    draft = place.draft()
    promise = "INSERT INTO promise (id, office_id, household_id, entry_id) VALUES (gen_random_uuid(), %s, %s, %s) RETURNING id"
    own = place.connect(place.office.caseworker)
    open_file(own, place.office.household_id)
    key = (place.office.caseworker.office_id, place.office.household_id)
    ((promise_id,),) = rows(own, promise, (*key, draft.entry_id))
    words = "INSERT INTO promise_text (promise_id, office_id, household_id, who, what) VALUES (%s, %s, %s, '世帯主', '秘密')"
    own.execute(words, (promise_id, *key))
    other = place.connect(place.office.outsider)
    open_file(other, place.office.household_id, reason="電話当番")
    assert rows(other, "SELECT text FROM segment WHERE entry_id = %s", (draft.entry_id,)) == []
    assert rows(other, "SELECT what FROM promise_text WHERE promise_id = %s", (promise_id,)) == []
    ((contact_id,),) = place.truth("SELECT contact_id FROM entry WHERE id = %s", (draft.entry_id,))
    assert rows(other, "SELECT label FROM contact_met WHERE contact_id = %s", (contact_id,)) == []
    assert len(rows(own, "SELECT what FROM promise_text WHERE promise_id = %s", (promise_id,))) == 1


# --- tickets


def test_ticket_of_the_same_transaction(place, closed):
    with suppress(psycopg.Rollback), closed.transaction():
        open_file(closed, place.office.household_id, reason="電話当番")
        assert rows(closed, "SELECT text FROM segment") == []
        raise psycopg.Rollback
    assert rows(closed, "SELECT text FROM segment") == []


def test_ticket_of_a_savepoint(place, closed):
    with suppress(psycopg.Rollback), closed.transaction():
        with closed.transaction():
            open_file(closed, place.office.household_id, reason="電話当番")
        assert rows(closed, "SELECT text FROM segment") == []
        with closed.transaction():
            assert rows(closed, "SELECT text FROM segment") == []
        raise psycopg.Rollback


def test_ticket_and_reading_in_one_statement(place, closed):
    trick = (
        "WITH t AS MATERIALIZED (SELECT app.open_files('file', %s, 'x') AS o)"
        " SELECT s.text FROM t, segment s WHERE t.o IS NOT NULL"
    )
    assert rows(closed, trick, ([place.office.household_id],)) == []


def test_ticket_under_a_cursor_and_rolled_back(place, closed):
    with suppress(psycopg.Rollback), closed.transaction():
        closed.execute("DECLARE c CURSOR FOR SELECT text FROM segment")
        open_file(closed, place.office.household_id, reason="電話当番")
        assert rows(closed, "FETCH ALL FROM c") == []
        raise psycopg.Rollback


def test_ticket_in_repeatable_read(place, closed):
    with suppress(psycopg.Rollback), closed.transaction():
        closed.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        rows(closed, "SELECT count(*) FROM segment")
        with suppress(psycopg.Error), closed.transaction():
            open_file(closed, place.office.household_id, reason="電話当番")
        assert rows(closed, "SELECT text FROM segment") == []
        raise psycopg.Rollback


def test_ticket_in_a_prepared_transaction(place, closed):
    closed.execute("BEGIN")
    open_file(closed, place.office.household_id, reason="電話当番")
    assert refused(closed, "PREPARE TRANSACTION 'later'") == "55000"
    assert rows(closed, "SELECT text FROM segment") == []


def test_ticket_of_another_person(place, closed):
    owner = place.connect(place.office.caseworker)
    open_file(owner, place.office.household_id)
    assert len(rows(owner, "SELECT text FROM segment")) > 0
    assert rows(closed, "SELECT text FROM segment") == []


def test_ticket_that_ran_out(place, entry_id):
    person = place.connect(place.office.outsider)
    open_file(person, place.office.household_id, reason="窓口")
    assert len(rows(person, "SELECT text FROM segment")) > 0
    later = (CLOCK.now() + timedelta(minutes=11)).isoformat()
    person.execute("SELECT set_config('test.now', %s, false)", (later,))
    assert rows(person, "SELECT text FROM segment") == []


@pytest.mark.parametrize("purpose", ["queue", "everything", "", None, "FILE", "file' OR true --"])
def test_ticket_with_a_forged_purpose(purpose, place, closed):
    ask = "SELECT app.open_files(%s, %s, 'x')"
    assert refused(closed, ask, (purpose, [place.office.household_id])) == "BS403"


def test_ticket_without_a_reason_outside_the_duty(place, closed):
    ask = "SELECT app.open_files('file', %s, %s)"
    for reason in ("", "   ", None, "\u3000"):
        assert refused(closed, ask, ([place.office.household_id], reason)) == "BS428"


def test_ticket_for_another_office(place, closed):
    ask = "SELECT app.open_files('file', %s, 'x')"
    unknown = rows(closed, "SELECT gen_random_uuid()")[0][0]
    assert refused(closed, ask, ([place.foreign_id],)) == "BS403"
    assert refused(closed, ask, ([unknown],)) == "BS403"
    assert refused(closed, ask, ([place.far_id, None],)) == "BS403"
    assert refused(closed, ask, ([place.far_id, place.foreign_id],)) == "BS403"


def test_ticket_written_into_the_table(place, closed):
    for statement in (
        "INSERT INTO ticket (id, office_id, staff_id, purpose, reason, opened_at, valid_until) SELECT gen_random_uuid(), office_id, id, 'file', '', now(), now() + interval '1 day' FROM staff",
        "INSERT INTO ticket_household SELECT id, id, false FROM household",
        "UPDATE ticket SET valid_until = valid_until + interval '1 year'",
        "SELECT 1 FROM ticket",
        "DELETE FROM ticket",
    ):
        assert refused(closed, statement) == "42501"


def test_a_rolled_back_reading_leaves_the_ticket(place, closed):
    count = "SELECT count(*) FROM ticket_household WHERE household_id = %s"
    ((before,),) = place.truth(count, (place.office.household_id,))
    open_file(closed, place.office.household_id, reason="電話当番")
    with suppress(psycopg.Rollback), closed.transaction():
        assert len(rows(closed, "SELECT text FROM segment")) > 0
        raise psycopg.Rollback
    ((after,),) = place.truth(count, (place.office.household_id,))
    assert after == before + 1
