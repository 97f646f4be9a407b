from __future__ import annotations

import pytest

from desktop.domain.entries import (
    format_time,
    parse_number,
    parse_postal_code,
    parse_time,
    parse_yen,
)
from desktop.domain.errors import ValidationError


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1030", 630), ("930", 570), ("10:30", 630), ("１０：３０", 630), ("10時半", 630), ("10時", 600), ("10時5分", 605),
        ("9", 540), ("0:00", 0), ("2359", 1439), ("午後2時", 840), ("午後 2時半", 870), ("午前0時", 0), ("午後0時", 720), ("pm1:15", 795), ("10.30", 630),
    ],
)  # fmt: skip
def test_times(text, minutes):
    assert parse_time(text) == minutes
    assert parse_time(format_time(minutes)) == minutes


@pytest.mark.parametrize(
    "text", ["", "24:00", "1060", "10:60", "午後13時", "昼", "10:30:00", "99999"]
)
def test_no_times(text):
    with pytest.raises(ValidationError):
        parse_time(text)


def test_times_are_written():
    assert format_time(545) == "9:05"
    assert format_time(None) == ""


@pytest.mark.parametrize(
    ("text", "number"), [("１２，３４５", 12345), ("-5", -5), ("−５", -5), (" 0 ", 0)]
)
def test_numbers(text, number):
    assert parse_number(text) == number


@pytest.mark.parametrize("text", ["", "1.5", "十", "12a", "9" * 13])
def test_no_numbers(text):
    with pytest.raises(ValidationError):
        parse_number(text)


@pytest.mark.parametrize("text", ["12345", "12,345円", "￥１２，３４５", "¥12345", "12345 円"])
def test_amounts(text):
    assert parse_yen(text) == 12345


@pytest.mark.parametrize(
    "text", ["1234567", "123-4567", "〒１２３－４５６７", "〒 123 4567", "123ー4567"]
)
def test_postal_codes(text):
    assert parse_postal_code(text) == "123-4567"


@pytest.mark.parametrize("text", ["", "123456", "12-34567", "12345678"])
def test_no_postal_codes(text):
    with pytest.raises(ValidationError):
        parse_postal_code(text)
