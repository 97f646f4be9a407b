"""Visit grades (訪問格付): how often a household is to be visited. The grades are office data."""

from __future__ import annotations

from dataclasses import dataclass

#: More visits than days nobody plans.
MOST_VISITS = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitGrade:
    """One grade of the office's table; `visits_per_year` is 0 where visits are agreed case by case (随時)."""

    code: str
    label: str
    visits_per_year: int


def visit_words(grade: str | None, visits_per_year: int | None) -> str:
    """B　年6回: how grade and visits stand on screens and papers; "" where neither is named."""
    count = "" if visits_per_year is None else f"年{visits_per_year}回"
    return "　".join(filter(None, (grade, count)))
