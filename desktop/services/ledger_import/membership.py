"""Places of persons in households: who joins, leaves, or is otherwise related to the head."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Date, and_, case, exists, insert, literal, or_, select, update

from desktop.database.staging import CASES, PERSONS, ROWS, new_key
from desktop.services.ledger_import.compare import (
    is_otherwise_related,
    is_running,
    joins,
    leaves,
    open_membership,
    stored_members,
)
from desktop.services.ledger_import.run_context import CLOSED, HOUSEHOLD, MEMBER, Run, all_members

_COLUMNS = (
    "id",
    "office_id",
    "household_id",
    "person_id",
    "relation",
    "is_head",
    "valid_from",
    "valid_to",
)


def take_in_members(run: Run) -> None:
    """Close what ends, open what begins. Households still have their old state here."""
    _leave(run)
    _close_cases(run)
    _relate(run)
    _join(run)


def _leave(run: Run) -> None:
    source, mine = stored_members(run)
    gone = select(MEMBER.c.id).select_from(source).where(mine, leaves())
    run.session.execute(update(MEMBER).where(MEMBER.c.id.in_(gone)).values(valid_to=_until(run)))


def _close_cases(run: Run) -> None:
    """The places end with the case, the day before it is closed."""
    last = case(
        (MEMBER.c.valid_from <= ROWS.c.changed_before, ROWS.c.changed_before),
        else_=MEMBER.c.valid_from,
    )
    run.session.execute(
        update(MEMBER)
        .where(
            MEMBER.c.household_id == CASES.c.household_id,
            MEMBER.c.valid_to.is_(None),
            ROWS.c.line == CASES.c.line,
            ROWS.c.state == CLOSED,
            HOUSEHOLD.c.id == CASES.c.household_id,
            HOUSEHOLD.c.state != CLOSED,
        )
        .values(valid_to=last)
    )


def _relate(run: Run) -> None:
    """Another relation to the head: from today on; corrected in place where the place began today."""
    mine = and_(
        MEMBER.c.household_id == CASES.c.household_id,
        MEMBER.c.person_id == PERSONS.c.person_id,
        ROWS.c.case_number == CASES.c.case_number,
        ROWS.c.person_number == PERSONS.c.person_number,
        MEMBER.c.valid_to.is_(None),
        ~CASES.c.is_new,
        is_otherwise_related(),
    )
    run.session.execute(
        update(MEMBER)
        .where(mine, MEMBER.c.valid_from >= run.today)
        .values(relation=ROWS.c.relation, is_head=ROWS.c.is_head)
    )
    run.session.execute(update(MEMBER).where(mine).values(valid_to=run.yesterday))


def _join(run: Run) -> None:
    """Add places. Who comes back on the day he left goes on in the place he had."""
    run.session.execute(
        update(MEMBER)
        .where(
            MEMBER.c.household_id == CASES.c.household_id,
            MEMBER.c.person_id == PERSONS.c.person_id,
            ROWS.c.case_number == CASES.c.case_number,
            ROWS.c.person_number == PERSONS.c.person_number,
            MEMBER.c.valid_from == run.today,
            is_running(),
            ~open_membership().exists(),
        )
        .values(relation=ROWS.c.relation, is_head=ROWS.c.is_head, valid_to=None)
    )
    begins = case((CASES.c.is_new, _since_birth()), else_=_since(run))
    found = (
        select(
            new_key(),
            literal(run.office_id),
            CASES.c.household_id,
            PERSONS.c.person_id,
            ROWS.c.relation,
            ROWS.c.is_head,
            begins,
            _end_in_closed_case(begins),
        )
        .select_from(all_members())
        .where(joins())
    )
    run.session.execute(insert(MEMBER).from_select(_COLUMNS, found))


def _since_birth() -> ColumnElement[object]:
    """In a new case: since protection started, or since birth."""
    return case((ROWS.c.birth_date > ROWS.c.started_on, ROWS.c.birth_date), else_=ROWS.c.started_on)


def _since(run: Run) -> ColumnElement[object]:
    """In a known case: from today; in one that runs again, from the day it started again."""
    reopened = exists().where(HOUSEHOLD.c.id == CASES.c.household_id, HOUSEHOLD.c.state == CLOSED)
    overlaps = (
        select(1)
        .select_from(MEMBER)
        .where(
            MEMBER.c.household_id == CASES.c.household_id,
            MEMBER.c.person_id == PERSONS.c.person_id,
            or_(MEMBER.c.valid_to.is_(None), MEMBER.c.valid_to >= ROWS.c.started_on),
        )
        .correlate(CASES, PERSONS, ROWS)
        .exists()
    )
    return case((and_(reopened, ~overlaps), ROWS.c.started_on), else_=literal(run.today, Date()))


def _end_in_closed_case(begins: ColumnElement[object]) -> ColumnElement[object]:
    ends = case((begins < ROWS.c.changed_before, ROWS.c.changed_before), else_=begins)
    return case((is_running(), None), else_=ends)


def _until(run: Run) -> ColumnElement[object]:
    return case(
        (MEMBER.c.valid_from < run.today, literal(run.yesterday, Date())),
        else_=MEMBER.c.valid_from,
    )
