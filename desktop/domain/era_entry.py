"""Dates as people type them and as ledgers hold them, read into a day or refused with a sentence.

A year of one or two digits without an era is one of the current era (6.4.1, 060401); a leading digit 1 to 5
before six digits is the era code of ledgers (5060401 = 令和6年4月1日); month and day alone are of this year.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date, timedelta

from desktop.domain.dates import months_later
from desktop.domain.era_table import (
    EARLIEST_DAY,
    ERAS,
    Era,
    era_of,
    format_date,
    format_month,
    format_year,
    year_number,
)
from desktop.domain.errors import ValidationError

_ERA_BY_SIGN = {sign: era for era in ERAS for sign in (era.name, era.name[0], era.letter, era.code)}
_NEAR_DAYS = {"一昨日": -2, "昨日": -1, "今日": 0, "本日": 0, "明日": 1, "明後日": 2}
_SIGN = "明治|大正|昭和|平成|令和|[明大昭平令MTSHR]"
_TIDY = str.maketrans(dict.fromkeys("‐‑‒–—―−ー─ｰ", "-") | dict.fromkeys("・。、,", "."))
_SPACES = re.compile(r"\s+")
_WEEKDAY = re.compile(r"\([月火水木金土日]\)$")
_DAYS_FROM_NOW = re.compile(r"[+-]\d{1,4}")
_MONTH_DAY = re.compile(r"(\d{1,2})[月/.-](\d{1,2})日?")
_COMPACT = re.compile(rf"({_SIGN}|[1-5])?(\d\d)(\d\d)(\d\d)")
_COMPACT_WESTERN = re.compile(r"(\d{4})(\d\d)(\d\d)")
_CODED = re.compile(r"([1-5])[/.-](\d{1,2})[/.-](\d{1,2})[/.-](\d{1,2})")
_WESTERN = re.compile(r"(?:西暦)?(\d{4})[年/.-](?:(\d{1,2})(?:[月/.-](?:(\d{1,2})日?)?)?)?")
_OF_ERA = re.compile(
    rf"({_SIGN})?(元|\d{{1,2}})[年/.-](?:(\d{{1,2}})(?:[月/.-](?:(\d{{1,2}})日?)?)?)?"
)
_SHOWN_CHARACTERS = 20


def parse_date(text: str, *, today: date) -> date:
    """Read what was typed; `today` fills in what is left out. ValidationError if it is no day."""
    entry = _tidy(text)
    if not entry:
        raise ValidationError("日付を入力してください。")
    for read in (_read_near, _read_month_day, _read_compact, _read_western, _read_of_era):
        day = read(entry, today)
        if day is not None:
            return day
    raise ValidationError(
        f"「{text.strip()[:_SHOWN_CHARACTERS]}」は日付として読み取れません。R6.4.1、060401、2024/4/1 のように入力してください。"
    )


def parse_month(text: str, *, today: date) -> date:
    """Read a month as people type it (R7.3, 令和7年3月, 2025/3, +3 months, or any day of it): its first day."""
    entry = _tidy(text)
    if _DAYS_FROM_NOW.fullmatch(entry):
        return months_later(today.replace(day=1), int(entry))
    with_day = f"{entry}1日" if entry.endswith("月") else f"{entry}.1"
    for read in (_read_western, _read_of_era, _read_month_day):
        day = read(with_day, today)
        if day is not None:
            return day.replace(day=1)
    return parse_date(text, today=today).replace(day=1)


def _tidy(text: str) -> str:
    entry = _SPACES.sub("", unicodedata.normalize("NFKC", text)).translate(_TIDY).upper()
    return _WEEKDAY.sub("", entry)


def _read_near(entry: str, today: date) -> date | None:
    if entry in _NEAR_DAYS:
        return today + timedelta(days=_NEAR_DAYS[entry])
    if _DAYS_FROM_NOW.fullmatch(entry):
        return today + timedelta(days=int(entry))
    return None


def _read_month_day(entry: str, today: date) -> date | None:
    found = _MONTH_DAY.fullmatch(entry)
    return _western_day(str(today.year), found[1], found[2]) if found else None


def _read_compact(entry: str, today: date) -> date | None:
    if found := _COMPACT_WESTERN.fullmatch(entry):
        return _western_day(*found.groups())
    if found := _COMPACT.fullmatch(entry) or _CODED.fullmatch(entry):
        return _day_of_era(_era(found[1], today), *found.groups()[1:])
    return None


def _read_western(entry: str, _today: date) -> date | None:
    found = _WESTERN.fullmatch(entry)
    return _western_day(*found.groups()) if found else None


def _read_of_era(entry: str, today: date) -> date | None:
    found = _OF_ERA.fullmatch(entry)
    return _day_of_era(_era(found[1], today), *found.groups()[1:]) if found else None


def _era(sign: str | None, today: date) -> Era:
    return _ERA_BY_SIGN[sign] if sign else era_of(today)


def _western_day(year: str, month: str | None, day: str | None) -> date:
    if int(year) < EARLIEST_DAY.year:
        raise ValidationError(
            f"{int(year)}年は入力できません。明治元年（1868年）以後の日付を入力してください。"
        )
    found = _day(int(year), month, day, f"{int(year)}年")
    if found < EARLIEST_DAY:
        raise ValidationError("明治元年10月23日より前の日付は入力できません。")
    return found


def _day_of_era(era: Era, year: str, month: str | None, day: str | None) -> date:
    number = 1 if year == "元" else int(year)
    if number == 0:
        raise ValidationError(f"{era.name}0年はありません。最初の年は{era.name}元年です。")
    western = era.start.year + number - 1
    name = f"{era.name}{year_number(number)}年"
    if month is not None:
        _check_month(month, name)
    if day is not None:
        _check_day(western, month, day, name)
    _check_within(era, western, month, day)
    return _day(western, month, day, name)


def _day(year: int, month: str | None, day: str | None, name: str) -> date:
    if month is None:
        raise ValidationError(f"{name}の何月何日かを入力してください。")
    _check_month(month, name)
    if day is None:
        raise ValidationError(f"{name}{int(month)}月の何日かを入力してください。")
    _check_day(year, month, day, name)
    return date(year, int(month), int(day))


def _check_month(month: str, name: str) -> None:
    if not 1 <= int(month) <= 12:  # noqa: PLR2004 - months of a year
        raise ValidationError(f"{name}に{int(month)}月はありません。月は1から12までです。")


def _check_day(year: int, month: str | None, day: str, name: str) -> None:
    last = calendar.monthrange(year, int(month or 1))[1]
    if not 1 <= int(day) <= last:
        raise ValidationError(
            f"{name}{int(month or 1)}月に{int(day)}日はありません。{last}日までです。"
        )


def _check_within(era: Era, year: int, month: str | None, day: str | None) -> None:
    """Refuse what lies wholly outside the era, with the day, month or year that was probably meant."""
    write = format_year if month is None else format_month if day is None else format_date
    first_month, last_month = int(month or 1), int(month or 12)
    first = date(year, first_month, int(day or 1))
    last = date(year, last_month, int(day or calendar.monthrange(year, last_month)[1]))
    if era.end is not None and first > era.end:
        raise ValidationError(
            f"{era.name}は{_in_era(era.end)}までです。{write(first)}ではありませんか。"
        )
    if last < era.start:
        earlier = f"{write(last)}ではありませんか。" if last >= EARLIEST_DAY else ""
        raise ValidationError(f"{era.name}は{_in_era(era.start)}からです。{earlier}")


def _in_era(day: date) -> str:
    return format_date(day).removeprefix(era_of(day).name)
