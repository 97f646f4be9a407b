"""Half-days of a period: what the week has, what takes single ones away, and in which words."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.calendar import BusinessCalendar
from desktop.domain.working_time import (
    LONGEST_PERIOD_DAYS,
    Away,
    AwayKind,
    Half,
    HalfDay,
    OfficeDayKind,
    OfficeDayRule,
    OfficeTime,
    Shift,
    StandardHalf,
    WeeklyMinutes,
    office_days,
    slots,
)

AM, PM = Half.AM, Half.PM
EVERY_DAY = frozenset(range(5))
STANDARD = (
    StandardHalf(half=AM, minutes=150, weekdays=EVERY_DAY),
    StandardHalf(half=PM, minutes=195, weekdays=frozenset({1})),
)
PAYMENT = OfficeDayRule(
    code="payment",
    label="支給日",
    kind=OfficeDayKind.PAYMENT,
    day_of_month=5,
    shift=Shift.PREVIOUS,
    open_days=2,
)
CLOSING = OfficeDayRule(
    code="closing",
    label="月末の締切日",
    kind=OfficeDayKind.CLOSING,
    day_of_month=31,
    shift=Shift.PREVIOUS,
    open_days=1,
)
#: Sports Day of 2024 was Monday, 14 October.
HOLIDAY = date(2024, 10, 14)
MONDAY = date(2024, 10, 7)
FRIDAY = date(2024, 10, 11)


def office(*rules: OfficeDayRule, standard=STANDARD) -> OfficeTime:
    return OfficeTime(
        calendar=BusinessCalendar(closed=frozenset({HOLIDAY})),
        rules=rules,
        standard=standard,
        holidays={HOLIDAY: "スポーツの日"},
    )


def week(*cells: tuple[int, Half, int], since: date = date(2020, 4, 1)) -> list[WeeklyMinutes]:
    return [
        WeeklyMinutes(weekday=weekday, half=half, minutes=minutes, valid_from=since)
        for weekday, half, minutes in cells
    ]


def away(kind: AwayKind = AwayKind.LEAVE, **changes) -> Away:
    values = {"kind": kind, "first_on": MONDAY, "last_on": MONDAY, **changes}
    return Away(**values)


def left(found) -> list[tuple[int, Half, int]]:
    return [(slot.day.day, slot.half, slot.minutes) for slot in found.slots]


def gone(found) -> list[tuple[int, Half, str]]:
    return [
        (each.day.day, each.half, "・".join(cause.label for cause in each.causes))
        for each in found.removed
    ]


def test_who_never_said_anything_has_the_office_s_week_and_it_says_so():
    found = slots([], [], office(), MONDAY, FRIDAY)
    assert left(found) == [
        (7, AM, 150),
        (8, AM, 150),
        (8, PM, 195),
        *((d, AM, 150) for d in (9, 10, 11)),
    ]
    assert found.is_standard
    assert found.minutes == 5 * 150 + 195


def test_the_own_week_takes_its_place_and_nothing_is_left_of_the_standard():
    found = slots(week((0, PM, 180), (2, AM, 0)), [], office(), MONDAY, FRIDAY)
    assert left(found) == [(7, PM, 180)]
    assert not found.is_standard


def test_a_week_counts_from_its_day_on_and_the_newest_word_counts():
    said = [
        *week((0, AM, 100), (1, AM, 100), since=date(2024, 4, 1)),
        *week((0, AM, 0), (1, PM, 60), since=date(2024, 10, 8)),
    ]
    found = slots(said, [], office(), MONDAY, date(2024, 10, 16))
    assert left(found) == [(7, AM, 100), (8, AM, 100), (8, PM, 60), (15, AM, 100), (15, PM, 60)]


def test_before_the_first_word_the_standard_holds():
    said = week((0, PM, 60), since=date(2024, 10, 9))
    assert left(slots(said, [], office(), MONDAY, FRIDAY)) == [
        (7, AM, 150),
        (8, AM, 150),
        (8, PM, 195),
    ]


@pytest.mark.parametrize(
    ("each", "words"),
    [
        (away(), [(7, AM, "休暇"), (7, PM, "休暇")]),
        (away(half=PM), [(7, PM, "休暇")]),
        (
            away(AwayKind.TRAINING, last_on=date(2024, 10, 8), half=AM),
            [(7, AM, "研修"), (8, AM, "研修")],
        ),
        (away(AwayKind.DUTY, weekday=2, last_on=None), [(9, AM, "当番"), (9, PM, "当番")]),
        (away(AwayKind.DUTY, weekday=2, last_on=None, first_on=date(2024, 10, 10)), []),
        (away(AwayKind.MEETING, weekday=0, half=AM, last_on=None), [(7, AM, "会議")]),
    ],
)
def test_what_takes_half_days_away_is_said(each, words):
    said = week(*((weekday, half, 90) for weekday in range(3) for half in Half))
    assert gone(slots(said, [each], office(), MONDAY, FRIDAY)) == words


def test_duty_comes_back_every_second_week_counted_from_its_first():
    duty = away(AwayKind.DUTY, weekday=3, every_weeks=2, last_on=None, first_on=date(2024, 10, 8))
    found = slots(week((3, AM, 90)), [duty], office(), MONDAY, date(2024, 11, 1))
    assert gone(found) == [(10, AM, "当番"), (24, AM, "当番")]
    assert [slot.day.day for slot in found.slots] == [17, 31]


def test_several_causes_are_all_said_each_once():
    said = week((0, AM, 90))
    twice = [away(), away(), away(AwayKind.DUTY)]
    assert gone(slots(said, twice, office(), MONDAY, MONDAY)) == [(7, AM, "休暇・当番")]


def test_a_holiday_has_its_name_and_a_weekend_no_line():
    found = slots(week((0, AM, 90)), [], office(), date(2024, 10, 12), HOLIDAY)
    assert gone(found) == [(14, AM, "スポーツの日")]
    assert not found.slots


def test_payment_and_closing_days_move_to_business_days():
    closed = office_days(office(PAYMENT, CLOSING), date(2024, 9, 1), date(2024, 11, 30))
    # 5 October 2024 is a Saturday; 30 November too.
    assert [
        (day.month, day.day, [c.code for c in causes]) for day, causes in sorted(closed.items())
    ] == [
        (9, 4, ["payment"]),
        (9, 5, ["payment"]),
        (9, 30, ["closing"]),
        (10, 3, ["payment"]),
        (10, 4, ["payment"]),
        (10, 31, ["closing"]),
        (11, 4, ["payment"]),
        (11, 5, ["payment"]),
        (11, 29, ["closing"]),
    ]


def test_a_day_that_moves_back_into_the_month_before_is_found():
    first_of_month = OfficeDayRule(
        code="x",
        label="初日",
        kind=OfficeDayKind.OTHER,
        day_of_month=1,
        shift=Shift.PREVIOUS,
        open_days=1,
    )
    # 1 December 2024 is a Sunday: the day before it that is open is Friday, 29 November.
    assert list(office_days(office(first_of_month), date(2024, 11, 25), date(2024, 11, 30))) == [
        date(2024, 11, 29)
    ]


@pytest.mark.parametrize(
    ("shift", "days"),
    [(Shift.NEXT, [date(2024, 10, 15)]), (Shift.STAY, []), (Shift.PREVIOUS, [date(2024, 10, 11)])],
)
def test_a_closed_day_is_shifted_as_the_office_says(shift, days):
    rule = OfficeDayRule(
        code="x",
        label="締切",
        kind=OfficeDayKind.CLOSING,
        day_of_month=14,
        shift=shift,
        open_days=1,
    )
    assert list(office_days(office(rule), date(2024, 10, 1), date(2024, 10, 31))) == days


def test_a_booked_half_day_is_gone_too():
    booked = frozenset({HalfDay(day=MONDAY, half=AM)})
    found = slots(week((0, AM, 90), (0, PM, 90)), [], office(), MONDAY, MONDAY, booked)
    assert gone(found) == [(7, AM, "同行の予約")]
    assert left(found) == [(7, PM, 90)]


def test_why_not_answers_for_every_half_day():
    found = slots(week((0, AM, 90), (1, AM, 90)), [away(AwayKind.DUTY)], office(), MONDAY, FRIDAY)
    assert found.why_not(HalfDay(day=MONDAY, half=AM)) == "当番"
    assert found.why_not(HalfDay(day=date(2024, 10, 8), half=AM)) == ""
    assert found.why_not(HalfDay(day=date(2024, 10, 8), half=PM)) == "訪問に出ない半日"


def test_a_week_that_is_lost_altogether_leaves_nothing_and_says_it_all():
    lost = away(AwayKind.LEAVE, last_on=FRIDAY)
    found = slots([], [lost], office(), MONDAY, FRIDAY)
    assert found.slots == ()
    assert len(found.removed) == 6
    assert found.minutes == 0


def test_nobody_asks_for_more_than_two_years():
    with pytest.raises(ValueError, match="too long"):
        slots(
            [], [], office(), MONDAY, date.fromordinal(MONDAY.toordinal() + LONGEST_PERIOD_DAYS + 1)
        )
