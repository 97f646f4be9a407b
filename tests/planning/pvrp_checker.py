"""Checks a solution of a periodic routing file against the file's text. Shares no code with the engine or its adapter."""

from __future__ import annotations

from math import dist
from pathlib import Path


def check_solution(path: Path, routes: list[list[int]]) -> float:
    """Total distance of the routes (day by day, vehicle by vehicle). ValueError names the first rule that is broken."""
    numbers = [
        line.split() for line in path.read_text(encoding="ascii").splitlines() if line.strip()
    ]
    vehicles, customers, days = (int(word) for word in numbers[0][1:4])
    rows = {int(row[0]): row for row in numbers[1 + days :]}
    depot = min(rows)
    if sorted(rows) != list(range(depot, depot + customers + 1)):
        raise ValueError("the file's customers are not numbered one after the other")
    if len(routes) != vehicles * days:
        raise ValueError(f"{len(routes)} routes for {days} days of {vehicles} vehicles")
    total = 0.0
    visited: dict[int, str] = {number: "0" * days for number in rows if number != depot}
    for index, route in enumerate(routes):
        day = index // vehicles
        longest, capacity = (float(word) for word in numbers[1 + day][:2])
        length, service, load = 0.0, 0.0, 0.0
        stops = [depot, *(depot + stop for stop in route), depot]
        points = [(float(rows[stop][1]), float(rows[stop][2])) for stop in stops]
        for here, there in zip(points, points[1:], strict=False):
            length += dist(here, there)
        for stop in stops[1:-1]:
            service += float(rows[stop][3])
            load += float(rows[stop][4])
            if visited[stop][day] == "1":
                raise ValueError(f"customer {stop} is visited twice on day {day + 1}")
            visited[stop] = visited[stop][:day] + "1" + visited[stop][day + 1 :]
        if load > capacity:
            raise ValueError(f"route {index + 1}: load {load} of {capacity}")
        if longest and length + service > longest + 1e-3 * len(stops):
            raise ValueError(f"route {index + 1}: duration {length + service} of {longest}")
        total += length
    for number, pattern in visited.items():
        row = rows[number]
        allowed = {int(word) for word in row[7 : 7 + int(row[6])]}
        if int(pattern, 2) not in allowed:
            raise ValueError(f"customer {number} is visited on {pattern}, which is not allowed")
        if pattern.count("1") != int(row[5]):
            raise ValueError(f"customer {number} is visited {pattern.count('1')} times")
    return total
