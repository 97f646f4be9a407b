"""The schema goes up and down, and says the same as the tables' classes."""

from __future__ import annotations

from collections.abc import Mapping

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, select

from desktop.database import migrate
from desktop.database.search_here import PAIRS
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.assessments import Comment
from desktop.domain.ids import new_id
from desktop.domain.search import SearchNoun
from desktop.domain.support_policies import IssueDomain
from desktop.domain.todos import TodoOrigin
from desktop.models import Base
from desktop.models.assessments import AssessmentAnswers, AssessmentRecord
from desktop.models.policy_duties import PolicyDuty
from desktop.models.records import EntryRecord
from desktop.models.saved_searches import SavedSearchRow
from desktop.models.search import SearchText
from desktop.models.todos import Todo, TodoText
from tests.services.support_policies.test_support_policies import in_force
from tests.support.assessments import assessment
from tests.support.desk import small_office
from tests.support.factories import (
    CLOCK,
    TODAY,
    make_entry,
    make_household,
    make_staff,
)
from tests.support.liaisons import a_liaison
from tests.support.policies import issue


def _is_ours(name: str | None, kind: str, _within: Mapping[str, str | None]) -> bool:
    """The index of the search is an expression on PostgreSQL and tables of SQLite's own: no class says them."""
    if kind == "index":
        return name != "ix_search_text_grams"
    return kind != "table" or not str(name).startswith(PAIRS)


def test_the_schema_is_what_the_models_say(engine: Engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_name": _is_ours}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_down_leaves_nothing_and_up_brings_everything_back(database_url: str, engine: Engine):
    migrate.downgrade(database_url, "base")
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    migrate.upgrade(database_url)
    tables = {name for name in inspect(engine).get_table_names() if _is_ours(name, "table", {})}
    assert tables == {*Base.metadata.tables, "alembic_version"}
    assert migrate.current(engine) == migrate.head()


def test_entries_stored_before_are_measured_for_set_phrases(database_url: str, engine: Engine):
    with UnitOfWork(engine)() as session:
        author, household = make_staff(session), make_household(session)
        texts = {
            make_entry(session, household, author, text=text).id: text
            for text in (
                "訪問。変わりなし。",
                "腰痛のため通院を増やした。",
                "主と面接。特に問題なし。",
            )
        }
    migrate.downgrade(database_url, "0001")
    assert "body_is_set_phrase" not in {c["name"] for c in inspect(engine).get_columns("entry")}
    migrate.upgrade(database_url)
    with UnitOfWork(engine)() as session:
        rows = session.execute(select(EntryRecord.id, EntryRecord.body_is_set_phrase))
        measured = {texts[entry_id]: is_set_phrase for entry_id, is_set_phrase in rows}
    assert measured == {
        "訪問。変わりなし。": True,
        "腰痛のため通院を増やした。": False,
        "主と面接。特に問題なし。": True,
    }


def test_to_dos_outlive_the_new_origin_up_and_down(database_url: str, engine: Engine):
    with UnitOfWork(engine)() as session:
        staff = make_staff(session)
        given = {"office_id": staff.office_id, "created_by": staff.id, "owner_id": staff.id}
        rows = [
            Todo(id=new_id(), origin=origin, created_at=CLOCK.now(), **given)
            for origin in (TodoOrigin.ASSIGNED, TodoOrigin.DECISION_DRAFT)
        ]
        session.add_all(rows)
        session.flush()
        session.add_all(
            TodoText(todo_id=row.id, office_id=row.office_id, text="見本") for row in rows
        )
    migrate.downgrade(database_url, "0010")
    migrate.upgrade(database_url)
    with UnitOfWork(engine)() as session:
        found = session.scalars(select(Todo)).all()
        assert [todo.origin for todo in found] == [TodoOrigin.ASSIGNED] * 2
        found[0].origin = TodoOrigin.DECISION_DRAFT
        assert len(session.scalars(select(TodoText)).all()) == 2


def test_searches_among_liaisons_outlive_the_way_down_without_their_noun(
    database_url: str, engine: Engine
):
    office = small_office(engine)
    desk = office.desk(office.caseworker)
    desk.liaisons.keep(a_liaison(office.household_id))
    limits = {"created_at": CLOCK.now(), "valid_until": TODAY, "is_widened": True}
    words = {"name": "見本", "purpose": "見本", "words": "見本", "case_number": ""}
    with UnitOfWork(engine)() as session:
        owner = {"office_id": desk.staff.office_id, "staff_id": desk.staff.staff_id}
        session.add(SavedSearchRow(noun=SearchNoun.LIAISON, **owner, **words, **limits))
        session.add(SavedSearchRow(noun=SearchNoun.PAPER, **owner, **words, **limits))
    migrate.downgrade(database_url, "0059")
    with UnitOfWork(engine)() as session:
        assert not session.scalars(select(SearchText).where(SearchText.noun == "liaison")).all()
    migrate.upgrade(database_url)
    with UnitOfWork(engine)() as session:
        found = session.scalars(select(SavedSearchRow)).all()
        assert {row.noun for row in found} == {None, SearchNoun.PAPER}
        found[0].noun = SearchNoun.LIAISON
        session.flush()


def test_upgrading_twice_changes_nothing(database_url: str, engine: Engine):
    before = migrate.current(engine)
    migrate.upgrade(database_url)
    assert migrate.current(engine) == before


def test_policies_in_force_get_the_duties_that_an_approval_would_give_them(
    database_url: str, engine: Engine
):
    office = small_office(engine)
    desk = office.desk(office.caseworker)
    school = issue("進路", domain=IssueDomain.SCHOOLING, person_id=office.person_id)
    in_force(office, desk, issue(), school)
    before = duties_in(engine)
    assert len(before) == 6
    migrate.downgrade(database_url, "0010")
    migrate.upgrade(database_url)
    assert duties_in(engine) == before


def duties_in(engine: Engine) -> set[tuple[object, ...]]:
    """All duties, without their own ids."""
    d = PolicyDuty
    columns = (d.office_id, d.household_id, d.policy_id, d.line_id, d.issue_id, d.kind, d.about)
    more = (d.person_id, d.actor, d.by_on, d.began_on, d.settled_on, d.ended_on)
    with UnitOfWork(engine)() as session:
        return {tuple(row) for row in session.execute(select(*columns, *more))}


def test_disputes_of_assessments_stored_before_become_facts(database_url: str, engine: Engine):
    """0043: what a comment says is a fact of its assessment; the day on which it was shown nobody knows."""
    office = small_office(engine)
    desk = office.desk(office.caseworker)
    for comment in (Comment.DISAGREED, Comment.AGREED):
        desk.assessments.save(assessment(office, comment=comment, comment_on=TODAY))
    migrate.downgrade(database_url, "0036")
    migrate.upgrade(database_url)
    with UnitOfWork(engine)() as session:
        rows = session.execute(
            select(AssessmentAnswers.comment, AssessmentRecord.is_disputed).join(
                AssessmentRecord, AssessmentRecord.id == AssessmentAnswers.assessment_id
            )
        ).all()
        assert {(comment, disputed) for comment, disputed in rows} == {
            (Comment.DISAGREED, True),
            (Comment.AGREED, False),
        }
        assert set(session.scalars(select(AssessmentAnswers.comment_on))) == {None}
