"""How many iterations a plan gets: a fixed nominal rate per size of problem, never a clock, so that every PC makes the same plan.

The rates were measured with the compiled engine on the two-core machine of `engineering/planner.md` and leave room on it.
"""

from __future__ import annotations

from enum import Enum


class Effort(Enum):
    """Nominal milliseconds of search."""

    MONTH = 50
    REPLAN = 70
    YEAR = 650
    OFFICE = 350
    CITY = 80


#: Iterations per nominal millisecond for a problem of one visit per slot; larger ones are slower.
_RATE = 162
_SLOWER = 400


def iterations_for(effort: Effort, visits: int) -> int:
    """Return the iterations for a problem with so many visits."""
    return effort.value * _RATE * _SLOWER // (_SLOWER + visits)
