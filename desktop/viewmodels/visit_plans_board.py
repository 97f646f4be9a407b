"""The board of all districts by month (進行管理表): each cell planned, done, absent and overdue, and the list behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.domain.era import DateStyle, format_date, format_month
from desktop.domain.labels import SHIELDED_NAME
from desktop.domain.visit_marks import VISIT_MARK_WORDS, VisitOutcome
from desktop.domain.visit_plan_views import BoardCell, BoardRow, VisitBoard
from desktop.domain.visit_plans import PLAN_STATE
from desktop.override import override
from desktop.viewmodels.columns import ALIGNMENT, CENTER, DISPLAY, TONE_ROLE, BrushOf, Column

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
HEADERS = ("地区", "担当員", "世帯数", "年間計画")
WIDTHS = (2.0, 6.2, 4.4, 4.6)
_NO_PLAN = "計画なし"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardLine:
    """A visit behind a cell, with the household's number and head."""

    household_id: UUID
    case_number: str
    head_name: str = field(repr=False)
    outcome: VisitOutcome


class VisitBoardModel(QAbstractTableModel):
    """A row a district, a column a month: done/planned, and what is absent or late by name."""

    def __init__(self, brush_of: BrushOf | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._brush_of = brush_of
        self._board: VisitBoard | None = None

    @property
    def board(self) -> VisitBoard | None:
        """What is shown."""
        return self._board

    def show_board(self, board: VisitBoard) -> None:
        """Show a fiscal year."""
        self.beginResetModel()
        self._board = board
        self.endResetModel()

    def row_at(self, index: Index) -> BoardRow | None:
        """The district of an index."""
        return self._board.rows[index.row()] if self._board and index.isValid() else None

    def cell_at(self, index: Index) -> BoardCell | None:
        """The month of a district."""
        row = self.row_at(index)
        return row.cells[index.column()] if row is not None else None

    def lines_at(self, index: Index) -> tuple[BoardLine, ...]:
        """The visits behind a cell: late ones first, then by case number."""
        cell = self.cell_at(index)
        if cell is None or self._board is None:
            return ()
        names = self._board.names
        lines = [_line(outcome, names) for outcome in cell.outcomes]
        return tuple(
            sorted(lines, key=lambda line: (not line.outcome.is_overdue, line.case_number))
        )

    def head_of(self, row: int) -> tuple[str, ...]:
        """What stands at the left of a row."""
        rows = self._board.rows if self._board else ()
        if not 0 <= row < len(rows):
            return ()
        r = rows[row]
        state = PLAN_STATE[r.plan.state] if r.plan is not None else _NO_PLAN
        return r.district_code, r.caseworker or "（欠員）", f"{r.households}世帯", state

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() or self._board is None else len(self._board.rows)

    @override
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() or self._board is None else len(self._board.months)

    @override
    def data(self, index: Index, role: int = DISPLAY) -> object:
        cell = self.cell_at(index)
        if cell is None:
            return None
        if role == DISPLAY:
            return board_text(cell)
        if role == ALIGNMENT:
            return CENTER
        tone = "error" if cell.overdue else "warning" if cell.absent else None
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._brush_of(tone) if tone and self._brush_of is not None else None
        return self._said(index, cell, role) if role != TONE_ROLE else tone

    def _said(self, index: Index, cell: BoardCell, role: int) -> object:
        row = self.row_at(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.caseworker} {board_words(cell)}"
        return board_words(cell) if role == Qt.ItemDataRole.ToolTipRole else None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> object:
        if role == ALIGNMENT:
            return CENTER
        if role != DISPLAY or self._board is None:
            return None
        if orientation == Qt.Orientation.Vertical:
            return " ".join(self.head_of(section))
        months = self._board.months
        return f"{months[section].month}月" if 0 <= section < len(months) else None


def board_text(cell: BoardCell) -> str:
    """Done of planned, then absent and late where there are any: 5/7 △1 遅1."""
    if not cell.outcomes:
        return "－"
    parts = [f"{cell.done}/{cell.planned}"]
    parts += [f"△{cell.absent}"] if cell.absent else []
    parts += [f"遅{cell.overdue}"] if cell.overdue else []
    return " ".join(parts)


def board_words(cell: BoardCell) -> str:
    """A cell in words."""
    counts = f"計画{cell.planned} 実施{cell.done} 不在{cell.absent} 期限超過{cell.overdue}"
    return f"{format_month(cell.month)} {counts}"


def board_summary(board: VisitBoard) -> str:
    """The year of all districts in one line."""
    cells = [cell for row in board.rows for cell in row.cells]
    missing = sum(row.plan is None for row in board.rows)
    parts = [
        f"計画 {sum(c.planned for c in cells):,}回",
        f"実施 {sum(c.done for c in cells):,}回",
        f"不在 {sum(c.absent for c in cells):,}回",
        f"期限超過 {sum(c.overdue for c in cells):,}回",
    ]
    parts += [f"▲ 年間計画のない地区 {missing}"] if missing else []
    return "　".join(parts)


def line_columns() -> tuple[Column[BoardLine], ...]:
    """Whose visit, its sign, since when it is late, and when somebody went there."""
    return (
        Column(header="ケース番号", text=lambda line: line.case_number),
        Column(header="世帯主", text=lambda line: line.head_name or SHIELDED_NAME),
        Column(
            header="結果",
            text=lambda line: f"{line.outcome.sign}{VISIT_MARK_WORDS[line.outcome.mark]}",
        ),
        Column(
            header="期限",
            text=_due,
            tone=lambda line: "error" if line.outcome.is_overdue else None,
        ),
        Column(header="訪問した日", text=_made_on),
    )


def _line(outcome: VisitOutcome, names: Mapping[UUID, tuple[str, str]]) -> BoardLine:
    number, head = names.get(outcome.household_id, ("－", ""))
    return BoardLine(
        household_id=outcome.household_id, case_number=number, head_name=head, outcome=outcome
    )


def _due(line: BoardLine) -> str:
    late = "期限超過" if line.outcome.is_overdue else ""
    last = line.outcome.standing.visit.last_on if line.outcome.standing else None
    return f"{format_date(last, DateStyle.SHORT) if last else ''} {late}".strip()


def _made_on(line: BoardLine) -> str:
    made = line.outcome.made or (line.outcome.vain[-1] if line.outcome.vain else None)
    return format_date(made.on, DateStyle.SHORT) if made is not None else ""
