"""What goes onto the papers of trips: the carry sheet (K-09), the register (K-11), the report of an incident (K-29).

The carry sheet is made so that whoever finds it learns nothing: a case number and initials, the town only where it is needed,
no name, no illness, no word of the help; of a household under 支援措置 the number alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime

import jaconv

from desktop.domain.carry_numbers import bar_digits
from desktop.domain.carry_outs import CarryOutLine, carry_label
from desktop.domain.clock import JAPAN
from desktop.domain.era import DateStyle, format_date
from desktop.domain.imprint import Imprint
from desktop.domain.leaks import Incident

#: The parts of an address above the town, in their order: prefecture; county and municipality; ward.
_ABOVE = (
    re.compile("^(?:東京都|北海道|京都府|大阪府|.{2,3}県)(?=.)"),
    re.compile("^(?:.{1,6}?郡.{1,6}?[町村]|.{1,6}?市(?!市))(?=.)"),
    re.compile("^.{1,4}?区(?=.)"),
)
_ROOM = re.compile(r"[0-9０-９A-Za-z]+\s*号室")
_DIGIT = re.compile(r"[0-9０-９]")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetItem:
    """One household of a carry sheet in its order. `initials` and `place` are empty where they must not be told.

    `promises` counts what is open from before, in both directions; `checks` are the questions of its kind.
    """

    case_number: str
    initials: str
    place: str = field(repr=False)
    purposes: tuple[tuple[str, bool], ...]
    checks: tuple[str, ...]
    promises: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrySheet:
    """A 携行票 of the trip with this number; `results` are the codes to choose from."""

    imprint: Imprint
    fiscal_year: int
    number: int
    on: date
    caseworker: str = field(repr=False)
    sheets: int
    items: tuple[SheetItem, ...]
    results: tuple[str, ...]

    @property
    def label(self) -> str:
        """The number as the register has it."""
        return carry_label(self.fiscal_year, self.number)

    @property
    def digits(self) -> str:
        """What the bar code says."""
        return bar_digits(self.fiscal_year, self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOutRegister:
    """The 個人情報持出管理簿 of a period."""

    imprint: Imprint
    since: date
    until: date
    lines: tuple[CarryOutLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentReport:
    """The 漏えい等事案報告 with its deadlines."""

    imprint: Imprint
    incident: Incident
    stamps: tuple[str, ...]


def initials(kana: str) -> str:
    """The initials of a name by its reading: カクウ ハナコ is K.H.; "" where there is no reading."""
    letters = (jaconv.kana2alphabet(jaconv.kata2hira(part))[:1].upper() for part in kana.split())
    return "".join(f"{letter}." for letter in letters if letter)


def town_and_room(address: str) -> str:
    """The town and the number of the room of an address, without municipality, block and house: 見本町 101号室."""
    rest = address
    for part in _ABOVE:
        rest = part.sub("", rest, count=1)
    town = _DIGIT.split(rest, maxsplit=1)[0].strip()
    room = _ROOM.search(address)
    return " ".join(filter(None, (town, room[0] if room else "")))


def said_at(at: datetime) -> str:
    """A day and time of day as registers write it: 6.10.1 17:15."""
    here = at.astimezone(JAPAN)
    return f"{format_date(here.date(), DateStyle.SHORT)} {here:%H:%M}"
