"""The cost table of a planned visit: what the planner looked at when it chose the half-day, kept with the plan."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.planning.pricing import Terms
from desktop.planning.weights import MINUTE


@dataclass(frozen=True, slots=True, kw_only=True)
class CostTable:
    """The price of a visit in a half-day by its terms, in hundredths of a minute; `total` is what was compared.

    `travel` is the way it adds, `due` the distance from its due date, `spacing` that from the visits of the household before and after,
    `half_day` what speaks against this half-day of the week, `level` how full the month gets, `points` the wish for an early
    visit, `moved` the move away from the plan before.
    """

    travel: int = 0
    due: int = 0
    spacing: int = 0
    half_day: int = 0
    level: int = 0
    points: int = 0
    moved: int = 0

    @property
    def total(self) -> int:
        """All terms together."""
        return (
            self.travel
            + self.due
            + self.spacing
            + self.half_day
            + self.level
            + self.points
            + self.moved
        )

    def less(self, other: CostTable) -> CostTable:
        """Return what this costs more than the other, term by term."""
        return CostTable(
            travel=self.travel - other.travel,
            due=self.due - other.due,
            spacing=self.spacing - other.spacing,
            half_day=self.half_day - other.half_day,
            level=self.level - other.level,
            points=self.points - other.points,
            moved=self.moved - other.moved,
        )


def cost_table(terms: Terms, *, travel: int, gaps: int, level: int) -> CostTable:
    """Join the fixed terms with those that depend on the other visits."""
    return CostTable(
        travel=travel,
        due=terms.due,
        spacing=terms.spacing + gaps,
        half_day=terms.half_day,
        level=level,
        points=terms.points,
        moved=terms.moved,
    )


def signed_minutes(price: int) -> str:
    """+12分 / −18分 / ±0分 of a price, rounded to the nearest minute."""
    minutes = (abs(price) + MINUTE // 2) // MINUTE
    sign = "±" if minutes == 0 else ("+" if price > 0 else "−")
    return f"{sign}{minutes}分"
