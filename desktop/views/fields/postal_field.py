"""Postal codes, and the address that belongs to one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from desktop.domain.entries import parse_postal_code
from desktop.domain.errors import ValidationError
from desktop.override import override
from desktop.views.fields.line_field import LineField

_WIDTH_IN_CHARACTERS = 5

Lookup = Callable[[str, Callable[[str | None], None]], None]
"""`lookup(code, answer)`: looks the code up elsewhere and calls `answer` with the address or None, on the UI thread."""


class PostalField(LineField[str]):
    """A postal code as `123-4567`; `address_found` tells the address when a person typed a known one."""

    address_found = Signal(str)

    def __init__(
        self,
        name: str,
        *,
        lookup: Lookup | None = None,
        required: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, required=required, characters=_WIDTH_IN_CHARACTERS, parent=parent)
        self._lookup = lookup
        self._line.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self._row.insertWidget(0, QLabel("〒"))
        self.edited.connect(self._look_up)

    @override
    def _parse(self, text: str) -> str:
        return parse_postal_code(text)

    def _look_up(self) -> None:
        code = self._typed_code()
        if code is not None and self._lookup is not None:
            self._lookup(code, lambda address: self._take_address(code, address))

    def _typed_code(self) -> str | None:
        try:
            return parse_postal_code(self._line.text())
        except ValidationError:
            return None

    def _take_address(self, code: str, address: str | None) -> None:
        if code != self._typed_code():
            return
        self.show_note(address or "この番号の住所は見つかりません")
        if address:
            self.address_found.emit(address)

    @override
    def show_value(self, value: str | None) -> None:
        note = self._note.text() if value is not None and value == self._typed_code() else ""
        super().show_value(value)
        self.show_note(note)
