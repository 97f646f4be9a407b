"""What happened in a case and when: the events of which its records tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from desktop.domain.households import HouseholdState, HouseholdType
from desktop.services.training.bank import Bank
from desktop.services.training.cases import Case
from desktop.services.training.days import OpenDays
from desktop.services.training.plants import DESK, Plant

#: Less than the grade allows, so that whom nobody visits was planted, or has a story of its own.
_INTERVAL_DAYS = {"A": 30, "B": 61, "C": 91, "D": 150, "E": 300}
SILENT_DAYS = {"A": 40, "B": 75, "C": 120, "D": 190, "E": 380, "": 120}
_ABSENCE_SHARE, _SERIES_SHARE = 0.22, 0.3
_AT_THE_DOOR = 0.06
#: Visits, their vain attempts and the yearly policy take so many entries of a household's year.
_VISITS_A_YEAR = 6.0
_OTHERS = (
    ("telephone_in", 24), ("telephone_out", 14), ("office_interview", 14), ("letter_in", 7),
    ("letter_out", 5), ("declaration", 12), ("decision", 10), ("agency", 5), ("relatives", 2),
    ("medical_review", 4), ("employment", 10), ("guidance_oral", 1), ("tax_survey", 1),
    ("asset_inquiry", 1),
)  # fmt: skip
_NOT_IN_INSTITUTION = frozenset({"office_interview", "employment", "guidance_oral"})
_WORKING_AGE = frozenset({"employment", "guidance_oral"})
_YEAR = 365
_DAY = timedelta(days=1)


@dataclass(slots=True)
class Event:
    """Something that has a record, told with the phrases of `group`; `written` only where that is later than usual."""

    day: date
    kind: str
    group: str
    plant: Plant | None = None
    written: date | None = None


class StoryTeller:
    """Lays out the events of a case over the years."""

    def __init__(
        self,
        bank: Bank,
        days: OpenDays,
        entries_per_year: float,
        about_visits: Callable[[Case, list[Event]], list[Event]],
    ) -> None:
        self._bank, self._about_visits = bank, about_visits
        self._days, self._today = days, days.today
        self._others = max(entries_per_year - _VISITS_A_YEAR, 0.0)
        self._visited = min(entries_per_year / _VISITS_A_YEAR, 1.0)
        self._plants: Mapping[str, Callable[[Random, Case, Plant], Iterator[Event]]] = {
            "R01": self._nothing, "R12": self._nothing, "R02": self._on_day, "R03": self._approved_before,
            "R04": self._written_late, "R05": self._visit_on_day, "R06": self._visit_on_day, "O04": self._on_day, DESK: self._on_day,
            "P04": self._touching,
        }  # fmt: skip

    def events(self, chance: Random, case: Case) -> list[Event]:
        """All events of a case, oldest first."""
        first = max(case.began, self._days.first)
        last = case.ended or self._today - _DAY
        found = [*self._course(case), *self._visits(chance, case, first, last)]
        found.extend(self._various(chance, case, first, last))
        found.extend(self._policies(chance, case, first, last))
        found.extend(self._handovers(chance, case, first))
        for plant in case.plants:
            if plant.rule in self._plants:
                found.extend(self._plants[plant.rule](chance, case, plant))
        found = self._about_visits(case, found)
        found = [event for event in found if event.day <= last or event.plant]
        found.sort(key=lambda event: event.day)
        return self._ending(chance, case, found)

    def _course(self, case: Case) -> Iterator[Event]:
        """Application, beginning, suspension and end of protection."""
        if case.began >= self._days.first:
            applied = self._days.on_or_after(case.began)
            if applied:
                yield Event(applied, "office_interview", "intake")
        if case.state is not HouseholdState.APPLYING and case.began >= self._days.first:
            day = self._days.on_or_after(case.began + timedelta(days=10))
            if day:
                yield Event(day, "decision", "start_decision")
        if case.ended and case.ended >= self._days.first:
            group = "death_decision" if case.died else "close_decision"
            yield Event(self._days.on_or_before(case.ended), "decision", group)
        if case.state is HouseholdState.SUSPENDED and case.changed:
            yield Event(self._days.on_or_before(case.changed), "decision", "stop_decision")

    def _visits(self, chance: Random, case: Case, first: date, last: date) -> Iterator[Event]:
        day = first + timedelta(days=int(chance.random() * 40))
        while day <= last:
            planned = self._days.on_or_after(day)
            if planned is None or planned > last:
                return
            at_home = case.stay_on(planned) is None
            if chance.random() < self._visited:
                absences = self._absences(chance, planned, first) if at_home else []
                group = (
                    "revisit" if absences else "door" if chance.random() < _AT_THE_DOOR else "visit"
                )
                yield from absences
                yield Event(
                    planned,
                    *(("home_visit", group) if at_home else ("institution_visit", "institution")),
                )
            interval = _INTERVAL_DAYS.get(case.grade_on(planned), 91)
            day = planned + timedelta(days=int(interval * (0.85 + chance.random() * 0.3)))

    def _absences(self, chance: Random, planned: date, first: date) -> list[Event]:
        """The vain attempts before a visit, the first of them last."""
        day, found = planned, list[Event]()
        while chance.random() < (_ABSENCE_SHARE if day is planned else _SERIES_SHARE):
            day = self._days.on_or_before(day - timedelta(days=2 + int(chance.random() * 6)))
            if day < first:
                break
            found.append(Event(day, "home_visit", "absence_again"))
        if found:
            found[-1].group = "absence"
        return found

    def _various(self, chance: Random, case: Case, first: date, last: date) -> Iterator[Event]:
        kinds, weights = self._kinds(case)
        wanted = self._others * max((last - first).days, 0) / _YEAR
        count = int(wanted) + (chance.random() < wanted % 1)
        for kind in chance.choices(kinds, weights, k=count) if kinds else ():
            day = self._days.some(chance, first, last)
            if day and self._suits(case, kind, day):
                yield Event(day, kind, kind)

    def _kinds(self, case: Case) -> tuple[list[str], list[int]]:
        young = case.family.type in {HouseholdType.OTHER, HouseholdType.MOTHER_CHILD}
        usable = [
            (kind, weight)
            for kind, weight in _OTHERS
            if (young or kind not in _WORKING_AGE) and self._bank.phrases(kind, case.known)
        ]
        return [kind for kind, _ in usable], [weight for _, weight in usable]

    def _suits(self, case: Case, kind: str, day: date) -> bool:
        return case.stay_on(day) is None or kind not in _NOT_IN_INSTITUTION

    def _policies(self, chance: Random, case: Case, first: date, last: date) -> Iterator[Event]:
        if case.state is HouseholdState.APPLYING:
            return
        group, day = "policy_first", case.began + timedelta(days=70)
        while day <= last:
            if day >= first:
                found = self._days.on_or_after(day + timedelta(days=int(chance.random() * 20)))
                if found and chance.random() < self._visited:
                    yield Event(found, "policy", group)
            group, day = "policy", day + timedelta(days=350)

    def _handovers(self, chance: Random, case: Case, first: date) -> Iterator[Event]:
        """An entry for each change of caseworker, but where its absence is planted."""
        if any(plant.rule == "R12" for plant in case.plants):
            return
        changes = [case.district.changed_on, case.moved[1] if case.moved else None]
        for changed in changes:
            if changed and changed > first:
                day = self._days.on_or_after(changed + timedelta(days=int(chance.random() * 15)))
                yield Event(day or self._days.days[-1], "handover", "handover")

    def _ending(self, chance: Random, case: Case, events: list[Event]) -> list[Event]:
        """Keep a receiving household's silence within its limit, or beyond it where that is planted."""
        if case.state is not HouseholdState.RECEIVING:
            return events
        limit = SILENT_DAYS[case.grade]
        silence = next((plant for plant in case.plants if plant.rule == "R01"), None)
        if silence:
            last = self._today - timedelta(days=limit + silence.days)
            if silence.is_near:
                last = self._days.on_or_after(last) or last
            before = [event for event in events if event.day < last]
            return [*before, Event(last, "telephone_out", "telephone_out", silence)]
        latest = max((e.day for e in events if not _is_draft(e)), default=case.began)
        if (self._today - latest).days > limit * 0.75:
            day = self._days.some(
                chance, self._today - timedelta(days=limit * 6 // 10), self._today - _DAY
            )
            if day and day >= case.began:
                events.append(Event(day, "telephone_out", "telephone_out"))
                events.sort(key=lambda event: event.day)
        return events

    def _nothing(self, chance: Random, case: Case, plant: Plant) -> Iterator[Event]:  # noqa: ARG002
        yield from ()

    def _on_day(self, chance: Random, case: Case, plant: Plant) -> Iterator[Event]:  # noqa: ARG002
        kinds = (
            "telephone_in",
            "office_interview",
            "home_visit",
            "agency",
            "declaration",
            "telephone_out",
        )
        kind = kinds[plant.variant % len(kinds)]
        group = "visit" if kind == "home_visit" else kind
        yield Event(self._reached(plant), kind, group, plant)

    def _touching(self, chance: Random, case: Case, plant: Plant) -> Iterator[Event]:  # noqa: ARG002
        """A telephone call that touches the support policy, written on its day."""
        day = self._reached(plant)
        yield Event(day, "telephone_in", "telephone_in", plant, day)

    def _visit_on_day(self, chance: Random, case: Case, plant: Plant) -> Iterator[Event]:  # noqa: ARG002
        yield Event(self._reached(plant), "home_visit", "visit", plant)

    def _approved_before(self, chance: Random, case: Case, plant: Plant) -> Iterator[Event]:  # noqa: ARG002
        day = self._days.on_or_before(self._today - timedelta(days=plant.days + 20))
        yield Event(day, "home_visit", "visit", plant)

    def _written_late(self, chance: Random, case: Case, plant: Plant) -> Iterator[Event]:
        kind = ("office_interview", "telephone_in", "home_visit")[plant.variant % 3]
        written = self._days.some(
            chance, self._today - timedelta(days=300), self._today - timedelta(days=15)
        )
        day = (written or self._today) - timedelta(days=plant.days)
        found = self._days.on_or_before(day)
        if plant.is_near and found != day:
            # Seven days before an open day is an open day but for holidays.
            yield from self._written_late(chance, case, plant)
            return
        yield Event(found, kind, "visit" if kind == "home_visit" else kind, plant, written)

    def _reached(self, plant: Plant) -> date:
        """The plant's day, or the open day next to it on its own side of the limit."""
        day = self._today - timedelta(days=plant.days)
        is_far_copy = plant.rule == "R06" and plant.is_near and plant.days > 60
        if plant.is_near and not is_far_copy:
            return self._days.on_or_after(day) or self._days.on_or_before(day)
        return self._days.on_or_before(day)


def _is_draft(event: Event) -> bool:
    """Drafts are nobody's business yet: they do not end a silence."""
    plant = event.plant
    return plant is not None and plant.rule in {"R02", "V13", DESK} and plant.unstamped == 1
