"""The second look at a proposal counts ways as the planner does, in whole minutes, and finds what does not fit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.visit_plans import PlanKind
from desktop.planning.exchange import from_json
from desktop.services.visit_plans.checking import broken_rules
from tests.support.desk import small_office
from tests.support.visit_plans import APRIL, district_of, graded


@pytest.fixture
def proposed(engine):
    """A problem of one household and its plan."""
    office = small_office(engine)
    graded(office, "B")
    plans = office.desk(office.caseworker).visit_plans
    proposal = plans.propose(district_of(office), PlanKind.YEAR, APRIL, iterations=50)
    return from_json(proposal.problem)


@pytest.mark.parametrize(("short", "broken"), [(0, False), (1, True)], ids=["fits", "too short"])
def test_a_half_day_that_the_route_fills_to_the_minute_fits(proposed, short, broken):
    problem, period = proposed
    seconds_more = tuple(way + 34 if way else 0 for way in problem.travel.price)
    travel = replace(problem.travel, price=seconds_more)
    there = max(travel.minutes(0, h.place) for h in problem.households)
    longest = max(v.minutes for v in problem.visits) + 2 * there - short
    slots = tuple(replace(slot, minutes=longest) for slot in problem.slots)
    found = broken_rules(replace(problem, travel=travel, slots=slots), period)
    assert any("収まりません" in sentence for sentence in found) is broken
