from __future__ import annotations

import ast
import dataclasses
import hashlib
from array import array
from pathlib import Path

import pytest

from desktop.planning import engine
from desktop.planning.engine import Search, starts_for
from desktop.planning.engine_form import PARTS
from desktop.planning.engine_problem import FAR, EngineProblem
from desktop.planning.engine_tables import cooling, logarithms
from tests.planning.engine_problems import KINDS, Draft, caseworker, month, periodic
from tests.planning.plain_cost import cheapest_cost, plain_cost

FOLDER = Path(__file__).parents[2] / "desktop" / "planning"
#: One plan of each kind, by its hash: it changes when and only when the search decides otherwise.
GOLDEN = {
    "periodic": "8126e154a61b0a96",
    "caseworker": "adb6d81d019856e2",
    "month": "3f13b0e76cf050b8",
}
TINY = {
    "half-days": month(3, nodes=6, days=5),
    "more half-days": month(4, nodes=6, days=6),
    "year": caseworker(1, households=2, visits=3, days=9),
    "another year": caseworker(2, households=2, visits=3, days=9),
    "periodic": periodic(1, customers=6),
    "periodic with one more": periodic(2, customers=7),
}


def digest(routes: list[list[int]]) -> str:
    return hashlib.sha256(repr(routes).encode()).hexdigest()[:16]


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_plan_on_every_machine(kind: str):
    result = Search(KINDS[kind](1), seed=1).solve(1500)
    assert digest(result.routes) == GOLDEN[kind]


def test_tables_are_the_same_on_every_machine():
    assert (
        hashlib.sha256(repr((logarithms(), cooling(35000, 350))).encode()).hexdigest()[:16]
        == "84055b256293e2be"
    )


@pytest.mark.parametrize("name", TINY)
def test_tiny_plans_are_the_best_there_are(name: str):
    result = Search(TINY[name], seed=1).solve(3000)
    assert result.cost == cheapest_cost(TINY[name])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", [1, 2])
def test_the_cost_is_what_the_plan_costs(kind: str, seed: int):
    problem = KINDS[kind](seed)
    result = Search(problem, seed).solve(800)
    assert result.cost == plain_cost(problem, result.routes)
    inside = {node for route in result.routes for node in route}
    assert set(result.left_out) == set(range(1, problem.customers + 1)) - inside
    assert result.iterations == 800


def test_who_must_be_visited_is_never_left_out_for_others():
    # Time for one visit of three; the two that may be left out are cheaper to reach.
    problem = Draft(
        points=[(0, 0), (40, 40), (1, 0), (0, 1)],
        options=[[(0, (0,))], [(0, (0,))], [(0, (0,))]],
        days=1,
        service=[20, 20, 20],
        longest=190,
        drop=[FAR, 900, 900],
    ).problem()
    assert 1 not in Search(problem, seed=1).solve(200).left_out


def test_a_baseline_stays_where_nothing_is_gained():
    problem = month(1)
    first = Search(problem, seed=1).solve(3000)
    again = Search(problem, seed=2).solve(300, start=first.routes)
    assert again.cost <= first.cost


def test_what_no_longer_holds_of_a_baseline_is_planned_anew():
    problem = month(1)
    first = Search(problem, seed=1).solve(1500)
    lost = next(day for day, route in enumerate(first.routes) if route)
    longest = array("i", [1 if day == lost else 260 for day in range(problem.days)])
    changed = dataclasses.replace(problem, longest=longest)
    again = Search(changed, seed=1).solve(500, start=first.routes)
    assert again.routes[lost] == []
    assert again.cost == plain_cost(changed, again.routes)


def test_a_baseline_of_another_problem_is_refused():
    search = Search(month(1), seed=1)
    with pytest.raises(ValueError, match="3 routes"):
        search.solve(10, start=[[1], [2], [3]])
    with pytest.raises(ValueError, match="a node that"):
        search.solve(10, start=[[99], *([] for _ in range(7))])


def test_a_stopped_search_gives_the_best_so_far():
    told: list[tuple[int, int]] = []

    def report(done: int, of: int) -> bool:
        told.append((done, of))
        return len(told) < 3

    problem = periodic(1)
    result = Search(problem, seed=1).solve(1_000_000, report=report)
    assert result.iterations == told[-1][0] < 1_000_000
    assert len(told) == 3
    assert {of for _, of in told} == {1_000_000}
    assert result.cost == plain_cost(problem, result.routes)


def test_slices_do_not_change_the_plan():
    problem = caseworker(1)
    whole = Search(problem, seed=1).solve(700)
    search = Search(problem, seed=1)
    assert search.solve(700, report=lambda _done, _of: True) == whole
    assert search.solve(700) == whole
    assert Search(problem, seed=2).solve(700).routes != whole.routes


def test_versions_that_begin_anew_do_not_change_the_plan(monkeypatch):
    problem = periodic(1)
    usual = Search(problem, seed=1).solve(2000)
    monkeypatch.setattr(engine, "MOST_CHANGES", 500)
    assert Search(problem, seed=1).solve(2000) == usual


def test_one_start_where_iterations_are_few():
    assert starts_for(10_000, 450) == 1
    assert starts_for(100_000_000, 100) == 12


def test_no_iterations_is_no_search():
    with pytest.raises(ValueError, match="at least one iteration"):
        Search(month(1), seed=1).solve(0)


def changed(**rows: object) -> EngineProblem:
    return dataclasses.replace(month(1), **rows)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ({"customers": 0}, "at least one customer"),
        ({"demand": array("i", [1])}, "Row demand has 1 entries, not 15"),
        ({"dist": array("i", [100_000_000] * 225)}, "Distances are too great"),
        ({"travel": array("q", [3_000_000_000] * 225)}, "Row travel has entries"),
        ({"service": array("i", [-1] * 15)}, "Row service has entries below 0"),
        ({"demand": array("i", [200_000_000] * 15)}, "Loads or capacities"),
        ({"option_price": array("i", [600_000_000] * 56)}, "looks forbidden"),
        ({"near": array("i", [1] * 210)}, "Row 1 of near"),
        ({"option_day": array("i", [9] * 56)}, "days of option 0"),
        ({"bin": array("i", [4] * 8)}, "a bin that has no price"),
        ({"bin_price": array("i", [FAR])}, "levelling price"),
        ({"before": array("i", [1] * 15)}, "do not agree"),
    ],
)
def test_rows_that_do_not_fit_are_refused(rows: dict[str, object], sentence: str):
    with pytest.raises(ValueError, match=sentence):
        Search(changed(**rows), seed=1)


@pytest.mark.parametrize("part", PARTS)
def test_the_search_counts_in_whole_numbers_and_knows_no_clock(part: str):
    tree = ast.parse((FOLDER / f"{part}.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float))
        assert not isinstance(node, ast.Div | ast.Pow)
        if isinstance(node, ast.Name):
            assert node.id != "float"
        if isinstance(node, ast.ImportFrom | ast.Import):
            names = {alias.name for alias in node.names} | {getattr(node, "module", "")}
            assert not names & {"math", "time", "random", "os", "decimal", "datetime"}
