"""Which issue of the policy an event touches, by one key; the last line is a new issue."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.override import override
from desktop.views.widgets import muted_label, named

_MOST = 9
_HEADING = "どの課題を見直しますか"
_NEW = "新しい課題"
_HINT = "番号のキーか、↑↓ と Enter で選びます。Esc で戻ります（見直しのきっかけは残ります）。"


class IssuePicker(QWidget):
    """Digits choose the first nine lines, 0 the new issue. `chosen` carries the place; after the last is a new one."""

    chosen = Signal(int)
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("issue_picker")
        self.heading = named(QLabel(_HEADING), "section_title")
        self.reason = muted_label()
        self.reason.setWordWrap(True)
        self.list = named(_Issues(), "issue_choices")
        self.list.setAccessibleName(_HEADING)
        hint = muted_label(_HINT)
        hint.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.addWidget(self.heading)
        layout.addWidget(self.reason)
        layout.addWidget(self.list, 1)
        layout.addWidget(hint)
        self.setFocusProxy(self.list)
        self.list.itemActivated.connect(self._choose)
        self.list.itemClicked.connect(self._choose)
        self.list.digit.connect(self._choose_digit)
        self.list.escaped.connect(self.given_up)

    def show_issues(self, issues: Sequence[str], reason: str) -> None:
        """Offer these issues and a new one; `reason` says what happened."""
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        self.list.clear()
        for number, text in enumerate(issues, start=1):
            self.list.addItem(f"{number if number <= _MOST else ' '}　{text}")
        self.list.addItem(f"0　{_NEW}")
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(self.list.row(item))

    def _choose_digit(self, number: int) -> None:
        last = self.list.count() - 1
        place = last if number == 0 else number - 1
        if number == 0 or place < last:
            self.chosen.emit(place)


class _Issues(QListWidget):
    digit = Signal(int)
    escaped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setWordWrap(True)
        self.setSpacing(2)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in tuple("0123456789"):
            self.digit.emit(int(event.text()))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.itemActivated.emit(self.currentItem())
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)
