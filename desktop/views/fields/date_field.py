"""Dates as people type them: R6.4.1, 060401, 2024/4/1, +7."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from desktop.domain.era import DateStyle, format_date, parse_date, weekday_name
from desktop.override import override
from desktop.views.fields.line_field import LineField

_WIDTH_IN_CHARACTERS = 9


class DateField(LineField[date]):
    """A day (和暦). What was understood shows beside it while typing; arrow up and down go a day on and back."""

    def __init__(
        self,
        name: str,
        *,
        today: Callable[[], date],
        required: bool = False,
        style: DateStyle = DateStyle.LONG,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, required=required, characters=_WIDTH_IN_CHARACTERS, parent=parent)
        self._today = today
        self._style = style
        self._take_steps()
        self._line.setToolTip("例: R6.4.1　060401　2024/4/1　+7　今日（↑↓で1日ずつ）")

    @override
    def _parse(self, text: str) -> date:
        return parse_date(text, today=self._today())

    @override
    def _write(self, value: date) -> str:
        return format_date(value, self._style)

    @override
    def _note_while_typing(self, value: date) -> str:
        return f"{format_date(value)}（{weekday_name(value)}）"

    @override
    def _note_when_left(self, value: date) -> str:
        return f"（{weekday_name(value)}）"

    @override
    def _stepped(self, shown: date | None, steps: int) -> date:
        return self._today() if shown is None else shown + timedelta(days=steps)
