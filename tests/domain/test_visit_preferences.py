"""How often households were met by half-day, and whether any half-day is left."""

from __future__ import annotations

from datetime import date, time

from desktop.domain.ids import new_id
from desktop.domain.visit_preferences import Liking, VisitPreference, VisitTry, hit_rates
from desktop.domain.working_time import Half

AM, PM = Half.AM, Half.PM
TUESDAY = date(2024, 10, 1)


def tried(day: date, hour: int | None, *, met: bool) -> VisitTry:
    return VisitTry(happened_on=day, began_at=None if hour is None else time(hour), is_met=met)


def test_rates_by_half_day_and_by_half():
    found = hit_rates(
        [
            tried(TUESDAY, 9, met=False),
            tried(TUESDAY, 11, met=True),
            tried(TUESDAY, 12, met=True),
            tried(date(2024, 10, 2), 14, met=False),
            tried(TUESDAY, None, met=True),
        ]
    )
    assert [(r.weekday, r.half, r.met, r.tried) for r in found] == [
        (None, AM, 1, 2),
        (None, PM, 1, 2),
        (1, AM, 1, 2),
        (1, PM, 1, 1),
        (2, PM, 0, 1),
    ]
    assert [r.percent for r in found] == [50, 50, 50, 100, 0]


def test_without_tries_there_is_no_rate():
    assert hit_rates([]) == ()


def test_a_household_that_can_never_be_visited_is_seen():
    never = {(day, half): Liking.IMPOSSIBLE for day in range(5) for half in Half}
    household = new_id()
    assert not VisitPreference(household_id=household, times=never).has_any_time
    assert VisitPreference(household_id=household).has_any_time
    once = never | {(4, PM): Liking.BAD}
    assert VisitPreference(household_id=household, times=once).has_any_time
