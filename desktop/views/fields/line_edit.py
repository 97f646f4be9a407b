"""The line edit under the typed fields: safe while an input method composes, as wide as its content asks."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from desktop.override import override
from desktop.views.variants.marking import mark_line
from desktop.views.variants.sequences import has_sequences

_SPARE_CHARACTERS = 1


class LineEdit(QLineEdit):
    """A line of text. While preedit text (未確定の文字) is live, keys belong to the input method alone.

    Enter finishes the entry and goes on to the next field when `can_leave` says that it was understood.
    """

    stepped = Signal(int)
    """Arrow up (+1) or down (-1)."""

    def __init__(self, parent: QWidget | None = None, *, characters: int = 0) -> None:
        super().__init__(parent)
        self._characters = characters
        self._composing = False
        self._steps = False
        self._has_variants = False
        wide = QSizePolicy.Policy.Preferred if characters else QSizePolicy.Policy.Expanding
        self.setSizePolicy(wide, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._show_variants)

    def is_composing(self) -> bool:
        """Whether preedit text is live."""
        return self._composing

    def commit(self) -> None:
        """Take live preedit text into the line, as a save by keyboard must not lose it."""
        if self._composing:
            QGuiApplication.inputMethod().commit()

    def set_steps(self, *, enabled: bool) -> None:
        """Let the arrow keys up and down step through values."""
        self._steps = enabled

    def can_leave(self) -> bool:
        """Whether Enter may go on to the next field."""
        return self.property("invalid") is not True

    @override
    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return hint if not self._characters else QSize(self._width_of_content(), hint.height())

    @override
    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return hint if not self._characters else QSize(self._width_of_content(), hint.height())

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._composing:
            super().keyPressEvent(event)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not _modified(event):
            super().keyPressEvent(event)
            event.accept()
            if self.can_leave():
                self.focusNextChild()
        elif self._steps and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Up else -1)
        else:
            super().keyPressEvent(event)

    def _show_variants(self, text: str) -> None:
        had, self._has_variants = self._has_variants, has_sequences(text)
        if (had or self._has_variants) and not self._composing:
            mark_line(self)

    def _width_of_content(self) -> int:
        frame = super().minimumSizeHint().width() - self.fontMetrics().maxWidth()
        characters = self._characters + _SPARE_CHARACTERS
        return self.fontMetrics().horizontalAdvance("国" * characters) + max(frame, 0)


def _modified(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)
