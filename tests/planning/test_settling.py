"""After the search: one other visit makes way, a statutory one goes before optional ones, nothing illegal stays."""

from __future__ import annotations

from datetime import timedelta

from desktop.planning.draft import Draft
from desktop.planning.pricing import Pricing
from desktop.planning.problem import PlanningProblem
from desktop.planning.settling import could_use, make_way, settle
from tests.support.planning_rows import MONDAY, at, make_visit, small_problem


def draft(problem: PlanningProblem, *routes: list[int]) -> Draft:
    """A draft with the visits of the first slots, by number."""
    return Draft(Pricing(problem), routes)


def test_a_visit_that_can_go_elsewhere_makes_way():
    flexible = make_visit("0001", minutes=80)
    bound = make_visit("0002", minutes=80, latest=MONDAY)
    work = draft(small_problem([flexible, bound], days=(0, 1), minutes=110), [0])
    assert make_way(work, 1)
    assert work.slot == [1, 0]


def test_nobody_makes_way_at_a_higher_price_than_leaving_the_visit_out():
    pinned = make_visit("0001", minutes=80, locked=at(0))
    bound = make_visit("0002", minutes=80, latest=MONDAY)
    work = draft(small_problem([pinned, bound], days=(0, 1), minutes=110), [0])
    assert not make_way(work, 1)
    assert work.slot == [0, -1]


def test_the_fewest_and_least_needed_visits_leave_for_a_statutory_one():
    optional = [make_visit(f"{n:04d}", minutes=25, points=n, latest=MONDAY) for n in range(1, 4)]
    legal = make_visit("0009", minutes=40, statutory=True, latest=MONDAY)
    work = draft(small_problem([*optional, legal], days=(0,), minutes=100), [0, 1, 2])
    ousting = could_use(work, 3, 0)
    assert ousting is not None
    assert ousting.leaving == (0, 1)
    settle(work)
    assert work.slot == [-1, -1, 0, 0]


def test_its_own_optional_visit_next_door_leaves_too():
    rows = [
        make_visit("0001", "0001-1", spaced=True, period_days=40),
        make_visit("0001", "0001-2", spaced=True, period_days=40, statutory=True, earliest=MONDAY),
    ]
    work = draft(small_problem(rows, days=(0, 1)), [0])
    settle(work)
    assert work.slot.count(-1) == 1
    assert work.slot[1] >= 0


def test_pinned_visits_never_leave():
    promise = make_visit("0001", minutes=60, appointment=at(0))
    legal = make_visit("0002", minutes=60, statutory=True, latest=MONDAY)
    work = draft(small_problem([promise, legal], days=(0,)), [0])
    assert could_use(work, 1, 0) is None
    settle(work)
    assert work.slot == [0, -1]


def test_two_visits_of_a_household_on_one_day_do_not_stay():
    rows = [
        make_visit("0001", f"0001-{n}", due=MONDAY + timedelta(days=n), points=n) for n in range(3)
    ]
    work = draft(small_problem(rows, days=(0, 1, 2)), [0, 2])
    settle(work)
    planned = [slot for slot in work.slot if slot >= 0]
    assert len(planned) >= 2
    assert len(set(planned)) == len(planned)
