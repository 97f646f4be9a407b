"""A table whose rows are ticked: with the mouse, with Space, all and none by keys."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView

from desktop.override import override
from desktop.viewmodels.columns import Row
from desktop.viewmodels.ticks import TickedRows
from desktop.views.table_view import TableView

_ALL = QKeySequence("Ctrl+A")
_NONE = QKeySequence("Ctrl+Shift+A")


class TickTable(TableView):
    """Space ticks every selected row. `all_requested` (Ctrl+A) and `none_requested` (Ctrl+Shift+A) are for the screen."""

    all_requested = Signal()
    none_requested = Signal()

    def __init__(
        self,
        model: TickedRows[Row],
        *,
        name: str,
        characters: dict[int, int],
        stretch: int,
    ) -> None:
        self._rows = model
        super().__init__(model, name=name, characters=characters, stretch=stretch)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = QKeySequence(event.keyCombination())
        if event.key() == Qt.Key.Key_Space:
            self._rows.toggle([index.row() for index in self.selectionModel().selectedRows()])
        elif pressed == _ALL:
            self.all_requested.emit()
        elif pressed == _NONE:
            self.none_requested.emit()
        else:
            super().keyPressEvent(event)
