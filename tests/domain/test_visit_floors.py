"""How many visits the law asks for: whole years, parts, and changes between home and hospital, by the office's table."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.visit_floors import (
    CHANGES,
    PART_YEAR,
    Changes,
    CountingRule,
    PartYear,
    Stay,
    floor_years,
    required_in,
)
from desktop.domain.visit_grades import (
    FloorException,
    LivingPlace,
    floor_refusals,
    living_place,
    may_be_called,
)

HOME, HOSPITAL, FACILITY, GROUP = (
    LivingPlace.HOME,
    LivingPlace.HOSPITAL,
    LivingPlace.FACILITY,
    LivingPlace.GROUP_HOME,
)
FLOORS = {HOME: 2, HOSPITAL: 1, FACILITY: 1, GROUP: 1}
BEGAN = date(2023, 10, 1)
RULE = CountingRule(part_year=PartYear.UP, changes=Changes.BY_DAYS)


def first_year(stays, rule=RULE):
    return floor_years(stays, FLOORS, rule, BEGAN)[0]


def home(since=BEGAN, until=None):
    return Stay(place=HOME, since=since, until=until)


def hospital(since, until=None):
    return Stay(place=HOSPITAL, since=since, until=until)


def test_every_choice_has_words():
    assert set(PART_YEAR) == set(PartYear)
    assert set(CHANGES) == set(Changes)


@pytest.mark.parametrize("place", LivingPlace)
@pytest.mark.parametrize("part", PartYear)
@pytest.mark.parametrize("changes", Changes)
def test_a_whole_year_at_one_place_asks_for_its_floor(place, part, changes):
    rule = CountingRule(part_year=part, changes=changes)
    assert first_year([Stay(place=place, since=BEGAN)], rule).required == FLOORS[place]


def test_years_run_from_the_start_of_protection():
    years = floor_years([home()], FLOORS, RULE, date(2025, 10, 1))
    assert [(y.since, y.until) for y in years] == [
        (date(2023, 10, 1), date(2024, 9, 30)),
        (date(2024, 10, 1), date(2025, 9, 30)),
        (date(2025, 10, 1), date(2026, 9, 30)),
    ]
    assert [y.required for y in years] == [2, 2, 2]
    assert floor_years([], FLOORS, RULE, BEGAN) == ()


@pytest.mark.parametrize(
    ("until", "up", "nearest", "down", "whole"),
    [
        (date(2023, 10, 1), 1, 0, 0, 2),
        (date(2024, 1, 31), 1, 1, 0, 2),
        (date(2024, 3, 31), 1, 1, 1, 2),
        (date(2024, 4, 30), 2, 1, 1, 2),
        (date(2024, 8, 31), 2, 2, 1, 2),
        (date(2024, 9, 30), 2, 2, 2, 2),
    ],
)
def test_a_part_of_a_year_by_the_offices_table(until, up, nearest, down, whole):
    expected = {
        PartYear.UP: up,
        PartYear.NEAREST: nearest,
        PartYear.DOWN: down,
        PartYear.WHOLE: whole,
    }
    for part, required in expected.items():
        rule = CountingRule(part_year=part, changes=Changes.BY_DAYS)
        assert first_year([home(until=until)], rule).required == required, part


@pytest.mark.parametrize(
    ("leaves", "by_days", "highest", "longest", "last"),
    [
        (date(2023, 12, 1), 2, 2, 1, 1),
        (date(2024, 4, 1), 2, 2, 2, 1),
        (date(2024, 9, 1), 2, 2, 2, 1),
    ],
)
def test_from_home_into_hospital_by_the_offices_table(leaves, by_days, highest, longest, last):
    stays = [home(until=date.fromordinal(leaves.toordinal() - 1)), hospital(leaves)]
    expected = {
        Changes.BY_DAYS: by_days,
        Changes.HIGHEST: highest,
        Changes.LONGEST: longest,
        Changes.LAST: last,
    }
    for changes, required in expected.items():
        rule = CountingRule(part_year=PartYear.UP, changes=changes)
        assert first_year(stays, rule).required == required, changes


def test_the_share_of_each_place_is_rounded_once():
    stays = [home(until=date(2024, 1, 31)), hospital(date(2024, 2, 1))]
    down = CountingRule(part_year=PartYear.DOWN, changes=Changes.BY_DAYS)
    nearest = CountingRule(part_year=PartYear.NEAREST, changes=Changes.BY_DAYS)
    assert first_year(stays, down).required == 1
    assert first_year(stays, nearest).required == 1
    assert first_year(stays).required == 2


def test_days_in_hospital_are_left_out_where_the_office_says_so():
    stays = [home(until=date(2024, 3, 31)), hospital(date(2024, 4, 1))]
    rule = CountingRule(part_year=PartYear.UP, changes=Changes.BY_DAYS, pauses_in_hospital=True)
    year = first_year(stays, rule)
    assert year.required == 1
    assert year.days == {HOME: 183, HOSPITAL: 183}
    alone = floor_years([hospital(BEGAN)], FLOORS, rule, BEGAN)[0]
    assert alone.required == 0


def test_a_gap_in_protection_is_a_part_of_a_year():
    stays = [home(until=date(2023, 12, 31)), home(since=date(2024, 7, 1))]
    year = first_year(stays)
    assert (year.required, sum(year.days.values())) == (2, 184)
    down = CountingRule(part_year=PartYear.DOWN, changes=Changes.BY_DAYS)
    assert first_year(stays, down).required == 1


def test_a_fiscal_year_may_be_asked_about_too():
    april, march = date(2024, 4, 1), date(2025, 3, 31)
    assert required_in([home()], FLOORS, RULE, april, march) == 2
    assert required_in([home(since=date(2025, 1, 1))], FLOORS, RULE, april, march) == 1
    assert required_in([home(since=date(2025, 6, 1))], FLOORS, RULE, april, march) == 0


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([], HOME),
        ([HOSPITAL, HOME], HOME),
        ([FACILITY, HOSPITAL], HOSPITAL),
        ([FACILITY], FACILITY),
    ],
)
def test_a_household_is_visited_at_home_where_anybody_is(places, expected):
    assert living_place(places) is expected


def test_only_a_group_home_may_be_named_beside_the_ledger():
    assert may_be_called(HOME, GROUP)
    assert may_be_called(FACILITY, GROUP)
    assert not may_be_called(HOSPITAL, GROUP)
    assert not may_be_called(HOME, HOSPITAL)


@pytest.mark.parametrize(
    ("visits", "fewest", "words", "field"),
    [
        (2, None, "", None),
        (1, None, "", "exception"),
        (0, 1, "理由", "exception"),
        (1, 1, " ", "exception_reason"),
        (1, 1, "理由", None),
        (0, 0, "理由", None),
    ],
)
def test_under_the_floor_only_with_exception_and_reason(visits, fewest, words, field):
    exception = None if fewest is None else FloorException(code="x", label="例", fewest=fewest)
    assert set(floor_refusals(visits, 2, exception, words)) == ({field} if field else set())
