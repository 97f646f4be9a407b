"""What is told of visits where a problem about them is planted: other visits go, and those that the rule needs come."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from desktop.services.training.cases import Case
from desktop.services.training.days import OpenDays
from desktop.services.training.plants import VISIT_RULES, Plant
from desktop.services.training.story import Event

#: Days of a year and of a grade's interval times one and a half, as rules V05–V07 reckon.
_YEAR = 366
LIMITS = {"A": 45, "B": 91, "C": 136, "D": 273, "E": 547}
_HALF_A_YEAR = 180
_VISITS = frozenset({"home_visit", "institution_visit"})
_ALSO_ASKED = frozenset({"medical_review"})
_LETTERS = frozenset({"letter_out"})


class VisitStory:
    """Rewrites the events of a case that carries a plant about visits."""

    def __init__(self, days: OpenDays) -> None:
        self._days, self._today = days, days.today
        self._told: Mapping[str, Callable[[Case, Plant], Iterator[Event]]] = {
            "V05": self._few, "V06": self._in_institution, "V07": self._late, "V08": self._long_ago,
            "V11": self._absent, "V12": self._absent_thrice, "V13": self._unfinished, "V14": self._on_a_day,
            "V15": self._on_a_day, "V16": self._at_the_door, "V21": self._same_hour,
        }  # fmt: skip

    def rewrite(self, case: Case, events: list[Event]) -> list[Event]:
        """The events with the plants about visits told, in any order."""
        for plant in case.plants:
            if plant.rule in VISIT_RULES:
                told = list(self._told[plant.rule](case, plant))
                kept = self._kept_until(case, plant)
                events = [*(e for e in events if e.plant or self._stays(e, plant, kept)), *told]
        return events

    def _kept_until(self, case: Case, plant: Plant) -> date:
        """The day from which on the case's own visits are left out."""
        back = {
            "V05": _YEAR, "V06": _YEAR, "V07": LIMITS.get(case.grade, _YEAR) + 40, "V08": 230,
            "V13": 0, "V16": 200,
        }.get(plant.rule, 80)  # fmt: skip
        return self._today - timedelta(days=back)

    def _stays(self, event: Event, plant: Plant, until: date) -> bool:
        gone = _VISITS
        if plant.rule == "V06":
            gone = _VISITS | _ALSO_ASKED
        elif plant.rule == "V12":
            gone = _VISITS | _LETTERS
        return event.kind not in gone or event.day < until

    def _few(self, case: Case, plant: Plant) -> Iterator[Event]:  # noqa: ARG002
        yield self._visit(plant, 60)
        if plant.is_near:
            yield self._visit(plant, 170)

    def _in_institution(self, case: Case, plant: Plant) -> Iterator[Event]:  # noqa: ARG002
        if plant.is_near or plant.variant % 2:
            yield self._event(plant, 200, "institution_visit", "institution")

    def _late(self, case: Case, plant: Plant) -> Iterator[Event]:
        limit = LIMITS.get(case.grade, _YEAR)
        if plant.is_near:
            yield self._visit(plant, limit - 20)
        else:
            day = self._days.on_or_before(
                self._today - timedelta(days=limit + 3 + plant.variant % 20)
            )
            yield Event(day, "home_visit", "visit", plant)

    def _long_ago(self, case: Case, plant: Plant) -> Iterator[Event]:  # noqa: ARG002
        back = _HALF_A_YEAR - 20 if plant.is_near else _HALF_A_YEAR + 5 + plant.variant % 20
        day = self._days.on_or_before(self._today - timedelta(days=back))
        yield Event(day, "home_visit", "visit", plant)

    def _absent(self, case: Case, plant: Plant) -> Iterator[Event]:  # noqa: ARG002
        yield self._visit(plant, 60)
        for back in (12,) if plant.is_near else (24, 12):
            yield self._absence(plant, back)

    def _absent_thrice(self, case: Case, plant: Plant) -> Iterator[Event]:  # noqa: ARG002
        yield self._visit(plant, 75)
        for back in (30, 15) if plant.is_near else (45, 30, 15):
            yield self._absence(plant, back)

    def _unfinished(self, case: Case, plant: Plant) -> Iterator[Event]:  # noqa: ARG002
        yield self._visit(plant, 6 if plant.is_near else 12)

    def _on_a_day(self, case: Case, plant: Plant) -> Iterator[Event]:  # noqa: ARG002
        yield self._visit(plant, 60)
        yield self._visit(plant, 20 + plant.variant % 10)

    def _at_the_door(self, case: Case, plant: Plant) -> Iterator[Event]:  # noqa: ARG002
        for back in (150, 85, 20):
            at_the_door = not plant.is_near or back != 85
            yield self._event(plant, back, "home_visit", "door" if at_the_door else "visit")

    def _same_hour(self, case: Case, plant: Plant) -> Iterator[Event]:  # noqa: ARG002
        yield self._visit(plant, 60)
        for back in (26, 13):
            yield self._absence(plant, back)

    def _visit(self, plant: Plant, back: int) -> Event:
        return self._event(plant, back, "home_visit", "visit")

    def _absence(self, plant: Plant, back: int) -> Event:
        return self._event(plant, back, "home_visit", "absence" if back > 20 else "absence_again")

    def _event(self, plant: Plant, back: int, kind: str, group: str) -> Event:
        """On the open day that is not before."""
        day = self._today - timedelta(days=back)
        return Event(
            self._days.on_or_after(day) or self._days.on_or_before(day), kind, group, plant
        )
