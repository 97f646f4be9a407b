"""Months as people type them: R7.3, 令和7年3月, 2025/3, +3."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.domain.dates import months_later
from desktop.domain.era import DateStyle, format_month, parse_month
from desktop.override import override
from desktop.views.fields.line_field import LineField

_WIDTH_IN_CHARACTERS = 7


class MonthField(LineField[date]):
    """A month, as its first day. What was understood shows beside it while typing; arrow up and down go a month on and back."""

    def __init__(
        self,
        name: str,
        *,
        today: Callable[[], date],
        required: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, required=required, characters=_WIDTH_IN_CHARACTERS, parent=parent)
        self._today = today
        self._take_steps()
        self._line.setToolTip("例: R7.3　2025/3　+3（3か月後）（↑↓で1か月ずつ）")

    @override
    def _parse(self, text: str) -> date:
        return parse_month(text, today=self._today())

    @override
    def _write(self, value: date) -> str:
        return format_month(value, DateStyle.SHORT)

    @override
    def _note_while_typing(self, value: date) -> str:
        return format_month(value)

    @override
    def _stepped(self, shown: date | None, steps: int) -> date:
        first = self._today().replace(day=1)
        return first if shown is None else months_later(shown, steps)
