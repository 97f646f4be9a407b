"""The sentence per visit, and the answer to "why not there?": both from the cost table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from desktop.planning.costs import CostTable, signed_minutes
from desktop.planning.explaining import Explainer, frequency
from desktop.planning.halves import Half, HalfDay
from desktop.planning.planner import plan
from desktop.planning.problem import Basis, Blocked, Household, PlanningProblem
from desktop.planning.reasons import Reason
from tests.support.planning_problems import make_problem
from tests.support.planning_rows import MONDAY, at, make_visit, small_problem


def explain(problem: PlanningProblem) -> Explainer:
    return Explainer(problem, plan(problem, iterations=60))


@pytest.mark.parametrize(
    ("visits", "words"), [(12, "毎月1回"), (6, "2か月に1回"), (5, "年5回"), (1, "12か月に1回")]
)
def test_how_often(visits: int, words: str):
    assert frequency(visits) == words


@pytest.mark.parametrize(
    ("price", "words"), [(0, "±0分"), (1420, "+14分"), (-1799, "−18分"), (-49, "±0分")]
)
def test_minutes_with_their_sign(price: int, words: str):
    assert signed_minutes(price) == words


def neighbours() -> PlanningProblem:
    """Four households of one 町内 far away; the duty week follows the first."""
    visits = [
        make_visit(f"{n:04d}", last_visit=date(2027, 3, 12), latest=date(2027, 5, 31))
        for n in range(1, 5)
    ]
    problem = small_problem(visits, minutes=190, ways=[30] * 4, days=(0, 1, 2, 3, 4))
    homes = tuple(replace(home, town=3) for home in problem.households)
    duty = [
        Blocked(at=HalfDay(day=MONDAY + timedelta(days=day), half=half), reason=Reason.DUTY)
        for day in range(7, 12)
        for half in Half
    ]
    weights = replace(problem.weights, level=0)
    return replace(problem, households=homes, blocked=tuple(duty), weights=weights)


def test_the_sentence_names_rule_dates_company_and_the_next_week():
    assert explain(neighbours()).why("0002-1") == (
        "B格付(2か月に1回)。前回3/12、期限5/31。同じ町内の3世帯と同じ半日(移動−60分)。翌週は当番。"
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"basis": Basis.APPLICATION}, "申請後の法定の期限内に行う訪問(局長通知第12-1)。"),
        ({"basis": Basis.FLOOR, "visits_a_year": 2}, "法定の最低回数(年2回)による訪問。"),
        ({"basis": Basis.REVISIT}, "不在のための再訪問。"),
        ({"basis": Basis.EXTRA}, "臨時訪問。"),
        ({"statutory": True}, "法定の最低回数に数える訪問。"),
        ({"appointment": at(3)}, "約束した半日。"),
        ({"locked": at(3)}, "担当者が固定した半日。"),
        ({"last_visit": None}, "前回の訪問なし、期限5/21。"),
        ({"latest": MONDAY + timedelta(days=4)}, "翌週は期限を過ぎる。"),
        ({}, "ほかの週では"),
    ],
)
def test_every_basis_and_tie_has_its_words(changes: dict[str, Any], words: str):
    assert words in explain(small_problem([make_visit(**changes)])).why("0001-1")


def test_the_same_facility_is_named_before_the_same_town():
    problem = neighbours()
    homes = tuple(replace(home, facility=1) for home in problem.households)
    assert "同じ施設の3世帯" in explain(replace(problem, households=homes)).why("0001-1")


def test_an_unplanned_visit_has_no_sentence_and_a_foreign_one_is_an_error():
    explainer = explain(small_problem([make_visit(minutes=115)]))
    assert explainer.why("0001-1") == ""
    with pytest.raises(KeyError):
        explainer.why("0009-1")


def test_why_not_another_day_is_a_price_by_terms():
    visits = [make_visit(), make_visit("0002", locked=at(4))]
    explainer = explain(small_problem(visits, ways=[30, 30]))
    answer = explainer.why_not("0001-1", at(9))
    assert (answer.broken, answer.movers) == ((), ())
    assert answer.change == answer.terms.total > 0
    assert answer.terms.travel == 6000
    assert answer.words.startswith("5/19午前は+")
    assert "移動+60分" in answer.words


@pytest.mark.parametrize(
    ("changes", "where", "broken"),
    [
        ({"latest": MONDAY + timedelta(days=4)}, at(7), Reason.WINDOW),
        ({"locked": at(2)}, at(3), Reason.PINNED),
        ({}, at(5), Reason.WINDOW),
        ({}, at(14), Reason.DUTY),
    ],
)
def test_why_not_names_the_broken_rule(changes: dict[str, Any], where: HalfDay, broken: Reason):
    problem = small_problem([make_visit(**changes)])
    problem = replace(problem, blocked=(Blocked(at=at(14), reason=Reason.DUTY),))
    answer = explain(problem).why_not("0001-1", where)
    assert broken in answer.broken
    assert "入れられない理由" in answer.words


def test_why_not_names_who_else_would_have_to_move():
    visits = [make_visit("0001", minutes=80, locked=at(1)), make_visit("0002", minutes=80)]
    problem = small_problem(visits, days=(0, 1), minutes=110)
    answer = explain(problem).why_not("0001-1", at(0))
    assert [(mover.visit, mover.before, mover.after) for mover in answer.movers] == [
        ("0002-1", at(0), at(1))
    ]
    assert "0002-1を5/11午前へ" in answer.words
    pinned = replace(problem, visits=(visits[0], replace(visits[1], locked=at(0))))
    assert Reason.FULL in explain(pinned).why_not("0001-1", at(0)).broken


def test_leaving_another_visit_out_is_part_of_the_price():
    visits = [
        make_visit("0001", minutes=80, locked=at(1)),
        make_visit("0002", minutes=80, latest=at(0).day, points=10),
    ]
    problem = small_problem(visits, days=(0, 1), minutes=110)
    answer = explain(problem).why_not("0001-1", at(0))
    assert answer.movers[0].after is None
    assert answer.change is not None
    assert answer.change > problem.weights.drop_price(10) // 2
    assert "0002-1は計画から外れる" in answer.words
    assert "ほかの訪問への影響+" in answer.words


def test_too_near_to_the_visit_before_is_said():
    visits = [
        make_visit("0001", "0001-1", locked=at(0), spaced=True),
        make_visit("0001", "0001-2", latest=MONDAY + timedelta(days=27), spaced=True),
    ]
    problem = small_problem(visits, days=(0, 1, 2, 21, 22))
    answer = explain(problem).why_not("0001-2", at(2))
    assert (answer.change, answer.broken) == (None, (Reason.SPACING,))


def test_every_planned_visit_of_a_caseworker_has_a_sentence():
    problem = make_problem(households=20, last=date(2027, 6, 30))
    made = plan(problem, iterations=40)
    explainer = Explainer(problem, made)
    for visit in made.planned:
        assert "期限" in explainer.why(visit.visit)
        for other in visit.alternatives:
            assert explainer.why_not(visit.visit, other.at).change is not None


def test_a_table_adds_up():
    table = CostTable(travel=1, due=2, spacing=3, half_day=4, level=5, points=6, moved=7)
    assert (table.total, table.less(table).total) == (28, 0)
    assert Household(number="1", place=1).town == 0
