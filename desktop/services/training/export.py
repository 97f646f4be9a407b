"""Writes the ledger of a training office as benefit systems export it: CP932, era dates, one row a member."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from desktop.database.engine import make_engine, refuse_missing_file
from desktop.database.failures import told_plainly
from desktop.domain.csv_cells import safe_cell
from desktop.domain.era import format_date
from desktop.domain.errors import UserError
from desktop.domain.ledger import training_line
from desktop.domain.ledger_columns import LedgerColumn
from desktop.domain.office import DatabaseKind
from desktop.models.households import Household
from desktop.models.office import DatabaseInfo, Office
from desktop.services.training.export_facts import LedgerLine, LedgerLines

_BATCH = 500
ReportProgress = Callable[[int, int, str], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportReport:
    """What was written: rows are members."""

    households: int
    rows: int


def export_ledger(url: str, out: Path, progress: ReportProgress | None = None) -> ExportReport:
    """Write the ledger to `out`. Raises UserError for anything but a training office."""
    refuse_missing_file(url)
    engine = make_engine(url)
    try:
        with told_plainly():
            return _export(engine, out, progress or (lambda _done, _total, _what: None))
    finally:
        engine.dispose()


def as_cp932(text: str) -> str:
    """The text with what CP932 cannot hold as character references: 𠮷 is &#x20BB7;, a variant keeps its selector."""
    try:
        text.encode("cp932")
    except UnicodeEncodeError:
        return "".join(_referenced(text))
    return text


def _referenced(text: str) -> Iterator[str]:
    for place, sign in enumerate(text):
        has_selector = place + 1 < len(text) and _is_selector(text[place + 1])
        fits = not has_selector and not _is_selector(sign) and _fits(sign)
        yield sign if fits else f"&#x{ord(sign):X};"


def _is_selector(sign: str) -> bool:
    return "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef"


@cache
def _fits(sign: str) -> bool:
    try:
        return sign.encode("cp932").decode("cp932") == sign
    except UnicodeEncodeError:
        return False


def _export(engine: Engine, out: Path, progress: ReportProgress) -> ExportReport:
    draft = out.with_name(f"{out.name}.part")
    rows = households = 0
    with Session(engine) as session:
        office = _training_office(session)
        total = session.scalar(select(func.count()).select_from(Household)) or 0
        with draft.open("w", encoding="cp932", newline="") as file:
            file.write(f"{training_line(office.code)}\r\n")
            writer = csv.writer(file)
            writer.writerow([column.value for column in LedgerColumn])
            for lines in _batches(session):
                writer.writerows(_cells(line) for line in lines)
                rows += len(lines)
                households += len({line[LedgerColumn.CASE_NUMBER] for line in lines})
                progress(households, total, "台帳を書き出しています")
    draft.replace(out)
    return ExportReport(households=households, rows=rows)


def _training_office(session: Session) -> Office:
    if session.scalar(select(DatabaseInfo.kind)) is not DatabaseKind.TRAINING:
        raise UserError("台帳を書き出せるのは研修用の福祉事務所だけです。")
    return session.scalars(select(Office).order_by(Office.code).limit(1)).one()


def _batches(session: Session) -> Iterator[list[LedgerLine]]:
    lines, last = LedgerLines(session), ""
    while True:
        found = session.scalars(
            select(Household)
            .where(Household.case_number > last)
            .order_by(Household.case_number)
            .limit(_BATCH)
        ).all()
        if not found:
            return
        last = found[-1].case_number
        yield lines.of(found)
        session.expunge_all()


def _cells(line: LedgerLine) -> list[str]:
    cells = (line.get(column) for column in LedgerColumn)
    return [as_cp932(safe_cell(v if isinstance(v, str) else format_date(v))) for v in cells]
