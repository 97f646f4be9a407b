"""What the office's weights do to one visit: due days within the window, half-days that suit, ways, and a statutory visit's price."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from desktop.planning.explaining import Explainer
from desktop.planning.halves import Half, WeekHalf
from desktop.planning.planner import plan
from desktop.planning.pricing import Pricing, soft_gap_price
from desktop.planning.weights import MINUTE, Weights
from tests.support.planning_rows import MONDAY, at, make_visit, small_problem

DUE_DAY = Weights(due=0, due_day=MINUTE)


def test_days_from_the_due_date_count_within_the_window():
    overdue = make_visit(due=MONDAY - timedelta(days=900))
    pricing = Pricing(replace(small_problem([overdue]), weights=DUE_DAY))
    assert [pricing.terms(0, slot).due for slot in pricing.options[0].slots] == [
        (slot.at.day - overdue.earliest).days * MINUTE
        for slot in pricing.problem.slots
        if overdue.earliest <= slot.at.day <= overdue.latest
    ]


def test_half_days_that_do_not_suit_cost_something_where_some_do():
    problem = replace(small_problem([make_visit()]), weights=Weights(liked=7 * MINUTE))
    home = problem.households[0]
    named = replace(home, liked=frozenset({WeekHalf(weekday=0, half=Half.MORNING)}))
    prices = {
        slot.at.day.weekday(): Pricing(replace(problem, households=(named,)))
        .terms(0, number)
        .half_day
        for number, slot in enumerate(problem.slots)
    }
    assert prices[0] == 0
    assert {price for day, price in prices.items() if day} == {7 * MINUTE}
    assert Pricing(problem).terms(0, 1).half_day == 0


def test_a_minute_on_the_way_counts_as_often_as_the_office_says():
    once = small_problem([make_visit("0001"), make_visit("0002")])
    thrice = replace(once, weights=replace(once.weights, travel=3))
    made, dear = plan(once, iterations=50), plan(thrice, iterations=50)
    assert made.travel_minutes == dear.travel_minutes
    assert sum(p.costs.travel for p in dear.planned) == 3 * sum(
        p.costs.travel for p in made.planned
    )
    assert [p.saved_minutes for p in dear.planned] == [p.saved_minutes for p in made.planned]


def test_where_a_bad_gap_begins_is_the_office_s_word():
    strict = Weights(spacing=0, bad_below_percent=90, bad_above_percent=110)
    mild = Weights(spacing=0)
    assert [soft_gap_price(strict, 100, gap) > 0 for gap in (89, 90, 110, 111)] == [
        *(True, False, False, True)
    ]
    assert [soft_gap_price(mild, 100, gap) > 0 for gap in (49, 50, 160, 161)] == [
        *(True, False, False, True)
    ]


def test_pushing_a_statutory_visit_out_costs_what_the_office_says():
    """Asked by hand what it would take; the planner itself never does so for an optional visit."""
    law = make_visit("0001", statutory=True, latest=MONDAY)
    other = make_visit("0002", latest=MONDAY + timedelta(days=4))
    changes = []
    for price in (1000, 5000):
        problem = replace(
            small_problem([law, other], minutes=60), weights=Weights(drop_statutory=price * MINUTE)
        )
        made = plan(problem, iterations=50)
        stands = made.find("0001-1")
        assert stands is not None
        assert stands.at == at(0)
        change = Explainer(problem, made).why_not("0002-1", at(0)).change
        assert change is not None
        changes.append(change)
    assert changes[1] - changes[0] == 4000 * MINUTE
