"""Counts what a run found, from the scratch tables."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, FromClause, func, select

from desktop.database.staging import CASES, CHANGES, ROWS
from desktop.domain.ledger import MOST_SHOWN, LedgerChange, LedgerChangeKind, LedgerReport
from desktop.services.ledger_import.compare import JOINED, LEFT, NEW
from desktop.services.ledger_import.identify import DISTRICT
from desktop.services.ledger_import.run_context import CLOSED, HOUSEHOLD, Run

_BRINGS_ROWS = (NEW, JOINED)


def report(run: Run, *, encoding: str, is_training: bool, rows: int) -> LedgerReport:
    """What the file would do; `applied` is still False."""
    new_lines = select(CHANGES.c.line).where(CHANGES.c.what.in_(_BRINGS_ROWS))
    known_households = select(CASES.c.household_id).where(~CASES.c.is_new)
    known_districts = select(DISTRICT.c.code).where(DISTRICT.c.office_id == run.office_id)
    return LedgerReport(
        applied=False,
        imported_on=run.today,
        encoding=encoding,
        is_training=is_training,
        rows=rows,
        households=_count(run, CASES),
        new_households=_count(run, CASES, CASES.c.is_new),
        changed_households=_distinct(
            run, CHANGES.c.household_id, CHANGES.c.household_id.in_(known_households)
        ),
        vanished_households=_count(run, HOUSEHOLD, *_vanished(run)),
        new_rows=_distinct(run, CHANGES.c.line, CHANGES.c.what.in_(_BRINGS_ROWS)),
        changed_rows=_distinct(
            run, CHANGES.c.line, CHANGES.c.line != 0, CHANGES.c.line.not_in(new_lines)
        ),
        left_members=_count(run, CHANGES, CHANGES.c.what == LEFT),
        new_districts=_distinct(
            run, ROWS.c.district_code, ROWS.c.district_code.not_in(known_districts)
        ),
        problem_total=run.findings.problem_total,
        notice_total=run.findings.notice_total,
        problems=tuple(sorted(run.findings.problems, key=lambda p: p.line)),
        notices=tuple(run.findings.notices),
        changes=_samples(run),
    )


def _vanished(run: Run) -> tuple[ColumnElement[bool], ...]:
    listed = select(CASES.c.household_id)
    return (
        HOUSEHOLD.c.office_id == run.office_id,
        HOUSEHOLD.c.state != CLOSED,
        HOUSEHOLD.c.id.not_in(listed),
    )


def _samples(run: Run) -> tuple[LedgerChange, ...]:
    return (*_vanished_samples(run), *_changed_samples(run), *_new_samples(run))


def _vanished_samples(run: Run) -> list[LedgerChange]:
    numbers = run.session.scalars(
        select(HOUSEHOLD.c.case_number)
        .where(*_vanished(run))
        .order_by(HOUSEHOLD.c.case_number)
        .limit(MOST_SHOWN)
    )
    return [
        LedgerChange(kind=LedgerChangeKind.VANISHED, case_number=number, line=0)
        for number in numbers
    ]


def _changed_samples(run: Run) -> list[LedgerChange]:
    some = (
        select(CASES.c.household_id, CASES.c.case_number, CASES.c.line)
        .where(~CASES.c.is_new, CASES.c.household_id.in_(select(CHANGES.c.household_id)))
        .order_by(CASES.c.line)
        .limit(MOST_SHOWN)
        .subquery()
    )
    rows = run.session.execute(
        select(some.c.case_number, some.c.line, CHANGES.c.what)
        .distinct()
        .select_from(some.join(CHANGES, CHANGES.c.household_id == some.c.household_id))
        .order_by(some.c.line, CHANGES.c.what)
    ).all()
    return [
        LedgerChange(
            kind=LedgerChangeKind.CHANGED,
            case_number=number,
            line=line,
            what=tuple(what for _, _, what in group),
        )
        for (line, number), group in groupby(rows, key=lambda row: (row.line, row.case_number))
    ]


def _new_samples(run: Run) -> list[LedgerChange]:
    rows = run.session.execute(
        select(CASES.c.case_number, CASES.c.line)
        .where(CASES.c.is_new)
        .order_by(CASES.c.line)
        .limit(MOST_SHOWN)
    )
    return [
        LedgerChange(kind=LedgerChangeKind.NEW, case_number=number, line=line)
        for number, line in rows
    ]


def _count(run: Run, table: FromClause, *where: ColumnElement[bool]) -> int:
    return run.session.scalar(select(func.count()).select_from(table).where(*where)) or 0


def _distinct(run: Run, column: ColumnElement[Any], *where: ColumnElement[bool]) -> int:
    return run.session.scalar(select(func.count(column.distinct())).where(*where)) or 0
