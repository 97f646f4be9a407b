"""The board of declarations: a row a person and kind, a column a month, each cell a mark, a word and a tone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.domain.declarations import (
    CELL_STATE,
    DECLARATION_KIND,
    MISSING_REASON,
    Board,
    BoardRow,
    Cell,
    CellState,
    DeclarationKind,
    Due,
    month_of,
)
from desktop.domain.era import DateStyle, format_date, format_month
from desktop.domain.labels import SHIELDED_NAME
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.override import override
from desktop.viewmodels.columns import ALIGNMENT, DISPLAY, LEFT, TONE_ROLE, BrushOf

Index = QModelIndex | QPersistentModelIndex
#: Whose row: household, person and kind.
Key = tuple[UUID, UUID, DeclarationKind]
_NOWHERE = QModelIndex()

#: What stands at the left of each row.
HEADERS = ("ケース番号", "申告する人", "申告と周期")
MARK = {
    CellState.RECEIVED: "●",
    CellState.NOT_YET: "・",
    CellState.MISSING: "▲",
    CellState.REMINDED: "◆",
    CellState.REMINDED_AGAIN: "◆",
    CellState.EXPLAINED: "△",
}
TONE = {
    CellState.RECEIVED: "good",
    CellState.NOT_YET: "muted",
    CellState.MISSING: "warning",
    CellState.REMINDED: "warning",
    CellState.REMINDED_AGAIN: "error",
    CellState.EXPLAINED: None,
}
#: States in which a letter may ask.
_ASKABLE = frozenset(CellState) - {CellState.RECEIVED, CellState.NOT_YET}
TICK = "✓"
NO_CYCLE = "周期未定"
_EMPTY_BOARD = Board(months=(), rows=(), cycles=())


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardActs:
    """What may be done at a cell."""

    may_receive: bool = False
    may_strike: bool = False
    may_explain: bool = False
    may_tick: bool = False
    may_give: bool = False


class BoardModel(QAbstractTableModel):
    """The rows in memory; ticks for letters are kept by row and month and fall away when the declaration comes."""

    def __init__(self, brush_of: BrushOf | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._brush_of = brush_of
        self._board = _EMPTY_BOARD
        self._ticked: set[tuple[Key, date]] = set()

    @property
    def board(self) -> Board:
        """What is shown."""
        return self._board

    def show_board(self, board: Board) -> None:
        """Show other rows; ticks stay where a letter may still ask."""
        same = [key_of(r) for r in board.rows] == [key_of(r) for r in self._board.rows]
        if same and board.months == self._board.months:
            self._board = board
            self._keep_ticks()
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._board = board
        self._keep_ticks()
        self.endResetModel()

    def forget_ticks(self) -> None:
        """Take every tick away."""
        self._ticked.clear()
        self._all_changed()

    def row_at(self, index: Index) -> BoardRow | None:
        """The row of an index."""
        return self._board.rows[index.row()] if index.isValid() else None

    def head_of(self, row: int) -> tuple[str, ...]:
        """What stands at the left of a row, part by part; nothing for a row that is not there."""
        rows = self._board.rows
        return _left(rows[row]) if 0 <= row < len(rows) else ()

    def cell_at(self, index: Index) -> Cell | None:
        """The cell of an index; None outside the months and where nothing is due."""
        row = self.row_at(index)
        return row.cells[index.column()] if row is not None else None

    def due_at(self, index: Index) -> Due | None:
        """Which declaration a cell is about."""
        row, cell = self.row_at(index), self.cell_at(index)
        return due_of(row, cell) if row is not None and cell is not None else None

    def index_of(self, due: Due) -> QModelIndex:
        """Where a declaration stands; an invalid index where it is not shown."""
        key = (due.household_id, due.person_id, due.kind)
        for number, row in enumerate(self._board.rows):
            if key_of(row) == key and due.month in self._board.months:
                return self.index(number, self._board.months.index(due.month))
        return QModelIndex()

    def toggle(self, index: Index) -> None:
        """Tick a declaration for a letter, or take the tick away; nothing where no letter may ask."""
        row, cell = self.row_at(index), self.cell_at(index)
        if row is not None and cell is not None and cell.state in _ASKABLE:
            self._ticked ^= {(key_of(row), cell.month)}
            self._all_changed()

    def tick_month(self, month: date) -> None:
        """Tick everything of a month that is missing, or take these ticks away where all are ticked."""
        found = {
            (key_of(row), cell.month)
            for row in self._board.rows
            for cell in row.cells
            if cell is not None and cell.month == month and cell.state in _ASKABLE
        }
        self._ticked = self._ticked - found if found <= self._ticked else self._ticked | found
        self._all_changed()

    def letters(self) -> tuple[tuple[Due, ...], ...]:
        """What is ticked, a letter a person, in the order of the rows."""
        found: dict[tuple[UUID, UUID], list[Due]] = {}
        for row, cell in self._cells():
            if (key_of(row), cell.month) in self._ticked:
                found.setdefault((row.household_id, row.person_id), []).append(due_of(row, cell))
        return tuple(
            tuple(sorted(dues, key=lambda due: (due.month, due.kind))) for dues in found.values()
        )

    def asked_this_month(self, today: date) -> int:
        """How many of the ticked ones a letter of this very month has asked for already."""
        return sum(
            (key_of(row), cell.month) in self._ticked
            and any(month_of(day) == month_of(today) for day in cell.reminded_on)
            for row, cell in self._cells()
        )

    def _cells(self) -> Iterator[tuple[BoardRow, Cell]]:
        for row in self._board.rows:
            yield from ((row, cell) for cell in row.cells if cell is not None)

    def _keep_ticks(self) -> None:
        askable = {(key_of(r), c.month) for r, c in self._cells() if c.state in _ASKABLE}
        self._ticked &= askable

    def _all_changed(self) -> None:
        if self._board.rows:
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _text(self, index: Index) -> str:
        row = self._board.rows[index.row()]
        cell = row.cells[index.column()]
        if cell is None:
            return ""
        ticked = (key_of(row), cell.month) in self._ticked
        return f"{TICK if ticked else MARK[cell.state]}{CELL_STATE[cell.state]}"

    def _tone(self, index: Index) -> str | None:
        cell = self.cell_at(index)
        return TONE[cell.state] if cell is not None else None

    def _said(self, index: Index) -> str:
        """What a screen reader says: whose, which month, and the word."""
        row, cell = self._board.rows[index.row()], self.cell_at(index)
        month = format_month(self._board.months[index.column()])
        word = CELL_STATE[cell.state] if cell is not None else "なし"
        ticked = cell is not None and (key_of(row), cell.month) in self._ticked
        said = f"{row.person} {DECLARATION_KIND[row.kind]} {month} {word}"
        return f"{said} 手紙の印あり" if ticked else said

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._board.rows)

    @override
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._board.months)

    @override
    def data(self, index: Index, role: int = DISPLAY) -> object:
        if not index.isValid():
            return None
        if role == DISPLAY:
            return self._text(index)
        if role == ALIGNMENT:
            return LEFT
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._said(index)
        return self._coloured(index, role)

    def _coloured(self, index: Index, role: int) -> object:
        tone = self._tone(index)
        if role == TONE_ROLE:
            return tone
        if role == Qt.ItemDataRole.ForegroundRole and tone and self._brush_of is not None:
            return self._brush_of(tone)
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> object:
        if role == ALIGNMENT:
            return LEFT
        if role != DISPLAY:
            return None
        if orientation == Qt.Orientation.Vertical:
            return " ".join(self.head_of(section))
        months = self._board.months
        return format_month(months[section], DateStyle.SHORT) if section < len(months) else None


def key_of(row: BoardRow) -> Key:
    """Whose row it is."""
    return row.household_id, row.person_id, row.kind


def due_of(row: BoardRow, cell: Cell) -> Due:
    """The declaration of a cell."""
    return Due(
        household_id=row.household_id, person_id=row.person_id, kind=row.kind, month=cell.month
    )


def acts_for(
    row: BoardRow | None, cell: Cell | None, staff: SignedInStaff, today: date
) -> BoardActs:
    """What the signed-in person may do. The database judges again."""
    if row is None:
        return BoardActs()
    writes, takes = staff.may(Permission.WRITE_RECORDS), staff.may(Permission.RECEIVE_PAPERS)
    if cell is None:
        return BoardActs(may_give=writes)
    return BoardActs(
        may_receive=takes and cell.is_open and cell.month <= today,
        may_strike=takes and cell.receipt is not None,
        may_explain=writes and cell.is_open,
        may_tick=staff.may(Permission.PRINT_DRAFTS) and cell.state in _ASKABLE,
        may_give=writes,
    )


def told(board: Board, row: BoardRow | None, cell: Cell | None, today: date) -> str:
    """The cell at hand in words."""
    if row is None:
        return ""
    head = "" if row.person == row.head_name else f"（世帯主 {row.head_name or SHIELDED_NAME}）"
    who = f"{row.case_number}　{row.person}{head}　{DECLARATION_KIND[row.kind]}"
    if cell is None:
        return f"{who}　{_without_cell(board, row)}"
    parts = [f"{format_month(cell.month)}分　提出期限 {_day(cell.due_on)}", _state(cell, today)]
    if cell.reminded_on:
        parts.append(f"お願いの手紙 {'、'.join(map(_day, cell.reminded_on))}")
    if cell.missing is not None:
        noted = f"{_day(cell.missing.noted_on)} {cell.missing.noted_by}"
        parts.append(f"理由：{MISSING_REASON[cell.missing.reason]}（{noted}）")
    return "　".join((who, *parts))


def summary(board: Board, ticked: int, today: date) -> str:
    """How many declarations are due up to today, how many came, how many have no cycle."""
    cells = [cell for row in board.rows for cell in row.cells if cell is not None]
    due = [cell for cell in cells if cell.due_on < today]
    missing = sum(cell.is_open for cell in due)
    parts = [f"期限の過ぎた申告 {len(due):,}件のうち未受領 {missing:,}件"]
    undecided = sum(not row.cycle for row in board.rows)
    if undecided:
        parts.append(f"周期未定 {undecided:,}件")
    if ticked:
        parts.append(f"手紙の印 {ticked:,}人")
    return "　".join(parts)


def _left(row: BoardRow) -> tuple[str, ...]:
    kind = DECLARATION_KIND[row.kind].removesuffix("申告")
    cycle = row.cycle_label if row.cycle else f"{kind} {NO_CYCLE}"
    return row.case_number, row.person, cycle


def _without_cell(board: Board, row: BoardRow) -> str:
    if row.cycle:
        return f"{row.cycle_label}。この月に期限のある申告はありません。"
    if row.proposal is None:
        return "申告の周期が決まっていません。Cで決めます。"
    label = next((c.label for c in board.cycles if c.code == row.proposal.cycle), "")
    return f"申告の周期が決まっていません。提案は「{label}」です（{row.proposal.basis}）。Cで決めます。"


def _state(cell: Cell, today: date) -> str:
    if cell.receipt is not None:
        return f"{_day(cell.receipt.received_on)}に受領（受領番号 {cell.receipt.label}）"
    late = (today - cell.due_on).days
    return f"未受領（期限から{late}日）" if late > 0 else "期限前"


def _day(day: date) -> str:
    return format_date(day, DateStyle.SHORT)
