"""Times of day, numbers, amounts and postal codes as people type them, at any width."""

from __future__ import annotations

import re
import unicodedata

from desktop.domain.errors import ValidationError

_MINUTES_OF_HOUR = 60
_HOURS_OF_DAY = 24
_NOON_HOUR = 12
_MOST_DIGITS = 12
_TIME = re.compile(
    r"(?P<half>午前|午後|AM|PM)?(?P<hour>\d{1,2})(?:[:時.](?:(?P<minute>\d{1,2})分?|(?P<thirty>半))?)?"
)
_COMPACT_TIME = re.compile(r"(?P<hour>\d{1,2})(?P<minute>\d\d)")
_NUMBER_SIGNS = re.compile(r"[,、\s]")
_NUMBER = re.compile(r"[+-]?\d+")
_YEN_SIGNS = re.compile(r"^[¥\\]|円$")
_POSTAL = re.compile(r"〒?(\d{3})-?(\d{4})")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー", "-"))


def parse_time(text: str) -> int:
    """Read a time of day (1030, 10:30, 10時半, 午後2時) as minutes since midnight."""
    entry = "".join(_plain(text).upper().split())
    found = _COMPACT_TIME.fullmatch(entry) or _TIME.fullmatch(entry)
    if found is None:
        raise ValidationError(
            "時刻として読み取れません。1030、10:30、10時半 のように入力してください。"
        )
    parts = found.groupdict()
    minute = 30 if parts.get("thirty") else int(parts["minute"] or 0)
    hour = _hour_of_day(int(parts["hour"]), parts.get("half"))
    if hour >= _HOURS_OF_DAY or minute >= _MINUTES_OF_HOUR:
        raise ValidationError(f"{hour}時{minute}分という時刻はありません。")
    return hour * _MINUTES_OF_HOUR + minute


def format_time(minutes: int | None) -> str:
    """Write minutes since midnight as 9:05; an empty text for None."""
    if minutes is None:
        return ""
    return f"{minutes // _MINUTES_OF_HOUR}:{minutes % _MINUTES_OF_HOUR:02}"


def format_postal(code: str) -> str:
    """Write a postal code as 〒100-0001; whatever is no such code stays as it is."""
    found = _POSTAL.fullmatch(code)
    return f"〒{found[1]}-{found[2]}" if found else code


def parse_number(text: str) -> int:
    """Read a whole number, with or without separators."""
    entry = _NUMBER_SIGNS.sub("", _plain(text))
    if not _NUMBER.fullmatch(entry):
        raise ValidationError("数字で入力してください。")
    if len(entry) > _MOST_DIGITS:
        raise ValidationError("桁が多すぎます。")
    return int(entry)


def parse_yen(text: str) -> int:
    """Read an amount of whole yen: 12,345円, ￥12345."""
    return parse_number(_YEN_SIGNS.sub("", _plain(text).strip()))


def parse_postal_code(text: str) -> str:
    """Read a postal code as `123-4567`."""
    found = _POSTAL.fullmatch("".join(_plain(text).split()))
    if found is None:
        raise ValidationError("郵便番号は7桁の数字で入力してください。")
    return f"{found[1]}-{found[2]}"


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_DASHES)


def _hour_of_day(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    if hour > _NOON_HOUR:
        raise ValidationError(f"{half}{hour}時という時刻はありません。")
    return hour % _NOON_HOUR + (_NOON_HOUR if half in {"午後", "PM"} else 0)
