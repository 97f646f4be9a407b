"""The checker finds what is wrong: every planted fault is named by its rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from desktop.planning.exchange import to_json
from desktop.planning.halves import Half, WeekHalf
from desktop.planning.planner import plan
from desktop.planning.plans import Cause, PlannedPeriod, UnplannedVisit
from desktop.planning.problem import Blocked, Partner, PlanningProblem
from desktop.planning.reasons import Reason
from tests.planning.visit_checker import check, check_office
from tests.support.planning_rows import MONDAY, at, make_visit, small_problem

Spoil = Callable[[PlanningProblem, PlannedPeriod], tuple[PlanningProblem, PlannedPeriod]]


def plain() -> tuple[PlanningProblem, PlannedPeriod]:
    later = {"latest": MONDAY + timedelta(days=27), "spaced": True, "period_days": 10}
    visits = [
        make_visit("0001", "0001-1", locked=at(1), spaced=True, period_days=10),
        make_visit("0001", "0001-2", locked=at(11), **later),
        make_visit("0002", "0002-1", locked=at(2), partners=("SP-1",)),
    ]
    partner = Partner(code="SP-1", free=frozenset({at(2), at(3)}))
    problem = small_problem(visits, partners=(partner,))
    return problem, plan(problem, iterations=20)


def move(made: PlannedPeriod, code: str, day: int, **changes: Any) -> PlannedPeriod:
    return replace(
        made,
        planned=tuple(
            replace(row, at=at(day), **changes) if row.visit == code else row
            for row in made.planned
        ),
    )


def unlocked(problem: PlanningProblem, **changes: Any) -> PlanningProblem:
    return replace(
        problem, visits=tuple(replace(v, locked=None, **changes) for v in problem.visits)
    )


def closed(problem: PlanningProblem) -> PlanningProblem:
    tuesdays = frozenset({WeekHalf(weekday=1, half=Half.MORNING)})
    return replace(
        unlocked(problem),
        households=tuple(replace(home, closed=tuesdays) for home in problem.households),
    )


def waiting(problem: PlanningProblem, made: PlannedPeriod, code: str) -> PlannedPeriod:
    missed = UnplannedVisit(visit=code, cause=Cause.FULL, statutory=True, points=0)
    rest = tuple(row for row in made.planned if row.visit != code)
    return replace(made, planned=rest, unplanned=(missed,), travel_minutes=20 * len(rest))


FAULTS: dict[str, tuple[str, Spoil]] = {
    "missing": ("1", lambda p, m: (p, replace(m, planned=m.planned[1:]))),
    "twice": ("1", lambda p, m: (p, replace(m, planned=(*m.planned, m.planned[0])))),
    "order": ("1", lambda p, m: (p, move(m, "0001-1", 1, order=2))),
    "locked": ("2", lambda p, m: (p, move(m, "0001-1", 0))),
    "window": ("2", lambda p, m: (unlocked(p, latest=MONDAY), m)),
    "household": ("2", lambda p, m: (closed(p), m)),
    "slot": ("2", lambda p, m: (replace(p, slots=p.slots[2:]), m)),
    "blocked": (
        "2",
        lambda p, m: (replace(p, blocked=(Blocked(at=at(1), reason=Reason.DUTY),)), m),
    ),
    "partner": ("2", lambda p, m: (unlocked(p), move(m, "0002-1", 4))),
    "full": (
        "4",
        lambda p, m: (replace(p, slots=tuple(replace(s, minutes=49) for s in p.slots)), m),
    ),
    "ways": ("4", lambda p, m: (p, replace(m, travel_minutes=m.travel_minutes - 1))),
    "near": ("5", lambda p, m: (unlocked(p), move(m, "0001-2", 2))),
    "same day": ("5", lambda p, m: (unlocked(p), move(m, "0001-2", 1))),
}


def test_a_legal_plan_has_no_finding():
    assert check(to_json(*plain())) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_found(fault: str):
    rule, spoil = FAULTS[fault]
    findings = check(to_json(*spoil(*plain())))
    assert any(finding.startswith(rule) for finding in findings), findings


def test_a_day_without_visits_is_found():
    findings = check(to_json(*plain()), no_visits_on=[at(1).day])
    assert [finding[0] for finding in findings] == ["3"]


def test_a_statutory_visit_that_waits_for_an_optional_one_is_found():
    problem, made = plain()
    visits = tuple(
        replace(visit, locked=None, statutory=visit.code == "0002-1") for visit in problem.visits
    )
    spoilt = waiting(problem, move(made, "0001-1", 2), "0002-1")
    findings = check(to_json(replace(problem, visits=visits), spoilt))
    assert any(finding.startswith("6 0002-1") for finding in findings)


def test_a_partner_promised_to_two_caseworkers_is_found():
    problem, made = plain()
    other = replace(problem, caseworker="CW-02")
    assert check_office([to_json(problem, made), to_json(other, made)])
