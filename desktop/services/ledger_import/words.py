"""The words by which new and changed households are found, made again from the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Table, exists, select

from desktop.database.staging import CASES, CHANGES, ROWS, forget_words, store_words
from desktop.domain.search_words import beyond, directory_words, person_words
from desktop.models.households import HouseholdKey, PersonKey
from desktop.services.ledger_import.run_context import Run, table_of

_DIRECTORY = table_of(HouseholdKey)
_ON_DUTY = table_of(PersonKey)
_CASES_AT_ONCE = 2_000
Found = tuple[UUID, frozenset[str], frozenset[str]]


def parts_of(households: int) -> int:
    """In how many parts the words of so many households are stored."""
    return -(-households // _CASES_AT_ONCE)


def take_in_words(run: Run) -> None:
    """Bring both word lists of the households concerned up to date."""
    known = select(CASES.c.household_id).where(~CASES.c.is_new, _is_concerned())
    forget_words(run.session.connection(), run.session.scalars(known).all())
    households = _households(run)
    while part := list(islice(households, _CASES_AT_ONCE)):
        _store(run, _DIRECTORY, ((household, words) for household, words, _ in part))
        _store(run, _ON_DUTY, ((household, words) for household, _, words in part))
        run.steps.next("検索語を作っています")


def _store(run: Run, table: Table, found: Iterable[tuple[UUID, frozenset[str]]]) -> None:
    # In the order of the key, so that neighbouring pages of the index are written together.
    office = run.office_id.hex
    rows = sorted((office, word, household.hex) for household, words in found for word in words)
    store_words(run.session.connection(), table, rows)


def _households(run: Run) -> Iterator[Found]:
    found = (
        select(
            CASES.c.household_id,
            CASES.c.case_number,
            CASES.c.is_shielded,
            (CASES.c.line == ROWS.c.line).label("is_head"),
            ROWS.c.name,
            ROWS.c.kana,
            ROWS.c.birth_date,
            ROWS.c.address,
        )
        .select_from(CASES.join(ROWS, ROWS.c.case_number == CASES.c.case_number))
        .where(_is_concerned())
        .order_by(CASES.c.household_id)
    )
    rows = run.session.execute(found.execution_options(yield_per=_CASES_AT_ONCE))
    for household_id, members in groupby(rows, key=lambda row: row.household_id):
        yield _words(household_id, list(members))


def _words(household_id: UUID, members: list[Row[Any]]) -> Found:
    """The head's names stay out of the directory while the household is shielded."""
    directory: frozenset[str] = frozenset()
    on_duty: frozenset[str] = frozenset()
    for member in members:
        if member.is_head:
            hidden = member.is_shielded
            names = ("", "") if hidden else (member.name, member.kana)
            directory = directory_words(member.case_number, *names)
        on_duty |= person_words(member.name, member.kana, member.birth_date, member.address)
    return household_id, directory, beyond(on_duty, directory)


def _is_concerned() -> Any:  # noqa: ANN401 - a condition of SQLAlchemy's overloads
    return exists().where(CHANGES.c.household_id == CASES.c.household_id)
