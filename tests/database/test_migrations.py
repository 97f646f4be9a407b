"""The schema goes up and down, and says the same as the tables' classes."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, select

from desktop.database import migrate
from desktop.database.search_here import PAIRS
from desktop.database.shipped import shipped_rows
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.assessments import Comment
from desktop.domain.ids import new_id
from desktop.domain.master_tables import Master
from desktop.domain.search import SearchNoun
from desktop.domain.support_policies import IssueDomain
from desktop.domain.todos import TodoOrigin
from desktop.models import Base
from desktop.models.assessments import AssessmentAnswers, AssessmentRecord
from desktop.models.masters import MasterValue
from desktop.models.policy_duties import PolicyDuty
from desktop.models.records import EntryRecord
from desktop.models.saved_searches import SavedSearchRow
from desktop.models.search import SearchText
from desktop.models.todos import Todo, TodoText
from desktop.services.masters import lookup
from desktop.services.masters.lookup_ticks import tick_subjects
from desktop.services.masters.seed import seed
from tests.services.support_policies.test_support_policies import in_force
from tests.support.assessments import assessment
from tests.support.desk import small_office
from tests.support.factories import (
    CLOCK,
    TODAY,
    make_entry,
    make_household,
    make_office,
    make_staff,
)
from tests.support.liaisons import a_liaison
from tests.support.policies import issue

#: Tables of office data that came later, by the revision before them.
LATER: Mapping[str, tuple[Master, ...]] = {
    "0008": (Master.PAPER_KINDS,),
    "0010": (
        Master.REVIEW_EVENTS,
        Master.OTHER_PROGRAMMES,
        Master.READINGS,
        Master.POLICY_WORDING,
        Master.DECLARATION_CYCLES,
        Master.LETTER_CONTACT,
    ),
    "0018": (
        Master.TRANSFER_ENCLOSURES,
        Master.DISCLOSURE_REASONS,
    ),
    "0024": (
        Master.VISIT_HALF_DAYS,
        Master.VISIT_OFFICE_DAYS,
        Master.TRAVEL_SETTINGS,
        Master.DISTRICT_MINUTES,
        Master.NEED_POINTS,
        Master.PLANNING_WEIGHTS,
        Master.CARRY_MEDIA,
        Master.CARRY_CHECKS,
    ),
    "0028": (Master.VISIT_PURPOSES,),
    "0036": (
        Master.MONTHLY_PAPERS,
        Master.MONTHLY_REASONS,
        Master.MONTHLY_NUMBERS,
    ),
    "0037": (
        Master.PARTNERS,
        Master.ACTIVITY_KINDS,
    ),
    "0038": (
        Master.STANDARD_MINUTES,
        Master.KPI_TARGETS,
        Master.KPI_GROUPS,
    ),
    "0043": (
        Master.ABOLITION_EXCEPTIONS,
        Master.PROCEDURE_CHOICES,
        Master.MONTHLY_REPLACEMENTS,
        Master.CARD_LANGUAGES,
    ),
    "0045": (Master.LIST_EXPORTS,),
    "0051": (
        Master.PHRASES,
        Master.TICK_SUBJECTS,
        Master.TICK_SOURCES,
        Master.TICK_ENDINGS,
        Master.TICK_STYLE,
        Master.SEARCH_SYNONYMS,
        Master.HELP_KEYS,
    ),
}


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


def test_kinds_of_papers_that_came_later_join_those_of_an_office(database_url: str, engine: Engine):
    """A kind that the office had made itself stays as it is."""
    with UnitOfWork(engine)() as session:
        office = make_office(session)
        office_id = office.id
        seed(session, office_id, CLOCK.now())
        rows = session.scalars(
            select(MasterValue).where(
                MasterValue.table_name == Master.PAPER_KINDS,
                MasterValue.key.in_(("job_search_report", "work_notice", "activity_report")),
            )
        ).all()
        for row in rows:
            if row.key == "work_notice":
                row.value = {"label": "就労の届"}
            else:
                session.delete(row)
    migrate.downgrade(database_url, "0036")
    migrate.upgrade(database_url)
    with UnitOfWork(engine)() as session:
        found = lookup.labels(session, office_id, Master.PAPER_KINDS, TODAY)
    assert found["job_search_report"] == "求職活動状況・収入申告書"
    assert found["activity_report"] == "就労活動促進費の活動報告"
    assert found["work_notice"] == "就労の届"
    assert list(found).count("work_notice") == 1


@pytest.mark.parametrize("before", LATER)
def test_offices_that_were_there_get_the_rows_of_later_tables(
    before: str, database_url: str, engine: Engine
):
    with UnitOfWork(engine)() as session:
        offices = {make_office(session).id, make_office(session).id}
        seed(session, next(iter(offices)), CLOCK.now())
    migrate.downgrade(database_url, before)
    migrate.upgrade(database_url)
    with UnitOfWork(engine)() as session:
        for table in LATER[before]:
            shipped = [(r.key, r.value, r.source, r.valid_from) for r in shipped_rows(table)]
            for office_id in offices:
                found = session.scalars(
                    select(MasterValue)
                    .where(MasterValue.office_id == office_id, MasterValue.table_name == table)
                    .order_by(MasterValue.id)
                )
                rows = [(row.key, row.value, row.source, row.valid_from) for row in found]
                assert rows == shipped, table
                found_now = lookup.in_force(session, office_id, table, TODAY)
                assert list(found_now) == [row[0] for row in shipped], table


def test_offices_that_were_there_learn_how_long_a_search_is_saved(
    database_url: str, engine: Engine
):
    with UnitOfWork(engine)() as session:
        office_id = make_office(session).id
    migrate.downgrade(database_url, "0058")
    assert "saved_search" not in inspect(engine).get_table_names()
    migrate.upgrade(database_url)
    with UnitOfWork(engine)() as session:
        rows = session.execute(
            select(MasterValue.key, MasterValue.value).where(MasterValue.office_id == office_id)
        )
        found = {row.key: row.value for row in rows}
    assert found["saved_search_months"]["number"] == 3
    assert found["saved_search_empty_days"]["number"] == 14


def test_visits_have_one_list_of_what_to_confirm(database_url: str, engine: Engine):
    """The separate list goes, what an office added to it stays; subjects left as they came learn the words that speak of them."""
    with UnitOfWork(engine)() as session:
        office_id = make_office(session).id
        seed(session, office_id, CLOCK.now())
    migrate.downgrade(database_url, "0059")
    with UnitOfWork(engine)() as session:
        subjects = session.scalars(
            select(MasterValue).where(MasterValue.table_name == Master.TICK_SUBJECTS)
        )
        for row in subjects:
            own = {"label": "食事と間食"} if row.key == "meals" else {}
            row.value = {n: part for n, part in row.value.items() if n != "words"} | own
        old = {"label": "どの世帯にも", "questions": "食事、転倒、雪かき・灯油"}
        session.add(
            MasterValue(
                office_id=office_id,
                table_name="visit_questions",
                key="common",
                value=old,
                valid_from=TODAY,
                source="見本",
                entered_at=CLOCK.now(),
                approved_at=CLOCK.now(),
            )
        )
    migrate.upgrade(database_url)
    with UnitOfWork(engine)() as session:
        assert "visit_questions" not in set(session.scalars(select(MasterValue.table_name)))
        found = lookup.in_force(session, office_id, Master.TICK_SUBJECTS, TODAY)
        added = [s for s in tick_subjects(session, office_id, TODAY) if s.code.startswith("own_")]
    assert [(s.label, s.words, s.groups) for s in added] == [
        ("雪かき・灯油", ("雪かき", "灯油"), frozenset())
    ]
    assert found["falls"]["words"] == "転倒、転ん"
    assert found["meals"]["label"] == "食事と間食"
    assert "words" not in found["meals"]


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


def test_limits_of_v05_become_the_legal_floors(database_url: str, engine: Engine):
    """0031: what an office had raised waits as a proposal for its floor; the limits end and stay readable."""
    migrate.downgrade(database_url, "0029")
    with UnitOfWork(engine)() as session:
        office_id, staff = make_office(session).id, make_staff(session)
        given = {"office_id": office_id, "table_name": "thresholds", "entered_at": CLOCK.now()}
        for key, number in (("v05_visits", 3), ("v05_months", 12), ("v06_months", 12)):
            session.add(
                MasterValue(
                    **given,
                    key=key,
                    value={"label": key, "number": number, "unit": ""},
                    valid_from=TODAY,
                    entered_by=staff.id if number == 3 else None,
                    approved_at=CLOCK.now(),
                )
            )
        (floor,) = (row for row in shipped_rows(Master.VISIT_FLOORS) if row.key == "home")
        session.add(
            MasterValue(
                **(given | {"table_name": "visit_floors"}),
                key="home",
                value=dict(floor.value),
                valid_from=floor.valid_from,
                is_seed=True,
                approved_at=CLOCK.now(),
            )
        )
    migrate.upgrade(database_url)
    with UnitOfWork(engine)() as session:
        rows = session.scalars(select(MasterValue).where(MasterValue.office_id == office_id)).all()
        ended = {row.key for row in rows if row.is_retired}
        (proposed,) = (row for row in rows if row.key == "home" and not row.is_seed)
        assert ended == {"v05_visits", "v05_months", "v06_months"}
        assert (proposed.value["visits_per_year"], proposed.approved_at) == (3, None)
        limits = [row for row in rows if row.table_name == "thresholds" and row.key in ended]
        assert len(limits) == 6
    migrate.downgrade(database_url, "0029")
    with UnitOfWork(engine)() as session:
        rows = session.scalars(select(MasterValue).where(MasterValue.office_id == office_id)).all()
        assert not any(row.is_retired for row in rows)


def test_purposes_of_the_sheet_become_names_of_the_one_table(database_url: str, engine: Engine):
    """0031: the office's own words and codes come along, and trips name the one table."""
    migrate.downgrade(database_url, "0029")
    with UnitOfWork(engine)() as session:
        office_id = make_office(session).id
        for table, key, label in (
            ("carry_purposes", "01", "くらし"),
            ("carry_purposes", "77", "窓口の案内"),
            ("visit_purposes", "living", "生活状況の把握"),
        ):
            session.add(
                MasterValue(
                    office_id=office_id,
                    table_name=table,
                    key=key,
                    value={"label": label},
                    valid_from=TODAY,
                    entered_at=CLOCK.now(),
                    approved_at=CLOCK.now(),
                )
            )
    migrate.upgrade(database_url)
    with UnitOfWork(engine)() as session:
        found = lookup.in_force(session, office_id, Master.VISIT_PURPOSES, TODAY)
        assert found == {
            "living": {"label": "生活状況の把握", "sheet_label": "くらし"},
            "77": {"label": "窓口の案内", "sheet_label": "窓口の案内"},
        }
    migrate.downgrade(database_url, "0029")
    with UnitOfWork(engine)() as session:
        rows = session.scalars(select(MasterValue).where(MasterValue.office_id == office_id)).all()
        said = {(row.table_name, row.key): row.value for row in rows}
        assert said["carry_purposes", "01"] == {"label": "くらし"}
        assert said["visit_purposes", "living"] == {"label": "生活状況の把握"}


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
