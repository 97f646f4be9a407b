"""The small lines beside and beneath a field: what was understood, and what is wrong."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.override import override

# Contrast on a white and on a near-black ground is above 5.5:1.
_ERROR_ON_LIGHT = QColor("#b3261e")
_ERROR_ON_DARK = QColor("#ffb4ab")
_MIDDLE_LIGHTNESS = 128


def is_dark(palette: QPalette) -> bool:
    """Whether the window colour of a palette is a dark one."""
    return palette.color(QPalette.ColorRole.Window).lightness() < _MIDDLE_LIGHTNESS


def error_colour(palette: QPalette) -> QColor:
    """Return the colour of errors that is legible on the palette."""
    return _ERROR_ON_DARK if is_dark(palette) else _ERROR_ON_LIGHT


class Note(QLabel):
    """A quiet line of text that takes no room while it is empty."""

    def __init__(self, parent: QWidget | None = None, *, tone: str = "muted") -> None:
        super().__init__(parent)
        self.setProperty("tone", tone)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.hide()

    def say(self, sentence: str) -> None:
        """Show a sentence; nothing for an empty one."""
        self.setText(sentence)
        self.setVisible(bool(sentence))


class FieldError(Note):
    """What is wrong with a field (「！」 and a sentence, so that colour is not the only sign)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, tone="error")
        self._sentence = ""
        self._paint_in_error_colour()

    @property
    def sentence(self) -> str:
        """The sentence shown; empty when nothing is wrong."""
        return self._sentence

    @override
    def say(self, sentence: str) -> None:
        self._sentence = sentence
        super().say(f"！ {sentence}" if sentence else "")

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_in_error_colour()

    def _paint_in_error_colour(self) -> None:
        palette = self.palette()
        colour = error_colour(QGuiApplication.palette())
        if palette.color(QPalette.ColorRole.WindowText) != colour:
            palette.setColor(QPalette.ColorRole.WindowText, colour)
            self.setPalette(palette)
