"""The acts on the current entry, each with its key."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from desktop.override import override
from desktop.viewmodels.records_actions import EntryAction
from desktop.views.flow_layout import FlowLayout
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
            button.setText(f"{act.label}（{act.key}）")
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            button.clicked.connect(lambda _=False, chosen=act: self.wanted.emit(chosen))
            self._buttons[act] = button
            layout.addWidget(button)
            button.hide()  # nothing may be done before something was read

    def offer(self, acts: Collection[EntryAction]) -> None:
        """Show these acts."""
        for act, button in self._buttons.items():
            button.setVisible(act in acts)

    def by_key(self, letter: str) -> EntryAction | None:
        """The shown act of a key."""
        shown = (act for act, button in self._buttons.items() if not button.isHidden())
        return next((act for act in shown if act.key == letter), None)

    @override
    def sizeHint(self) -> QSize:
        """As high as its buttons flow at the width at hand, not at the narrowest: else it holds the window high."""
        least = super().sizeHint()
        return QSize(least.width(), self.heightForWidth(max(self.width(), least.width())))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
