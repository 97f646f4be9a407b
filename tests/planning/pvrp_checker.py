"""Checks a solution of a periodic routing file against the file's text. Shares no code with the engine or its adapter."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import dist
from pathlib import Path


@dataclass(frozen=True)
class _File:
    """The words of the file: its first line, the days' limits, and one row for each numbered place."""

    vehicles: int
    days: int
    limits: list[list[str]]
    rows: dict[int, list[str]]


def check_solution(path: Path, routes: list[list[int]]) -> float:
    """Total distance of the routes (day by day, vehicle by vehicle). ValueError names the first rule that is broken."""
    file = _read(path)
    if len(routes) != file.vehicles * file.days:
        raise ValueError(f"{len(routes)} routes for {file.days} days of {file.vehicles} vehicles")
    depot = min(file.rows)
    visited = {number: ["0"] * file.days for number in file.rows if number != depot}
    total = 0.0
    for index, route in enumerate(routes):
        stops = [depot + stop for stop in route]
        total += _length(file, index, [depot, *stops, depot])
        for stop in stops:
            if visited[stop][index // file.vehicles] == "1":
                raise ValueError(f"customer {stop} is visited twice on one day")
            visited[stop][index // file.vehicles] = "1"
    for number, pattern in visited.items():
        _check_pattern(file.rows[number], "".join(pattern))
    return total


def _read(path: Path) -> _File:
    lines = [line.split() for line in path.read_text(encoding="ascii").splitlines() if line.strip()]
    vehicles, customers, days = (int(word) for word in lines[0][1:4])
    rows = {int(line[0]): line for line in lines[1 + days :]}
    if sorted(rows) != list(range(min(rows), min(rows) + customers + 1)):
        raise ValueError("the file's customers are not numbered one after the other")
    return _File(vehicles, days, lines[1 : 1 + days], rows)


def _length(file: _File, index: int, stops: list[int]) -> float:
    """Length of one route, after its load and duration were found to be allowed."""
    longest, capacity = (float(word) for word in file.limits[index // file.vehicles][:2])
    points = [(float(file.rows[stop][1]), float(file.rows[stop][2])) for stop in stops]
    length = sum(dist(here, there) for here, there in pairwise(points))
    service = sum(float(file.rows[stop][3]) for stop in stops[1:-1])
    load = sum(float(file.rows[stop][4]) for stop in stops[1:-1])
    if load > capacity:
        raise ValueError(f"route {index + 1}: load {load} of {capacity}")
    # The engine counts in thousandths, each way rounded once.
    if longest and length + service > longest + 0.0005 * len(stops):
        raise ValueError(f"route {index + 1}: duration {length + service} of {longest}")
    return length


def _check_pattern(row: list[str], pattern: str) -> None:
    allowed = {int(word) for word in row[7 : 7 + int(row[6])]}
    if int(pattern, 2) not in allowed:
        raise ValueError(f"customer {row[0]} is visited on {pattern}, which is not allowed")
    if pattern.count("1") != int(row[5]):
        raise ValueError(f"customer {row[0]} is visited {pattern.count('1')} times")
