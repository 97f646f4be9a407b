"""Writing what one may not: forged authors, versions, states, times, and changes after submission."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from desktop.domain.ids import new_id
from desktop.domain.policy_events import Impact
from desktop.domain.records import Segment, measure_body
from tests.database.security.place import (
    DENIED,
    TEXT,
    Place,
    answer_impact,
    open_file,
    refused,
    rows,
    say_again,
)
from tests.support.factories import TODAY

SEGMENT = (
    "INSERT INTO segment (entry_id, version, segment_id, office_id, household_id, position, kind, source, text)"
    " VALUES (%s, %s, gen_random_uuid(), %s, %s, 9, 'facts', '', 'あとから')"
)


def new_entry(place: Place, **values: object) -> tuple[str, tuple[object, ...]]:
    """An INSERT of an entry as the program would make it, with some values forged."""
    row: dict[str, object] = {
        "id": new_id(),
        "office_id": place.office.caseworker.office_id,
        "household_id": place.office.household_id,
        "kind": "home_visit",
        "origin": "office",
        "state": "draft",
        "change": "writing",
        "event_on": TODAY,
        "recorded_at": "2020-01-01T00:00:00Z",
        "saved_at": "2020-01-01T00:00:00Z",
        "author_id": place.office.caseworker.staff_id,
        "version": 0,
        "content_hash": "",
        "is_annulled": False,
        "body_length": 0,
        "body_digest": "",
        "body_sketch": 0,
        **values,
    }
    marks = ", ".join("%s" for _ in row)
    return f"INSERT INTO entry ({', '.join(row)}) VALUES ({marks})", tuple(row.values())


FORGED: dict[str, dict[str, Any]] = {
    "state": {"state": "approved"},
    "number": {"number": 7},
    "approved version": {"approved_version": 1},
    "approved at": {"approved_at": "2020-01-01T00:00:00Z"},
    "old record": {"origin": "legacy"},
    "version": {"version": 40},
    "a change of nothing": {"change": "correction"},
    "annulled": {"is_annulled": True},
    "no author": {"author_id": None},
}


@pytest.mark.parametrize("what", FORGED)
def test_a_new_entry_with_a_forged_value(what, place, writer):
    assert refused(writer, *new_entry(place, **FORGED[what])) in DENIED


def test_a_new_entry_in_anothers_name(place, writer):
    author = place.office.supervisor.staff_id
    assert refused(writer, *new_entry(place, author_id=author)) in DENIED


def test_a_new_entry_is_dated_by_the_server(place, writer):
    entry_id = new_id()
    writer.execute(*new_entry(place, id=entry_id, office_id=place.stranger.office_id))
    ((office, recorded, saved),) = place.truth(
        "SELECT office_id, recorded_at, saved_at FROM entry WHERE id = %s", (entry_id,)
    )
    assert office == place.office.caseworker.office_id
    assert (recorded.year, saved.year) == (TODAY.year, TODAY.year)


def test_a_new_entry_of_tomorrow(place, writer):
    tomorrow = TODAY.replace(day=TODAY.day + 1)
    assert refused(writer, *new_entry(place, event_on=tomorrow)) == "BS422"


def test_a_new_entry_in_a_file_that_is_not_open(place, writer):
    assert refused(writer, *new_entry(place, household_id=place.far_id)) in DENIED
    assert refused(writer, *new_entry(place, household_id=place.foreign_id)) in DENIED


COLUMNS_NOBODY_SETS = (
    "id = gen_random_uuid()",
    "household_id = gen_random_uuid()",
    "office_id = gen_random_uuid()",
    "author_id = NULL",
    "number = 1",
    "recorded_at = now()",
    "approved_version = 1",
    "approved_at = now()",
    "is_annulled = true",
    "origin = 'legacy'",
)


@pytest.mark.parametrize("assignment", COLUMNS_NOBODY_SETS)
def test_a_column_that_nobody_sets(assignment, writer):
    assert refused(writer, f"UPDATE entry SET {assignment}") == "42501"


def test_an_own_draft_with_a_forged_state_or_version(place, writer):
    draft = place.draft()
    for assignment in (
        "state = 'approved'",
        "state = 'submitted'",
        "version = version + 2",
        "change = 'annulment'",
        f"changed_by = '{place.office.supervisor.staff_id}'",
    ):
        assert (
            refused(writer, f"UPDATE entry SET {assignment} WHERE id = %s", (draft.entry_id,))
            in DENIED
        )


def test_a_submitted_entry_stays_as_it_is(place, writer):
    entry_id = place.submitted()
    key = (place.office.caseworker.office_id, place.office.household_id)
    assert (
        refused(writer, "UPDATE entry SET content_hash = 'x' WHERE id = %s", (entry_id,)) in DENIED
    )
    assert refused(writer, SEGMENT, (entry_id, 1, *key)) in DENIED
    assert refused(writer, "UPDATE segment SET text = '改竄'") == "42501"
    assert refused(writer, "UPDATE entry_version SET content_hash = 'x'") == "42501"
    assert refused(writer, "UPDATE contact SET is_home_visit = true") == "42501"
    assert refused(writer, "UPDATE contact_met SET person_id = NULL") == "42501"
    boss = place.connect(place.office.supervisor)
    open_file(boss, place.office.household_id)
    assert refused(boss, "UPDATE entry SET content_hash = 'x' WHERE id = %s", (entry_id,)) in DENIED


def test_an_approved_entry_changes_only_by_a_correction(place, writer):
    entry_id = place.submitted()
    place.approve(entry_id, place.connect(place.office.supervisor))
    for assignment in (
        "content_hash = 'x'",
        "state = 'draft'",
        "kind = 'telephone'",
        "event_on = event_on - 1",
        "contact_id = NULL",
        "state = 'draft', change = 'correction', version = version + 1",
    ):
        assert (
            refused(writer, f"UPDATE entry SET {assignment} WHERE id = %s", (entry_id,)) in DENIED
        )


@pytest.mark.parametrize("who", ["caseworker", "supervisor", "records", "head"])
def test_nobody_deletes_or_empties_or_locks(who, place):
    person = place.connect(getattr(place.office, who))
    for table in ("entry", "segment", "approval", "household", "ticket", "todo", "print_batch"):
        assert refused(person, f"DELETE FROM {table}") == "42501"
        assert refused(person, f"TRUNCATE {table} CASCADE") == "42501"
        for mode in ("ACCESS EXCLUSIVE", "SHARE", "ROW EXCLUSIVE", "ROW SHARE"):
            person.execute("BEGIN")
            assert refused(person, f"LOCK TABLE {table} IN {mode} MODE") == "42501"
            person.execute("ROLLBACK")


def test_text_added_to_a_submitted_entry_from_an_older_snapshot(place, writer):
    """The writer keeps a snapshot of the time when the entry was a draft, and adds to it after submitting."""
    draft = place.draft()
    key = (place.office.caseworker.office_id, place.office.household_id)
    writer.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
    rows(writer, "SELECT count(*) FROM entry")
    place.desk(place.office.caseworker).records.submit(
        draft.entry_id, draft.shown_version, Impact.NONE
    )
    assert refused(writer, SEGMENT, (draft.entry_id, draft.shown_version, *key)) != ""
    writer.execute("ROLLBACK")
    assert texts(place, draft.entry_id).count("あとから") == 0


def test_text_added_to_an_entry_that_is_just_being_submitted(place, writer):
    """Adding waits for the submission, or the submission for the adding: it never lands behind it."""
    draft = place.draft()
    key = (place.office.caseworker.office_id, place.office.household_id)
    slow = SEGMENT.replace(
        "VALUES (%s, %s, gen_random_uuid(),", "SELECT %s, %s, gen_random_uuid(),"
    )
    slow = slow.replace("'あとから')", "'あとから' FROM (SELECT pg_sleep(0.5)) AS wait")
    other = place.connect(place.office.caseworker)
    values = (draft.entry_id, draft.shown_version, *key)
    outcome: list[str] = []
    adding = threading.Thread(target=lambda: outcome.append(refused(writer, slow, values)))
    adding.start()
    while not place.truth("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'"):
        time.sleep(0.01)
    answer_impact(other, *values[:2])
    other.execute("SELECT app.submit('entry', %s, %s)", values[:2])
    adding.join()
    assert outcome != [""]
    assert texts(place, draft.entry_id).count("あとから") == 0


def texts(place: Place, entry_id: UUID) -> list[str]:
    """The stored texts of an entry."""
    return [
        text for (text,) in place.truth("SELECT text FROM segment WHERE entry_id = %s", (entry_id,))
    ]


def test_submitting_a_version_that_has_no_row(place, writer):
    """A version without its own row would slip past the checks of its kind and contact."""
    draft = place.draft()
    writer.execute("UPDATE entry SET version = version + 1 WHERE id = %s", (draft.entry_id,))
    key = (place.office.caseworker.office_id, place.office.household_id)
    writer.execute(SEGMENT, (draft.entry_id, draft.shown_version + 1, *key))
    submit = "SELECT app.submit('entry', %s, %s)"
    assert refused(writer, submit, (draft.entry_id, draft.shown_version + 1)).startswith("BS4")


def test_an_entry_that_says_other_than_its_version(place, writer):
    """Kind, day, contact and hash of a submitted entry are those of the version that is read."""
    draft = place.draft()
    forged = (
        "UPDATE entry SET kind = 'telephone', event_on = event_on - 100, content_hash = 'x',"
        " body_length = 9999, body_digest = 'x', version = 2 WHERE id = %s"
    )
    writer.execute(forged, (draft.entry_id,))
    say_again(writer, draft.entry_id, "x")
    answer_impact(writer, draft.entry_id, 2)
    writer.execute("SELECT app.submit('entry', %s, 2)", (draft.entry_id,))
    ((kind, day, content_hash, length, digest),) = place.truth(
        "SELECT kind, event_on, content_hash, body_length, body_digest FROM entry WHERE id = %s",
        (draft.entry_id,),
    )
    ((stated,),) = place.truth(
        "SELECT content_hash FROM entry_version WHERE entry_id = %s AND version = 1",
        (draft.entry_id,),
    )
    measured = measure_body(TEXT)
    assert (kind, day, content_hash) == ("home_visit", TODAY, stated)
    assert (length, digest) == (measured.length, measured.digest)
    assert place.approval_of(draft.entry_id)[2] == stated


def test_sql_in_every_text_field(place):
    """Words that are SQL are words."""
    evil = "'); DROP TABLE entry; SELECT app.decide($$ -- \\ \" %s %(x)s {0}"
    desk = place.desk(place.office.caseworker)
    given = place.draft(
        segments=tuple(
            _with_text(s, evil)
            for s in desk.records.blank(place.office.household_id, "home_visit").segments
        )
    )
    assert texts(place, given.entry_id).count(evil) == len(given.segments)
    outsider = place.office.outsider
    open_file(place.connect(outsider), place.office.household_id, reason=evil)
    reasons = place.truth("SELECT reason FROM ticket WHERE staff_id = %s", (outsider.staff_id,))
    assert any(reason and evil.startswith(reason) for (reason,) in reasons)


def _with_text(segment: Segment, text: str) -> Segment:
    return replace(segment, text=text)
