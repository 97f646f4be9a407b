"""A page number or a number of copies: a short line, typed in any width; what cannot be meant becomes the nearest."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from desktop.domain.entries import parse_number
from desktop.domain.errors import ValidationError
from desktop.override import override

_CHARACTERS = 3


class SmallNumber(QLineEdit):
    """`entered` on Enter, after the text was put right. Arrow up and down count."""

    entered = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__("1", parent)
        self._value, self._lowest, self._highest = 1, 1, 1
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.editingFinished.connect(self._put_right)
        self.returnPressed.connect(self._enter)

    def set_range(self, lowest: int, highest: int) -> None:
        """Take numbers from `lowest` to `highest`."""
        self._lowest, self._highest = lowest, highest
        self.set_value(self._value)

    def set_value(self, value: int) -> None:
        """Show a number, or the nearest that may be."""
        self._value = min(max(value, self._lowest), self._highest)
        self.setText(str(self._value))

    def value(self) -> int:
        """The number that stands there; what cannot be read counts as the one before."""
        try:
            typed = parse_number(self.text())
        except ValidationError:
            return self._value
        return min(max(typed, self._lowest), self._highest)

    def _enter(self) -> None:
        self._put_right()
        self.entered.emit(self._value)

    def _put_right(self) -> None:
        self.set_value(self.value())

    @override
    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance("国") * _CHARACTERS
        return QSize(width, super().sizeHint().height())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.set_value(self.value() + step)
            self.selectAll()
