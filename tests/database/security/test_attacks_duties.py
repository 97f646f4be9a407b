"""Duties and results of a policy at psql: forged lines, days, authors and outcomes, other teams, and removal."""

from __future__ import annotations

from uuid import UUID

import pytest

from desktop.domain.ids import new_id
from tests.database.security.place import DENIED, Connection, Place, open_file, refused, rows
from tests.services.support_policies.test_support_policies import in_force
from tests.support.factories import TODAY, days_ago

NOTE = "SELECT app.note_policy_result(%s, %s, %s, %s, %s)"


@pytest.fixture
def duty_id(place: Place) -> UUID:
    """The action of a policy that was written, approved and is in force."""
    if not actions(place):
        in_force(place.office, place.desk(place.office.caseworker))
    return actions(place)[0]


def actions(place: Place) -> list[UUID]:
    found = place.truth(
        "SELECT id FROM policy_duty WHERE household_id = %s AND kind = 'action' AND ended_on IS NULL",
        (place.office.household_id,),
    )
    return [duty_id for (duty_id,) in found]


@pytest.fixture
def writer(place: Place, duty_id) -> Connection:
    """The caseworker at psql, with the household's file open."""
    connection = place.connect(place.office.caseworker)
    open_file(connection, place.office.household_id)
    return connection


def noting(duty_id: UUID, **forged: object) -> tuple[object, ...]:
    """What the program hands to app.note_policy_result, with some values forged."""
    given = {
        "result": new_id(),
        "duty": duty_id,
        "outcome": "done",
        "on": TODAY,
        "text": "残薬は3日分だった。",
        **forged,
    }
    return tuple(given.values())


def test_author_and_time_of_a_result_are_the_servers(place: Place, writer, duty_id):
    given = noting(duty_id)
    writer.execute(NOTE, given)
    assert place.truth(
        "SELECT r.noted_by, (r.noted_at AT TIME ZONE 'Asia/Tokyo')::date, d.settled_on FROM policy_result r"
        " JOIN policy_duty d ON d.id = r.duty_id WHERE r.id = %s",
        (given[0],),
    ) == [(place.office.caseworker.staff_id, TODAY, TODAY)]
    told = place.truth(
        "SELECT count(*) FROM audit.event WHERE household_id = %s"
        " AND tbl IN ('policy_result', 'policy_result_text', 'policy_duty')",
        (place.office.household_id,),
    )
    assert told[0][0] >= 3


@pytest.mark.parametrize(
    "forged",
    [
        {"on": TODAY.replace(year=TODAY.year + 1)},
        {"on": None},
        {"text": ""},
        {"text": " \u3000\n"},
        {"text": None},
        {"text": "あ" * 1001},
    ],
    ids=("to come", "no day", "empty", "blank", "no words", "too long"),
)
def test_a_result_says_when_and_how(writer: Connection, duty_id, forged):
    assert refused(writer, NOTE, noting(duty_id, **forged)) == "BS422"


@pytest.mark.parametrize("outcome", ["nonsense", "", None], ids=repr)
def test_an_outcome_is_one_of_three(writer: Connection, duty_id, outcome):
    assert refused(writer, NOTE, noting(duty_id, outcome=outcome)) in {"23514", "23502"}


@pytest.mark.parametrize(
    "change",
    [
        "settled_on = NULL",
        "settled_on = by_on",
        "by_on = by_on + 100",
        "ended_on = by_on",
        "actor = 'person'",
        "about = 'work'",
    ],
)
def test_a_duty_is_not_rewritten(writer: Connection, duty_id, change):
    assert refused(writer, f"UPDATE policy_duty SET {change} WHERE id = %s", (duty_id,)) in DENIED


@pytest.mark.parametrize("table", ["policy_result_text", "policy_result", "policy_duty"])
def test_nothing_is_removed(writer: Connection, duty_id, table):
    assert refused(writer, f"DELETE FROM {table}") in DENIED
    assert refused(writer, f"TRUNCATE {table} CASCADE") in DENIED


def test_duties_and_results_are_not_added_by_hand(place: Place, writer: Connection, duty_id):
    again = (
        "INSERT INTO policy_duty (id, office_id, household_id, policy_id, line_id, issue_id, kind, began_on)"
        " SELECT %s, office_id, household_id, policy_id, %s, issue_id, 'issue', began_on FROM policy_duty WHERE id = %s"
    )
    assert refused(writer, again, (new_id(), new_id(), duty_id)) in DENIED
    noted = (
        "INSERT INTO policy_result (id, office_id, household_id, duty_id, outcome, happened_on, noted_by, noted_at)"
        " SELECT %s, office_id, household_id, id, 'done', began_on, %s, now() FROM policy_duty WHERE id = %s"
    )
    values = (new_id(), place.office.supervisor.staff_id, duty_id)
    assert refused(writer, noted, values) in DENIED
    renew = "SELECT app.renew_policy_duties(policy_id, 1) FROM policy_duty WHERE id = %s"
    assert refused(writer, renew, (duty_id,)) in DENIED


def test_what_was_noted_is_not_rewritten(writer: Connection, duty_id):
    given = noting(duty_id)
    writer.execute(NOTE, given)
    for statement in (
        "UPDATE policy_result SET outcome = 'not_done' WHERE id = %s",
        "UPDATE policy_result SET noted_by = id WHERE id = %s",
        "UPDATE policy_result_text SET text = '別の文' WHERE result_id = %s",
    ):
        assert refused(writer, statement, (given[0],)) in DENIED


def test_a_retry_is_of_the_same_duty_by_the_same_person(place: Place, writer, duty_id):
    given = noting(duty_id)
    writer.execute(NOTE, given)
    writer.execute(NOTE, given)
    ((count,),) = place.truth("SELECT count(*) FROM policy_result WHERE id = %s", (given[0],))
    assert count == 1
    supervisor = place.connect(place.office.supervisor)
    open_file(supervisor, place.office.household_id)
    assert refused(supervisor, NOTE, given) == "BS403"


def test_no_result_without_an_open_file(place: Place, writer: Connection, duty_id):
    place.close_files_of(place.office.caseworker)
    assert refused(writer, NOTE, noting(duty_id)) == "BS403"


def test_another_team_neither_sees_nor_notes(place: Place, writer: Connection, duty_id):
    writer.execute(NOTE, noting(duty_id))
    outsider = place.connect(place.office.outsider)
    place.close_files_of(place.office.outsider)
    for table in ("policy_duty", "policy_result", "policy_result_text"):
        assert rows(outsider, f"SELECT office_id FROM {table}") == []
    assert refused(outsider, NOTE, noting(duty_id)) == "BS403"


def test_words_need_a_ticket_and_facts_do_not(place: Place, writer: Connection, duty_id):
    writer.execute(NOTE, noting(duty_id))
    place.close_files_of(place.office.caseworker)
    assert rows(writer, "SELECT id FROM policy_duty WHERE id = %s", (duty_id,)) != []
    assert rows(writer, "SELECT outcome FROM policy_result WHERE duty_id = %s", (duty_id,)) != []
    assert rows(writer, "SELECT text FROM policy_result_text") == []


@pytest.mark.parametrize("person", ["records", "head"])
def test_who_writes_no_records_notes_nothing(place: Place, duty_id, person):
    connection = place.connect(getattr(place.office, person))
    assert refused(connection, NOTE, noting(duty_id)) in DENIED


def test_nothing_is_noted_of_what_a_newer_policy_replaced(place: Place, writer, duty_id):
    end = "UPDATE policy_duty SET ended_on = %s WHERE id = %s"
    place.truth(end, (days_ago(1), duty_id))
    assert refused(writer, NOTE, noting(duty_id)) == "BS409"
    place.truth(end, (None, duty_id))
