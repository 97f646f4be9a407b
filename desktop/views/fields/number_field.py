"""Whole numbers, at any width."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop.domain.entries import parse_number
from desktop.domain.errors import ValidationError
from desktop.override import override
from desktop.views.fields.line_field import LineField

_WIDTH_IN_CHARACTERS = 5


class NumberField(LineField[int]):
    """A whole number with its unit behind it, aligned right, within `lowest` and `highest`."""

    def __init__(
        self,
        name: str,
        *,
        required: bool = False,
        unit: str = "",
        lowest: int = 0,
        highest: int | None = None,
        characters: int = _WIDTH_IN_CHARACTERS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, required=required, characters=characters, parent=parent)
        self._lowest = lowest
        self._highest = highest
        self._line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._line.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        if unit:
            self._row.insertWidget(1, QLabel(unit))

    @override
    def _parse(self, text: str) -> int:
        number = self._number(text)
        if number < self._lowest:
            raise ValidationError(f"{self._write(self._lowest)}以上で入力してください。")
        if self._highest is not None and number > self._highest:
            raise ValidationError(f"{self._write(self._highest)}以下で入力してください。")
        return number

    def _number(self, text: str) -> int:
        return parse_number(text)
