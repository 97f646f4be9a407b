"""The two tables of the search, made so that they are the same on every machine, and the length of its slices.

`decimal` calculates with whole numbers and rounds as its standard says; the C library's `log` and `pow` may differ in
the last bit from one system to the next, and one different entry makes another plan.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from decimal import Context, Decimal
from functools import cache
from itertools import pairwise
from time import perf_counter

#: Entries of the logarithm table; one is drawn at each decision.
LOGS = 4096
#: Steps of a cooling from the first temperature to the last.
HEATS = 200
#: A slice of work between two looks at the progress bar and the cancel button, in seconds.
SLICE_SECONDS = 0.03
_CONTEXT = Context(prec=18)


@cache
def logarithms() -> tuple[int, ...]:
    """-ln((k + ½) / 4096) in 1/65536, for k = 0..4095.

    Annealing keeps a plan that is dearer by `delta` at `heat` with probability exp(-delta / heat); that is to say
    when delta < heat · -ln(u) for a u drawn evenly between 0 and 1.
    """
    return tuple(
        int((-_CONTEXT.ln(Decimal(2 * k + 1) / (2 * LOGS)) * 65536).to_integral_value())
        for k in range(LOGS)
    )


@cache
def cooling(hot: int, cold: int) -> tuple[int, ...]:
    """200 temperatures from `hot` down towards `cold`, each the same share of the one before."""
    ratio = _CONTEXT.divide(Decimal(cold), Decimal(hot))
    step = _CONTEXT.power(ratio, Decimal(1) / HEATS)
    heats = []
    heat = Decimal(hot)
    for _ in range(HEATS):
        heats.append(int(heat.to_integral_value()))
        heat = _CONTEXT.multiply(heat, step)
    return tuple(heats)


def ints(length: int, value: int = 0) -> array[int]:
    """A row of `length` 32-bit numbers."""
    return array("i", [value]) * length


def ints_of(numbers: Iterable[int]) -> array[int]:
    """The numbers as a row of 32-bit numbers of its own."""
    return array("i", numbers)


def shares(whole: int, parts: int) -> list[int]:
    """The whole in equal parts, to the last one; no part is empty."""
    cuts = [whole * k // parts for k in range(parts + 1)] if parts else []
    return [after - before for before, after in pairwise(cuts) if after > before]


class Pace:
    """How many iterations make one slice on this machine. The clock decides nothing about the plan."""

    __slots__ = ("_began", "_count")

    def __init__(self) -> None:
        self._count = 20
        self._began = 0.0

    def next_count(self, left: int) -> int:
        """Iterations for the slice that begins now."""
        self._began = perf_counter()
        return max(1, min(self._count, left))

    def measured(self, done: int) -> None:
        """A slice of `done` iterations has ended: fit the next one to its time, at most twice as long."""
        seconds = max(perf_counter() - self._began, 1e-6)
        fitting = int(done * SLICE_SECONDS / seconds)
        self._count = max(1, min(fitting, 2 * done))
