"""進行管理: all districts by month; the list behind the cell at hand stands beneath."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QLabel, QSplitter, QVBoxLayout, QWidget

from desktop.domain.visit_plan_views import VisitBoard
from desktop.override import override
from desktop.viewmodels.rows import RowTableModel
from desktop.viewmodels.visit_plans_board import (
    HEADERS,
    WIDTHS,
    BoardLine,
    VisitBoardModel,
    board_summary,
    board_words,
    line_columns,
)
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.row_header import RowHeader
from desktop.views.table_view import TableView
from desktop.views.visit_plans.roomy import Roomy
from desktop.views.widgets import muted_label, named

#: Least width of a month, and the room beside its figures, in full-width characters.
_CELL, _MARGIN = 4.0, 1.6
_LIST_WIDTHS = {0: 6, 1: 9, 2: 7, 3: 9, 4: 7}
_HEAD = 1
#: Lines that board, list and words take at the least; in less room they are scrolled.
_LEAST = 23
_HELP = "実施／計画　△不在　遅＝期限を過ぎた訪問。Enterで年間計画、下の一覧でEnterを押すとケースファイルを開きます。"
_EMPTY = "この年度に見られる地区がありません。"


class BoardTable(TableView):
    """Single cells are chosen; whose row it is stays in sight at the left."""

    def __init__(self, model: VisitBoardModel) -> None:
        super().__init__(model, name="進行管理表", characters={}, stretch=0)
        self.heads = RowHeader(model.head_of, headers=HEADERS, widths=WIDTHS, parent=self)
        self.setVerticalHeader(self.heads)
        self.heads.show()
        self.setCornerButtonEnabled(False)
        self.setShowGrid(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        model.modelReset.connect(self.fit)
        self.selectionModel().currentChanged.connect(lambda now, _: self.heads.mark(now.row()))

    @override
    def fit(self) -> None:
        """Each month is as wide as its longest figures."""
        super().fit()
        metrics, model = self.fontMetrics(), self.model()
        em = metrics.horizontalAdvance("国")
        for column in range(model.columnCount()):
            texts = (str(model.index(row, column).data()) for row in range(model.rowCount()))
            widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
            width = max(round(em * _CELL), round(widest + em * _MARGIN))
            self.horizontalHeader().resizeSection(column, width)

    @override
    def _fill_width(self) -> None:
        """Months keep their width: no column takes what is left."""


class BoardPanel(QWidget):
    """`district_opened` carries a BoardRow, `opened` a BoardLine."""

    district_opened = Signal(object)
    opened = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.model = VisitBoardModel(look.brush_of, self)
        self.table = named(BoardTable(self.model), "visit_board")
        self.lines: RowTableModel[BoardLine] = RowTableModel(
            line_columns(), brush_of=look.brush_of, parent=self
        )
        self.list = named(
            TableView(self.lines, name="選んだ月の訪問", characters=_LIST_WIDTHS, stretch=_HEAD),
            "board_list",
        )
        self.summary = named(Paragraph(), "board_summary")
        self.heading = named(QLabel(), "board_heading")
        self._build()

    def show_board(self, board: VisitBoard, month_place: int) -> None:
        """Show a year; the cell at hand stays where there is one."""
        at = self.table.currentIndex()
        row, column = (at.row(), at.column()) if at.isValid() else (0, month_place)
        self.model.show_board(board)
        self.summary.say(board_summary(board) if board.rows else _EMPTY)
        if board.rows:
            row = min(row, len(board.rows) - 1)
            self.table.setCurrentIndex(self.model.index(row, column))
            self.table.scrollTo(self.table.currentIndex())
        self._show_list()

    def focus_first(self) -> None:
        """Begin in the board."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_list(self) -> None:
        index = self.table.currentIndex()
        row, cell = self.model.row_at(index), self.model.cell_at(index)
        lines = self.model.lines_at(index)
        self.lines.set_rows(lines)
        self.list.select_row(0)
        if row is not None and cell is not None:
            said = f"{row.district_code} {row.district_name} {row.caseworker}　{board_words(cell)}"
            self.heading.setText(said if lines else f"{said}　この月の訪問はありません。")

    def _open_district(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        if row is not None:
            self.district_opened.emit(row)

    def _open(self, index: QModelIndex) -> None:
        line = self.lines.row_at(index)
        if line is not None:
            self.opened.emit(line)

    def _build(self) -> None:
        legend = muted_label(_HELP)
        legend.setWordWrap(True)
        self.heading.setWordWrap(True)
        beneath = QWidget()
        column = QVBoxLayout(beneath)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.heading)
        column.addWidget(self.list, 1)
        panes = QSplitter(Qt.Orientation.Vertical)
        panes.addWidget(self.table)
        panes.addWidget(beneath)
        panes.setChildrenCollapsible(False)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(self.summary)
        layout.addWidget(legend)
        layout.addWidget(panes, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Roomy(content, self.table, _LEAST))
        self.table.selectionModel().currentChanged.connect(lambda *_: self._show_list())
        self.table.row_opened.connect(self._open_district)
        self.list.row_opened.connect(self._open)
