"""The list of what waits for a decision."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QListView, QWidget

from desktop.domain.approvals import QueueRow
from desktop.override import override
from desktop.viewmodels.approvals_queue import QueueModel
from desktop.views.approvals.queue_delegate import QueueDelegate
from desktop.views.look import Look
from desktop.views.widgets import named


class QueueList(QListView):
    """Arrow keys choose, Space ticks or reads on, Enter opens the file. `chosen` carries the QueueRow."""

    chosen = Signal(object)
    opened = Signal(object)
    read_on = Signal()

    def __init__(self, model: QueueModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "review_queue")
        self._model = model
        self._delegate = QueueDelegate(look, self)
        self.setAccessibleName("決裁待ちの一覧")
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._tell)
        look.changed.connect(self.doItemsLayout)

    def current_row(self) -> QueueRow | None:
        """The current row."""
        return self._model.row_at(self.currentIndex())

    def choose(self, place: int) -> None:
        """Make a row the current one."""
        if 0 <= place < self._model.rowCount():
            self.selectionModel().setCurrentIndex(
                self._model.index(place), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )

    def _tell(self) -> None:
        row = self.current_row()
        if row is not None:
            self.chosen.emit(row)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            if not self._model.toggle(self.currentIndex()):
                self.read_on.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(self.current_row())
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        index = self.indexAt(point)
        at_box = point.x() < self._delegate.box_width()
        if not (at_box and index.isValid() and self._model.toggle(index)):
            super().mousePressEvent(event)
