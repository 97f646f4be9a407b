"""From when to when, in one field: 1030-1115, 10:30 11:15, 1030+45."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.domain.entries import parse_number, parse_time
from desktop.domain.errors import ValidationError
from desktop.override import override
from desktop.viewmodels.records_text import time_span
from desktop.views.fields.line_field import LineField

_WIDTH_IN_CHARACTERS = 8
_BETWEEN = re.compile(r"\s*(?:[-‐‑–—―−ー～〜~]|から)\s*|\s+")
_MINUTES_LATER = re.compile(r"(.+?)\s*[+＋]\s*(\d+)\s*分?")
_MINUTES_OF_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """Minutes since midnight; the end may be unknown."""

    started_at: int
    ended_at: int | None = None


class TimeSpanField(LineField[TimeSpan]):
    """Start and end of a contact. `+45` means so many minutes later."""

    def __init__(self, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(name, characters=_WIDTH_IN_CHARACTERS, parent=parent)
        self._line.setToolTip("例: 1030-1115　10:30～11:15　1030+45　1030")

    @override
    def _parse(self, text: str) -> TimeSpan:
        later = _MINUTES_LATER.fullmatch(text.strip())
        if later is not None:
            start = parse_time(later[1])
            return _span(start, start + parse_number(later[2]))
        parts = [part for part in _BETWEEN.split(text.strip()) if part]
        if len(parts) > 2:  # noqa: PLR2004
            raise ValidationError("時刻は 1030-1115 のように、開始と終了を入力してください。")
        return _span(*(parse_time(part) for part in parts))

    @override
    def _write(self, value: TimeSpan) -> str:
        return time_span(value.started_at, value.ended_at)

    @override
    def _note_while_typing(self, value: TimeSpan) -> str:
        return _length(value)

    @override
    def _note_when_left(self, value: TimeSpan) -> str:
        return _length(value)


def _span(start: int, end: int | None = None) -> TimeSpan:
    if end is not None and not start <= end < _MINUTES_OF_DAY:
        raise ValidationError("終了時刻が開始時刻より前です。")
    return TimeSpan(start, end)


def _length(value: TimeSpan) -> str:
    return f"{value.ended_at - value.started_at}分" if value.ended_at is not None else ""
