from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest

from desktop.domain.era import (
    ERAS,
    DateStyle,
    age_on,
    attained_age_on,
    era_of,
    fiscal_year,
    fiscal_year_label,
    format_date,
    format_month,
    parse_date,
    weekday_name,
)
from desktop.domain.errors import ValidationError

TODAY = date(2024, 5, 10)


@pytest.mark.parametrize(
    "text",
    [
        "令和6年4月1日", "R6.4.1", "r6/4/1", "R06.04.01", "6.4.1", "060401", "R060401", "5060401",
        "5-06-04-01", "2024/4/1", "2024-04-01", "20240401", "2024年4月1日", "西暦2024年4月1日", "4/1", "4月1日",
        "令和６年４月１日", "Ｒ６．４．１", "６．４．１", "０６０４０１", " R6 . 4 . 1 ", "令和 6年 4月 1日", "㋿6年4月1日",
        "令6.4.1", "令和6年4月1日(月)", "令和６年４月１日（月）", "6年4月1日", "R6-4-1", "R6−4−1", "R6・4・1", "令和060401",
    ],
)  # fmt: skip
def test_people_write_one_day_in_many_ways(text):
    assert parse_date(text, today=TODAY) == date(2024, 4, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和元年5月1日", date(2019, 5, 1)),
        ("R1.5.1", date(2019, 5, 1)),
        ("S450203", date(1970, 2, 3)),
        ("3450203", date(1970, 2, 3)),
        ("3-45-02-03", date(1970, 2, 3)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("㍼45年2月3日", date(1970, 2, 3)),
        ("平31.4.30", date(2019, 4, 30)),
        ("1-45-7-29", date(1912, 7, 29)),
        ("明治元年10月23日", date(1868, 10, 23)),
        ("+7", date(2024, 5, 17)),
        ("＋７", date(2024, 5, 17)),
        ("-3", date(2024, 5, 7)),
        ("−3", date(2024, 5, 7)),
        ("今日", TODAY),
        ("昨日", date(2024, 5, 9)),
        ("明日", date(2024, 5, 11)),
        ("12/31", date(2024, 12, 31)),
        ("2月29日", date(2024, 2, 29)),
    ],
)
def test_other_days(text, day):
    assert parse_date(text, today=TODAY) == day


def test_a_bare_year_is_of_the_era_of_today():
    assert parse_date("31.4.1", today=date(2019, 4, 30)) == date(2019, 4, 1)
    assert parse_date("010501", today=date(2019, 5, 1)) == date(2019, 5, 1)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("令和元年13月", "令和元年に13月はありません。月は1から12までです。"),
        ("R6.0.1", "令和6年に0月はありません。月は1から12までです。"),
        ("平成32年", "平成は31年4月30日までです。令和2年ではありませんか。"),
        ("平成31年5月1日", "平成は31年4月30日までです。令和元年5月1日ではありませんか。"),
        ("昭和64年2月", "昭和は64年1月7日までです。平成元年2月ではありませんか。"),
        ("昭和64年1月8日", "昭和は64年1月7日までです。平成元年1月8日ではありませんか。"),
        ("平成元年1月3日", "平成は元年1月8日からです。昭和64年1月3日ではありませんか。"),
        ("明治元年1月3日", "明治は元年10月23日からです。"),
        ("2月30日", "2024年2月に30日はありません。29日までです。"),
        ("R5.2.29", "令和5年2月に29日はありません。28日までです。"),
        ("20240431", "2024年4月に31日はありません。30日までです。"),
        ("R6.4.0", "令和6年4月に0日はありません。30日までです。"),
        ("R0.4.1", "令和0年はありません。最初の年は令和元年です。"),
        ("令和6年4月", "令和6年4月の何日かを入力してください。"),
        ("令和6年", "令和6年の何月何日かを入力してください。"),
        ("2024/4", "2024年4月の何日かを入力してください。"),
        ("1867/4/1", "1867年は入力できません。明治元年（1868年）以後の日付を入力してください。"),
        ("1868/4/1", "明治元年10月23日より前の日付は入力できません。"),
        ("", "日付を入力してください。"),
        ("　", "日付を入力してください。"),
        (
            "来週くらい",
            "「来週くらい」は日付として読み取れません。R6.4.1、060401、2024/4/1 のように入力してください。",
        ),
    ],
)
def test_impossible_dates_are_refused_with_the_reason(text, sentence):
    with pytest.raises(ValidationError) as refusal:
        parse_date(text, today=TODAY)
    assert refusal.value.sentence == sentence


@pytest.mark.parametrize(
    "text", ["6060401", "99999999", "R", "6", "令和", "1.2.3.4.5", "06040", "X6.4.1", "\0"]
)
def test_other_texts_are_refused(text):
    with pytest.raises(ValidationError):
        parse_date(text, today=TODAY)


def test_a_long_text_is_not_repeated_whole():
    with pytest.raises(ValidationError) as refusal:
        parse_date("あ" * 1000, today=TODAY)
    assert len(refusal.value.sentence) < 100


@pytest.mark.parametrize("style", list(DateStyle))
def test_every_day_from_1873_reads_back_as_written(style):
    day = date(1873, 1, 1)
    while day <= date(2040, 12, 31):
        assert parse_date(format_date(day, style), today=TODAY) == day
        day += timedelta(days=1)


def test_writing():
    assert format_date(date(2019, 5, 1)) == "令和元年5月1日"
    assert format_date(date(2019, 5, 1), DateStyle.SHORT) == "R1.5.1"
    assert format_date(date(2024, 4, 1), DateStyle.WESTERN) == "2024/04/01"
    assert format_date(None) == ""
    assert format_month(date(2024, 4, 1)) == "令和6年4月"
    assert format_month(date(2024, 4, 1), DateStyle.SHORT) == "R6.4"
    assert format_month(date(2024, 4, 1), DateStyle.WESTERN) == "2024/04"
    assert format_month(None) == ""
    assert weekday_name(date(2024, 4, 1)) == "月"


def test_there_is_no_era_before_meiji():
    with pytest.raises(ValueError, match="no era"):
        era_of(date(1868, 10, 22))
    assert format_date(date(1868, 10, 22)) == "1868/10/22"


def test_eras_follow_each_other_without_a_gap():
    for earlier, later in itertools.pairwise(ERAS):
        assert earlier.end == later.start - timedelta(days=1)
        assert earlier.has(later.start - timedelta(days=1))
        assert not earlier.has(later.start)


def test_fiscal_years():
    assert fiscal_year(date(2024, 3, 31)) == 2023
    assert fiscal_year(date(2024, 4, 1)) == 2024
    assert fiscal_year_label(2024) == "令和6年度"
    assert fiscal_year_label(2019) == "令和元年度"
    assert fiscal_year_label(2018) == "平成30年度"
    assert fiscal_year_label(1988) == "昭和63年度"
    assert fiscal_year_label(1989) == "平成元年度"


def test_ages():
    birth = date(1959, 4, 1)
    assert age_on(birth, date(2024, 3, 31)) == 64
    assert age_on(birth, date(2024, 4, 1)) == 65
    assert attained_age_on(birth, date(2024, 3, 30)) == 64
    assert attained_age_on(birth, date(2024, 3, 31)) == 65


def test_ages_of_people_born_on_29_february():
    birth = date(2004, 2, 29)
    assert [age_on(birth, date(2023, 2, 28)), age_on(birth, date(2023, 3, 1))] == [18, 19]
    assert [
        attained_age_on(birth, date(2023, 2, 27)),
        attained_age_on(birth, date(2023, 2, 28)),
    ] == [18, 19]
