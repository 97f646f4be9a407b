"""Problems planted for the radar, and near misses that it must not find."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

#: No problem: a fresh draft or a returned entry, so that every caseworker finds something on the desk.
DESK = "desk"
#: The rules about transfers, and no problem: a household whose letter was acknowledged.
TRANSFER_RULES = frozenset({"R14", "T01", "T02"})
ACKNOWLEDGED = "acknowledged"
#: The rules about support policies; of P04 alone an entry tells.
POLICY_RULES = frozenset({"P01", "P02", "P03", "P04", "P05", "P06", "P08", "P09", "P10", "P12"})

#: The rules about declarations: what was planted of them lies with the household's head.
DECLARATION_RULES = frozenset({"E01", "E02", "E03", "E04"})
#: The rules about visits that are planted; V09 and V22 lie with whoever is new or has children.
VISIT_RULES = frozenset(
    {"V05", "V06", "V07", "V08", "V11", "V12", "V13", "V14", "V15", "V16", "V21"}
)
#: The rules about inquiries.
INQUIRY_RULES = frozenset({"I01", "I02", "I03", "I04"})
#: The rules about visit grades.
GRADE_RULES = frozenset({"V01", "V17"})
#: The rules about support towards work; each is planted once in an office whose people suit.
SUPPORT_RULES = frozenset({"E20", "E21", "E22", "E23", "S01", "S02", "S03"})
#: The rules about procedures; E07 and E12 lie with whoever is of that age.
PROCEDURE_RULES = frozenset({"E05", "E06", "E13", "E14", "E16", "E17", "E18", "E19"})


@dataclass(frozen=True, slots=True)
class Plant:
    """One problem to plant in a household; `is_near` plants it just inside the limit.

    `days` is how far back it reaches, `variant` tells repeated plants apart, `pair` is shared by two households.
    """

    rule: str
    days: int
    variant: int = 0
    is_near: bool = False
    pair: int | None = None

    @property
    def is_in_danger(self) -> bool:
        """Whether signs of danger were seen at the last of its absences: once in an office."""
        return self.rule == "V21" and self.variant == 0 and not self.is_near

    @property
    def unstamped(self) -> int:
        """How far a planted unstamped entry came: 0 waits, 1 is still a draft, 2 was returned."""
        if self.rule == "V13":
            return 1
        return 0 if self.rule == "O04" or self.is_near else self.variant % 3


@dataclass(slots=True)
class PlantList:
    """What was planted where, for the file that nothing in the program reads."""

    planted: list[dict[str, Any]] = field(default_factory=list)
    near_misses: list[dict[str, Any]] = field(default_factory=list)
    #: What is there to be looked at, and is no problem of the radar.
    shown: list[dict[str, Any]] = field(default_factory=list)

    def household(self, plant: Plant, case_number: str, since: date, detail: str) -> None:
        """Note a plant of a household."""
        line = {
            "rule": plant.rule,
            "case_number": case_number,
            "since": since.isoformat(),
            "detail": detail,
        }
        (self.near_misses if plant.is_near else self.planted).append(line)

    def show(self, what: str, day: date, detail: str, *, case_number: str = "") -> None:
        """Note something that can be looked at in the office, in a household or in none."""
        line = {"what": what, "since": day.isoformat(), "detail": detail}
        self.shown.append(line | ({"case_number": case_number} if case_number else {}))

    def staff(
        self, rule: str, login: str, detail: str, *, is_near: bool, since: date | None = None
    ) -> None:
        """Note a plant about a member of staff."""
        line = {
            "rule": rule,
            "login": login,
            "since": since.isoformat() if since else None,
            "detail": detail,
        }
        (self.near_misses if is_near else self.planted).append(line)

    def add(self, more: PlantList) -> None:
        """Take over what was planted elsewhere."""
        self.planted.extend(more.planted)
        self.near_misses.extend(more.near_misses)
        self.shown.extend(more.shown)

    def counts(self) -> dict[str, int]:
        """Planted problems by rule."""
        found = defaultdict[str, int](int)
        for line in self.planted:
            found[line["rule"]] += 1
        return dict(sorted(found.items()))
