"""The first step of a new entry: its kind, by one key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.domain.records import EntryKind
from desktop.override import override
from desktop.views.widgets import muted_label, named

_MOST = 9
_HINT = "番号のキーか、↑↓ と Enter で選びます。Esc で戻ります。"


class KindPicker(QWidget):
    """Digits choose the first nine kinds, Enter the current one. `chosen` carries the code."""

    chosen = Signal(str)
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("kind_picker")
        self.heading = named(QLabel("どの記録を書きますか"), "section_title")
        self.list = named(_Kinds(), "kind_list")
        self.list.setAccessibleName("記録種別")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.addWidget(self.heading)
        layout.addWidget(self.list, 1)
        layout.addWidget(muted_label(_HINT))
        self.setFocusProxy(self.list)
        self.list.itemActivated.connect(self._choose)
        self.list.itemClicked.connect(self._choose)
        self.list.digit.connect(self._choose_number)
        self.list.escaped.connect(self.given_up)

    def show_kinds(self, kinds: Sequence[EntryKind], heading: str) -> None:
        """Offer these kinds."""
        self.heading.setText(heading)
        self.list.clear()
        for number, kind in enumerate(kinds, start=1):
            sign = f"{number}" if number <= _MOST else " "
            item = QListWidgetItem(f"{sign}　{kind.label}", self.list)
            item.setData(Qt.ItemDataRole.UserRole, kind.code)
        self.list.setCurrentRow(0)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))

    def _choose_number(self, number: int) -> None:
        self._choose(self.list.item(number - 1))


class _Kinds(QListWidget):
    digit = Signal(int)
    escaped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setSpacing(2)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in tuple("123456789"):
            self.digit.emit(int(event.text()))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.itemActivated.emit(self.currentItem())
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)
