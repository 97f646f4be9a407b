"""The parts of a policy as a list: the household first, then the issues in their order."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QListWidget,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.views.flow_layout import FlowLayout
from desktop.views.widgets import named

_SPACING = 2
_HOUSEHOLD = "世帯の状況・前回の評価"


class Outline(QWidget):
    """`chosen` carries the place: 0 is the household, 1 the first issue. Ctrl+I adds, Delete removes, Alt+↑↓ moves."""

    chosen = Signal(int)
    add_wanted = Signal()
    remove_wanted = Signal()
    move_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.list = named(QListWidget(), "issue_list")
        self.list.setAccessibleName("援助方針の部分")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        self.list.setSpacing(_SPACING)
        self.add_button = named(QPushButton("課題を足す（Ctrl+I）"), "issue_add")
        self.remove_button = named(QToolButton(), "issue_remove")
        self.up_button = named(QToolButton(), "issue_up")
        self.down_button = named(QToolButton(), "issue_down")
        self._lay_out()
        self._connect()

    @property
    def place(self) -> int:
        """The chosen place."""
        return self.list.currentRow()

    def show_lines(self, lines: Sequence[str], place: int) -> None:
        """Show the issues and choose a place, without telling so."""
        self.list.blockSignals(True)
        texts = [_HOUSEHOLD, *lines]
        while self.list.count() > len(texts):
            self.list.takeItem(self.list.count() - 1)
        for row, text in enumerate(texts):
            if row < self.list.count():
                self.list.item(row).setText(text)
            else:
                self.list.addItem(text)
        self.list.setCurrentRow(place)
        self.list.blockSignals(False)
        for button in (self.remove_button, self.up_button, self.down_button):
            button.setEnabled(place > 0)

    def _lay_out(self) -> None:
        for button, text, what in (
            (self.remove_button, "除く（Delete）", "選んだ課題の行を取り除きます"),
            (self.up_button, "↑", "選んだ課題を上へ（Alt+↑）"),
            (self.down_button, "↓", "選んだ課題を下へ（Alt+↓）"),
        ):
            button.setText(text)
            button.setToolTip(what)
            button.setAccessibleName(what)
        for button in (self.up_button, self.down_button):
            button.setProperty("flat", True)
        acts = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        acts.setSizePolicy(policy)
        row = FlowLayout(acts)
        for widget in (self.add_button, self.remove_button, self.up_button, self.down_button):
            row.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.list, 1)
        layout.addWidget(acts)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self.chosen)
        self.add_button.clicked.connect(self.add_wanted)
        self.remove_button.clicked.connect(self.remove_wanted)
        self.up_button.clicked.connect(lambda: self.move_wanted.emit(-1))
        self.down_button.clicked.connect(lambda: self.move_wanted.emit(1))
        for keys, act in (
            ("Del", self.remove_wanted.emit),
            ("Alt+Up", lambda: self.move_wanted.emit(-1)),
            ("Alt+Down", lambda: self.move_wanted.emit(1)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)
