"""A line of text."""

from __future__ import annotations

import unicodedata

from PySide6.QtWidgets import QWidget

from desktop.override import override
from desktop.views.fields.line_field import LineField


class TextField(LineField[str]):
    """A line of text as typed, without blanks around it; variation sequences stay as they are."""

    def __init__(
        self,
        name: str,
        *,
        required: bool = False,
        characters: int = 0,
        longest: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, required=required, characters=characters, parent=parent)
        if longest:
            self._line.setMaxLength(longest)

    @override
    def _parse(self, text: str) -> str:
        return "".join(sign for sign in text if unicodedata.category(sign) != "Cc").strip()
