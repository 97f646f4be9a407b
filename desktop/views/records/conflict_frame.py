"""Somebody stored a newer version: what is stored and what was typed in one comparison, and the ways on."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.views.records.notice import Notice
from desktop.views.widgets import named


class ConflictFrame(QWidget):
    """`resolved` carries the member of `ways` that was chosen; `safe` is the one that loses nothing, and the default."""

    resolved = Signal(object)

    def __init__(
        self, comparison: QWidget, safe: Enum, sentence: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._safe, self._sentence = safe, sentence
        self.notice = Notice()
        self.buttons = {
            way: named(QPushButton(way.value), f"resolve_{way.name.lower()}") for way in type(safe)
        }
        row = QHBoxLayout()
        for way, button in self.buttons.items():
            button.clicked.connect(lambda _=False, chosen=way: self.resolved.emit(chosen))
            row.addWidget(button)
        row.addStretch(1)
        self.buttons[safe].setProperty("primary", True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.addWidget(self.notice)
        layout.addWidget(comparison, 1)
        layout.addLayout(row)

    def begin(self) -> None:
        """Say what happened, and put the keyboard on the safe way."""
        self.notice.say(self._sentence, "warning")
        self.buttons[self._safe].setFocus()
