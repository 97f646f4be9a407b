"""The acts on the current entry, each with its key; what does not fit stands behind »."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolBar, QWidget

from desktop.viewmodels.records_actions import EntryAction


class ActionBar(QToolBar):
    """`wanted` carries the EntryAction. Acts that make no sense for the entry are not shown."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("entry_actions")
        self.setMovable(False)
        self._actions: dict[EntryAction, QAction] = {}
        for act in EntryAction:
            action = self.addAction(f"{act.label} ({act.key})")
            action.triggered.connect(lambda _=False, chosen=act: self.wanted.emit(chosen))
            self._actions[act] = action
            button = self.widgetForAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            button.setObjectName(f"action_{act.name.lower()}")

    def offer(self, acts: Collection[EntryAction]) -> None:
        """Show these acts."""
        for act, action in self._actions.items():
            action.setVisible(act in acts)

    def by_key(self, letter: str) -> EntryAction | None:
        """The shown act of a key."""
        shown = (act for act, action in self._actions.items() if action.isVisible())
        return next((act for act in shown if act.key == letter), None)
