"""Era dates beside ICU, the calendar library inside Qt's own packages: an implementation that shares nothing with ours."""

from __future__ import annotations

import ctypes
import os
import sys
from datetime import date, timedelta
from pathlib import Path

import PySide6
import pytest

from desktop.domain.era import format_date

_GREGORIAN_IN_JAPAN = date(1873, 1, 1)
_UNIX_DAY_ZERO = date(1970, 1, 1)
_MILLISECONDS_OF_DAY = 86_400_000.0
_BY_PATTERN = -2  # UDAT_PATTERN

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="Qt carries ICU only in its Linux packages"
)


class IcuJapaneseCalendar:
    """`udat_format` with the Japanese calendar, in UTC."""

    def __init__(self) -> None:
        library = next((Path(PySide6.__file__).parent / "Qt" / "lib").glob("libicui18n.so.*"))
        version = library.name.rsplit(".", 1)[1]
        icu = ctypes.CDLL(os.fspath(library))
        self._format = getattr(icu, f"udat_format_{version}")
        self._format.argtypes = [
            ctypes.c_void_p, ctypes.c_double, ctypes.c_void_p, ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p,
        ]  # fmt: skip
        self._status = ctypes.c_int(0)
        self._handle = self._opened(getattr(icu, f"udat_open_{version}"))

    def written(self, day: date) -> str:
        buffer = ctypes.create_string_buffer(128)
        moment = (day - _UNIX_DAY_ZERO).days * _MILLISECONDS_OF_DAY
        length = self._format(self._handle, moment, buffer, 64, None, ctypes.byref(self._status))
        assert self._status.value <= 0
        return buffer.raw[: length * 2].decode("utf-16-le")

    def _opened(self, udat_open) -> ctypes.c_void_p:
        udat_open.restype = ctypes.c_void_p
        zone, pattern = ("UTC\0".encode("utf-16-le"), "Gy年M月d日\0".encode("utf-16-le"))
        handle = udat_open(
            _BY_PATTERN,
            _BY_PATTERN,
            b"ja_JP@calendar=japanese",
            zone,
            -1,
            pattern,
            -1,
            ctypes.byref(self._status),
        )
        assert self._status.value <= 0
        return ctypes.c_void_p(handle)


@pytest.fixture(scope="module")
def icu():
    return IcuJapaneseCalendar()


def test_every_day_from_1873_to_2040_is_written_as_icu_writes_it(icu):
    day = _GREGORIAN_IN_JAPAN
    while day <= date(2040, 12, 31):
        assert format_date(day) == icu.written(day)
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "before", "first"),
    [
        (date(1912, 7, 30), "明治45年7月29日", "大正元年7月30日"),
        (date(1926, 12, 25), "大正15年12月24日", "昭和元年12月25日"),
        (date(1989, 1, 8), "昭和64年1月7日", "平成元年1月8日"),
        (date(2019, 5, 1), "平成31年4月30日", "令和元年5月1日"),
    ],
)
def test_the_eras_change_on_the_published_days(day, before, first):
    assert format_date(day - timedelta(days=1)) == before
    assert format_date(day) == first
