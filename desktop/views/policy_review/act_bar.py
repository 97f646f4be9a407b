"""A bar of buttons in as many lines as the width asks for; it is never lower than they need."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QToolButton, QWidget

from desktop.override import override
from desktop.views.flow_layout import FlowLayout


class ActBar(QWidget):
    """A height-for-width policy would ask for the height of the narrowest bar; this one asks for its own."""

    def __init__(self, buttons: Iterable[QToolButton]) -> None:
        super().__init__()
        self._row = FlowLayout(self)
        for button in buttons:
            self._row.addWidget(button)

    def fit(self) -> None:
        """Take the height that the shown buttons need in this width."""
        height = self._row.heightForWidth(self.width())
        if height != self.minimumHeight():
            self.setFixedHeight(height)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
