"""The words by which new and changed households are found."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Table, and_, delete, exists, insert, literal, or_, select

from desktop.database.staging import CASES, CHANGES, ROWS, WORDS
from desktop.models.households import HouseholdKey, PersonKey
from desktop.services.ledger_import.run_context import Run, table_of
from desktop.services.ledger_import.scratch import HEAD_WORD, NUMBER_WORD, PERSON_WORD

_DIRECTORY = table_of(HouseholdKey)
_ON_DUTY = table_of(PersonKey)
_COLUMNS = ("office_id", "word", "household_id")


def take_in_words(run: Run) -> None:
    """Bring both word lists of the households concerned up to date."""
    of_head = and_(
        WORDS.c.line == CASES.c.line,
        or_(
            WORDS.c.scope == NUMBER_WORD,
            and_(WORDS.c.scope == HEAD_WORD, ~CASES.c.is_shielded),
        ),
    )
    _bring_up_to_date(run, _DIRECTORY, of_head)
    _bring_up_to_date(run, _ON_DUTY, WORDS.c.scope == PERSON_WORD)


def _bring_up_to_date(run: Run, table: Table, which: ColumnElement[bool]) -> None:
    source = WORDS.join(ROWS, ROWS.c.line == WORDS.c.line).join(
        CASES, CASES.c.case_number == ROWS.c.case_number
    )
    changed = exists().where(CHANGES.c.household_id == CASES.c.household_id)
    known = select(CASES.c.household_id).where(~CASES.c.is_new, changed)
    wanted = (
        select(1)
        .select_from(source)
        .where(which, CASES.c.household_id == table.c.household_id, WORDS.c.word == table.c.word)
        .correlate(table)
    )
    run.session.execute(delete(table).where(table.c.household_id.in_(known), ~wanted.exists()))
    stored = (
        select(1)
        .select_from(table)
        .where(
            table.c.office_id == run.office_id,
            table.c.household_id == CASES.c.household_id,
            table.c.word == WORDS.c.word,
        )
        .correlate(CASES, WORDS)
    )
    found = (
        select(literal(run.office_id), WORDS.c.word, CASES.c.household_id)
        .select_from(source)
        .where(which, changed, or_(CASES.c.is_new, ~stored.exists()))
        .distinct()
        .order_by(WORDS.c.word, CASES.c.household_id)
    )
    run.session.execute(insert(table).from_select(_COLUMNS, found))
