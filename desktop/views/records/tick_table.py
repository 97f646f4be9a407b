"""The list of subjects: digits tick, letters say the source, without leaving the row."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent

from desktop.override import override
from desktop.views.table_view import TableView

_WIDTHS = {0: 9, 1: 3, 2: 9, 3: 9}
_STRETCH = 2
_LEAST_ROWS = 4


class TickTable(TableView):
    """`ticked` carries a digit, `sourced` a letter, `cleared` that the row shall say nothing."""

    ticked = Signal(int)
    sourced = Signal(str)
    cleared = Signal()

    def __init__(self, model: QAbstractItemModel) -> None:
        super().__init__(model, name="チェックの項目", characters=_WIDTHS, stretch=_STRETCH)

    @override
    def minimumSizeHint(self) -> QSize:
        """A few subjects are seen however low the window is."""
        rows = _LEAST_ROWS * self.verticalHeader().defaultSectionSize()
        rows += self.horizontalHeader().sizeHint().height()
        return QSize(super().minimumSizeHint().width(), rows + 2 * self.frameWidth())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        plain = event.modifiers() & ~_HARMLESS == Qt.KeyboardModifier.NoModifier
        if plain and text.isascii() and text.isdigit():
            self.ticked.emit(int(text))
        elif plain and text.isascii() and text.isalpha():
            self.sourced.emit(text.upper())
        elif plain and event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.cleared.emit()
        else:
            super().keyPressEvent(event)


_HARMLESS = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
