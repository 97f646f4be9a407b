"""The table every list uses: whole rows, keyboard first, as tall and wide as the font asks."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop.override import override

_ROW_HEIGHT = 1.75
_PADDING = 1.0


class TableView(QTableView):
    """`row_opened` on Enter or double click; letters typed in the list go to `typed` (for a filter box)."""

    row_opened = Signal(QModelIndex)
    typed = Signal(str)

    def __init__(
        self,
        model: QAbstractItemModel,
        *,
        name: str,
        characters: Mapping[int, int],
        stretch: int,
        parent: QWidget | None = None,
    ) -> None:
        """`characters` are the widths of columns in full-width characters; column `stretch` takes what is left."""
        super().__init__(parent)
        self._characters = characters
        self._stretch = stretch
        self._most_rows = 0
        self.setAccessibleName(name)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.doubleClicked.connect(self.row_opened)
        self.fit()

    def fit(self) -> None:
        """Give rows and columns the size the present font needs."""
        metrics = self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(round(metrics.height() * _ROW_HEIGHT))
        em = metrics.horizontalAdvance("国")
        header = self.horizontalHeader()
        for column, count in self._characters.items():
            header.resizeSection(column, round(em * (count + _PADDING)))
        self._fill_width()

    def show_all_rows(self, most: int) -> None:
        """Be exactly as tall as the rows, up to this many."""
        self._most_rows = most
        self._fit_height()

    def show_model(
        self, model: QAbstractItemModel, characters: Mapping[int, int], stretch: int
    ) -> None:
        """Show another model with columns of its own; the selection model is a new one too."""
        before = self.selectionModel()
        self.setModel(model)
        if before is not None:
            before.deleteLater()
        self._characters, self._stretch = characters, stretch
        self.fit()

    def select_row(self, row: int) -> None:
        """Make a row the current one, if there is one."""
        if 0 <= row < self.model().rowCount():
            self.setCurrentIndex(self.model().index(row, 0))

    def current_row(self) -> int:
        """The current row; -1 when there is none."""
        return self.currentIndex().row()

    def _fill_width(self) -> None:
        """Let one column take what is left, but never less than it asked for: then the table scrolls sideways."""
        header = self.horizontalHeader()
        em = self.fontMetrics().horizontalAdvance("国")
        others = header.length() - header.sectionSize(self._stretch)
        least = round(em * (self._characters.get(self._stretch, 8) + _PADDING))
        header.resizeSection(self._stretch, max(least, self.viewport().width() - others))
        self._fit_height()

    def _fit_height(self) -> None:
        if not self._most_rows:
            return
        header = self.horizontalHeader()
        rows = min(max(self.model().rowCount(), 1), self._most_rows)
        height = header.sizeHint().height() + rows * self.verticalHeader().defaultSectionSize()
        if header.length() > self.viewport().width():
            height += self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(height + 2 * self.frameWidth() + 4)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fill_width()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.row_opened.emit(self.currentIndex())
        elif event.text().strip() and event.modifiers() in _PLAIN:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.fit()


_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
