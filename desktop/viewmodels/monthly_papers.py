"""The grid of monthly papers: a row a person, a column a paper, each cell a mark, a word and a tone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.domain.declarations import CellState
from desktop.domain.era import DateStyle, format_date, format_month
from desktop.domain.income_months import IncomeSource
from desktop.domain.labels import SHIELDED_NAME
from desktop.domain.monthly_paper_forms import CardWish, FormWish
from desktop.domain.monthly_papers import (
    LADDER_STEP,
    LadderStep,
    MonthlyDue,
    PaperCell,
    PaperGrid,
    PaperRow,
)
from desktop.domain.monthly_replacements import Replaced
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.override import override
from desktop.viewmodels.columns import ALIGNMENT, DISPLAY, LEFT, TONE_ROLE, BrushOf

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

#: What stands at the left of each row.
HEADERS = ("ケース番号", "氏名", "支援区分")
TICK = "✓"
NO_GROUP = "未決定"
ASK_HELP = "{count}か月続けて出ていません。指導の前に、足りない支援は何かを聞いてください。"
_EVIDENCE = "Enterで支援活動を開くと、支援記録票（S-13）と支援状況記録票（S-14）を印刷できます。"
_PUT_RIGHT = "直すときはファイルの「就労収入」で訂正します。"
_NOTHING = PaperGrid(month=date(2000, 1, 1), columns=(), rows=())
_WORDS = {
    CellState.RECEIVED: ("●", "受領", "good"),
    CellState.NOT_YET: ("・", "期限前", "muted"),
    CellState.MISSING: ("▲", "未提出", "warning"),
    CellState.REMINDED: ("◆", "案内1", "warning"),
    CellState.REMINDED_AGAIN: ("◆", "案内2", "warning"),
    CellState.EXPLAINED: ("△", "理由あり", None),
}
_SOON = ("◇", "まもなく", None)
_REPLACED = ("□", "支援記録で代える", "muted")


@dataclass(frozen=True, slots=True, kw_only=True)
class GridActs:
    """What may be done at a cell."""

    may_receive: bool = False
    may_strike: bool = False
    may_explain: bool = False
    may_tick: bool = False


class GridModel(QAbstractTableModel):
    """The rows in memory; ticks for cards are kept by paper and fall away when it comes."""

    def __init__(self, brush_of: BrushOf | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._brush_of = brush_of
        self._grid = _NOTHING
        self._ticked: set[MonthlyDue] = set()

    @property
    def grid(self) -> PaperGrid:
        """What is shown."""
        return self._grid

    def show_grid(self, grid: PaperGrid) -> None:
        """Show other rows; ticks stay where a card may still ask."""
        self.beginResetModel()
        self._grid = grid
        self._ticked &= {cell.due for cell in self._cells() if is_askable(cell)}
        self.endResetModel()

    def forget_ticks(self) -> None:
        """Take every tick away."""
        self._ticked.clear()
        self._all_changed()

    def row_at(self, index: Index) -> PaperRow | None:
        """The row of an index."""
        return self._grid.rows[index.row()] if index.isValid() else None

    def cell_at(self, index: Index) -> PaperCell | None:
        """The cell of an index; None where nothing is asked for."""
        row = self.row_at(index)
        return row.cells[index.column()] if row is not None else None

    def head_of(self, row: int) -> tuple[str, ...]:
        """What stands at the left of a row, part by part; nothing for a row that is not there."""
        if not 0 <= row < len(self._grid.rows):
            return ()
        shown = self._grid.rows[row]
        return shown.case_number, shown.person, shown.group.value if shown.group else NO_GROUP

    def place_of(self, household_id: UUID, person_id: UUID) -> int:
        """The row of a person; -1 where it is not shown."""
        return next(
            (
                place
                for place, row in enumerate(self._grid.rows)
                if (row.household_id, row.person_id) == (household_id, person_id)
            ),
            -1,
        )

    def toggle(self, index: Index) -> None:
        """Tick a paper for a card, or take the tick away; nothing where no card may ask."""
        cell = self.cell_at(index)
        if cell is not None and is_askable(cell):
            self._ticked ^= {cell.due}
            self._all_changed()

    def tick_all(self) -> None:
        """Tick every paper that is late or nearly due, or take these ticks away where all are ticked."""
        found = {
            cell.due
            for cell in self._cells()
            if is_askable(cell) and cell.step is not LadderStep.NOT_YET
        }
        self._ticked = self._ticked - found if found <= self._ticked else self._ticked | found
        self._all_changed()

    def cards(self) -> tuple[tuple[CardWish, ...], ...]:
        """What is ticked, a card a person, in the order of the rows."""
        found = (
            tuple(
                CardWish(due=cell.due, due_on=cell.due_on)
                for cell in row.cells
                if cell is not None and cell.due in self._ticked
            )
            for row in self._grid.rows
        )
        return tuple(wishes for wishes in found if wishes)

    def form_wishes(self, place: int) -> tuple[FormWish, ...]:
        """For whom a form is made: those with a tick, else the row at hand."""
        rows = [r for r in self._grid.rows if any(c and c.due in self._ticked for c in r.cells)]
        if not rows and 0 <= place < len(self._grid.rows):
            rows = [self._grid.rows[place]]
        return tuple(
            FormWish(
                household_id=row.household_id,
                person_id=row.person_id,
                is_short=any(c is not None and c.is_short for c in row.cells),
            )
            for row in rows
        )

    def is_ticked(self, cell: PaperCell) -> bool:
        """Whether a card will ask for it."""
        return cell.due in self._ticked

    def _cells(self) -> Iterator[PaperCell]:
        for row in self._grid.rows:
            yield from (cell for cell in row.cells if cell is not None)

    def _all_changed(self) -> None:
        if self._grid.rows:
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _text(self, index: Index) -> str:
        cell = self.cell_at(index)
        if cell is None:
            return ""
        mark, word, _ = words_of(cell)
        more = f"・{cell.in_a_row}か月" if cell.is_open and cell.in_a_row > 1 else ""
        return f"{TICK if self.is_ticked(cell) else mark}{word}{more}"

    def _said(self, index: Index) -> str:
        """What a screen reader says: whose, which paper, and the word."""
        row, cell = self._grid.rows[index.row()], self.cell_at(index)
        label = self._grid.columns[index.column()].label
        if cell is None:
            return f"{row.person} {label} なし"
        ticked = " はがきの印あり" if self.is_ticked(cell) else ""
        return f"{row.person} {label} {words_of(cell)[1]}{ticked}"

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._grid.rows)

    @override
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._grid.columns)

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
        cell = self.cell_at(index)
        tone = words_of(cell)[2] if cell is not None else None
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
        columns = self._grid.columns
        return columns[section].label if section < len(columns) else None


def words_of(cell: PaperCell) -> tuple[str, str, str | None]:
    """Mark, word and tone of a cell."""
    if cell.replaced is not None:
        return _REPLACED
    if cell.state is CellState.NOT_YET and cell.step is LadderStep.SOON:
        return _SOON
    return _WORDS[cell.state]


def told_replaced(replaced: Replaced) -> str:
    """Why a paper is not asked for: since when, and by which days' acts."""
    days = "、".join(f"{day.month}/{day.day}" for day in replaced.days)
    since = _day(replaced.since)
    return f"支援記録で代えます（{since}から。支援活動 {days}、決まりは{replaced.enough}件以上）。"


def is_askable(cell: PaperCell) -> bool:
    """Whether a card may ask for it: it has not come."""
    return cell.is_open


def acts_at(cell: PaperCell | None, staff: SignedInStaff, today: date) -> GridActs:
    """What the signed-in person may do. The database judges again."""
    if cell is None:
        return GridActs()
    takes, writes = staff.may(Permission.RECEIVE_PAPERS), staff.may(Permission.WRITE_RECORDS)
    return GridActs(
        may_receive=takes and cell.receipt is None and cell.due.month <= today,
        may_strike=takes and cell.receipt is not None,
        may_explain=writes and cell.is_open,
        may_tick=staff.may(Permission.PRINT_DRAFTS) and is_askable(cell),
    )


def source_to_note(
    grid: PaperGrid, row: PaperRow | None, column: int, staff: SignedInStaff
) -> IncomeSource | None:
    """As what an amount of the cell at hand can be noted: the paper came, says what was earned, and nobody noted the month yet."""
    cell = row.cells[column] if row is not None else None
    if row is None or cell is None or cell.receipt is None or row.earned is not None:
        return None
    return grid.columns[column].income_source if staff.may(Permission.WRITE_RECORDS) else None


def told_of(grid: PaperGrid, row: PaperRow | None, column: int, today: date) -> str:
    """The cell at hand in words."""
    if row is None:
        return ""
    head = "" if row.person == row.head_name else f"（世帯主 {row.head_name or SHIELDED_NAME}）"
    who = f"{row.case_number}　{row.person}{head}　{grid.columns[column].label}"
    cell = row.cells[column]
    if cell is None:
        return f"{who}　この月はお願いしていません。"
    parts = [f"{format_month(grid.month)}分　期限 {_day(cell.due_on)}", _state(cell, today)]
    if cell.reminded_on:
        parts.append(f"案内 {'、'.join(map(_day, cell.reminded_on))}")
    if cell.missing is not None and cell.is_open:
        noted = f"{_day(cell.missing.noted_on)} {cell.missing.noted_by}"
        parts.append(f"理由：{cell.missing.reason}（{noted}）")
    if cell.is_open and cell.in_a_row >= grid.in_a_row:
        parts.append(ASK_HELP.format(count=cell.in_a_row))
    if row.earned is not None and grid.columns[column].income_source is not None:
        parts.append(f"就労収入：{row.earned.told()}。{_PUT_RIGHT}")
    return "　".join((who, *parts))


def summary_of(grid: PaperGrid, ticked: int, today: date) -> str:
    """How many papers are asked for, how many came, how many are late and for how long running."""
    cells = [cell for row in grid.rows for cell in row.cells if cell is not None]
    late = [cell for cell in cells if cell.is_open and cell.due_on < today]
    without = sum(cell.missing is None for cell in late)
    running = sum(cell.in_a_row >= grid.in_a_row for cell in late)
    parts = [
        f"{len(grid.rows):,}人　書類 {len(cells):,}件",
        f"受領 {sum(cell.receipt is not None for cell in cells):,}件",
        f"期限超過 {len(late):,}件（理由なし {without:,}件）",
    ]
    replaced = sum(cell.replaced is not None for cell in cells)
    if replaced:
        parts.append(f"支援記録で代える {replaced:,}件")
    if running:
        parts.append(f"{grid.in_a_row}か月以上続けて {running:,}件")
    if ticked:
        parts.append(f"はがきの印 {ticked:,}人")
    return "　".join(parts)


def _state(cell: PaperCell, today: date) -> str:
    if cell.receipt is not None:
        found = "" if _is_linked(cell) else "。受領書類の種類と日付から、この月の分と見ています"
        return f"{_day(cell.receipt.received_on)}に受領（受領番号 {cell.receipt.label}）{found}"
    if cell.replaced is not None:
        return f"{told_replaced(cell.replaced)}　{_EVIDENCE}"
    late = (today - cell.due_on).days
    if late <= 0:
        return LADDER_STEP[cell.step]
    step = cell.step
    more = f"　{LADDER_STEP[step]}" if step in (LadderStep.ASK, LadderStep.TELL) else ""
    return f"未提出（期限から{late}日）{more}"


def _is_linked(cell: PaperCell) -> bool:
    return cell.receipt is not None and cell.receipt.receipt_id is not None


def _day(day: date) -> str:
    return format_date(day, DateStyle.SHORT)
