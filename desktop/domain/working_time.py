"""When somebody can visit (勤務と当番): weekly half-days, what takes single ones away, and what is left in a period.

Pure: rows and office data in, half-days out. The planner and the screens ask the same function, `slots`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from desktop.domain.calendar import BusinessCalendar


class Half(StrEnum):
    """Half of a working day."""

    AM = "am"
    PM = "pm"


class AwayKind(StrEnum):
    """Why somebody makes no visits. No words go with it: the reason of a leave is personal and is never stored."""

    DUTY = "duty"
    LEAVE = "leave"
    TRAINING = "training"
    MEETING = "meeting"
    OTHER = "other"


class OfficeDayKind(StrEnum):
    """Why nobody of the office visits on an open day."""

    PAYMENT = "payment"
    CLOSING = "closing"
    OTHER = "office_other"


class Shift(StrEnum):
    """Where a day of the month goes that is no business day."""

    PREVIOUS = "previous"
    NEXT = "next"
    STAY = "stay"


HALF_LABEL: Mapping[Half, str] = {Half.AM: "午前", Half.PM: "午後"}
AWAY_LABEL: Mapping[AwayKind, str] = {
    AwayKind.DUTY: "当番",
    AwayKind.LEAVE: "休暇",
    AwayKind.TRAINING: "研修",
    AwayKind.MEETING: "会議",
    AwayKind.OTHER: "その他の不在",
}
OFFICE_DAY_LABEL: Mapping[OfficeDayKind, str] = {
    OfficeDayKind.PAYMENT: "支給日",
    OfficeDayKind.CLOSING: "締切日",
    OfficeDayKind.OTHER: "事務所の都合",
}
SHIFT_LABEL: Mapping[Shift, str] = {
    Shift.PREVIOUS: "前の開庁日にする",
    Shift.NEXT: "次の開庁日にする",
    Shift.STAY: "そのまま",
}
WEEKDAYS = ("月", "火", "水", "木", "金")
#: A half-day has at most so many minutes, and a pattern comes at most every so many weeks.
MOST_MINUTES, MOST_WEEKS = 300, 8
#: Nobody asks for more at once.
LONGEST_PERIOD_DAYS = 800


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class HalfDay:
    """One half of one day."""

    day: date
    half: Half


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyMinutes:
    """Minutes for visits, travel included, in a half-day of the week (Monday = 0), from a day on. 0 takes it out."""

    weekday: int
    half: Half
    minutes: int
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """Somebody makes no visits: single days, a range, or a weekday that comes back.

    `half` None means the whole day. With `weekday` it is a pattern: that weekday every `every_weeks` weeks, counted from
    the week of `first_on`; `last_on` None means until further notice, which only a pattern and a
    longer absence of the office's register may be.
    """

    away_id: UUID | None = None
    kind: AwayKind
    first_on: date
    last_on: date | None
    half: Half | None = None
    weekday: int | None = None
    every_weeks: int = 1

    def takes(self, day: date, half: Half) -> bool:
        """Whether this half-day falls to it."""
        if day < self.first_on or (self.last_on is not None and day > self.last_on):
            return False
        if self.half not in {None, half}:
            return False
        if self.weekday is None:
            return True
        weeks = (_monday(day) - _monday(self.first_on)).days // 7
        return day.weekday() == self.weekday and weeks % self.every_weeks == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeDayRule:
    """Days of a month on which nobody visits: `open_days` business days that end with `day_of_month`, shifted.

    31 means the last day of the month.
    """

    code: str
    label: str
    kind: OfficeDayKind
    day_of_month: int
    shift: Shift
    open_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardHalf:
    """What the office takes for somebody who has not said when he or she visits."""

    half: Half
    minutes: int
    weekdays: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeTime:
    """What holds for everybody: open days, days without visits, the standard week."""

    calendar: BusinessCalendar
    rules: tuple[OfficeDayRule, ...] = ()
    standard: tuple[StandardHalf, ...] = ()
    holidays: Mapping[date, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What took a half-day away: a code (that of AwayKind, OfficeDayKind, "closed", "booked") and its word."""

    code: str
    label: str


CLOSED, BOOKED = "closed", "booked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A half-day in which somebody visits."""

    day: date
    half: Half
    minutes: int

    @property
    def at(self) -> HalfDay:
        """Which half-day it is."""
        return HalfDay(day=self.day, half=self.half)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovedSlot:
    """A half-day that the week has but that is gone, with everything that takes it away."""

    day: date
    half: Half
    minutes: int
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingTime:
    """The half-days of a period. `is_standard` says that the person never said, so the office's week was taken."""

    slots: tuple[Slot, ...]
    removed: tuple[RemovedSlot, ...]
    is_standard: bool

    @property
    def minutes(self) -> int:
        """All minutes that are there for visits."""
        return sum(slot.minutes for slot in self.slots)

    def why_not(self, at: HalfDay) -> str:
        """Why a half-day cannot be used, in words ("当番"); "" where it can."""
        for gone in self.removed:
            if (gone.day, gone.half) == (at.day, at.half):
                return "・".join(cause.label for cause in gone.causes)
        return "" if any(slot.at == at for slot in self.slots) else "訪問に出ない半日"


def slots(
    week: Sequence[WeeklyMinutes],
    away: Sequence[Away],
    office: OfficeTime,
    first: date,
    last: date,
    booked: frozenset[HalfDay] = frozenset(),
) -> WorkingTime:
    """The half-days of a period, in order, and those that are gone with their causes.

    `week` is all that the person ever said; of each half-day the newest row up to the day counts. `booked` are half-days
    in which the person goes along elsewhere. ValueError for a period longer than LONGEST_PERIOD_DAYS.
    """
    if (last - first).days > LONGEST_PERIOD_DAYS:
        raise ValueError("the period is too long")
    said = sorted(week, key=lambda row: row.valid_from)
    blocked = _office_days(office, first, last)
    left: list[Slot] = []
    removed: list[RemovedSlot] = []
    for day in _days(first, last):
        for half in Half:
            minutes = _minutes(said, office, day, half)
            if minutes == 0:
                continue
            causes = (*_closed(office, day), *blocked.get(day, ()), *_away(away, day, half))
            if HalfDay(day=day, half=half) in booked:
                causes = (*causes, Cause(code=BOOKED, label="同行の予約"))
            if causes:
                removed.append(RemovedSlot(day=day, half=half, minutes=minutes, causes=causes))
            else:
                left.append(Slot(day=day, half=half, minutes=minutes))
    return WorkingTime(slots=tuple(left), removed=tuple(removed), is_standard=not said)


def office_days(office: OfficeTime, first: date, last: date) -> dict[date, tuple[Cause, ...]]:
    """The business days of a period on which nobody visits, with what they are."""
    return {day: causes for day, causes in _office_days(office, first, last).items() if causes}


def _office_days(office: OfficeTime, first: date, last: date) -> dict[date, tuple[Cause, ...]]:
    found: dict[date, tuple[Cause, ...]] = {}
    for rule in office.rules:
        for month in _months(first, last):
            for day in _days_of_rule(rule, office.calendar, month):
                if first <= day <= last:
                    cause = Cause(code=rule.kind.value, label=rule.label)
                    found[day] = (*found.get(day, ()), cause)
    return found


def _days_of_rule(rule: OfficeDayRule, calendar: BusinessCalendar, month: date) -> Iterator[date]:
    following = (month + timedelta(days=31)).replace(day=1)
    day = min(month + timedelta(days=rule.day_of_month - 1), following - timedelta(days=1))
    if rule.shift is Shift.PREVIOUS:
        day = calendar.previous_open(day)
    elif rule.shift is Shift.NEXT:
        day = calendar.next_open(day)
    elif not calendar.is_open(day):
        return
    for _ in range(rule.open_days):
        yield day
        day = calendar.add_open_days(day, -1)


def _minutes(said: Sequence[WeeklyMinutes], office: OfficeTime, day: date, half: Half) -> int:
    """The newest word counts; nobody said anything before the first row, so the office's standard holds until then."""
    if day.weekday() >= len(WEEKDAYS):
        return 0
    minutes: int | None = None
    for row in said:
        if row.valid_from <= day and (row.weekday, row.half) == (day.weekday(), half):
            minutes = row.minutes
    if minutes is not None:
        return minutes
    if any(row.valid_from <= day for row in said):
        return 0
    return sum(
        each.minutes
        for each in office.standard
        if each.half is half and day.weekday() in each.weekdays
    )


def _closed(office: OfficeTime, day: date) -> tuple[Cause, ...]:
    if office.calendar.is_open(day):
        return ()
    return (Cause(code=CLOSED, label=office.holidays.get(day, "閉庁日")),)


def _away(away: Sequence[Away], day: date, half: Half) -> tuple[Cause, ...]:
    kinds = dict.fromkeys(each.kind for each in away if each.takes(day, half))
    return tuple(Cause(code=kind.value, label=AWAY_LABEL[kind]) for kind in kinds)


def _days(first: date, last: date) -> Iterator[date]:
    for passed in range((last - first).days + 1):
        yield first + timedelta(days=passed)


def _months(first: date, last: date) -> Iterator[date]:
    """The months of the period and the one after it: a day that is shifted back may come from there."""
    month = first.replace(day=1)
    while month <= last.replace(day=1) + timedelta(days=31):
        yield month
        month = (month + timedelta(days=32)).replace(day=1)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekInput:
    """A person's week from a day on: minutes of every half-day that has any."""

    staff_id: UUID
    valid_from: date
    minutes: Mapping[tuple[int, Half], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class AwayInput:
    """An absence, or days on duty, to be entered. `away_id` is made by the screen, so a retry stores once."""

    away_id: UUID
    staff_id: UUID
    kind: AwayKind
    first_on: date
    last_on: date | None
    half: Half | None = None
    weekday: int | None = None
    every_weeks: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamMember:
    """Somebody whose working time the person may see; `may_edit` says whether also change."""

    staff_id: UUID
    name: str = field(repr=False)
    may_edit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AwayRow:
    """An absence with who entered it, as the screen lists it."""

    away: Away
    entered_by: str = field(repr=False)
    entered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffTime:
    """Everything about one person's half-days in a period, as the screen shows it."""

    staff_id: UUID
    first: date
    last: date
    week: tuple[WeeklyMinutes, ...]
    away: tuple[AwayRow, ...]
    time: WorkingTime
    closed: Mapping[date, tuple[Cause, ...]]
    standard: tuple[StandardHalf, ...]
