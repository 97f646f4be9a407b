"""Amounts of money."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.entries import parse_yen
from desktop.override import override
from desktop.views.fields.number_field import NumberField

_WIDTH_IN_CHARACTERS = 7


class YenField(NumberField):
    """An amount in whole yen, shown with separators."""

    def __init__(
        self,
        name: str,
        *,
        required: bool = False,
        lowest: int = 0,
        highest: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            name,
            required=required,
            unit="円",
            lowest=lowest,
            highest=highest,
            characters=_WIDTH_IN_CHARACTERS,
            parent=parent,
        )

    @override
    def _number(self, text: str) -> int:
        return parse_yen(text)

    @override
    def _write(self, value: int) -> str:
        return f"{value:,}"
