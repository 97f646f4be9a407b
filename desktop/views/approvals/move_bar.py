"""The moves on the card, each with its key."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from desktop.domain.approvals import MOVES, Move
from desktop.viewmodels.approvals_moves import MOVE_KEYS
from desktop.views.flow_layout import FlowLayout
from desktop.views.widgets import named


class MoveBar(QWidget):
    """Only what is allowed is shown. The keys work in the whole pane, except while something is typed."""

    wanted = Signal(object)

    def __init__(self, pane: QWidget) -> None:
        super().__init__(pane)
        self._buttons: dict[Move, QPushButton] = {}
        self._shortcuts: dict[Move, QShortcut] = {}
        self._allowed: frozenset[Move] = frozenset()
        self._is_open = True
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        layout = FlowLayout(self, gap=6)
        for move, key in MOVE_KEYS.items():
            button = named(QPushButton(f"{MOVES[move].label}（{key}）"), f"move_{move}")
            button.setProperty("primary", move is Move.APPROVE)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, chosen=move: self.wanted.emit(chosen))
            layout.addWidget(button)
            shortcut = QShortcut(QKeySequence(key), pane)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(lambda chosen=move: self.wanted.emit(chosen))
            self._buttons[move], self._shortcuts[move] = button, shortcut
        self.offer(())

    def offer(self, allowed: Collection[Move]) -> None:
        """Show the moves that are allowed on the card."""
        self._allowed = frozenset(allowed)
        self._fit()

    def set_open(self, *, is_open: bool) -> None:
        """Take moves, or wait: while one is under way or words are typed for it."""
        self._is_open = is_open
        self._fit()

    def _fit(self) -> None:
        for move, button in self._buttons.items():
            is_allowed = move in self._allowed
            button.setVisible(is_allowed)
            button.setEnabled(self._is_open)
            self._shortcuts[move].setEnabled(is_allowed and self._is_open)
