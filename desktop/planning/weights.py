"""What things cost in a plan: office data, passed in; every price is an integer in hundredths of a minute of work."""

from __future__ import annotations

from dataclasses import dataclass

#: 100 price units are worth one minute of work.
MINUTE = 100
PERCENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The prices of a plan (訪問計画の重み); defaults are those measured in the prototype, the office may change each.

    `spacing` is the price of being off by a whole period (it grows with the square), `bad_spacing` comes on top below half
    or above 1.6 periods. `due` is the price of one whole period's distance from the due date. `early_per_point`: what a visit
    of one need point costs more on the last day of its window than on the first. `level` is the price of a whole month filled to its
    capacity (grows with the square). `drop` + `drop_per_point` × points leave an optional visit out.
    """

    spacing: int = 12 * MINUTE
    bad_spacing: int = 25 * MINUTE
    shortest_percent: int = 25
    due: int = 10 * MINUTE
    early_per_point: int = 5
    disliked: int = 15 * MINUTE
    missed: int = 20
    level: int = 400 * MINUTE
    drop: int = 600 * MINUTE
    drop_per_point: int = 5 * MINUTE
    moved_near: int = 40 * MINUTE
    moved_far: int = 15 * MINUTE
    moved_in_month: int = 3 * MINUTE
    near_days: int = 14
    same_week_percent: int = 60

    def drop_price(self, points: int) -> int:
        """Return what leaving an optional visit of so many need points out costs."""
        return self.drop + self.drop_per_point * points
