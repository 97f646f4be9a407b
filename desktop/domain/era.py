"""The door to era dates (和暦): reading, writing, fiscal years (年度) and ages."""

from __future__ import annotations

from datetime import date, timedelta

from desktop.domain.era_entry import parse_date, parse_month
from desktop.domain.era_table import (
    EARLIEST_DAY,
    ERAS,
    DateStyle,
    Era,
    era_of,
    format_date,
    format_month,
    format_year,
    weekday_name,
)

__all__ = [
    "EARLIEST_DAY",
    "ERAS",
    "DateStyle",
    "Era",
    "age_on",
    "attained_age_on",
    "era_of",
    "fiscal_year",
    "fiscal_year_label",
    "format_date",
    "format_month",
    "format_year",
    "parse_date",
    "parse_month",
    "weekday_name",
]

_FIRST_MONTH_OF_FISCAL_YEAR = 4


def fiscal_year(day: date) -> int:
    """Return the Western year in which the fiscal year (年度, from 1 April) of a day began."""
    return day.year if day.month >= _FIRST_MONTH_OF_FISCAL_YEAR else day.year - 1


def fiscal_year_label(year: int) -> str:
    """Write a fiscal year by its Western year: 令和6年度.

    The era of 1 May names it: 2019 as a whole is 令和元年度 (government agreement of 2019-04-01), 1988 is 昭和63年度.
    """
    return f"{format_year(date(year, 5, 1))}度"


def age_on(birth: date, day: date) -> int:
    """Return the age as everyone counts it: it rises on the birthday (29 February: on 1 March in other years)."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def attained_age_on(birth: date, day: date) -> int:
    """Return the age attained in law: it rises on the eve of the birthday (年齢計算ニ関スル法律, 民法143条)."""
    return age_on(birth, day + timedelta(days=1))
