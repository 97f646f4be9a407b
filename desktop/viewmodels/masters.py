"""Rows of dated office data as the editor shows them: one line a key, its history, and values in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from desktop.domain.clock import japan_day
from desktop.domain.era import DateStyle, format_date
from desktop.domain.masters import FieldKind, MasterField, MasterRow, MasterTable
from desktop.viewmodels.columns import CENTER, Column

UNCONFIRMED = "▲ 未確認"
WAITING = "● 承認待ち"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyLine:
    """One key of a table: what is in force today (None: nothing yet, or ended), what waits, and all its rows."""

    key: str
    current: MasterRow | None
    waiting: MasterRow | None
    rows: tuple[MasterRow, ...]

    @property
    def shown(self) -> MasterRow:
        """The row that the line is about: what is in force, else what waits, else the newest."""
        return self.current or self.waiting or self.rows[0]


def key_lines(rows: Sequence[MasterRow], today: date) -> tuple[KeyLine, ...]:
    """The keys of a table in their order. `rows` are by key, newest first."""
    return tuple(
        _line(key, tuple(group), today) for key, group in groupby(rows, lambda row: row.key)
    )


def in_force(rows: Sequence[MasterRow], today: date) -> MasterRow | None:
    """The approved row that counts today; an ended key has none."""
    approved = [r for r in rows if r.approved_at is not None and r.valid_from <= today]
    newest = max(approved, key=lambda r: (r.valid_from, r.approved_at), default=None)
    return None if newest is None or newest.is_retired else newest


def is_waiting(row: MasterRow) -> bool:
    """Whether the row waits for the second person."""
    return row.approved_at is None and row.rejected_at is None


def row_state(row: MasterRow, today: date) -> str:
    """Where a row stands, in words."""
    if row.rejected_at is not None:
        return "却下・取下げ"
    if row.approved_at is None:
        return WAITING
    return "予定" if row.valid_from > today else "承認済"


def _line(key: str, rows: tuple[MasterRow, ...], today: date) -> KeyLine:
    waiting = next((row for row in rows if is_waiting(row)), None)
    return KeyLine(key=key, current=in_force(rows, today), waiting=waiting, rows=rows)


def key_columns(table: MasterTable) -> tuple[Column[KeyLine], ...]:
    """The columns of a table's keys."""
    return (
        Column(
            header="いまの値",
            text=lambda line: _summary_of(table, line),
            tooltip=lambda line: _summary_of(table, line),
            tone=lambda line: None if line.current else "muted",
        ),
        Column(
            header="印",
            text=_marks,
            tooltip=_marks,
            tone=lambda line: "warning" if _marks(line) else None,
        ),
        Column(header="項目", text=lambda line: line.key, tooltip=lambda line: line.key),
        Column(
            header="から", text=lambda line: format_date(line.shown.valid_from, DateStyle.SHORT)
        ),
        Column(
            header="根拠",
            text=lambda line: line.shown.source,
            tooltip=lambda line: line.shown.source,
        ),
    )


def history_columns(table: MasterTable, today: date) -> tuple[Column[MasterRow], ...]:
    """The columns of one key's history."""
    return (
        Column(header="から", text=lambda r: format_date(r.valid_from, DateStyle.SHORT)),
        Column(
            header="状態",
            text=lambda r: row_state(r, today),
            align=CENTER,
            tone=_state_tone,
        ),
        Column(
            header="値",
            text=lambda r: value_summary(table, r),
            tooltip=lambda r: value_summary(table, r),
        ),
    )


def value_summary(table: MasterTable, row: MasterRow) -> str:
    """A row's value in one line."""
    if row.is_retired:
        return "（この日で終了）"
    texts = [field_text(field, row.value.get(field.name)) for field in table.fields]
    return "　".join(text for text in texts if text)


def field_text(field: MasterField, value: object) -> str:
    """One field of a value in words; "" for an empty one."""
    labels = dict(field.choices)
    match field.kind:
        case FieldKind.YES_NO:
            return field.label if value is True else ""
        case FieldKind.CODES:
            codes = value if isinstance(value, list | tuple) else []
            return "・".join(labels.get(str(code), str(code)) for code in codes)
        case FieldKind.CHOICE:
            return labels.get(str(value), str(value or ""))
        case FieldKind.NUMBER:
            return "" if value in (None, "") else f"{value}{field.unit}"
        case _:
            return str(value or "").replace("\n", " ")


def changed_fields(
    table: MasterTable, before: MasterRow | None, after: MasterRow
) -> tuple[tuple[str, str, str], ...]:
    """What a proposal changes: label, value before, value after."""
    old: Mapping[str, object] = before.value if before else {}
    return tuple(
        (field.label, field_text(field, old.get(field.name)), new)
        for field in table.fields
        if (new := field_text(field, after.value.get(field.name)))
        != field_text(field, old.get(field.name))
    )


def who_and_when(row: MasterRow) -> str:
    """Who entered a row and when."""
    return f"{row.entered_by} {format_date(japan_day(row.entered_at), DateStyle.SHORT)}"


def signatures(row: MasterRow) -> str:
    """Who entered and who approved a row, as one line."""
    approved = row.approved_by or ("初期値" if row.approved_at else "―")
    return f"入力：{who_and_when(row)}　承認：{approved}"


def waiting_columns(tables: Mapping[str, MasterTable]) -> tuple[Column[MasterRow], ...]:
    """The columns of everything that waits for the second person."""
    return (
        Column(
            header="設定", text=lambda r: tables[r.table].label if r.table in tables else r.table
        ),
        Column(header="項目", text=lambda r: r.key),
        Column(header="から", text=lambda r: format_date(r.valid_from, DateStyle.SHORT)),
        Column(
            header="値",
            text=lambda r: value_summary(tables[r.table], r) if r.table in tables else "",
        ),
        Column(header="入力", text=who_and_when),
    )


def _summary_of(table: MasterTable, line: KeyLine) -> str:
    if line.current is not None:
        return value_summary(table, line.current)
    ended = any(row.is_retired and row.approved_at is not None for row in line.rows)
    return "（終了）" if ended else "（まだ有効な値はありません）"


def _marks(line: KeyLine) -> str:
    marks = [WAITING] if line.waiting else []
    if line.current is not None and not line.current.confirmed:
        marks.append(UNCONFIRMED)
    return " ".join(marks)


def _state_tone(row: MasterRow) -> str | None:
    if row.rejected_at is not None:
        return "muted"
    return "warning" if row.approved_at is None else None
