"""The office: supporters, second persons and cars are never promised twice, whoever plans in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from desktop.planning import joint
from desktop.planning.bookings import Booking, Clash, bookings_of
from desktop.planning.exchange import to_json
from desktop.planning.joint import OfficePlan, in_threads, plan_office
from desktop.planning.planner import plan
from desktop.planning.problem import Partner, PlanningProblem
from tests.planning.visit_checker import check, check_office
from tests.support.planning_problems import office_problems, with_joint_visits
from tests.support.planning_rows import MONDAY, at, make_visit, small_problem

QUICK = in_threads(workers=1, iterations=30)


def checked(office: OfficePlan) -> OfficePlan:
    texts = [
        to_json(problem, made) for problem, made in zip(office.problems, office.plans, strict=True)
    ]
    assert [finding for text in texts for finding in check(text)] == []
    assert check_office(texts) == []
    assert office.clashes == ()
    return office


def rivals(count: int, days: tuple[int, ...], **changes: Any) -> list[PlanningProblem]:
    """Caseworkers who all want the one supporter as early as they can."""
    shared = Partner(code="SP-1", free=frozenset(at(day) for day in days))
    visit = make_visit(partners=("SP-1",), due=MONDAY, **changes)
    return [
        replace(small_problem([visit], partners=(shared,)), caseworker=f"CW-{number:02d}")
        for number in range(count)
    ]


def test_everybody_gets_a_half_day_of_his_own():
    office = checked(plan_office(rivals(4, (0, 1, 2, 3)), sketch_all=QUICK, repair_iterations=20))
    days = {made.planned[0].at for made in office.plans}
    assert days == {at(day) for day in range(4)}
    assert office.repaired[0] == Clash(
        booking=Booking(partner="SP-1", at=at(0)),
        caseworkers=("CW-00", "CW-01", "CW-02", "CW-03"),
    )


def test_who_must_has_the_supporter_and_who_finds_none_is_named():
    first, second = rivals(2, (0,))
    statutory = tuple(replace(visit, statutory=True) for visit in second.visits)
    office = checked(
        plan_office(
            [first, replace(second, visits=statutory)], sketch_all=QUICK, repair_iterations=20
        )
    )
    assert [len(made.planned) for made in office.plans] == [0, 1]
    assert [len(made.unplanned) for made in office.plans] == [1, 0]


def test_an_appointment_is_the_strongest_claim():
    first, second = rivals(2, (0, 1), statutory=True)
    pinned = tuple(replace(visit, appointment=at(0), statutory=False) for visit in second.visits)
    office = checked(
        plan_office([first, replace(second, visits=pinned)], sketch_all=QUICK, repair_iterations=20)
    )
    assert [made.planned[0].at for made in office.plans] == [at(1), at(0)]


def test_an_office_of_several_caseworkers_with_many_joint_visits():
    problems = [
        with_joint_visits(problem, 12, "SP-1")
        for problem in office_problems(4, households=25, last=MONDAY + timedelta(days=30), seed=5)
    ]
    office = checked(plan_office(problems, sketch_all=QUICK, repair_iterations=20))
    assert office.repaired
    same = plan_office(
        problems, sketch_all=in_threads(workers=2, iterations=30), repair_iterations=20
    )
    assert same == office


def test_a_partner_may_go_along_twice_in_one_half_day_with_the_same_caseworker():
    shared = Partner(code="SP-1", free=frozenset({at(0)}))
    visits = [make_visit(number, partners=("SP-1",)) for number in ("0001", "0002")]
    problem = small_problem(visits, partners=(shared,))
    made = plan(problem, iterations=20)
    assert bookings_of(problem, made.baseline()) == {
        Booking(partner="SP-1", at=at(0)): ["0001-1", "0002-1"]
    }


def test_a_group_plans_round_what_the_groups_before_have_booked(monkeypatch):
    monkeypatch.setattr(joint, "GROUP", 1)
    office = checked(plan_office(rivals(4, (0, 1, 2, 3)), sketch_all=QUICK, repair_iterations=20))
    assert [made.planned[0].at for made in office.plans] == [at(day) for day in range(4)]
    assert office.repaired == ()


def test_an_appointment_of_a_later_group_is_kept_free(monkeypatch):
    monkeypatch.setattr(joint, "GROUP", 1)
    first, second = rivals(2, (0, 1), statutory=True)
    fixed = tuple(replace(visit, appointment=at(0), statutory=False) for visit in second.visits)
    office = checked(
        plan_office([first, replace(second, visits=fixed)], sketch_all=QUICK, repair_iterations=20)
    )
    assert [made.planned[0].at for made in office.plans] == [at(1), at(0)]
    assert office.repaired == ()


def test_of_two_appointments_with_one_supporter_the_earlier_group_keeps_its_own(monkeypatch):
    """Although the later one is statutory: the earlier plan is told already."""
    monkeypatch.setattr(joint, "GROUP", 1)
    both = [
        replace(
            one,
            visits=tuple(
                replace(visit, appointment=at(0), statutory=number == 1) for visit in one.visits
            ),
        )
        for number, one in enumerate(rivals(2, (0, 1)))
    ]
    office = checked(plan_office(both, sketch_all=QUICK, repair_iterations=20))
    assert len(office.repaired) == 1
    assert [len(made.planned) for made in office.plans] == [1, 0]


def test_two_problems_of_one_caseworker_are_refused():
    with pytest.raises(ValueError, match="same caseworker"):
        plan_office([rivals(1, (0,))[0]] * 2, sketch_all=QUICK)
