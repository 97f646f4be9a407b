"""When an entry was written, handed in and stamped, and how far it has come by today."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from random import Random

from desktop.services.training.days import OpenDays, at_work
from desktop.services.training.plants import DESK
from desktop.services.training.story import Event

_LATEST_ENTRY_DAYS = 7
_LONGEST_WAIT_DAYS = 12
_RETURNED_ONCE = 0.02
_INSTRUCTED = 0.015
_UNSTAMPED = frozenset({"R02", "O04", "V13", DESK})
_MORNING, _AFTERNOON = 0, 550


class Outcome(StrEnum):
    """How far an entry has come."""

    DRAFT = "draft"
    WAITING = "waiting"
    HELD = "held"
    RETURNED = "returned"
    APPROVED = "approved"


_UNSTAMPED_OUTCOMES = (Outcome.WAITING, Outcome.DRAFT, Outcome.RETURNED)


@dataclass(slots=True)
class Course:
    """The instants of an entry's way: stamps by step, and an earlier round that came back."""

    outcome: Outcome
    recorded_on: date
    recorded_at: str
    submitted_at: str = ""
    answered_at: str = ""
    stamps: list[str] = field(default_factory=list)
    decided_on: date | None = None
    first_round: tuple[str, str] | None = None
    is_instructed: bool = False

    @property
    def version(self) -> int:
        """The entry's version: the second when the first came back."""
        return 2 if self.first_round else 1


class Courses:
    """Decides the way of each entry written in this program."""

    def __init__(self, days: OpenDays) -> None:
        self._days, self._today = days, days.today

    def of(self, chance: Random, event: Event, steps: int) -> Course:
        """The way of an entry whose route has so many steps."""
        if event.plant and event.plant.rule in _UNSTAMPED:
            return self._unstamped(chance, event)
        recorded = event.written or self._recorded_on(chance, event.day)
        course = Course(Outcome.APPROVED, recorded, at_work(chance, recorded, _MORNING))
        course.submitted_at = handed_in(course.recorded_at)
        self._stamp(chance, course, recorded, steps)
        if course.outcome is Outcome.APPROVED:
            course.is_instructed = chance.random() < _INSTRUCTED and not event.plant
            if event.plant and event.plant.rule == "R03":
                course.is_instructed = True
        elif not event.plant:
            self._under_way(chance, course, recorded)
        return course

    def _recorded_on(self, chance: Random, day: date) -> date:
        for later in range(min(int(chance.random() * 5), 3), 0, -1):
            found = self._days.later(day, later)
            if found and (found - day).days <= _LATEST_ENTRY_DAYS:
                return found
        return day

    def _stamp(self, chance: Random, course: Course, recorded: date, steps: int) -> None:
        day = recorded
        if chance.random() < _RETURNED_ONCE:
            back, again = self._days.later(recorded, 1), self._days.later(recorded, 3)
            if back and again:
                course.first_round = (course.submitted_at, at_work(chance, back, _MORNING))
                course.submitted_at, day = at_work(chance, again, _AFTERNOON), again
        for _ in range(steps):
            found = self._days.later(day, 1 + int(chance.random() ** 2 * (6 if steps == 1 else 3)))
            if found is None and (self._today - recorded).days > _LONGEST_WAIT_DAYS:
                found = self._days.days[-1] if self._days.days[-1] > day else None
            if found is None:
                course.outcome = Outcome.WAITING
                return
            day = found
            course.stamps.append(at_work(chance, day, _MORNING))
            course.decided_on = day

    def _under_way(self, chance: Random, course: Course, recorded: date) -> None:
        draw = chance.random()
        if course.stamps or course.first_round:
            return
        answered = self._days.later(recorded, 1)
        if answered and draw < 0.12:
            course.outcome = Outcome.RETURNED if draw < 0.07 else Outcome.HELD
            course.answered_at = at_work(chance, answered, _MORNING)
            course.decided_on = answered

    def _unstamped(self, chance: Random, event: Event) -> Course:
        outcome = _UNSTAMPED_OUTCOMES[event.plant.unstamped if event.plant else 0]
        course = Course(outcome, event.day, at_work(chance, event.day, _MORNING))
        course.submitted_at = handed_in(course.recorded_at)
        answered = self._days.later(event.day, 2) or self._days.later(event.day, 1)
        if outcome is Outcome.RETURNED and answered:
            course.answered_at, course.decided_on = at_work(chance, answered, _MORNING), answered
        elif outcome is Outcome.RETURNED:
            course.outcome = Outcome.WAITING
        return course


def handed_in(recorded_at: str) -> str:
    """When it was handed in: in the second half of the second in which it was saved."""
    return f"{recorded_at[:19]}.500000"


def instruction_due(decided_on: date) -> date:
    """The day by which an instruction is to be answered."""
    return decided_on + timedelta(days=14)
