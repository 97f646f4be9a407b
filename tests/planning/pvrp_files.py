"""Periodic vehicle routing files (Cordeau, Gendreau and Laporte 1997) and the engine's problem made from one."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from itertools import accumulate
from math import hypot
from pathlib import Path

from desktop.planning.engine_problem import FAR, EngineProblem

#: The engine counts in thousandths of the file's unit of length.
SCALE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """One line of the file; line 0 is the depot. A combination is a set of days (0 = first)."""

    x: float
    y: float
    service: float
    demand: int
    combinations: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """A file as it is read: `places[0]` is the depot; per day the greatest duration (0 = none) and load."""

    vehicles: int
    days: int
    longest: tuple[float, ...]
    capacity: tuple[int, ...]
    places: tuple[Customer, ...]


def read_instance(path: Path) -> Instance:
    """Read a file of the format that `benchmarks/pvrp/README.md` describes. ValueError for any other kind."""
    lines = [line.split() for line in path.read_text(encoding="ascii").splitlines() if line.strip()]
    kind, vehicles, customers, days = map(int, lines[0][:4])
    if kind != 1:
        raise ValueError(f"{path.name}: not a periodic routing problem (type {kind}).")
    limits = lines[1 : days + 1]
    rows = lines[days + 1 : days + customers + 2]
    return Instance(
        vehicles=vehicles,
        days=days,
        longest=tuple(float(row[0]) for row in limits),
        capacity=tuple(int(row[1]) for row in limits),
        places=tuple(_customer(row, days) for row in rows),
    )


def _customer(row: list[str], days: int) -> Customer:
    codes = [int(code) for code in row[7 : 7 + int(row[6])]] if len(row) > 6 else []
    return Customer(
        x=float(row[1]),
        y=float(row[2]),
        service=float(row[3]),
        demand=int(row[4]),
        # The leftmost of the code's `days` bits is the first day.
        combinations=tuple(
            tuple(day for day in range(days) if code >> (days - 1 - day) & 1) for code in codes
        ),
    )


def engine_problem(instance: Instance) -> EngineProblem:
    """The engine's rows: distances in thousandths, and a drop price that nobody pays willingly."""
    places = instance.places
    nodes, days = len(places), instance.days
    dist = array(
        "i",
        [round(hypot(a.x - b.x, a.y - b.y) * SCALE) for a in places for b in places],
    )
    near = array("i", [0] * (nodes - 1))
    for node in range(1, nodes):
        row = dist[node * nodes : (node + 1) * nodes]
        near.extend(sorted(range(1, nodes), key=row.__getitem__))
    options = [option for place in places for option in place.combinations]
    zeros = array("i", [0] * nodes)
    return EngineProblem(
        customers=nodes - 1,
        days=days,
        vehicles=instance.vehicles,
        dist=dist,
        near=near,
        demand=array("i", [place.demand for place in places]),
        service=array("i", [round(place.service * SCALE) for place in places]),
        travel=dist,
        capacity=array("i", instance.capacity),
        longest=array("i", [int(limit * SCALE) for limit in instance.longest]),
        option_first=array("i", [0, *accumulate(len(place.combinations) for place in places)]),
        option_price=array("i", [0] * len(options)),
        day_first=array("i", [0, *accumulate(map(len, options))]),
        option_day=array("i", [day for option in options for day in option]),
        drop=array("i", [0] + [FAR] * (nodes - 1)),
        before=zeros,
        after=zeros,
        gap_first=array("i", [-1] * nodes),
        gap_price=array("i"),
        ordinal=array("i", range(days)),
        bin=array("i", [0] * days),
        bin_price=array("i"),
    )
