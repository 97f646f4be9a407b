"""Times of day: 1030, 10:30, 10時半."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.entries import format_time, parse_time
from desktop.override import override
from desktop.views.fields.line_field import LineField

_WIDTH_IN_CHARACTERS = 4
_STEP_MINUTES = 5
_MINUTES_OF_DAY = 24 * 60


class TimeField(LineField[int]):
    """A time of day in minutes since midnight; arrow up and down go five minutes on and back."""

    def __init__(self, name: str, *, required: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(name, required=required, characters=_WIDTH_IN_CHARACTERS, parent=parent)
        self._take_steps()
        self._line.setToolTip("例: 1030　10:30　10時半　午後2時")

    @override
    def _parse(self, text: str) -> int:
        return parse_time(text)

    @override
    def _write(self, value: int) -> str:
        return format_time(value)

    @override
    def _note_while_typing(self, value: int) -> str:
        return format_time(value)

    @override
    def _stepped(self, shown: int | None, steps: int) -> int | None:
        return None if shown is None else (shown + steps * _STEP_MINUTES) % _MINUTES_OF_DAY
