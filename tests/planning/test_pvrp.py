"""The public files' reader and the checker that shares no code with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.planning.engine import Search
from tests.planning.pvrp_checker import check_solution
from tests.planning.pvrp_files import engine_problem, read_instance

#: Three days, two vehicles; the leftmost bit is the first day (5 = 101, 4 = 100, 1 = 001).
FILE = """1 2 4 3
60 10
60 10
0 12
 0  0 0 0 0 0 0
 1  3 4 1 5 2 1 5
 2  6 8 1 5 1 2 4 1
 3 -3 4 1 6 1 1 4
 4  0 5 1 5 1 3 4 2 1
"""
GOOD = [[1, 2], [3], [4], [], [1], []]


@pytest.fixture
def file(tmp_path) -> Path:
    path = tmp_path / "p00"
    path.write_text(FILE, encoding="ascii")
    return path


def test_the_leftmost_bit_is_the_first_day(file: Path):
    instance = read_instance(file)
    assert [place.combinations for place in instance.places] == [
        (),
        ((0, 2),),
        ((0,), (2,)),
        ((0,),),
        ((0,), (1,), (2,)),
    ]
    assert instance.longest == (60, 60, 0)
    assert instance.capacity == (10, 10, 12)


def test_the_search_and_the_checker_agree(file: Path):
    result = Search(engine_problem(read_instance(file)), seed=1).solve(300)
    assert result.left_out == ()
    assert check_solution(file, result.routes) == pytest.approx(result.cost / 1000, abs=0.01)
    assert check_solution(file, GOOD) >= result.cost / 1000 - 0.01


@pytest.mark.parametrize(
    ("routes", "fault"),
    [
        ([[1, 2], [3], [4], [], [1]], "5 routes"),
        ([[1, 2, 3], [], [4], [], [1], []], "load"),
        ([[1, 2], [3], [4], [], [], []], "customer 1 is visited on 100"),
        ([[1, 2], [3], [4], [], [1], [2]], "customer 2 is visited on 101"),
        ([[1, 2], [2, 3], [4], [], [1], []], "load|twice"),
        ([[1, 2], [3], [], [], [1], []], "customer 4 is visited on 000"),
    ],
)
def test_the_checker_finds(file: Path, routes: list[list[int]], fault: str):
    with pytest.raises(ValueError, match=fault):
        check_solution(file, routes)


def test_the_checker_finds_a_route_that_takes_too_long(file: Path):
    file.write_text(FILE.replace("60 10", "20 10"), encoding="ascii")
    with pytest.raises(ValueError, match="duration"):
        check_solution(file, GOOD)


def test_other_kinds_of_files_are_refused(file: Path):
    file.write_text(FILE.replace("1 2 4 3", "2 2 4 3"), encoding="ascii")
    with pytest.raises(ValueError, match="not a periodic"):
        read_instance(file)
