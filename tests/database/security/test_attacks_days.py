"""Days that no calendar has, at psql: one such row would close the lists of everybody who sees it."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.ids import new_id
from tests.database.security.place import Connection, Place, refused
from tests.services.support_policies.test_support_policies import in_force
from tests.support.papers import a_paper

POISON = ("infinity", "-infinity", "4000-01-01 BC", "10000-01-01", "0001-01-01")
COMING = ("infinity", "10000-01-01", "9999-12-31")


@pytest.fixture(scope="module", autouse=True)
def given(place: Place) -> None:
    """A policy in force, with its duties."""
    in_force(place.office, place.desk(place.office.caseworker))


@pytest.mark.parametrize("day", POISON)
def test_no_cycle_begins_on_such_a_day(place: Place, writer: Connection, day: str):
    office = place.office
    asked = (
        new_id(),
        office.household_id,
        office.person_id,
        "income",
        "income_monthly",
        day,
        "理由",
    )
    said = refused(writer, "SELECT app.set_declaration_duty(%s, %s, %s, %s, %s, %s, %s)", asked)
    assert said in {"BS422", "22003"}
    assert place.truth("SELECT count(*) FROM declaration_duty") == [(0,)]


@pytest.mark.parametrize("day", COMING)
def test_no_draft_is_due_on_such_a_day(place: Place, writer: Connection, day: str):
    paper = a_paper(place.office.household_id)
    place.desk(place.office.caseworker).papers.receive(paper)
    asked = (new_id(), new_id(), paper.paper_id, day)
    assert refused(writer, "SELECT app.draft_for_paper(%s, %s, %s, %s)", asked) == "BS422"


@pytest.mark.parametrize("day", POISON)
def test_nothing_came_of_a_policy_on_such_a_day(place: Place, writer: Connection, day: str):
    ((duty,),) = place.truth(
        "SELECT id FROM policy_duty WHERE kind = 'action' AND ended_on IS NULL LIMIT 1"
    )
    asked = (new_id(), duty, day)
    assert (
        refused(writer, "SELECT app.note_policy_result(%s, %s, 'done', %s, 'x')", asked) == "BS422"
    )


@pytest.mark.parametrize("day", POISON)
def test_nothing_is_explained_or_answered_on_such_a_day(place: Place, writer: Connection, day: str):
    office = place.office
    ((policy,),) = place.truth("SELECT id FROM support_policy WHERE state = 'approved' LIMIT 1")
    explained = (
        "INSERT INTO policy_explanation (id, office_id, household_id, policy_id, explained_on, explained_by,"
        " recorded_at, understanding) VALUES (%s, %s, %s, %s, %s, app.me(), now(), 'understood')"
    )
    owner = (new_id(), office.caseworker.office_id, office.household_id)
    assert refused(writer, explained, (*owner, policy, day)) == "BS422"
    answered = (
        "INSERT INTO policy_no_review (id, office_id, household_id, happened_on, answered_by, answered_at)"
        " VALUES (%s, %s, %s, %s, app.me(), now())"
    )
    assert refused(writer, answered, (*owner, day)) == "BS422"


@pytest.mark.parametrize("day", POISON)
def test_no_todo_and_no_record_is_of_such_a_day(place: Place, writer: Connection, day: str):
    office = place.office
    todo = (
        "INSERT INTO todo (id, office_id, owner_id, household_id, origin, due_on, state, created_by, created_at, version)"
        " VALUES (%s, %s, app.me(), %s, 'assigned', %s, 'open', app.me(), now(), 1)"
    )
    owner = (new_id(), office.caseworker.office_id, office.household_id)
    assert refused(writer, todo, (*owner, day)) == "BS422"
    draft = place.draft()
    moved = "UPDATE entry SET event_on = %s, version = version + 1 WHERE id = %s"
    assert refused(writer, moved, (day, draft.entry_id)) == "BS422"


def test_no_column_that_holds_a_day_was_forgotten(place: Place):
    open_columns = place.truth(
        "SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
        " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND NOT a.attisdropped"
        " AND a.atttypid IN ('date'::regtype, 'timestamptz'::regtype, 'timestamp'::regtype)"
        " AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'c_day_' || a.attname)"
    )
    assert open_columns == []


def test_the_office_still_works_with_days_it_knows(place: Place, writer: Connection):
    office = place.office
    asked = (
        new_id(),
        office.household_id,
        office.person_id,
        "asset",
        "asset_yearly",
        date(2024, 4, 1),
        "理由",
    )
    assert (
        refused(writer, "SELECT app.set_declaration_duty(%s, %s, %s, %s, %s, %s, %s)", asked) == ""
    )
