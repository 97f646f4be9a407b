"""Visit grades of the training office: answers, decisions, proposals that wait, and what is planted for V01 and V17.

Told when the households are there. What happened long ago was answered, but for what was planted.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, true
from sqlalchemy.orm import Session

from desktop.domain.clock import JAPAN
from desktop.domain.households import HouseholdState
from desktop.domain.policy_events import ReviewEvent
from desktop.domain.visit_grades import LivingPlace
from desktop.models.households import Household
from desktop.models.ledger import HouseholdStatePeriod, VisitGradePeriod
from desktop.resources import resource_path
from desktop.services.households.grades import lives_at_home
from desktop.services.masters.grade_lookup import grade_tables
from desktop.services.periods import holds_on
from desktop.services.training.grade_rows import GradeRows, Planned, working_day
from desktop.services.training.plants import Plant, PlantList
from desktop.services.visit_grades import open_grade_events

#: What happened within these days is left to the caseworker's desk; later than that it is late to the radar.
_LEFT_OPEN_DAYS, _LATE_DAYS = 21, 30
_ANSWERED_WITHIN, _AFTERNOON = 14, 14
_LEAST_PLANTS, _MOST_PLANTS, _PLANT_EVERY = 2, 40, 80
_DECIDED_EVERY, _MOST_DECIDED = 7, 300
#: Grade → the one that is proposed instead; the last proposal is one under the floor.
_INSTEAD = {"A": "B", "B": "A", "C": "B", "D": "C"}
_UNDER_FLOOR, _PROGRAMME = "E", "programme"
#: A grade whose silence the radar measures as if there were none.
_LIKE_NONE = "C"
#: The planted problem that is about the present grade: it stays what the ledger says.
_ABOUT_GRADE = "P08"
#: The planted problem that is measured by the grade: without one nobody asks, so the ledger does not forget it.
_BY_GRADE = "V07"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Graded:
    """A receiving household at home with the ledger's grade."""

    household_id: UUID
    number: str
    grade: str
    since: date
    began: date


class GradeStory:
    """One telling, for one office. `new_id` gives ids that are the same on every run."""

    def __init__(
        self, session: Session, office_id: UUID, today: date, new_id: Callable[[], UUID]
    ) -> None:
        self._session, self._office_id, self._today = session, office_id, today
        with resource_path("training", "grades.toml").open("rb") as file:
            self._texts: dict[str, Any] = tomllib.load(file)
        self._tables = grade_tables(session, office_id, today)
        self._rows = GradeRows(session, office_id, today, new_id)
        count = session.scalar(select(func.count()).select_from(Household)) or 0
        self._plants = min(max(count // _PLANT_EVERY, _LEAST_PLANTS), _MOST_PLANTS)

    def tell(self, plants: PlantList) -> Counter[str]:
        """Write everything, note what was planted, and return the rows by table; those taken away count below zero."""
        taken = {line.get("case_number") for line in (*plants.planted, *plants.near_misses)}
        events = open_grade_events(self._session, self._office_id, true(), self._today)
        numbers = dict(self._session.execute(select(Household.id, Household.case_number)).all())
        late = self._late(events, numbers, taken)
        for place, event in enumerate(late):
            days = (self._today - event.known_on).days
            plant = Plant("V17", days, place)
            plants.household(plant, numbers[event.household_id], event.known_on, event.label)
        self._answer(events, late, numbers, plants)
        asked = {event.household_id for event in late}
        needed, measured = _numbers(plants, _ABOUT_GRADE), _numbers(plants, _BY_GRADE)
        free = [
            one
            for one in self._graded()
            if one.number not in needed
            and one.household_id not in asked
            and self._rows.has_both(one.household_id)
        ]
        free.sort(key=lambda one: (one.number in taken, one.number))
        made = Counter[str]()
        forgettable = (o for o in free if o.grade == _LIKE_NONE and o.number not in measured)
        missing = list(islice(forgettable, self._plants))
        made["visit_grade_period"] -= self._ungrade(missing, plants)
        free = [one for one in free if one not in missing]
        waiting = free[:: max(len(free) // 4, 1)][:4]
        self._propose(waiting)
        self._decide([one for one in free if one not in waiting])
        made.update(self._rows.write())
        return made

    def _late(
        self,
        events: Sequence[ReviewEvent],
        numbers: dict[UUID, str],
        taken: set[str | None],
    ) -> list[ReviewEvent]:
        """V17: the oldest event of some households, which stays without an answer."""
        oldest = dict[UUID, ReviewEvent]()
        for event in sorted(events, key=lambda e: (e.known_on, numbers[e.household_id], e.code)):
            oldest.setdefault(event.household_id, event)
        late = [
            event
            for event in oldest.values()
            if (self._today - event.known_on).days > _LATE_DAYS and event.due_on < self._today
        ]
        late.sort(key=lambda e: (numbers[e.household_id] in taken, numbers[e.household_id]))
        return late[: self._plants]

    def _answer(
        self,
        events: Sequence[ReviewEvent],
        late: Sequence[ReviewEvent],
        numbers: dict[UUID, str],
        plants: PlantList,
    ) -> None:
        settled = {(event.household_id, event.happened_on) for event in late}
        planted = {event.household_id for event in late}
        reasons, near = self._texts["kept"], 0
        for place, event in enumerate(
            sorted(events, key=lambda e: (numbers[e.household_id], e.known_on, e.code))
        ):
            key, days = (event.household_id, event.happened_on), self._days(event)
            if days <= _LEFT_OPEN_DAYS or key in settled:
                continue
            settled.add(key)
            at = _afternoon(event.known_on + timedelta(days=1 + place % _ANSWERED_WITHIN), place)
            if not self._rows.keep(event, reasons[place % len(reasons)], at):
                continue
            if near < self._plants and days > _LATE_DAYS and event.household_id not in planted:
                near += 1
                plants.household(
                    Plant("V17", days, near, is_near=True),
                    numbers[event.household_id],
                    event.known_on,
                    f"{event.label}：格付はそのままと答えた",
                )

    def _ungrade(self, missing: Sequence[_Graded], plants: PlantList) -> int:
        """V01: the ledger forgot the grade; near is a household that is only applying. Returns the rows taken away."""
        for place, one in enumerate(missing):
            days = (self._today - one.began).days
            plants.household(Plant("V01", days, place), one.number, one.began, "訪問格付がない")
        applying = self._session.scalars(
            select(Household.case_number)
            .where(Household.state == HouseholdState.APPLYING)
            .order_by(Household.case_number)
            .limit(self._plants)
        )
        for place, number in enumerate(applying):
            plant = Plant("V01", 0, place, is_near=True)
            plants.household(plant, number, self._today, "申請中で、訪問格付はまだ要らない")
        ids = [one.household_id for one in missing]
        periods = VisitGradePeriod.household_id.in_(ids)
        count = self._session.scalar(
            select(func.count()).select_from(VisitGradePeriod).where(periods)
        )
        self._session.execute(delete(VisitGradePeriod).where(periods))
        return count or 0

    def _propose(self, waiting: Sequence[_Graded]) -> None:
        """Some proposals of the last days wait; the last of them lies under the floor."""
        for place, one in enumerate(waiting, start=1):
            at = _afternoon(working_day(self._today - timedelta(days=place)), place)
            is_last = place == len(waiting)
            grade = _UNDER_FLOOR if is_last else _INSTEAD.get(one.grade, _LIKE_NONE)
            reasons = self._texts["waiting"]
            planned = Planned(
                household_id=one.household_id,
                grade=grade,
                visits=self._tables.grades[grade].visits_per_year,
                since=self._today,
                reason=self._texts["under_floor"] if is_last else reasons[place % len(reasons)],
                at=at,
                exception=_PROGRAMME if is_last else "",
                exception_reason=self._texts["exception"] if is_last else "",
            )
            self._rows.add(planned, self._tables.floor(LivingPlace.HOME))

    def _decide(self, free: Sequence[_Graded]) -> None:
        """Many a grade of the ledger was decided here: proposed by the caseworker and approved by the supervisor."""
        floor, reasons = self._tables.floor(LivingPlace.HOME), self._texts["decided"]
        fitting = [
            one
            for one in free
            if self._tables.grades[one.grade].visits_per_year >= floor
            and (self._today - one.since).days > _LATE_DAYS
        ]
        for place, one in enumerate(fitting[::_DECIDED_EVERY][:_MOST_DECIDED]):
            day = working_day(one.since)
            planned = Planned(
                household_id=one.household_id,
                grade=one.grade,
                visits=self._tables.grades[one.grade].visits_per_year,
                since=one.since,
                reason=reasons[place % len(reasons)],
                at=_afternoon(day, place),
                approved_at=_afternoon(day, place) + timedelta(hours=2),
            )
            self._rows.add(planned, floor)

    def _graded(self) -> list[_Graded]:
        v, s, today = VisitGradePeriod, HouseholdStatePeriod, self._today
        rows = self._session.execute(
            select(Household.id, Household.case_number, v.grade, v.valid_from, s.valid_from)
            .join(v, (v.household_id == Household.id) & holds_on(v, today))
            .join(s, (s.household_id == Household.id) & holds_on(s, today))
            .where(
                Household.state == HouseholdState.RECEIVING,
                Household.is_shielded.is_(False),
                lives_at_home(today),
            )
            .order_by(Household.case_number)
        )
        return [
            _Graded(household_id=i, number=number, grade=grade, since=since, began=began)
            for i, number, grade, since, began in rows
        ]

    def _days(self, event: ReviewEvent) -> int:
        return (self._today - event.known_on).days


def _numbers(plants: PlantList, rule: str) -> set[str | None]:
    """The cases in which this rule was planted."""
    return {line.get("case_number") for line in plants.planted if line["rule"] == rule}


def _afternoon(day: date, number: int) -> datetime:
    return datetime.combine(day, time(_AFTERNOON + number % 3, number % 60), tzinfo=JAPAN)
