"""Small problems for the search, each kind that the planner knows, made from plain lists."""

from __future__ import annotations

import random
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import accumulate

from desktop.planning.engine_problem import FAR, GAP_DAYS, EngineProblem

Option = tuple[int, tuple[int, ...]]


@dataclass(kw_only=True)
class Draft:
    """A problem as lists; `problem` fills the rows. Points are the office and then the nodes."""

    points: list[tuple[int, int]]
    options: list[list[Option]]
    days: int
    vehicles: int = 1
    demand: list[int] = field(default_factory=list)
    service: list[int] = field(default_factory=list)
    capacity: int = 1000
    longest: int = 0
    drop: list[int] = field(default_factory=list)
    travel_factor: int = 1
    pairs: list[tuple[int, int]] = field(default_factory=list)
    gap_prices: list[int] = field(default_factory=list)
    bins: list[int] = field(default_factory=list)
    bin_price: list[int] = field(default_factory=list)

    def problem(self) -> EngineProblem:
        nodes = len(self.points)
        dist = array(
            "i", [abs(ax - bx) + abs(ay - by) for ax, ay in self.points for bx, by in self.points]
        )
        travel = dist
        if self.travel_factor != 1:
            travel = array("i", [way * self.travel_factor + (way > 0) for way in dist])
        near = array("i", [0] * (nodes - 1))
        for node in range(1, nodes):
            row = dist[node * nodes : (node + 1) * nodes]
            near.extend(sorted(range(1, nodes), key=row.__getitem__))
        options = [option for group in self.options for option in group]
        before, after = array("i", [0] * nodes), array("i", [0] * nodes)
        gap_first = array("i", [-1] * nodes)
        for earlier, later in self.pairs:
            before[later], after[earlier] = earlier, later
            gap_first[later] = 0
        return EngineProblem(
            customers=nodes - 1,
            days=self.days,
            vehicles=self.vehicles,
            dist=dist,
            near=near,
            demand=array("i", [0, *(self.demand or [0] * (nodes - 1))]),
            service=array("i", [0, *(self.service or [0] * (nodes - 1))]),
            travel=travel,
            capacity=array("i", [self.capacity] * self.days),
            longest=array("i", [self.longest] * self.days),
            option_first=array("i", [0, 0, *accumulate(map(len, self.options))]),
            option_price=array("i", [price for price, _ in options]),
            day_first=array("i", [0, *accumulate(len(days) for _, days in options)]),
            option_day=array("i", [day for _, days in options for day in days]),
            drop=array("i", [0, *(self.drop or [FAR] * (nodes - 1))]),
            before=before,
            after=after,
            gap_first=gap_first,
            gap_price=array("i", self.gap_prices if self.pairs else []),
            ordinal=array("i", range(0, 7 * self.days, 7)),
            bin=array("i", self.bins or [0] * self.days),
            bin_price=array("i", self.bin_price),
        )


def periodic(seed: int, customers: int = 12) -> EngineProblem:
    """Like the public benchmark: several days in each option, equal vehicles, loads."""
    chance = random.Random(seed)
    patterns: list[list[Option]] = [
        [(0, (day,)) for day in range(4)],
        [(0, (0, 2)), (0, (1, 3))],
        [(0, (0, 1, 2, 3))],
    ]
    return Draft(
        points=_points(chance, customers),
        options=[patterns[chance.choice([0, 0, 1, 1, 2])] for _ in range(customers)],
        days=4,
        vehicles=2,
        demand=[chance.randint(5, 20) for _ in range(customers)],
        capacity=7 * customers,
    ).problem()


def caseworker(seed: int, households: int = 6, visits: int = 3, days: int = 18) -> EngineProblem:
    """Like a year: one visit a node, prices of half-days and gaps, levelled months, too little time for all."""
    chance = random.Random(seed)
    homes = _points(chance, households)
    points, pairs, drop = [homes[0]], [], []
    options: list[list[Option]] = []
    for home in homes[1:]:
        for nth in range(visits):
            points.append(home)
            first = nth * days // visits
            window = range(max(0, first - 1), min(days, first + days // visits + 1))
            options.append([(chance.randint(0, 30), (day,)) for day in window])
            if nth:
                pairs.append((len(options) - 1, len(options)))
            drop.append(FAR if nth == 0 else chance.randint(100, 900))
    nodes = len(options)
    return Draft(
        points=points,
        options=options,
        days=days,
        service=[chance.randint(20, 60) for _ in range(nodes)],
        longest=420,
        drop=drop,
        travel_factor=2,
        pairs=pairs,
        gap_prices=_gap_prices(days * 7 // visits),
        bins=[day * 3 // days for day in range(days)],
        bin_price=[400, 400, 400],
    ).problem()


def month(seed: int, nodes: int = 14, days: int = 8) -> EngineProblem:
    """Like a month: visits chosen, half-days and order open, durations equal to costs."""
    chance = random.Random(seed)
    return Draft(
        points=_points(chance, nodes),
        options=[
            [(chance.randint(0, 50), (day,)) for day in sorted(chance.sample(range(days), 4))]
            for _ in range(nodes)
        ],
        days=days,
        service=[chance.randint(20, 60) for _ in range(nodes)],
        longest=260,
        drop=[FAR if chance.random() < 0.5 else 700 for _ in range(nodes)],
    ).problem()


KINDS: dict[str, Callable[..., EngineProblem]] = {
    "periodic": periodic,
    "caseworker": caseworker,
    "month": month,
}


def _points(chance: random.Random, count: int) -> list[tuple[int, int]]:
    return [(50, 50), *((chance.randint(0, 100), chance.randint(0, 100)) for _ in range(count))]


def _gap_prices(usual: int) -> list[int]:
    """Nothing at the usual gap, more the farther from it; closer than a third is forbidden."""
    return [
        FAR if gap < usual // 3 else 12 * (gap - usual) ** 2 // (usual * 4)
        for gap in range(GAP_DAYS)
    ]
