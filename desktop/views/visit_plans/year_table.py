"""The yearly grid: arrows go from cell to cell, Shift and arrows try a visit in another month, as does the mouse."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView

from desktop.override import override
from desktop.viewmodels.visit_plans import HEADERS, WIDTHS, YearModel, open_visits
from desktop.views.row_header import RowHeader
from desktop.views.visit_plans.drawing_table import DrawingTable

_CELL = 3.2


class YearTable(DrawingTable):
    """A visit is drawn over columns."""

    def __init__(self, model: YearModel) -> None:
        super().__init__(
            model,
            name="年間訪問計画",
            characters={},
            stretch=0,
            can_draw=lambda index: bool(open_visits(model.cell_at(index))),
            over=lambda at: self.columnAt(at.x()),
        )
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
        self.fit()

    @override
    def fit(self) -> None:
        """Every month is as wide as two signs and a letter."""
        super().fit()
        em = self.fontMetrics().horizontalAdvance("国")
        for column in range(self.model().columnCount()):
            self.horizontalHeader().resizeSection(column, round(em * _CELL))

    def go_to(self, row: int, column: int) -> None:
        """Put the keyboard's cell there, or as near as there are cells."""
        model = self.model()
        if model.rowCount():
            row = min(max(row, 0), model.rowCount() - 1)
            place = model.index(row, min(max(column, 0), model.columnCount() - 1))
            self.setCurrentIndex(place)
            self.scrollTo(place)

    @override
    def _fill_width(self) -> None:
        """Months keep their width: no column takes what is left."""
