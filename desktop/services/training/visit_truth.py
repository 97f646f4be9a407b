"""What there is to ask about the visits of a case, told from what was invented: the list that the radar is compared with.

It shares nothing with the rules of the radar but the shipped limits, so that each is a check of the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.domain.dates import age_on, months_later
from desktop.domain.entry_words import DANGER_SIGNS
from desktop.domain.households import HouseholdState
from desktop.domain.records import ContactMethod, Place
from desktop.services.training.cases import Case
from desktop.services.training.contacts import Meeting
from desktop.services.training.plants import VISIT_RULES, Plant, PlantList
from desktop.services.training.visit_story import LIMITS

_RESULTS_OF_VISITS = frozenset({"11", "12", "13", "14"})
_ADULT = 18


@dataclass(frozen=True, slots=True)
class ToldMeeting:
    """A contact that an entry written here tells of; `advised_on`: the supervisor gave an instruction with the stamp."""

    day: date
    kind: str
    meeting: Meeting
    is_draft: bool
    author_id: str
    advised_on: date | None = None

    @property
    def is_face_to_face(self) -> bool:
        """Somebody was seen."""
        return self.meeting.is_home_visit or self.meeting.method is ContactMethod.OFFICE


class VisitTruth:
    """Writes down what the radar is to find about the visits of one case after another."""

    def __init__(self, today: date, found: PlantList, away: Mapping[str, date]) -> None:
        self._today, self._found, self._away = today, found, away

    def note(
        self,
        case: Case,
        told: Sequence[ToldMeeting],
        last_met: date | None,
        taken_over: date | None,
    ) -> None:
        """Note all problems of the case, and the near misses that were planted in it."""
        rules = dict(self._problems(case, told, last_met, taken_over))
        for rule, detail in rules.items():
            self._found.household(Plant(rule, 0), case.number, self._today, detail)
        for each in told:
            if each.meeting.has_danger_signs:
                self._found.show("danger_signs", each.day, DANGER_SIGNS, case_number=case.number)
        for plant in case.plants:
            if plant.is_near and plant.rule in VISIT_RULES and plant.rule not in rules:
                self._found.household(plant, case.number, self._today, "近似")
        if case.state is HouseholdState.APPLYING and "V09" not in rules:
            near = Plant("V09", 0, is_near=True)
            self._found.household(near, case.number, self._today, "申請から1週間以内")

    def _problems(
        self,
        case: Case,
        told: Sequence[ToldMeeting],
        last_met: date | None,
        taken_over: date | None,
    ) -> Iterator[tuple[str, str]]:
        stated = sorted((m for m in told if not m.is_draft), key=lambda m: m.day)
        yield from self._of_entries(told, stated)
        visits = [m for m in stated if m.meeting.is_home_visit]
        is_late = (self._today - case.began).days > 7
        is_unvisited = not any(m.day >= case.began for m in visits)
        if case.state is HouseholdState.APPLYING and is_late and is_unvisited:
            yield "V09", f"申請 {case.began.isoformat()}"
        if case.state is not HouseholdState.RECEIVING:
            return
        yield from self._unmet(case, stated, visits, last_met, taken_over)
        yield from self._unseen_children(case, stated, taken_over)
        yield from self._absences(stated, visits)
        door = 0
        for each in visits:
            door = door + 1 if each.meeting.place is Place.DOOR else 0
        if door >= 3:
            yield "V16", f"玄関先{door}回"

    def _of_entries(
        self, told: Sequence[ToldMeeting], stated: Sequence[ToldMeeting]
    ) -> Iterator[tuple[str, str]]:
        for each in told:
            late = (self._today - each.day).days > 7
            if each.is_draft and late and each.meeting.method is ContactMethod.VISIT:
                yield "V13", each.day.isoformat()
        for each in stated:
            m, days = each.meeting, (self._today - each.day).days
            if m.result in _RESULTS_OF_VISITS and not m.is_home_visit and days <= 365:
                yield "V14", each.day.isoformat()
            is_odd = m.started_at is not None and (
                m.started_at < 8 * 60 or (m.ended_at or m.started_at) > 18 * 60
            )
            away = self._away.get(each.author_id)
            is_away = away is not None and each.day >= away
            if m.method is ContactMethod.VISIT and days <= 92 and (is_odd or is_away):
                yield "V15", each.day.isoformat()

    def _unmet(
        self,
        case: Case,
        stated: Sequence[ToldMeeting],
        visits: Sequence[ToldMeeting],
        last_met: date | None,
        taken_over: date | None,
    ) -> Iterator[tuple[str, str]]:
        today, year_ago = self._today, months_later(self._today, -12)
        met = max([m.day for m in visits], default=None)
        known = max(filter(None, (met, last_met)), default=None)
        since = max(filter(None, (known or taken_over, case.began)))
        days = (today - since).days
        if days > LIMITS.get(case.grade, days):
            yield "V07", f"{case.grade} {days}日"
        stay = case.stay
        if stay is None and days > 180:
            yield "V08", f"{days}日"
        if stay is None or stay.since > year_ago:
            # A year with a day at home asks for two, by days and upwards.
            few = len({m.day for m in visits if m.day > year_ago}) < 2
            if few and case.began <= year_ago and (taken_over is None or taken_over <= year_ago):
                yield "V05", "年2回未満"
        else:
            seen = any(m.day > year_ago for m in visits)
            asked = any(
                m.day > year_ago
                and m.meeting.place in {Place.HOSPITAL, Place.FACILITY}
                and any(person is None for person, _ in m.meeting.met)
                for m in stated
            )
            if not (seen and asked):
                yield "V06", "面接なし" if not seen else "職員の話なし"

    def _unseen_children(
        self, case: Case, stated: Sequence[ToldMeeting], taken_over: date | None
    ) -> Iterator[tuple[str, str]]:
        today, year_ago = self._today, months_later(self._today, -12)
        if case.began > year_ago or (taken_over is not None and taken_over > year_ago):
            return
        seen = {
            person
            for m in stated
            if m.day > year_ago and m.meeting.method in {ContactMethod.VISIT, ContactMethod.OFFICE}
            for person, _ in m.meeting.met
        }
        for place in case.family.places:
            born = place.person.born
            is_child = age_on(born, today) < _ADULT and born <= year_ago and place.left is None
            if is_child and place.person.id not in seen:
                yield "V22", f"{age_on(born, today)}歳"

    def _absences(
        self, stated: Sequence[ToldMeeting], visits: Sequence[ToldMeeting]
    ) -> Iterator[tuple[str, str]]:
        last = max([m.day for m in visits], default=date.min)
        series = [m for m in stated if m.meeting.is_absence and m.day > last]
        if not series:
            return
        advised = max([m.advised_on for m in stated if m.advised_on], default=date.min)
        if len(series) >= 2 and advised < series[1].day:
            yield "V11", f"{len(series)}回"
        faces = [m.day for m in stated if m.is_face_to_face]
        seen = max(faces, default=series[0].day)
        began = [series[2].day] if len(series) >= 3 else []
        if (self._today - seen).days > 90:
            began.append(seen + timedelta(days=90))
        letters = [m.day for m in stated if m.meeting.method is ContactMethod.LETTER_OUT]
        if began and max(letters, default=date.min) < min(began):
            yield "V12", f"{len(series)}回"
        bands = {_band(m.meeting.started_at) for m in series}
        if len(series) >= 2 and len(bands) == 1 and None not in bands:
            yield "V21", f"{len(series)}回"


def _band(minute: int | None) -> int | None:
    """Morning, early afternoon, late."""
    return None if minute is None else (minute >= 12 * 60) + (minute >= 15 * 60)
