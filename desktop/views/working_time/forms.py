"""The strips of the calendar: an absence over several days or as a pattern, and the half-days of the week."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop.domain.working_time import (
    AWAY_LABEL,
    HALF_LABEL,
    MOST_MINUTES,
    MOST_WEEKS,
    WEEKDAYS,
    AwayKind,
    Half,
    HalfDay,
    StaffTime,
)
from desktop.override import override
from desktop.views.declarations.small_form import SmallForm
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.number_field import NumberField

_WHOLE, _ONCE = "whole", "once"
_HALVES = (
    Choice(code=_WHOLE, label="1日"),
    *(Choice(code=half.value, label=label) for half, label in HALF_LABEL.items()),
)
_PATTERNS = (
    Choice(code=_ONCE, label="期間のあいだ毎日"),
    Choice(code="1", label="毎週この曜日"),
    *(
        Choice(code=str(weeks), label=f"{weeks}週ごとにこの曜日")
        for weeks in range(2, MOST_WEEKS + 1)
    ),
)
_MINUTE_CHARACTERS = 3


class AwayForm(SmallForm):
    """`entered` carries kind, first day, last day (None: until further notice), half (None: all day), weekday and weeks."""

    entered = Signal(object, object, object, object, object, int)

    def __init__(self, today: Callable[[], date]) -> None:
        kinds = [Choice(code=kind.value, label=label) for kind, label in AWAY_LABEL.items()]
        self.kind = ChoiceField("種類", kinds, required=True)
        self.first_on = DateField("初めの日", today=today, required=True)
        self.last_on = DateField("終わりの日", today=today)
        self.half = ChoiceField("時間", _HALVES, required=True)
        self.pattern = ChoiceField("くり返し", _PATTERNS, required=True)
        fields: dict[str, QWidget] = {
            "種類(&K)": self.kind,
            "初めの日(&F)": self.first_on,
            "終わりの日(&T)": self.last_on,
            "時間(&J)": self.half,
            "くり返し(&R)": self.pattern,
        }
        super().__init__("away_form", "登録", fields)

    def ask(self, heading: str, at: HalfDay) -> None:
        """Ask for an absence that begins with this half-day."""
        self.begin(heading)
        self.kind.show_value(AwayKind.LEAVE.value)
        self.first_on.show_value(at.day)
        self.last_on.show_value(at.day)
        self.half.show_value(_WHOLE)
        self.pattern.show_value(_ONCE)
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def act(self) -> None:
        """Hand it in."""
        self._hand_in(self._send)

    def _send(self) -> None:
        reader = FormReader()
        kind = reader.read("kind", self.kind)
        first = reader.read("first_on", self.first_on)
        last = reader.read("last_on", self.last_on)
        half = reader.read("half", self.half)
        pattern = reader.read("pattern", self.pattern)
        reader.finish()
        if first is None:
            return
        repeats = pattern != _ONCE
        self.entered.emit(
            AwayKind(str(kind)),
            first,
            last if repeats else last or first,
            None if half == _WHOLE else Half(str(half)),
            first.weekday() if repeats else None,
            int(str(pattern)) if repeats else 1,
        )


class WeekForm(SmallForm):
    """`entered` carries the first day and the minutes of each half-day of the week."""

    entered = Signal(object, object)

    def __init__(self, today: Callable[[], date]) -> None:
        self.valid_from = DateField("いつから", today=today, required=True)
        self.cells = {
            (weekday, half): NumberField(
                f"{day}曜 {HALF_LABEL[half]}",
                unit="分",
                highest=MOST_MINUTES,
                characters=_MINUTE_CHARACTERS,
            )
            for half in Half
            for weekday, day in enumerate(WEEKDAYS)
        }
        fields: dict[str, QWidget] = {"いつから(&F)": self.valid_from, "": self._grid()}
        super().__init__("week_form", "登録", fields)

    def ask(self, heading: str, time: StaffTime, since: date) -> None:
        """Ask for the week from a day on; what holds then is filled in, the office's standard where nothing does."""
        self.begin(heading)
        self.valid_from.show_value(since)
        for (weekday, half), field in self.cells.items():
            field.show_value(_known(time, weekday, half, since) or None)
        self.cells[0, Half.AM].setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def act(self) -> None:
        """Hand it in."""
        self._hand_in(self._send)

    def _send(self) -> None:
        reader = FormReader()
        since = reader.read("valid_from", self.valid_from)
        found = {at: reader.read(field.name, field) or 0 for at, field in self.cells.items()}
        reader.finish()
        self.entered.emit(since, found)

    def _grid(self) -> QWidget:
        grid = QWidget()
        layout = QGridLayout(grid)
        layout.setContentsMargins(0, 0, 0, 0)
        for weekday, day in enumerate(WEEKDAYS):
            layout.addWidget(QLabel(f"{day}曜"), 0, weekday + 1)
        for row, half in enumerate(Half, start=1):
            layout.addWidget(QLabel(HALF_LABEL[half]), row, 0)
            for weekday in range(len(WEEKDAYS)):
                layout.addWidget(self.cells[weekday, half], row, weekday + 1)
        return grid


def _known(time: StaffTime, weekday: int, half: Half, on: date) -> int:
    """Minutes of a half-day of the week as they hold on a day."""
    said = [row for row in time.week if row.valid_from <= on]
    if not said:
        return sum(s.minutes for s in time.standard if s.half is half and weekday in s.weekdays)
    found = [row.minutes for row in said if (row.weekday, row.half) == (weekday, half)]
    return found[-1] if found else 0
