"""A paragraph to be read: whole sentences under a table, with room between the lines."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.views.variants.marking import marked_up

_SPACED = '<p style="line-height:130%; margin:0">{}</p>'


class Paragraph(QLabel):
    """Wraps, can be copied from, and takes no room while it is empty. `words` is the plain text."""

    def __init__(self, parent: QWidget | None = None, *, tone: str = "") -> None:
        super().__init__(parent)
        self.words = ""
        self.setProperty("tone", tone)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.hide()

    def say(self, words: str) -> None:
        """Show a text; nothing for an empty one."""
        self.words = words
        self.setText(_SPACED.format(marked_up(words)) if words else "")
        self.setAccessibleName(words)
        self.setVisible(bool(words))
