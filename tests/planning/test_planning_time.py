"""Half-days for visits, with the reason for every one that is taken out."""

from datetime import date
from typing import Any

from desktop.domain.calendar import BusinessCalendar
from desktop.planning.halves import Half, HalfDay, WeekHalf, whole_day
from desktop.planning.reasons import Reason
from tests.support.planning_time import Absence, TimeRules, working_time

MONDAY = date(2027, 5, 10)
SUNDAY = date(2027, 5, 16)


def day(number: int) -> date:
    return date(2027, 5, number)


def reasons(**changes: Any) -> dict[tuple[int, str], str]:
    rules = TimeRules(calendar=BusinessCalendar(closed=frozenset({day(12)})), **changes)
    duty = Absence(reason=Reason.DUTY, halves=frozenset(whole_day(day(11))))
    leave = Absence(
        reason=Reason.LEAVE, halves=frozenset({HalfDay(day=day(11), half=Half.MORNING)})
    )
    time = working_time(MONDAY, SUNDAY, rules, (duty, leave))
    assert len(time.slots) + len(time.blocked) == 14
    assert not {slot.at for slot in time.slots} & {taken.at for taken in time.blocked}
    return {(taken.at.day.day, taken.at.half.value): taken.reason.value for taken in time.blocked}


def test_weekends_holidays_and_duty_are_named():
    found = reasons()
    assert found == {
        (11, "am"): "duty",
        (11, "pm"): "duty",
        **{(number, half): "office_closed" for number in (12, 15, 16) for half in ("am", "pm")},
    }


def test_payment_and_closing_days_come_before_duty():
    found = reasons(payment_days=frozenset({day(11)}), closing_days=frozenset({day(14)}))
    assert (found[11, "am"], found[14, "pm"]) == ("payment", "closing")


def test_only_the_weekly_half_days_for_visits_are_left_and_not_all_of_their_time_is_planned():
    rules = TimeRules(
        calendar=BusinessCalendar(),
        visiting=frozenset(
            {WeekHalf(weekday=0, half=Half.AFTERNOON), WeekHalf(weekday=3, half=Half.MORNING)}
        ),
        fill_percent=80,
    )
    time = working_time(MONDAY, SUNDAY, rules)
    assert [(slot.at.day.day, slot.minutes) for slot in time.slots] == [(10, 156), (13, 120)]
    assert Reason.OTHER_WORK in {taken.reason for taken in time.blocked}
