"""The table every list uses: whole rows, keyboard first, as tall and wide as the font asks."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget
from typing_extensions import override

_ROW_HEIGHT = 1.75


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
            header.resizeSection(column, round(em * (count + 1.4)))
        header.setSectionResizeMode(self._stretch, QHeaderView.ResizeMode.Stretch)

    def select_row(self, row: int) -> None:
        """Make a row the current one, if there is one."""
        if 0 <= row < self.model().rowCount():
            self.setCurrentIndex(self.model().index(row, 0))

    def current_row(self) -> int:
        """The current row; -1 when there is none."""
        return self.currentIndex().row()

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
