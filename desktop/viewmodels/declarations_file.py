"""The declarations of one file as its section shows them."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date

from desktop.domain.declarations import (
    CELL_STATE,
    DECLARATION_KIND,
    MISSING_REASON,
    DutyInFile,
    FileDeclaration,
)
from desktop.domain.era import DateStyle, format_date, format_month
from desktop.viewmodels.columns import CENTER, Column
from desktop.viewmodels.declarations import MARK, TONE


def line_columns() -> tuple[Column[FileDeclaration], ...]:
    """Columns of the months, the latest first."""
    return (
        Column(
            header="対象月",
            text=lambda d: format_month(d.cell.month, DateStyle.SHORT),
            sort=lambda d: d.cell.month,
            align=CENTER,
        ),
        Column(header="申告する人", text=lambda d: d.person),
        Column(header="申告", text=lambda d: DECLARATION_KIND[d.kind]),
        Column(header="周期", text=lambda d: d.cycle_label),
        Column(
            header="状態",
            text=lambda d: f"{MARK[d.cell.state]} {CELL_STATE[d.cell.state]}",
            tone=lambda d: TONE[d.cell.state],
        ),
        Column(header="提出期限", text=lambda d: _day(d.cell.due_on), sort=lambda d: d.cell.due_on),
        Column(
            header="受領日",
            text=lambda d: _day(d.cell.receipt.received_on if d.cell.receipt else None),
        ),
        Column(header="受領番号", text=lambda d: d.cell.receipt.label if d.cell.receipt else ""),
        Column(header="出ない理由", text=_reason),
    )


def duty_columns() -> tuple[Column[DutyInFile], ...]:
    """Columns of the cycles given, the newest first."""
    return (
        Column(header="申告する人", text=lambda d: d.person),
        Column(header="周期", text=lambda d: d.cycle_label),
        Column(header="始め", text=lambda d: format_month(d.valid_from)),
        Column(header="終わり", text=lambda d: format_month(d.valid_to) or "続いています"),
        Column(header="決めた人", text=lambda d: f"{d.given_by}（{_day(d.given_on)}）"),
        Column(header="理由", text=lambda d: d.reason),
    )


def line_key(line: FileDeclaration) -> Hashable:
    """What tells the lines apart."""
    return line.person, line.kind, line.cell.month


def told_line(line: FileDeclaration) -> str:
    """What was noted of a month: letters, and the reason in words."""
    cell = line.cell
    parts = []
    if cell.reminded_on:
        parts.append(f"お願いの手紙：{'、'.join(map(_day, cell.reminded_on))}")
    if cell.missing is not None:
        noted = f"{_day(cell.missing.noted_on)} {cell.missing.noted_by}"
        words = f"　{cell.missing.words}" if cell.missing.words else ""
        parts.append(f"理由：{MISSING_REASON[cell.missing.reason]}（{noted}）{words}")
    return "\n".join(parts)


def _reason(line: FileDeclaration) -> str:
    return MISSING_REASON[line.cell.missing.reason] if line.cell.missing else ""


def _day(day: date | None) -> str:
    return format_date(day, DateStyle.SHORT)
