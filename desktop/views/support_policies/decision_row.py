"""The decision on a line that was carried over: as it is, changed, or ended."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from desktop.views.flow_layout import FlowLayout
from desktop.views.widgets import named


class LineDecision(Enum):
    """What a review decides of a line; the value is the button's text."""

    KEEP = "このまま続ける（Alt+1）"
    CHANGE = "変えて続ける（Alt+2）"
    END = "終了する（Alt+3）"


class DecisionRow(QWidget):
    """The choice itself and a button for each way. `decided` carries the LineDecision.

    The keys work anywhere in `place` while the row is shown.
    """

    decided = Signal(object)

    def __init__(self, choice: QWidget, place: QWidget) -> None:
        super().__init__()
        self.setObjectName("line_decision")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        row = FlowLayout(self)
        row.addWidget(choice)
        self.buttons = {
            way: named(QPushButton(way.value), f"line_{way.name.lower()}") for way in LineDecision
        }
        for number, (way, button) in enumerate(self.buttons.items(), start=1):
            button.clicked.connect(lambda _=False, chosen=way: self.decided.emit(chosen))
            row.addWidget(button)
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), place)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda chosen=way: self._by_key(chosen))

    def _by_key(self, way: LineDecision) -> None:
        if self.isVisible():
            self.decided.emit(way)
