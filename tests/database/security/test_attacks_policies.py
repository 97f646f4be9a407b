"""Support policies at psql: forged authors, states, versions and due days, quotations that the record does not hold."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import replace

import psycopg
import pytest

from desktop.domain.ids import new_id
from tests.database.security.place import Connection, Place, open_file, refused, rows
from tests.support.factories import TODAY
from tests.support.policies import evidence_of, issue, recorded, written

QUOTE = "半分残っていた"


@pytest.fixture(autouse=True)
def _nothing_open(place: Place) -> None:
    """What the tests before have begun is settled: one policy of a household is open at a time."""
    place.truth(
        "UPDATE support_policy SET state = 'approved', approved_version = version, approved_at = saved_at"
        " WHERE state <> 'approved'"
    )


@pytest.fixture
def writer(place: Place) -> Connection:
    """The caseworker at psql, with the household's file open."""
    connection = place.connect(place.office.caseworker)
    open_file(connection, place.office.household_id)
    return connection


@pytest.fixture
def policy_id(place: Place):
    """An own draft."""
    desk = place.desk(place.office.caseworker)
    return desk.policies.save(written(desk, place.office.household_id)).policy_id


def new_policy(place: Place, **values: object) -> tuple[str, tuple[object, ...]]:
    """An INSERT of a policy as the program would make it, with some values forged."""
    row: dict[str, object] = {
        "id": new_id(),
        "office_id": place.office.caseworker.office_id,
        "household_id": place.office.household_id,
        "kind": "new",
        "state": "draft",
        "made_on": TODAY,
        "author_id": place.office.caseworker.staff_id,
        "saved_at": "2020-01-01T00:00:00Z",
        "version": 1,
        "content_hash": "",
        "gaps": 0,
        "body_sketch": 0,
        **values,
    }
    places = ", ".join("%s" for _ in row)
    return f"INSERT INTO support_policy ({', '.join(row)}) VALUES ({places})", tuple(row.values())


@pytest.mark.parametrize(
    "forged",
    [
        {"state": "approved"},
        {"version": 2},
        {"gaps": 1},
        {"approved_version": 1},
        {"review_due_on": TODAY.replace(year=TODAY.year + 9)},
        {"made_on": TODAY.replace(year=TODAY.year + 1)},
    ],
    ids=lambda forged: next(iter(forged)),
)
def test_a_new_policy_is_an_own_draft_and_nothing_else(place: Place, writer: Connection, forged):
    assert refused(writer, *new_policy(place, **forged))


def test_nobody_writes_in_anothers_name(place: Place, writer: Connection):
    assert refused(writer, *new_policy(place, author_id=place.office.supervisor.staff_id))


def test_a_policy_follows_an_approved_one_of_the_same_household(place, writer, policy_id):
    assert refused(writer, *new_policy(place, follows=policy_id))


@pytest.mark.parametrize(
    "change", ["state = 'approved'", "review_due_on = '2099-01-01'", "gaps = 0", "author_id = id"]
)
def test_what_the_server_decides_has_no_grant(writer: Connection, policy_id, change):
    assert refused(writer, f"UPDATE support_policy SET {change} WHERE id = %s", (policy_id,))


def test_a_version_is_not_changed_or_skipped(writer: Connection, policy_id):
    assert refused(
        writer, "UPDATE support_policy SET version = version + 2 WHERE id = %s", (policy_id,)
    )
    assert refused(
        writer, "UPDATE support_policy SET content_hash = 'x' WHERE id = %s", (policy_id,)
    )
    assert refused(
        writer, "UPDATE policy_issue SET text = '書換え' WHERE policy_id = %s", (policy_id,)
    )
    assert refused(writer, "DELETE FROM policy_issue WHERE policy_id = %s", (policy_id,))


def test_nothing_is_added_behind_a_submission(place: Place, writer: Connection, policy_id):
    desk = place.desk(place.office.caseworker)
    desk.policies.submit(policy_id, 1)
    insert = (
        "INSERT INTO policy_action (policy_id, version, office_id, household_id, action_id, issue_id, position, actor, what, measure)"
        " SELECT policy_id, version, office_id, household_id, gen_random_uuid(), issue_id, 9, 'person', 'あとから', ''"
        " FROM policy_issue WHERE policy_id = %s"
    )
    assert refused(writer, insert, (policy_id,))


def test_a_quotation_says_what_the_record_says(place: Place, writer: Connection):
    desk = place.desk(place.office.caseworker)
    recorded(desk, place.office.household_id, "薬が半分残っていた。")
    evidence = evidence_of(desk, place.office.household_id, QUOTE)
    given = written(desk, place.office.household_id, issue(evidence=(evidence,)))
    desk.policies.save(given)
    for forged in (
        replace(evidence, quote="働けると言った"),
        replace(evidence, start=0, end=len(QUOTE)),
        replace(evidence, segment_id=new_id()),
    ):
        with pytest.raises(Exception, match="一致しません"):
            desk.policies.save(replace(given, shown_version=1, issues=(issue(evidence=(forged,)),)))


def test_anothers_draft_shows_no_line(place: Place, policy_id):
    supervisor = place.connect(place.office.supervisor)
    open_file(supervisor, place.office.household_id)
    for table in ("policy_text", "policy_issue", "policy_goal", "policy_action"):
        assert rows(supervisor, f"SELECT 1 FROM {table} WHERE policy_id = %s", (policy_id,)) == []


def test_words_are_read_with_a_ticket_only(place: Place, policy_id):
    desk = place.desk(place.office.caseworker)
    desk.policies.submit(policy_id, 1)
    supervisor = place.connect(place.office.supervisor)
    place.close_files_of(place.office.supervisor)
    statement = "SELECT text FROM policy_issue WHERE policy_id = %s"
    assert rows(supervisor, statement, (policy_id,)) == []
    open_file(supervisor, place.office.household_id)
    assert len(rows(supervisor, statement, (policy_id,))) == 1


def test_the_author_does_not_approve_his_own(place: Place, writer: Connection, policy_id):
    desk = place.desk(place.office.caseworker)
    approval_id = desk.policies.submit(policy_id, 1)
    decide = "SELECT app.decide(%s, 'approve', 1, (SELECT content_hash FROM approval WHERE id = %s), 'read', '', NULL, NULL)"
    assert refused(writer, decide, (approval_id, approval_id))


def test_no_second_policy_is_begun_beside_an_open_one(place: Place, writer: Connection, policy_id):
    with pytest.raises(psycopg.Error, match="書きかけの援助方針があります"):
        writer.execute(*new_policy(place))
    place.desk(place.office.caseworker).policies.submit(policy_id, 1)
    with pytest.raises(psycopg.Error, match="決裁待ちです"):
        writer.execute(*new_policy(place))


def test_a_colleagues_draft_stands_in_the_way_too(place: Place, policy_id):
    colleague = place.office.supervisor
    connection = place.connect(colleague)
    open_file(connection, place.office.household_id)
    with pytest.raises(psycopg.Error, match=f"{place.office.caseworker.name}さんがこの世帯"):
        connection.execute(*new_policy(place, author_id=colleague.staff_id))
    assert policy_id


def test_of_two_who_begin_at_the_same_time_one_is_refused(place: Place, writer: Connection):
    second = place.connect(place.office.caseworker)
    open_file(second, place.office.household_id)
    with ThreadPoolExecutor(max_workers=1) as other, writer.transaction():
        writer.execute(*new_policy(place))
        waiting = other.submit(refused, second, *new_policy(place))
        with pytest.raises(FutureTimeout):
            waiting.result(timeout=0.3)
    assert waiting.result() == "BS403"


@pytest.mark.parametrize("visits", [-1, 367])
def test_visits_a_year_are_a_possible_number(place: Place, writer: Connection, visits):
    statement, values = new_policy(place)
    writer.execute(statement, values)
    version = (
        "INSERT INTO support_policy_version (policy_id, version, office_id, household_id, kind, made_on, saved_at, saved_by,"
        " content_hash, grade, visits_per_year) SELECT id, 1, office_id, household_id, kind, made_on, saved_at, author_id,"
        " '', 'A', %s FROM support_policy WHERE id = %s"
    )
    assert refused(writer, version, (visits, values[0])) == "BS422"


@pytest.mark.parametrize("emptied", ["text = ' '", "standing = 'ended', result = E'\\n'"])
def test_an_empty_line_is_not_handed_in(place: Place, writer: Connection, policy_id, emptied):
    place.truth(f"UPDATE policy_issue SET {emptied} WHERE policy_id = %s", (policy_id,))
    submit = "SELECT app.submit('support_policy', %s, 1)"
    assert refused(writer, submit, (policy_id,)) == "BS422"
