"""Times of day: 1030, 10:30, 10時半."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.entries import format_time, parse_time
from desktop.domain.errors import ValidationError
from desktop.override import override
from desktop.views.fields.line_field import LineField

_WIDTH_IN_CHARACTERS = 4
_STEP_MINUTES = 5
_MINUTES_OF_DAY = 24 * 60


class TimeField(LineField[int]):
    """A time of day in minutes since midnight; arrow up and down go five minutes on and back."""

    def __init__(self, name: str, *, required: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(name, required=required, characters=_WIDTH_IN_CHARACTERS, parent=parent)
        self._line.set_steps(enabled=True)
        self._line.stepped.connect(self._step)
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

    def _step(self, steps: int) -> None:
        if self._line.isReadOnly():
            return
        try:
            shown = self._read()
        except ValidationError as error:
            self.show_error(error.sentence)
            return
        if shown is not None:
            self.show_value((shown + steps * _STEP_MINUTES) % _MINUTES_OF_DAY)
            self._line.selectAll()
            self._was_edited()
