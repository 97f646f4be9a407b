"""A month of half-days: what is left for visits, and what takes the others away."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from PySide6.QtCore import QModelIndex, QObject

from desktop.domain.clock import japan_day
from desktop.domain.era import DateStyle, format_date, weekday_name
from desktop.domain.working_time import (
    AWAY_LABEL,
    BOOKED,
    CLOSED,
    HALF_LABEL,
    WEEKDAYS,
    AwayKind,
    AwayRow,
    Half,
    HalfDay,
    OfficeDayKind,
    RemovedSlot,
    Slot,
    StaffTime,
    WorkingTime,
)
from desktop.override import override
from desktop.viewmodels.columns import BrushOf
from desktop.viewmodels.half_days import HalfDayGrid, Index

_NOWHERE = QModelIndex()
_MANY = 1
NO_VISITS = "―"
#: What a cell has room for; the whole word stands beneath the table.
_SHORT = {
    CLOSED: "閉庁日",
    BOOKED: "同行",
    OfficeDayKind.PAYMENT.value: "支給日",
    OfficeDayKind.CLOSING.value: "締切日",
    OfficeDayKind.OTHER.value: "事務所",
    AwayKind.OTHER.value: "不在",
}


class MonthModel(HalfDayGrid):
    """Two rows a week; days outside the month are empty."""

    def __init__(self, brush_of: BrushOf | None = None, parent: QObject | None = None) -> None:
        super().__init__(brush_of, parent)
        self._time: StaffTime | None = None
        self._lines: tuple[tuple[date, Half], ...] = ()
        self._slots: dict[HalfDay, Slot] = {}
        self._removed: dict[HalfDay, RemovedSlot] = {}

    def show_time(self, time: StaffTime) -> None:
        """Show a month; the same month changes in place."""
        is_same = self._time is not None and self._time.first == time.first
        if not is_same:
            self.beginResetModel()
        self._time = time
        self._lines = tuple(_lines(time.first, time.last))
        self._slots = {slot.at: slot for slot in time.time.slots}
        self._removed = {HalfDay(day=s.day, half=s.half): s for s in time.time.removed}
        if is_same:
            self.all_changed()
        else:
            self.endResetModel()

    @property
    def time(self) -> StaffTime | None:
        """What is shown."""
        return self._time

    def half_day_at(self, index: Index) -> HalfDay | None:
        """The half-day of a cell; None outside the month."""
        return self._at(index.row(), index.column()) if index.isValid() else None

    def index_of(self, at: HalfDay) -> QModelIndex:
        """Where a half-day stands; an invalid index outside the month."""
        for row in range(len(self._lines)):
            for column in range(len(WEEKDAYS)):
                if self._at(row, column) == at:
                    return self.index(row, column)
        return QModelIndex()

    def away_at(self, at: HalfDay) -> tuple[AwayRow, ...]:
        """The absences that take a half-day."""
        if self._time is None:
            return ()
        return tuple(row for row in self._time.away if row.away.takes(at.day, at.half))

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    @override
    def head_of(self, row: int) -> str:
        return HALF_LABEL[self._lines[row][1]]

    @override
    def text_at(self, row: int, column: int) -> str:
        at = self._at(row, column)
        return "" if at is None else f"{at.day.day}日 {self._mark(at)}"

    @override
    def tone_at(self, row: int, column: int) -> str | None:
        at = self._at(row, column)
        if at is None:
            return None
        if at in self._slots:
            return "good"
        return "warning" if at in self._removed else "muted"

    @override
    def said_at(self, row: int, column: int) -> str:
        at = self._at(row, column)
        return "" if at is None else self.told(at)

    def told(self, at: HalfDay) -> str:
        """A half-day in words, with who entered what takes it away."""
        when = f"{format_date(at.day)}（{weekday_name(at.day)}）{HALF_LABEL[at.half]}"
        if at in self._slots:
            return f"{when}　訪問に使えます（{self._slots[at].minutes}分）。"
        entered = "、".join(_entered(row) for row in self.away_at(at))
        if at not in self._removed:
            return f"{when}　訪問に出ない半日です。{entered}"
        why = "・".join(cause.label for cause in self._removed[at].causes)
        return f"{when}　{why}のため訪問に使えません。{entered}"

    def _mark(self, at: HalfDay) -> str:
        if at in self._slots:
            return f"○{self._slots[at].minutes}分"
        if at not in self._removed:
            return NO_VISITS
        causes = self._removed[at].causes
        more = "ほか" if len(causes) > _MANY else ""
        return f"×{_SHORT.get(causes[0].code, causes[0].label)}{more}"

    def _at(self, row: int, column: int) -> HalfDay | None:
        if self._time is None or not 0 <= row < len(self._lines):
            return None
        monday, half = self._lines[row]
        day = monday + timedelta(days=column)
        is_shown = self._time.first <= day <= self._time.last
        return HalfDay(day=day, half=half) if is_shown else None


def summary(time: WorkingTime) -> str:
    """How much is left for visits, and what took the rest, most first."""
    parts = [f"訪問に使える半日 {len(time.slots)}（{_hours(time.minutes)}）"]
    causes = Counter(slot.causes[0].label for slot in time.removed)
    if causes:
        gone = "・".join(f"{label}{count}" for label, count in causes.most_common())
        parts.append(f"使えない半日：{gone}")
    return "　".join(parts)


def standard_note(time: StaffTime) -> str:
    """That the office's week was taken, where the person never said."""
    if not time.time.is_standard:
        return ""
    return "訪問に使う半日がまだ登録されていないため、事務所の標準で計算しています。「週の半日（W）」で登録してください。"


def span_of(row: AwayRow) -> str:
    """When an absence is, in words."""
    away = row.away
    half = HALF_LABEL[away.half] if away.half is not None else "1日"
    first = format_date(away.first_on, DateStyle.SHORT)
    if away.weekday is not None:
        every = "毎週" if away.every_weeks == 1 else f"{away.every_weeks}週ごとの"
        end = f"{format_date(away.last_on, DateStyle.SHORT)}まで" if away.last_on else "当面"
        return f"{first}から{end} {every}{WEEKDAYS[away.weekday]}曜 {half}"
    if away.last_on == away.first_on:
        return f"{first} {half}"
    return f"{first}～{format_date(away.last_on or away.first_on, DateStyle.SHORT)} {half}"


def covers_only(row: AwayRow, at: HalfDay) -> bool:
    """Whether an absence is nothing but this half-day."""
    away = row.away
    return away.first_on == away.last_on == at.day and away.half is at.half and away.weekday is None


def month_span(month: date) -> tuple[date, date]:
    """The first and the last day of a month."""
    following = (month.replace(day=1) + timedelta(days=31)).replace(day=1)
    return month.replace(day=1), following - timedelta(days=1)


def _entered(row: AwayRow) -> str:
    by = f"登録 {row.entered_by} {format_date(japan_day(row.entered_at), DateStyle.SHORT)}"
    return f"{AWAY_LABEL[row.away.kind]} {span_of(row)}（{by}）"


def _hours(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours}時間{rest}分" if rest else f"{hours}時間"


def _lines(first: date, last: date) -> list[tuple[date, Half]]:
    """Monday and half of every row; weeks of which no working day falls into the month are left out."""
    monday = first - timedelta(days=first.weekday())
    lines: list[tuple[date, Half]] = []
    while monday <= last:
        friday = monday + timedelta(days=len(WEEKDAYS) - 1)
        if friday >= first:
            lines.extend((monday, half) for half in Half)
        monday += timedelta(days=7)
    return lines
