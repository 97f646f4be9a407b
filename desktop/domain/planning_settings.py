"""What the planner is told by the office: travel, and how much each thing weighs. The names are the keys of the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: How the office itself is called in the table of minutes between districts.
OFFICE_PLACE = "office"
#: Between the two codes of a key of that table.
BETWEEN = "・"


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelSettings:
    """How travel is counted: the straight line times `detour_percent`, at the speed of bicycle or car, plus a time a stop.

    `unknown_minutes` is what a leg to an unknown place takes. `uses_car` 1 means that staff go by car.
    `district_minutes` holds what the office typed for pairs of district codes, sorted; OFFICE_PLACE is the office.
    """

    detour_percent: int
    bicycle_kmh: int
    car_kmh: int
    uses_car: int
    stop_minutes: int
    unknown_minutes: int
    district_minutes: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @property
    def kmh(self) -> int:
        """The speed that counts."""
        return self.car_kmh if self.uses_car else self.bicycle_kmh

    def between(self, one: str, other: str) -> int | None:
        """Minutes between two districts as the office typed them; None where it did not."""
        return self.district_minutes.get(pair(one, other))


def pair(one: str, other: str) -> tuple[str, str]:
    """Two district codes in the order of the table: the way back takes as long."""
    return (one, other) if one <= other else (other, one)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanningWeights:
    """Prices of a plan in minutes-equivalent (visit-planning 3.1); what each means stands in the office's table."""

    travel: int
    spacing: int
    spacing_broken: int
    spacing_shortest_percent: int
    spacing_longest_percent: int
    due_day: int
    levelling: int
    unplanned_statutory: int
    unplanned: int
    unplanned_point: int
    disliked_half_day: int
    liked_half_day: int
    moved_near: int
    moved_later: int
    moved_near_days: int
    moved_same_week_percent: int
    load_percent: int
