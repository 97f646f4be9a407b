"""Streams the rows of a file into the scratch tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from sqlalchemy import Connection

from desktop.database.bulk import bulk_insert
from desktop.database.staging import ROWS, count_staged
from desktop.domain.errors import UserError
from desktop.domain.ledger_columns import LedgerColumn
from desktop.services.ledger_import.cells import CellReader
from desktop.services.ledger_import.csv_table import CsvTable
from desktop.services.ledger_import.findings import Findings
from desktop.services.ledger_import.member_row import Values, read_member
from desktop.services.ledger_import.number_watch import NumberWatch
from desktop.services.ledger_import.steps import Steps

_ROWS_AT_ONCE = 2_000
_ROW_COLUMNS = tuple(column.name for column in ROWS.columns)


def fill_scratch(
    connection: Connection,
    table: CsvTable,
    cells: CellReader[LedgerColumn],
    watch: NumberWatch,
    today: date,
    steps: Steps,
) -> int:
    """Read all rows into the scratch tables and return how many there are.

    Raises UserError at the end for a column with individual numbers; nothing of it stays.
    """
    rows = _members(table, cells, watch, today)
    count = 0
    while part := list(islice(rows, _ROWS_AT_ONCE)):
        bulk_insert(
            connection, ROWS, _ROW_COLUMNS, ([row[c] for c in _ROW_COLUMNS] for row in part)
        )
        count += len(part)
        steps.at_line(table.line)
    watch.refuse()
    if count == 0 and not cells.findings.problem_total:
        raise UserError("台帳に1行もありません。書き出しの条件を確かめてください。")
    count_staged(connection, ROWS)
    return count


def filled_rows(
    table: CsvTable, columns: int, watch: NumberWatch, findings: Findings
) -> Iterator[tuple[int, list[str]]]:
    """Rows with as many cells as the header has names; the others become problems."""
    for line, row in table.rows():
        watch.see(row[:columns])
        if len(row) != columns:
            findings.problem(
                line, "", f"列の数が見出しと違います（見出し{columns}列、この行{len(row)}列）。"
            )
        else:
            yield line, row


def _members(
    table: CsvTable, cells: CellReader[LedgerColumn], watch: NumberWatch, today: date
) -> Iterator[Values]:
    for line, row in filled_rows(table, cells.width, watch, cells.findings):
        cells.at(line, row)
        yield read_member(cells, today)
