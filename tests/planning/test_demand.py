"""Visits due in a period: spread from the last real visit, floors, part-years, moves, appointments, purposes (visits-records-approval 2.1)."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from desktop.domain.visit_floors import Changes, CountingRule, PartYear, Stay
from desktop.domain.visit_grades import LivingPlace
from desktop.planning.demand import DemandRules, GradeRule, HouseholdNeed, demand
from desktop.planning.demand_fixing import Appointment, Companion, PurposeDue
from desktop.planning.halves import Half, HalfDay
from desktop.planning.problem import Basis, Visit

FIRST, LAST = date(2027, 4, 1), date(2028, 3, 31)
RULES = DemandRules(
    floors={place: 2 if place is LivingPlace.HOME else 1 for place in LivingPlace},
    counting=CountingRule(part_year=PartYear.NEAREST, changes=Changes.BY_DAYS),
)
GRADES = {
    "A": GradeRule(code="A", visits_a_year=12, longest_months=1),
    "B": GradeRule(code="B", visits_a_year=6, longest_months=2),
    "C": GradeRule(code="C", visits_a_year=4, longest_months=3),
    "D": GradeRule(code="D", visits_a_year=2, longest_months=6),
    "E": GradeRule(code="E", visits_a_year=1, longest_months=12),
    "随": GradeRule(code="随", visits_a_year=0, longest_months=12),
}


def need(grade: str = "B", last: date | None = date(2027, 3, 12), **changes: Any) -> HouseholdNeed:
    known: dict[str, Any] = {
        "household": "0001",
        "minutes": 40,
        "protected_from": date(2020, 1, 1),
        "grade": GRADES[grade],
        "successes": (last,) if last else (),
    }
    return HouseholdNeed(**(known | changes))


def living(*places: tuple[str, date | None]) -> tuple[Stay, ...]:
    """Stays one after another; the first begins with protection."""
    begins = [since or date(2020, 1, 1) for _, since in places]
    ends = [*(later - timedelta(days=1) for later in begins[1:]), None]
    return tuple(
        Stay(place=LivingPlace(place), since=since, until=until)
        for (place, _), since, until in zip(places, begins, ends, strict=True)
    )


def due(what: HouseholdNeed, first: date = FIRST, last: date = LAST) -> tuple[Visit, ...]:
    visits = demand(what, RULES, first, last)
    for visit in visits:
        assert first <= visit.earliest <= visit.latest <= last
    return visits


@pytest.mark.parametrize(
    ("grade", "last", "visits", "statutory"),
    [
        ("A", date(2027, 3, 12), 12, 2),
        ("B", date(2027, 3, 12), 6, 2),
        ("C", date(2027, 3, 12), 4, 2),
        ("D", date(2027, 3, 12), 2, 2),
        ("D", date(2026, 10, 12), 2, 2),
        ("E", date(2027, 3, 12), 2, 2),  # at home the law asks for two, whatever the grade says
        ("随", date(2027, 3, 12), 2, 2),
        ("B", date(2025, 3, 12), 6, 2),  # long overdue: once, then evenly from now
    ],
)
def test_a_year_has_the_visits_of_the_grade_and_never_fewer_than_the_law(
    grade: str, last: date, visits: int, statutory: int
):
    found = due(need(grade, last))
    assert len(found) == visits
    assert sum(visit.statutory for visit in found) == statutory
    assert [visit.code for visit in found] == [f"0001-{n}" for n in range(1, visits + 1)]


def test_spreading_begins_at_the_last_real_visit_not_in_april():
    found = due(need("B", date(2027, 3, 12)))
    assert found[0].due == date(2027, 5, 12)
    assert (found[0].earliest, found[0].latest) == (date(2027, 4, 21), date(2027, 5, 31))
    gaps = [(b.due - a.due).days for a, b in pairwise(found)]
    assert set(gaps) == {61}


def test_statutory_visits_lie_half_a_year_apart():
    found = [visit.due for visit in due(need("A")) if visit.statutory]
    assert 150 <= (found[1] - found[0]).days <= 210


def test_an_overdue_visit_keeps_its_date_and_gets_days_to_catch_up():
    first = due(need("B", date(2026, 12, 1)))[0]
    assert first.due == date(2027, 1, 31)
    assert (first.earliest, first.latest) == (FIRST, date(2027, 5, 1))


@pytest.mark.parametrize(
    ("stays", "visits"),
    [
        (living(("home", None), ("hospital", date(2027, 1, 1))), 1),
        (living(("facility", None)), 1),
        (living(("group_home", None)), 1),
        (living(("home", None), ("hospital", date(2027, 10, 1))), 3),
        (
            living(("home", None), ("hospital", date(2026, 10, 1)), ("home", date(2027, 10, 1))),
            3,
        ),
    ],
)
def test_in_hospital_or_facility_the_law_alone_counts_and_moves_count_by_days(
    stays: tuple[Stay, ...], visits: int
):
    assert len(due(need("B", stays=stays))) == visits


@pytest.mark.parametrize(
    ("start", "end", "statutory"),
    [
        (date(2027, 10, 1), None, 1),
        (date(2027, 5, 1), None, 2),
        (date(2028, 2, 15), None, 0),
        (
            date(2020, 1, 1),
            date(2027, 9, 30),
            2,
        ),  # twelve months up to the end, none of them visited
    ],
)
def test_part_years_owe_part_of_the_floor(start: date, end: date | None, statutory: int):
    found = due(need("D", None, protected_from=start, protected_until=end))
    assert sum(visit.statutory for visit in found) == statutory
    assert all(visit.due >= start for visit in found)


@pytest.mark.parametrize(
    ("changes", "statutory"),
    [
        (Changes.BY_DAYS, 2),  # (2 × 61 + 1 × 305) / 366, upwards
        (Changes.HIGHEST, 2),
        (Changes.LONGEST, 1),
        (Changes.LAST, 1),
    ],
)
def test_a_year_with_a_change_of_place_owes_what_the_table_says(changes: Changes, statutory: int):
    stays = living(("home", None), ("hospital", date(2027, 6, 1)))
    rule = CountingRule(part_year=PartYear.UP, changes=changes)
    rules = DemandRules(floors=RULES.floors, counting=rule)
    found = demand(need("D", stays=stays), rules, FIRST, LAST)
    assert sum(visit.statutory for visit in found) == statutory


def test_in_the_middle_of_the_year_visits_made_count_and_missing_ones_are_added():
    made = need("B", successes=(date(2027, 5, 10), date(2027, 8, 2)))
    assert not any(visit.statutory for visit in due(made, date(2027, 9, 1)))
    none = due(need("D", date(2026, 2, 1)), date(2027, 12, 1))
    assert [visit.statutory for visit in none] == [True, True]


def test_an_application_is_visited_within_a_week_and_the_rest_follows_from_there():
    found = due(need("A", None, protected_from=date(2027, 6, 1), application_on=date(2027, 6, 1)))
    assert (found[0].basis, found[0].statutory) == (Basis.APPLICATION, True)
    assert (found[0].earliest, found[0].latest) == (date(2027, 6, 1), date(2027, 6, 8))
    assert found[1].due == date(2027, 6, 8) + timedelta(days=31)


def test_a_coded_exception_takes_the_floor_away():
    found = due(need("E", excused=True))
    assert (len(found), any(visit.statutory for visit in found)) == (1, False)


def test_an_appointment_pins_the_visit_nearest_to_it_or_is_a_visit_of_its_own():
    near = HalfDay(day=date(2027, 5, 20), half=Half.AFTERNOON)
    far = HalfDay(day=date(2027, 6, 10), half=Half.MORNING)
    found = due(
        need("B", appointments=(Appointment(at=near), Appointment(at=far, purposes=("面談",))))
    )
    pinned = {visit.pin: visit for visit in found if visit.pin}
    assert len(found) == 7
    assert pinned[near].basis is Basis.GRADE
    assert (pinned[far].basis, pinned[far].purposes, pinned[far].announced) == (
        Basis.EXTRA,
        ("面談",),
        True,
    )


def test_a_purpose_with_a_season_narrows_a_visit_or_is_a_visit_of_its_own():
    season = PurposeDue(purpose="収入申告", earliest=date(2027, 5, 5), latest=date(2027, 5, 20))
    found = due(need("B", purposes=(season,)))
    assert (found[0].purposes, found[0].earliest, found[0].latest) == (
        ("収入申告",),
        date(2027, 5, 5),
        date(2027, 5, 20),
    )
    alone = due(need("D", date(2027, 3, 12), purposes=(season,)))
    assert [visit.basis for visit in alone] == [Basis.PURPOSE, Basis.GRADE, Basis.GRADE]


def test_partners_come_along_every_so_many_visits():
    found = due(need("B", companions=(Companion(partner="SP-1", every=3),)))
    assert [visit.partners for visit in found] == [("SP-1",), (), (), ("SP-1",), (), ()]


def test_who_is_not_protected_in_the_period_is_not_visited():
    assert not due(need("B", protected_until=date(2027, 3, 1)))
