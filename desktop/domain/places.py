"""Where households live, as far as planning needs it: the point of a 町丁目 or 大字, never the house itself.

The points are those of the public 位置参照情報 (大字・町丁目レベル) that an administrator takes in. Where a household
lives is derived from its address whenever it is asked for and stored nowhere: an address that changes needs no second
truth, and a file that is disposed of leaves no point behind.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from desktop.domain.kana import fold_address

#: Coordinates are whole millionths of a degree: the precision of the published file, and the same number everywhere.
MILLIONTHS = 1_000_000
_LAST_NUMBER = re.compile(r"\d+$")
_PREFIXES = ("大字", "字")
_COUNTY = re.compile(r"^[^市区町村郡]+郡(?=.+[町村]$)")


class TownKind(StrEnum):
    """What a point stands for (大字・字・丁目区分コード of the file)."""

    UNKNOWN = "0"
    TOWN = "1"
    AZA = "2"
    CHOME = "3"


class PlaceLevel(StrEnum):
    """How near the point of an address is, best first."""

    CHOME = "chome"
    TOWN = "town"
    DISTRICT = "district"
    UNKNOWN = "unknown"


PLACE_LEVEL_LABEL: Mapping[PlaceLevel, str] = {
    PlaceLevel.CHOME: "町丁目",
    PlaceLevel.TOWN: "大字",
    PlaceLevel.DISTRICT: "地区の表",
    PlaceLevel.UNKNOWN: "不明",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TownPoint:
    """One row of the file: prefecture, municipality, town, kind, and its point in millionths of a degree."""

    prefecture: str
    city_code: str
    city: str
    town_code: str
    town: str
    kind: TownKind
    latitude: int
    longitude: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an address lies: how near, the name that matched, and the point (None below 大字)."""

    level: PlaceLevel
    name: str = ""
    latitude: int | None = None
    longitude: int | None = None


UNKNOWN_PLACE = Place(level=PlaceLevel.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePreview:
    """What a file of points holds, before anything is stored. With errors nothing can be taken in."""

    file_name: str
    sha256: str
    encoding: str
    points: tuple[TownPoint, ...] = field(repr=False)
    errors: tuple[str, ...]
    error_count: int
    cities: tuple[tuple[str, int], ...]

    @property
    def is_clean(self) -> bool:
        """Whether the file can be taken in."""
        return not self.error_count and bool(self.points)


@dataclass(frozen=True, slots=True, kw_only=True)
class TownImport:
    """An import that was made: from which file, how many points of which municipalities."""

    import_id: UUID
    file_name: str
    sha256: str
    points: int
    cities: tuple[str, ...]
    imported_by: str = field(repr=False)
    imported_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedHousehold:
    """A household with where it lies, for the list of what was not found."""

    household_id: UUID
    case_number: str
    head: str = field(repr=False)
    district: str
    address: str = field(repr=False)
    place: Place = field(repr=False)


@dataclass(slots=True)
class _Heap:
    """Points under one name: their middle is the point of the name."""

    name: str
    level: PlaceLevel
    latitude: int = 0
    longitude: int = 0
    count: int = 0

    def put(self, point: TownPoint) -> None:
        self.latitude += point.latitude
        self.longitude += point.longitude
        self.count += 1

    def place(self) -> Place:
        return Place(
            level=self.level,
            name=self.name,
            latitude=round(self.latitude / self.count),
            longitude=round(self.longitude / self.count),
        )


@dataclass(slots=True)
class _City:
    """A municipality: names as folded in addresses. They are folded when its first address is looked for."""

    prefecture: str
    points: list[TownPoint] = field(default_factory=list)
    chome: dict[str, _Heap] = field(default_factory=dict)
    towns: dict[str, _Heap] = field(default_factory=dict)
    #: Names that the file has only as the 丁目 under them: their point is the middle of these.
    above: dict[str, _Heap] = field(default_factory=dict)

    def unfold(self) -> None:
        """Make the names ready, once."""
        for point in self.points:
            _put(self, point)
        self.points.clear()


class TownIndex:
    """Finds the point of an address. Built once from the points of the office's imports.

    Names are compared folded (width, old characters, 一丁目 = 1丁目 = １－); "大字", "字" and the county before a town
    may be there or not. A municipality of that name in two prefectures counts only with the prefecture written out.
    """

    def __init__(self, points: Iterable[TownPoint]) -> None:
        self._cities: dict[str, list[_City]] = {}
        known: dict[tuple[str, str], _City] = {}
        for point in points:
            key = (point.prefecture, point.city)
            if key not in known:
                known[key] = _City(fold_address(point.prefecture))
                for name in _city_names(point.city):
                    self._cities.setdefault(fold_address(name), []).append(known[key])
            known[key].points.append(point)

    def find(self, address: str) -> Place:
        """The place of an address; UNKNOWN_PLACE where nothing fits. Nothing is guessed."""
        plain = unicodedata.normalize("NFKC", address)
        for city, rest in self._city_of(fold_address(address)):
            city.unfold()
            chome = _longest(city.chome, rest)
            # 本町1-2 is 一丁目 only where nothing else can be meant by the number.
            means_number = "番地" in plain or _longest(city.towns, rest) is not None
            if chome is not None and "丁目" not in plain and means_number:
                chome = None
            if (heap := chome or _town(city, rest)) is not None:
                return heap.place()
        return UNKNOWN_PLACE

    @property
    def is_empty(self) -> bool:
        """Whether no file was taken in yet."""
        return not self._cities

    def _city_of(self, folded: str) -> Iterable[tuple[_City, str]]:
        """The one municipality that the address begins with, and what follows; the longest name counts."""
        found: list[tuple[int, _City, str, bool]] = []
        for name, cities in self._cities.items():
            for city in cities:
                with_prefecture = folded.startswith(city.prefecture + name)
                if with_prefecture or folded.startswith(name):
                    begin = len(name) + (len(city.prefecture) if with_prefecture else 0)
                    found.append((len(name), city, _town_part(folded[begin:]), with_prefecture))
        if not found:
            return ()
        longest = max(length for length, _, _, _ in found)
        named = [each for each in found if each[0] == longest]
        named = [each for each in named if each[3]] or named
        return [(city, rest) for _, city, rest, _ in named] if len(named) == 1 else ()


def _put(city: _City, point: TownPoint) -> None:
    key = _town_part(fold_address(point.town))
    base = _LAST_NUMBER.sub("", key)
    if point.kind is TownKind.CHOME and base != key:
        name = f"{point.city}{point.town}"
        city.chome.setdefault(key, _Heap(name, PlaceLevel.CHOME)).put(point)
        town = _before_number(point.town)
        city.above.setdefault(base, _Heap(f"{point.city}{town}", PlaceLevel.TOWN)).put(point)
    else:
        name = f"{point.city}{point.town}"
        city.towns.setdefault(key, _Heap(name, PlaceLevel.TOWN)).put(point)


def _town(city: _City, rest: str) -> _Heap | None:
    """The town by itself, else the middle of its 丁目; the longer name counts."""
    town, above = _longest_name(city.towns, rest), _longest_name(city.above, rest)
    return city.towns.get(town) if len(town) >= len(above) else city.above.get(above)


def _longest(towns: Mapping[str, _Heap], rest: str) -> _Heap | None:
    return towns.get(_longest_name(towns, rest))


def _longest_name(towns: Mapping[str, _Heap], rest: str) -> str:
    """The longest name that the rest of an address begins with, "" if none; a number must end where the name's ends."""
    for length in range(len(rest), 0, -1):
        cut_number = rest[length - 1].isdigit() and rest[length:][:1].isdigit()
        if rest[:length] in towns and not cut_number:
            return rest[:length]
    return ""


def _town_part(folded: str) -> str:
    for prefix in _PREFIXES:
        if folded.startswith(prefix) and len(folded) > len(prefix):
            return folded.removeprefix(prefix)
    return folded


def _city_names(city: str) -> tuple[str, ...]:
    """A town's name with its county and without it."""
    without = _COUNTY.sub("", city)
    return (city,) if without == city else (city, without)


def _before_number(town: str) -> str:
    """本町三丁目 → 本町."""
    return re.sub(r"[〇一二三四五六七八九十百\d０-９]+丁目$", "", town)
