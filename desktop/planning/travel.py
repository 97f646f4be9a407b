"""How long the way between two places takes, from points of public town files or the office's own district table.

The ladder per place: 街区 → 町丁目 → 大字 → the office's district table → unknown (a fixed time, flagged). Nothing is asked from outside
the network. All arithmetic is in integers, so the table is the same on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isqrt

from desktop.planning.weights import MINUTE, PERCENT

#: Metres per degree of latitude (mean earth radius 6,371,009 m, rounded).
_METRES_PER_DEGREE = 111_195
_MICRO = 1_000_000
_FULL_COSINE = 65_536
#: cos(latitude) × 65,536 for 20° to 50° N: all of Japan; a table, so that no library's last digit matters.
_SOUTHERNMOST = 20
_COSINES = (
    61584, 61183, 60764, 60326, 59870, 59396, 58903, 58393, 57865, 57319,
    56756, 56175, 55578, 54963, 54332, 53684, 53020, 52339, 51643, 50931,
    50203, 49461, 48703, 47930, 47143, 46341, 45525, 44695, 43852, 42995,
    42126,
)  # fmt: skip


class Precision(StrEnum):
    """On which rung of the ladder a place was found."""

    BLOCK = "block"
    CHOME = "chome"
    OAZA = "oaza"
    DISTRICT = "district"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A point on the map in millionths of a degree. Personal data where it is somebody's address: it never leaves the database."""

    latitude: int
    longitude: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What is known of where something is; the finest point wins."""

    block: Point | None = None
    chome: Point | None = None
    oaza: Point | None = None
    district: str = ""

    def found(self) -> tuple[Precision, Point | None]:
        """Return the rung of the ladder and the point there."""
        for precision, point in (
            (Precision.BLOCK, self.block),
            (Precision.CHOME, self.chome),
            (Precision.OAZA, self.oaza),
        ):
            if point is not None:
                return precision, point
        return (Precision.DISTRICT if self.district else Precision.UNKNOWN), None


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictMinutes:
    """Minutes between two districts (either way); with `first` = `second`, within one."""

    first: str
    second: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelSettings:
    """The office's travel data: detour factor, speed by its usual means, minutes per stop, district table, corrections.

    `corrections` are minutes added between two districts whose points are near but whose roads are not (川・線路).
    `inside_metres` is the way between two homes for which only the same centroid is known.
    """

    detour_percent: int = 130
    metres_per_minute: int = 200
    stop_minutes: int = 2
    unknown_minutes: int = 20
    inside_metres: int = 150
    districts: tuple[DistrictMinutes, ...] = ()
    corrections: tuple[DistrictMinutes, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelTable:
    """Prices of the way (hundredths of a minute) between places; row 0 is the office. `unknown` rows have the fixed time only."""

    size: int
    price: tuple[int, ...]
    unknown: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a table that is not a square of non-negative prices."""
        if len(self.price) != self.size * self.size or min(self.price, default=0) < 0:
            raise ValueError("the travel table is not a square of prices of at least 0")

    def between(self, first: int, second: int) -> int:
        """Return the price of the way in hundredths of a minute."""
        return self.price[first * self.size + second]

    def minutes(self, first: int, second: int) -> int:
        """Return the way in whole minutes."""
        return whole_minutes(self.between(first, second))


def whole_minutes(price: int) -> int:
    """Round hundredths of a minute to whole minutes, a half upwards."""
    return (price + MINUTE // 2) // MINUTE


def metres_between(first: Point, second: Point) -> int:
    """Return the straight line in metres, good to some metres at the size of a city."""
    north = abs(second.latitude - first.latitude) * _METRES_PER_DEGREE // _MICRO
    east = abs(second.longitude - first.longitude) * _METRES_PER_DEGREE // _MICRO
    east = east * _cosine((first.latitude + second.latitude) // 2) // _FULL_COSINE
    return isqrt(north * north + east * east)


def travel_table(office: Place, places: Sequence[Place], settings: TravelSettings) -> TravelTable:
    """Return the table of the ways between the office (row 0) and the places (rows 1 and up).

    Two equal places that are the same object are one building: the way between them is 0.
    """
    everywhere = [office, *places]
    ways = _Ways(settings)
    return TravelTable(
        size=len(everywhere),
        price=tuple(ways.between(first, second) for first in everywhere for second in everywhere),
        unknown=tuple(
            row
            for row, place in enumerate(everywhere)
            if place.found()[0] is Precision.UNKNOWN
            or (place.found()[1] is None and not ways.has_district(place.district))
        ),
    )


class _Ways:
    """The ladder for pairs of places."""

    def __init__(self, settings: TravelSettings) -> None:
        self._settings = settings
        self._minutes = _both_ways(settings.districts)
        self._corrections = _both_ways(settings.corrections)

    def has_district(self, district: str) -> bool:
        return any(district in pair for pair in self._minutes)

    def between(self, first: Place, second: Place) -> int:
        if first is second:
            return 0
        points = first.found()[1], second.found()[1]
        districts = first.district, second.district
        if points[0] is not None and points[1] is not None:
            return self._by_points(points[0], points[1]) + MINUTE * self._corrections.get(
                districts, 0
            )
        minutes = self._minutes.get(districts)
        return MINUTE * (self._settings.unknown_minutes if minutes is None else minutes)

    def _by_points(self, first: Point, second: Point) -> int:
        settings = self._settings
        metres = metres_between(first, second) or settings.inside_metres
        road = metres * settings.detour_percent // PERCENT
        return road * MINUTE // settings.metres_per_minute + settings.stop_minutes * MINUTE


def _both_ways(rows: tuple[DistrictMinutes, ...]) -> dict[tuple[str, str], int]:
    table = {(row.second, row.first): row.minutes for row in rows}
    return table | {(row.first, row.second): row.minutes for row in rows}


def _cosine(latitude: int) -> int:
    """cos(latitude) × 65,536, between the two nearest degrees."""
    degrees, rest = divmod(latitude, _MICRO)
    row = min(max(degrees - _SOUTHERNMOST, 0), len(_COSINES) - 2)
    return _COSINES[row] + (_COSINES[row + 1] - _COSINES[row]) * rest // _MICRO
