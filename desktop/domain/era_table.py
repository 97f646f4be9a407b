"""The eras (元号) and how dates are written by them.

Japan took up the Gregorian calendar on 明治6年1月1日 (1873-01-01). Office data has no earlier dates, so a
date of 明治元年 to 明治5年 is read as if the Gregorian calendar had been in force, not as a lunar date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

_WEEKDAYS = "月火水木金土日"


class DateStyle(Enum):
    """How a date is written: 令和6年4月1日, R6.4.1 or 2024/04/01."""

    LONG = "long"
    SHORT = "short"
    WESTERN = "western"


@dataclass(frozen=True, slots=True, kw_only=True)
class Era:
    """One era (元号); `code` is the digit that ledgers put before the year, `end` its last day."""

    name: str
    letter: str
    code: str
    start: date
    end: date | None = None

    def has(self, day: date) -> bool:
        """Whether the day lies in this era."""
        return self.start <= day and (self.end is None or day <= self.end)


# 改元: 詔書 1868, 1912, 1926; 元号法 (昭和54年法律43号) and its orders of 1989 and 2019.
ERAS: tuple[Era, ...] = (
    Era(name="明治", letter="M", code="1", start=date(1868, 10, 23), end=date(1912, 7, 29)),
    Era(name="大正", letter="T", code="2", start=date(1912, 7, 30), end=date(1926, 12, 24)),
    Era(name="昭和", letter="S", code="3", start=date(1926, 12, 25), end=date(1989, 1, 7)),
    Era(name="平成", letter="H", code="4", start=date(1989, 1, 8), end=date(2019, 4, 30)),
    Era(name="令和", letter="R", code="5", start=date(2019, 5, 1)),
)
EARLIEST_DAY = ERAS[0].start


def era_of(day: date) -> Era:
    """Return the era of a day; ValueError before 明治."""
    for era in reversed(ERAS):
        if day >= era.start:
            return era
    raise ValueError("no era before 1868-10-23")


def format_date(day: date | None, style: DateStyle = DateStyle.LONG) -> str:
    """Write a date; an empty text for None; days before 明治 are always written the Western way."""
    if day is None:
        return ""
    if style is DateStyle.WESTERN or day < EARLIEST_DAY:
        return f"{day.year:04}/{day.month:02}/{day.day:02}"
    if style is DateStyle.SHORT:
        return f"{_short_year(day)}.{day.month}.{day.day}"
    return f"{format_year(day)}{day.month}月{day.day}日"


def format_month(day: date | None, style: DateStyle = DateStyle.LONG) -> str:
    """Write the month of a date: 令和6年4月, R6.4 or 2024/04; an empty text for None."""
    if day is None:
        return ""
    if style is DateStyle.WESTERN or day < EARLIEST_DAY:
        return f"{day.year:04}/{day.month:02}"
    if style is DateStyle.SHORT:
        return f"{_short_year(day)}.{day.month}"
    return f"{format_year(day)}{day.month}月"


def format_year(day: date) -> str:
    """Write the era year of a date: 令和6年, 令和元年."""
    era = era_of(day)
    return f"{era.name}{year_number(day.year - era.start.year + 1)}年"


def year_number(year_of_era: int) -> str:
    """Write a year of an era; the first is 元."""
    return "元" if year_of_era == 1 else str(year_of_era)


def weekday_name(day: date) -> str:
    """Return the weekday as one character (月 to 日)."""
    return _WEEKDAYS[day.weekday()]


def _short_year(day: date) -> str:
    era = era_of(day)
    return f"{era.letter}{day.year - era.start.year + 1}"
