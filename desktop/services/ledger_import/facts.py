"""The dated facts of the ledger: how each is read from the file, compared, and taken in as periods.

A change closes the running period the day before and opens a new one. What began on the day of the import itself
is corrected in place: it has not lasted a day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Table,
    and_,
    case,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    update,
)

from desktop.database.staging import CASES, PERSONS, ROWS, new_key
from desktop.services.ledger_import.run_context import (
    CLOSED,
    Run,
    described_persons,
    differs,
    heads,
)


def _first_known(_today: date) -> ColumnElement[Any]:
    return ROWS.c.known_from


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One kind of dated fact. `wanted`: the file says it; `ended`: the file says that there is none.

    `owner` is the column of `table` that names the household or person. `values` are what is compared and stored.
    `first_from` is the first day of what a new household or person brings.
    """

    what: str
    table: Table
    owner: str
    values: Mapping[str, ColumnElement[Any]]
    wanted: ColumnElement[bool]
    ended: ColumnElement[bool] | None = None
    only: ColumnElement[bool] | None = None
    is_dated_by_file: bool = False
    first_from: Callable[[date], ColumnElement[Any]] = _first_known

    @property
    def is_of_household(self) -> bool:
        """Whether households have it, or persons."""
        return self.owner == "household_id"

    @property
    def source(self) -> FromClause:
        """The staged rows that say it."""
        return heads() if self.is_of_household else described_persons()

    @property
    def owner_id(self) -> ColumnElement[Any]:
        """The household or person in the source."""
        return CASES.c.household_id if self.is_of_household else PERSONS.c.person_id

    @property
    def owner_is_new(self) -> ColumnElement[bool]:
        """The household or person comes with this file."""
        return CASES.c.is_new if self.is_of_household else PERSONS.c.is_new

    @property
    def is_open(self) -> ColumnElement[bool]:
        """A period of this fact that still runs."""
        runs = and_(self.table.c[self.owner] == self.owner_id, self.table.c.valid_to.is_(None))
        return runs if self.only is None else and_(runs, self.only)

    @property
    def is_held(self) -> ColumnElement[bool]:
        """A period that still runs, or in a closed case one that ran to its end."""
        held = and_(
            self.table.c[self.owner] == self.owner_id,
            or_(
                self.table.c.valid_to.is_(None),
                and_(ROWS.c.state == CLOSED, self.table.c.valid_to >= ROWS.c.changed_before),
            ),
        )
        return held if self.only is None else and_(held, self.only)

    @property
    def says_the_same(self) -> ColumnElement[bool]:
        """A period says what the file says."""
        pairs = (~differs(self.table.c[name], value) for name, value in self.values.items())
        return and_(true(), *pairs)

    @property
    def is_changed(self) -> ColumnElement[bool]:
        """The file says something else than what is stored."""
        stored = select(1).select_from(self.table).correlate(CASES, PERSONS, ROWS)
        unsaid = and_(self.wanted, ~stored.where(self.is_held, self.says_the_same).exists())
        if self.ended is None:
            return unsaid
        return unsaid | and_(self.ended, stored.where(self.is_open).exists())

    def take_in(self, run: Run) -> None:
        """Correct what began today, close what no longer holds, open what holds now."""
        self._correct(run)
        self._close(run)
        self._open(run)

    def _joined(self) -> list[ColumnElement[bool]]:
        """The source as conditions, for UPDATE … FROM."""
        if self.is_of_household:
            return [ROWS.c.line == CASES.c.line]
        return [ROWS.c.line == PERSONS.c.line]

    def _correct(self, run: Run) -> None:
        began_today = and_(
            self.table.c[self.owner] == self.owner_id,
            self.table.c.valid_from == run.today,
            true() if self.only is None else self.only,
        )
        run.session.execute(
            update(self.table)
            .where(began_today, *self._joined(), self.wanted, self.is_changed)
            .values({**self.values, "valid_to": None})
        )

    def _close(self, run: Run) -> None:
        over = self.wanted & ~self.says_the_same
        if self.ended is not None:
            over |= self.ended
        starts, before = self._change(run)
        last = case((self.table.c.valid_from < starts, before), else_=self.table.c.valid_from)
        run.session.execute(
            update(self.table)
            .where(self.is_open, *self._joined(), ~self.owner_is_new, over)
            .values(valid_to=last)
        )

    def _open(self, run: Run) -> None:
        running = select(1).select_from(self.table).where(self.is_held, self.says_the_same)
        starts = case((self.owner_is_new, self.first_from(run.today)), else_=self._start(run))
        found = select(
            new_key(), literal(run.office_id), self.owner_id, starts, *self.values.values()
        ).select_from(self.source)
        columns = ("id", "office_id", self.owner, "valid_from", *self.values)
        found = found.where(self.wanted, ~running.correlate(CASES, PERSONS, ROWS).exists())
        run.session.execute(insert(self.table).from_select(columns, found))

    def _start(self, run: Run) -> ColumnElement[Any]:
        """The day after the period that was just closed."""
        today = literal(run.today, self.table.c.valid_from.type)
        if not self.is_dated_by_file:
            return today
        last = (
            select(func.max(self.table.c.valid_to))
            .where(self.table.c[self.owner] == self.owner_id)
            .correlate(CASES, PERSONS, ROWS)
            .scalar_subquery()
        )
        return case((last == ROWS.c.changed_before, ROWS.c.changed_on), else_=today)

    def _change(self, run: Run) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
        """First day of what is new, and the day before: the file's own where it gives one, else the import's."""
        today = literal(run.today, self.table.c.valid_from.type)
        yesterday = literal(run.yesterday, self.table.c.valid_from.type)
        if not self.is_dated_by_file:
            return today, yesterday
        given = ROWS.c.changed_on > self.table.c.valid_from
        return (
            case((given, ROWS.c.changed_on), else_=today),
            case((given, ROWS.c.changed_before), else_=yesterday),
        )
