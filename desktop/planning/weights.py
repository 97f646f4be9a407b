"""What things cost in a plan: office data, passed in; every price is an integer in hundredths of a minute of work."""

from __future__ import annotations

from dataclasses import dataclass

#: 100 price units are worth one minute of work.
MINUTE = 100
PERCENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The prices of a plan (訪問計画の重み); defaults are those measured in the prototype, the office may change each.

    `travel` is how much a minute on the way counts. `spacing` is the price of being off by a whole period (it grows with the square),
    `bad_spacing` comes on top below `bad_below_percent` or above `bad_above_percent` of the period; nearer than `shortest_percent` is
    forbidden. `due` is the price of one whole period's distance from the due date, `due_day` that of each day. `early_per_point`: what
    a visit of one need point costs more on the last day of its window than on the first. `liked`: what a half-day costs that is none
    of those the household named as good. `level` is the price of a whole month filled to its capacity (grows with the square).
    `drop` + `drop_per_point` × points leave an optional visit out, `drop_statutory` a statutory one; that never decides between the two.
    """

    travel: int = 1
    spacing: int = 12 * MINUTE
    bad_spacing: int = 25 * MINUTE
    bad_below_percent: int = 50
    bad_above_percent: int = 160
    shortest_percent: int = 25
    due: int = 10 * MINUTE
    due_day: int = 0
    early_per_point: int = 5
    disliked: int = 15 * MINUTE
    liked: int = 0
    missed: int = 20
    level: int = 400 * MINUTE
    drop: int = 600 * MINUTE
    drop_per_point: int = 5 * MINUTE
    drop_statutory: int = 3000 * MINUTE
    moved_near: int = 40 * MINUTE
    moved_far: int = 15 * MINUTE
    moved_in_month: int = 3 * MINUTE
    near_days: int = 14
    same_week_percent: int = 60

    def drop_price(self, points: int, *, statutory: bool = False) -> int:
        """Return what leaving a visit of so many need points out costs."""
        return self.drop_statutory if statutory else self.drop + self.drop_per_point * points
