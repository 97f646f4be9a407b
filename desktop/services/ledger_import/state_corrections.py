"""Finds and stores corrected days of protection, through scratch tables: rare, but as many as the file has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Row,
    and_,
    case,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from desktop.database.bulk import bulk_insert
from desktop.database.staging import (
    CASE_DAYS,
    CASES,
    CHANGES,
    ROWS,
    STATE_DAYS,
    count_staged,
)
from desktop.domain.households import HouseholdState
from desktop.domain.ledger_columns import LedgerColumn
from desktop.models.imports import LedgerImport as ImportRow
from desktop.services.ledger_import.ledger_facts import STATES
from desktop.services.ledger_import.run_context import (
    APPLYING,
    CLOSED,
    MEMBER,
    PERSON,
    RECEIVING,
    SUSPENDED,
    Run,
    heads,
)
from desktop.services.ledger_import.state_days import Said, StatePeriod, corrected

STARTED, ENDED = "保護開始日", "保護廃止日"
_AT_ONCE = 1_000
_DAY = timedelta(days=1)
_UNFIT = "登録されている保護の経過と合わないため、この日付は反映しません。経過を確かめてください。"


def note_corrected_days(run: Run) -> None:
    """Note every corrected day as a change of its household; one that fits nowhere as a notice."""
    connection, found = run.session.connection(), _corrections(run)
    while part := list(islice(found, _AT_ONCE)):
        for correction in part:
            if correction.periods is None:
                ends = correction.end_differs
                column = LedgerColumn.CLOSED_ON if ends else LedgerColumn.STARTED_ON
                run.findings.notice(correction.line, column, _UNFIT)
        noted = ((c.household_id, c.line, what) for c in part for what in c.what)
        bulk_insert(connection, CHANGES, CHANGES.c.keys(), noted)
    run.steps.next("比べています")


def take_in_corrected_days(run: Run) -> None:
    """Move the periods, and the places of the members that began or ended with them."""
    for table in (STATE_DAYS, CASE_DAYS):
        run.session.execute(delete(table))
    _stage(run)
    _move_periods(run)
    for move in (_move_starts, _move_ends, _move_starts):
        # A place must never end before it begins: what waits for the other day is moved the second time.
        move(run)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Correction:
    household_id: UUID
    line: int
    stored: tuple[StatePeriod, ...]
    periods: tuple[StatePeriod, ...] | None
    end_differs: bool

    @property
    def moved(self) -> dict[UUID, StatePeriod]:
        """The periods that are new or have other days."""
        before = set(self.stored)
        return {p.period_id: p for p in self.periods or () if p not in before}

    @property
    def start(self) -> tuple[date, date] | None:
        """The old and the new first day of protection where it was moved."""
        for old in self.stored:
            new = self.moved.get(old.period_id)
            if new is not None and new.valid_from != old.valid_from and old.state != CLOSED:
                return old.valid_from, new.valid_from
        return None

    @property
    def end(self) -> tuple[date, date] | None:
        """The old and the new closing day where it was moved."""
        last = self.stored[-1]
        new = self.moved.get(last.period_id)
        is_other = new is not None and last.state == CLOSED
        return (last.valid_from, new.valid_from) if is_other and new else None

    @property
    def what(self) -> list[str]:
        """What the report calls it."""
        began = self.start is not None or any(p.is_new for p in self.moved.values())
        return [what for what, is_so in ((STARTED, began), (ENDED, self.end)) if is_so]


def _corrections(run: Run) -> Iterator[_Correction]:
    """Case after case whose days differ; the periods of a thousand are read at a time."""
    last_import = run.session.scalar(
        select(func.max(ImportRow.taken_over_on)).where(ImportRow.office_id == run.office_id)
    )
    line = 0
    while rows := _that_differ(run, line):
        line = rows[-1].line
        periods = _periods(run, [row.household_id for row in rows])
        for row in rows:
            stored = periods[row.household_id]
            said = Said(
                state=HouseholdState(row.state), started_on=row.started_on, closed_on=row.closed_on
            )
            found = corrected(stored, said, last_import)
            if found != stored:
                yield _Correction(
                    household_id=row.household_id,
                    line=row.line,
                    stored=stored,
                    periods=found,
                    end_differs=row.end_differs,
                )


def _that_differ(run: Run, after: int) -> Sequence[Row[Any]]:
    """The next cases whose state is the stored one and whose days are not."""
    state = ROWS.c.state
    differs = or_(and_(state != APPLYING, ~_stored(_begins)), _stored(_ends_otherwise))
    return run.session.execute(
        select(
            CASES.c.household_id,
            ROWS.c.line,
            state,
            ROWS.c.started_on,
            ROWS.c.closed_on,
            _stored(_ends_otherwise).label("end_differs"),
        )
        .select_from(heads())
        .where(~CASES.c.is_new, ROWS.c.line > after, _stored(_is_present), differs)
        .order_by(ROWS.c.line)
        .limit(_AT_ONCE)
    ).all()


def _stored(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return (
        select(1)
        .select_from(STATES)
        .where(STATES.c.household_id == CASES.c.household_id, condition)
        .correlate(CASES, ROWS)
        .exists()
    )


_is_present = and_(STATES.c.valid_to.is_(None), STATES.c.state == ROWS.c.state)
_begins = and_(STATES.c.state.in_((RECEIVING, SUSPENDED)), STATES.c.valid_from == ROWS.c.started_on)
_ends_otherwise = and_(
    _is_present, STATES.c.state == CLOSED, STATES.c.valid_from != ROWS.c.closed_on
)


def _periods(run: Run, households: Sequence[UUID]) -> dict[UUID, tuple[StatePeriod, ...]]:
    found = defaultdict[UUID, list[StatePeriod]](list)
    rows = run.session.execute(
        select(
            STATES.c.household_id,
            STATES.c.id,
            STATES.c.state,
            STATES.c.valid_from,
            STATES.c.valid_to,
        )
        .where(STATES.c.household_id.in_(households))
        .order_by(STATES.c.household_id, STATES.c.valid_from)
    )
    for household_id, period_id, state, valid_from, valid_to in rows:
        found[household_id].append(
            StatePeriod(period_id=period_id, state=state, valid_from=valid_from, valid_to=valid_to)
        )
    return {household_id: tuple(periods) for household_id, periods in found.items()}


def _stage(run: Run) -> None:
    """Write down the moved periods, and the old and new days of their cases."""
    connection = run.session.connection()
    corrections = (found for found in _corrections(run) if found.periods is not None)
    while part := list(islice(corrections, _AT_ONCE)):
        moved = (
            (p.period_id, c.household_id, p.is_new, p.state.value, p.valid_from, p.valid_to)
            for c in part
            for p in c.moved.values()
        )
        bulk_insert(connection, STATE_DAYS, STATE_DAYS.c.keys(), moved)
        days = ((c.household_id, *(c.start or _NONE), *_last_days(c)) for c in part)
        bulk_insert(connection, CASE_DAYS, CASE_DAYS.c.keys(), days)
    count_staged(connection, STATE_DAYS, CASE_DAYS)


_NONE = (None, None)


def _last_days(correction: _Correction) -> tuple[date | None, date | None]:
    """The last day of protection: the one before the closing day."""
    if correction.end is None:
        return _NONE
    old, new = correction.end
    return old - _DAY, new - _DAY


def _move_periods(run: Run) -> None:
    staged = STATE_DAYS.c
    run.session.execute(
        update(STATES)
        .where(STATES.c.id == staged.period_id)
        .values(valid_from=staged.valid_from, valid_to=staged.valid_to)
    )
    names = ("id", "office_id", "household_id", "state", "valid_from", "valid_to")
    new = select(
        staged.period_id,
        literal(run.office_id),
        staged.household_id,
        staged.state,
        staged.valid_from,
        staged.valid_to,
    ).where(staged.is_new)
    run.session.execute(insert(STATES).from_select(names, new))


def _move_starts(run: Run) -> None:
    """Places that began with protection begin on the new day; nobody's before his birth."""
    days = CASE_DAYS.c
    begins = case((PERSON.c.birth_date > days.new_start, PERSON.c.birth_date), else_=days.new_start)
    run.session.execute(
        update(MEMBER)
        .where(
            MEMBER.c.household_id == days.household_id,
            MEMBER.c.valid_from == days.old_start,
            PERSON.c.id == MEMBER.c.person_id,
            or_(MEMBER.c.valid_to.is_(None), MEMBER.c.valid_to >= begins),
        )
        .values(valid_from=begins)
    )


def _move_ends(run: Run) -> None:
    """Places that ended with the case end on the new day."""
    days = CASE_DAYS.c
    run.session.execute(
        update(MEMBER)
        .where(
            MEMBER.c.household_id == days.household_id,
            MEMBER.c.valid_to == days.old_end,
            MEMBER.c.valid_from <= days.new_end,
        )
        .values(valid_to=days.new_end)
    )
