"""The acts on the current entry, each with its key."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from desktop.viewmodels.records_actions import EntryAction
from desktop.views.records.flow_layout import FlowLayout
from desktop.views.widgets import named


class ActionBar(QWidget):
    """`wanted` carries the EntryAction. Acts that make no sense for the entry are not shown."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("entry_actions")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._buttons: dict[EntryAction, QToolButton] = {}
        layout = FlowLayout(self)
        for act in EntryAction:
            button = named(QToolButton(), f"action_{act.name.lower()}")
            button.setText(f"{act.label} ({act.key})")
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            button.clicked.connect(lambda _=False, chosen=act: self.wanted.emit(chosen))
            self._buttons[act] = button
            layout.addWidget(button)

    def offer(self, acts: Collection[EntryAction]) -> None:
        """Show these acts."""
        for act, button in self._buttons.items():
            button.setVisible(act in acts)

    def by_key(self, letter: str) -> EntryAction | None:
        """The shown act of a key."""
        shown = (act for act, button in self._buttons.items() if not button.isHidden())
        return next((act for act in shown if act.key == letter), None)
