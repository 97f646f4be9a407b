"""What an office keeps as data (設定値) comes along when the schema goes up, and is still there when it goes down."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from sqlalchemy import Engine, inspect, select

from desktop.database import migrate
from desktop.database.shipped import shipped_rows
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.master_tables import Master
from desktop.models.masters import MasterValue
from desktop.services.masters import lookup
from desktop.services.masters.lookup_ticks import tick_subjects
from desktop.services.masters.seed import seed
from tests.support.factories import (
    CLOCK,
    TODAY,
    make_office,
    make_staff,
)

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
