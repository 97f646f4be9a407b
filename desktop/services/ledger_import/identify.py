"""Who in the file is already known: cases by ケース番号, persons by 宛名番号."""

from __future__ import annotations

from sqlalchemy import and_, case, func, insert, select

from desktop.database.staging import CASES, PERSONS, ROWS, count_staged, new_key
from desktop.models.office import District
from desktop.services.ledger_import.run_context import (
    CLOSED,
    HOUSEHOLD,
    PERSON,
    Run,
    table_of,
)

DISTRICT = table_of(District)


def identify(run: Run) -> None:
    """Fill the scratch tables of cases and persons; new ones get their keys."""
    _cases(run)
    run.steps.next("照合しています")
    _persons(run)
    count_staged(run.session.connection(), CASES, PERSONS)
    run.steps.next("照合しています")


def _cases(run: Run) -> None:
    by_case = (
        select(
            ROWS.c.case_number,
            func.coalesce(
                func.min(case((ROWS.c.is_head, ROWS.c.line))), func.min(ROWS.c.line)
            ).label("line"),
            func.count().label("member_count"),
        )
        .group_by(ROWS.c.case_number)
        .subquery()
    )
    head = ROWS.alias()
    known = and_(
        HOUSEHOLD.c.case_number == by_case.c.case_number, HOUSEHOLD.c.office_id == run.office_id
    )
    district = and_(DISTRICT.c.code == head.c.district_code, DISTRICT.c.office_id == run.office_id)
    source = (
        by_case.join(head, head.c.line == by_case.c.line)
        .outerjoin(HOUSEHOLD, known)
        .outerjoin(DISTRICT, district)
    )
    found = select(
        func.coalesce(HOUSEHOLD.c.id, new_key()),
        by_case.c.case_number,
        by_case.c.line,
        HOUSEHOLD.c.id.is_(None),
        DISTRICT.c.id,
        func.coalesce(head.c.is_shielded, HOUSEHOLD.c.is_shielded, False),
        by_case.c.member_count,
    ).select_from(source)
    columns = (
        "household_id",
        "case_number",
        "line",
        "is_new",
        "district_id",
        "is_shielded",
        "member_count",
    )
    run.session.execute(insert(CASES).from_select(columns, found))


def _persons(run: Run) -> None:
    by_person = (
        select(
            ROWS.c.person_number,
            func.coalesce(
                func.min(case((ROWS.c.state != CLOSED, ROWS.c.line))), func.max(ROWS.c.line)
            ).label("line"),
        )
        .group_by(ROWS.c.person_number)
        .subquery()
    )
    known = and_(
        PERSON.c.person_number == by_person.c.person_number, PERSON.c.office_id == run.office_id
    )
    found = select(
        func.coalesce(PERSON.c.id, new_key()),
        by_person.c.person_number,
        by_person.c.line,
        PERSON.c.id.is_(None),
    ).select_from(by_person.outerjoin(PERSON, known))
    columns = ("person_id", "person_number", "line", "is_new")
    run.session.execute(insert(PERSONS).from_select(columns, found))
