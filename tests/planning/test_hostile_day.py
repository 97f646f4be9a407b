"""A hostile day: a week that falls away, 130 households on one desk, a household without a half-day, twenty joint visits. All is said."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from desktop.planning.capacity import Decider, capacity_report
from desktop.planning.events import LostHalfDays
from desktop.planning.exchange import to_json
from desktop.planning.joint import in_threads, plan_office
from desktop.planning.planner import plan
from desktop.planning.problem import Partner
from desktop.planning.reasons import Reason
from desktop.planning.replanning import replan
from tests.planning.visit_checker import check, check_office
from tests.support.planning_problems import (
    WEEK_HALVES,
    YEAR_FIRST,
    make_problem,
    office_problems,
    with_joint_visits,
)
from tests.support.planning_rows import MONDAY, at, make_visit, small_problem

SUMMER = {"first": YEAR_FIRST, "last": date(2027, 6, 30)}
_SHORT = re.compile(
    r"^\d+月は[\d.]+時間必要で、使えるのは[\d.]+時間です。あと半日\d+回\([\d.]+時間\)で解消します。$"
)


def test_all_half_days_of_a_week_fall_away():
    problem = make_problem(households=60, seed=4, **SUMMER)
    standing = plan(problem, iterations=300)
    today = date(2027, 5, 10)
    week = frozenset(s.at for s in problem.slots if 0 <= (s.at.day - today).days < 7)
    told = [p for p in standing.planned if p.at in week]
    assert len(told) > 3
    found = replan(
        problem,
        standing,
        LostHalfDays(halves=week, reason=Reason.LEAVE),
        today=today,
        iterations=200,
    )
    assert check(to_json(found.problem, found.plan)) == []
    assert not [p for p in found.plan.planned if p.at in week]
    moved = {move.visit for move in found.moves}
    assert {p.visit for p in told} <= moved
    report = capacity_report(found.problem, found.plan)
    lost = {visit.visit for visit in found.plan.unplanned}
    named = {row.visit for rows in (report.no_slot, report.floors, report.left_out) for row in rows}
    assert named == lost


def test_a_hundred_and_thirty_households_on_one_desk():
    problem = make_problem(households=130, seed=2, fill_percent=60, **SUMMER)
    made = plan(problem, iterations=300)
    assert check(to_json(problem, made)) == []
    report = capacity_report(problem, made)
    assert not report.fits
    assert report.months
    assert all(_SHORT.match(row.words) for row in report.months)
    assert {row.decider for row in report.months} == {Decider.SUPERVISOR}
    points = [row.points for row in report.left_out]
    assert points == sorted(points)
    for row in report.left_out:
        assert (
            row.words
            == f"{row.visit}({row.points}点)は時間が足りないため、今回の計画から外れています。"
            or ("間隔が近すぎるため" in row.words)
        )
    for missed in report.floors:
        assert "査察指導員が決めます。" in missed.words
        assert missed.then is Decider.DIRECTOR


def test_a_household_without_any_half_day():
    problem = small_problem([make_visit("0001"), make_visit("0002")])
    nowhere = replace(problem.households[0], closed=frozenset(WEEK_HALVES))
    problem = replace(problem, households=(nowhere, *problem.households[1:]))
    made = plan(problem, iterations=40)
    assert check(to_json(problem, made)) == []
    assert [p.visit for p in made.planned] == ["0002-1"]
    assert capacity_report(problem, made).sentences[0] == (
        "0001-1は入れられる半日がありません。世帯と相談して別の曜日・時間帯を認める必要があります。"
    )


def test_twenty_joint_visits_and_a_supporter_with_two_mornings():
    busy = Partner(code="SP-1", free=frozenset({at(0), at(1)}))
    visits = [
        make_visit(f"{number:04d}", partners=("SP-1",), latest=MONDAY + timedelta(days=4))
        for number in range(1, 21)
    ]
    problem = small_problem(visits, partners=(busy,))
    made = plan(problem, iterations=200)
    assert check(to_json(problem, made)) == []
    assert {p.at for p in made.planned} <= {at(0), at(1)}
    report = capacity_report(problem, made)
    assert len(made.planned) + len(report.left_out) + len(report.no_slot) == len(visits)
    assert all("今回の計画から外れています。" in row.words for row in report.left_out)
    refused = {count.reason for missed in made.unplanned for count in missed.refused}
    assert Reason.PARTNER in refused
    never = replace(problem, partners=(Partner(code="SP-1", free=frozenset()),))
    words = capacity_report(never, plan(never, iterations=20)).sentences
    assert words[0] == (
        "0001-1は入れられる半日がありません。同行をやめるか、同行者を変える必要があります。"
    )


def test_twenty_joint_visits_of_four_caseworkers_with_one_supporter():
    problems = [
        with_joint_visits(problem, 20, "SP-1")
        for problem in office_problems(4, households=30, last=MONDAY + timedelta(days=40), seed=9)
    ]
    office = plan_office(
        problems, sketch_all=in_threads(workers=2, iterations=60), repair_iterations=40
    )
    texts = [to_json(p, made) for p, made in zip(office.problems, office.plans, strict=True)]
    assert [finding for text in texts for finding in check(text)] == []
    assert check_office(texts) == []
    for problem, made in zip(office.problems, office.plans, strict=True):
        report = capacity_report(problem, made)
        named = {
            row.visit for rows in (report.no_slot, report.floors, report.left_out) for row in rows
        }
        assert named == {missed.visit for missed in made.unplanned}
        assert all(sentence.endswith("。") for sentence in report.sentences)
