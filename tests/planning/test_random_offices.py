"""Offices made by chance, with joint visits, second persons who have visits of their own, and promises: no rule is ever broken."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from desktop.planning.exchange import to_json, without_points
from desktop.planning.halves import HalfDay
from desktop.planning.joint import in_threads, plan_office
from desktop.planning.problem import Partner, PlanningProblem
from desktop.services.visit_plans.checking import broken_rules
from tests.planning.visit_checker import check, check_office
from tests.support.planning_problems import make_problem, office_problems
from tests.support.planning_rows import MONDAY

#: Shares of visits that are joint, that two caseworkers make, and that are fixed to a half-day.
SHARES = (0.2, 0.15, 0.1)


def random_office(seed: int) -> list[PlanningProblem]:
    """Two to four caseworkers, each with the others as possible second persons."""
    chance = Random(f"office-{seed}")
    count = chance.randint(2, 4)
    problems = office_problems(
        count,
        households=chance.randint(26, 36),
        last=MONDAY + timedelta(days=chance.choice((20, 34, 48))),
        seed=seed,
    )
    names = [f"staff-{number}" for number in range(count)]
    free = {
        name: frozenset(slot.at for slot in problem.slots)
        for name, problem in zip(names, problems, strict=True)
    }
    return [
        _crowded(problem, name, free, chance) for problem, name in zip(problems, names, strict=True)
    ]


def _crowded(
    problem: PlanningProblem, name: str, free: dict[str, frozenset[HalfDay]], chance: Random
) -> PlanningProblem:
    colleagues = [Partner(code=code, free=at) for code, at in free.items() if code != name]
    shared = [partner.code for partner in problem.partners]
    visits = []
    for visit in problem.visits:
        partners = set(visit.partners)
        if shared and chance.random() < SHARES[0]:
            partners.add(chance.choice(shared))
        if chance.random() < SHARES[1]:
            partners.add(chance.choice(colleagues).code)
        within = [s.at for s in problem.slots if visit.earliest <= s.at.day <= visit.latest]
        pin = chance.choice(within) if within and chance.random() < SHARES[2] else None
        visits.append(
            replace(visit, partners=tuple(sorted(partners)), appointment=visit.appointment or pin)
        )
    return replace(
        problem,
        staff=name,
        visits=tuple(visits),
        partners=(*problem.partners, *colleagues),
    )


@pytest.mark.parametrize("seed", range(12))
def test_no_rule_is_broken_in_an_office_made_by_chance(seed: int):
    office = plan_office(
        random_office(seed), sketch_all=in_threads(workers=2, iterations=40), repair_iterations=25
    )
    texts = [to_json(p, made) for p, made in zip(office.problems, office.plans, strict=True)]
    assert [finding for text in texts for finding in check(text)] == []
    assert check_office(texts) == []
    assert office.clashes == ()
    for problem, made in zip(office.problems, office.plans, strict=True):
        assert broken_rules(problem, made) == ()
        assert len(made.planned) + len(made.unplanned) == len(problem.visits)


def test_the_offices_are_worth_looking_at():
    """Joint visits, second persons and clashes do occur."""
    offices = [random_office(seed) for seed in range(4)]
    partners = [
        p for office in offices for problem in office for v in problem.visits for p in v.partners
    ]
    assert any(code.startswith("staff-") for code in partners)
    assert any(not code.startswith("staff-") for code in partners)
    repaired = [
        plan_office(
            office, sketch_all=in_threads(workers=1, iterations=20), repair_iterations=10
        ).repaired
        for office in offices
    ]
    assert any(repaired)


def test_without_points_the_plan_is_the_same_and_still_right():
    problem = make_problem(households=20, last=MONDAY + timedelta(days=40), seed=3)
    made = in_threads(workers=1, iterations=30)([problem])[0].told()
    assert any(visit.points for visit in problem.visits)
    bare, plain = without_points(problem, made)
    text = to_json(bare, plain)
    assert check(text) == []
    assert '"points"' not in text
    assert [p.at for p in plain.planned] == [p.at for p in made.planned]
    paid = sum(p.costs.points for p in made.planned)
    assert plain.cost == made.cost - paid
