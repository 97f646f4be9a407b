"""Which support policies a case has, and when each was approved."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from random import Random
from typing import cast

from desktop.database.shipped import shipped_rows
from desktop.domain.dates import months_later
from desktop.domain.households import HouseholdState
from desktop.domain.master_tables import Master
from desktop.services.training.cases import Case
from desktop.services.training.course import Outcome
from desktop.services.training.days import OpenDays
from desktop.services.training.plants import POLICY_RULES, Plant, PlantList

MONTHS = 12
#: The first policy is begun so many days after protection, and approved so many open days later.
_FIRST_DAYS, _FIRST_SPREAD, _FIRST_WAIT = 40, 20, 4
_YEAR_DAYS, _YEAR_SPREAD = 345, 19
_LEAST_BETWEEN = 150
#: Ages of policies in days: far enough from the day of review that no rule asks.
_YOUNGEST, _OLDEST = 20, 285
_DUE_DAYS = 60
_EXPLAINED_DAYS = 30
_GOALS_PAST, _GOALS_AHEAD = (110, 150), (50, 20)
_DUE_EVERY, _DUE_PLACE = 12, 4
_UNDER_WAY_EVERY, _UNDER_WAY_PLACE = 20, 9
_UNDER_WAY = (Outcome.WAITING, Outcome.DRAFT, Outcome.RETURNED)
#: A planted one is held rather than waiting: what waits would add to a supervisor's unread submissions (O04).
_LYING = (Outcome.HELD, Outcome.DRAFT, Outcome.RETURNED)
_WITH_POLICIES = frozenset({HouseholdState.RECEIVING, HouseholdState.SUSPENDED})


class Text(StrEnum):
    """How a policy's words came about: thought of anew, so that it can be copied, copied, or nearly copied."""

    NEW = "new"
    KEPT = "kept"
    COPIED = "copied"
    RETOUCHED = "retouched"


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyDate:
    """One policy to write: approved on a day, or begun on a day and under way; `text` is how it was written."""

    outcome: Outcome
    day: date
    has_gap: bool = False
    grade: str = ""
    visits: int = 0
    text: Text = Text.NEW
    is_unexplained: bool = False


@dataclass(slots=True)
class PolicyDates:
    """The policies of a case, oldest first, and the last approval that the former system's ledger knows."""

    dates: list[PolicyDate] = field(default_factory=list)
    ledger_on: date | None = None


class PolicyCalendar:
    """Lays out the policies of one case after another, and notes what was planted among them."""

    def __init__(self, days: OpenDays, found: PlantList) -> None:
        self._days, self._today, self._found = days, days.today, found
        self._visits = _visits_by_grade()

    def of(self, chance: Random, case: Case) -> PolicyDates:
        """The policies of a case."""
        found = self._of(chance, case)
        self._grade(case, found.dates)
        return found

    def _of(self, chance: Random, case: Case) -> PolicyDates:
        plant = next((p for p in case.plants if p.rule in POLICY_RULES), None)
        if plant and plant.rule == "P01":
            since = max(case.began, self._days.taken_over)
            self._found.household(plant, case.number, since, "決裁された援助方針なし")
            return PolicyDates()
        found = PolicyDates()
        if case.state is HouseholdState.APPLYING:
            return found
        approved = self._approved(chance, case, plant)
        before = [day for day in approved if day < self._days.taken_over]
        found.ledger_on = max(before, default=None)
        if case.state not in _WITH_POLICIES:
            return found
        kept = approved[-self._count(chance, plant) :]
        found.dates = [PolicyDate(outcome=Outcome.APPROVED, day=day) for day in kept]
        self._gaps(case, found.dates, plant)
        self._copies(case, found.dates, plant)
        self._unexplained(case, found.dates, plant)
        found.dates.extend(self._under_way(case, kept, plant))
        if kept:
            self._note(case, kept[-1], plant)
        elif not found.dates:
            found.dates.extend(self._first(chance, case))
        return found

    def _count(self, chance: Random, plant: Plant | None) -> int:
        least = {"P05": 3, "P06": 2, "P08": 2}.get(plant.rule if plant else "", 1)
        return max(1 + int(chance.random() * 3), least)

    def _approved(self, chance: Random, case: Case, plant: Plant | None) -> list[date]:
        """The days of approval, oldest first: three of them, and one before the take-over."""
        first = self._first_approval(chance, case)
        if first is None:
            return []
        day = self._last(chance, case, plant)
        if day <= first:
            return [first]
        found = [day]
        while len(found) < 3 or found[-1] >= self._days.taken_over:
            earlier = day - timedelta(days=_YEAR_DAYS + int(chance.random() * _YEAR_SPREAD))
            if earlier <= first:
                if (day - first).days >= _LEAST_BETWEEN:
                    found.append(first)
                break
            day = self._days.on_or_before(earlier)
            found.append(day)
        return found[::-1]

    def _first_made(self, chance: Random, case: Case) -> date | None:
        days = _FIRST_DAYS + int(chance.random() * _FIRST_SPREAD)
        return self._days.on_or_after(case.began + timedelta(days=days))

    def _first_approval(self, chance: Random, case: Case) -> date | None:
        made = self._first_made(chance, case)
        return None if made is None else self._days.later(made, _FIRST_WAIT)

    def _first(self, chance: Random, case: Case) -> list[PolicyDate]:
        """The first policy of a new household, handed in and not yet approved."""
        made = self._days.on_or_before(self._today - timedelta(days=1))
        earliest = case.began + timedelta(days=_FIRST_DAYS + _FIRST_SPREAD)
        if made < earliest or chance.random() < 0.3:
            return []
        return [PolicyDate(outcome=Outcome.WAITING, day=made)]

    def _last(self, chance: Random, case: Case, plant: Plant | None) -> date:
        """The day of the last approval."""
        today, days, draw = self._today, self._days, chance.random()
        planted = self._planted(plant, draw) if plant else None
        if planted is not None:
            return planted
        is_due = case.index % _DUE_EVERY == _DUE_PLACE and case.district.special is None
        if is_due and plant is None and case.state is HouseholdState.RECEIVING:
            a_year_ago = months_later(today, -MONTHS)
            return self._open_from(a_year_ago + timedelta(days=5 + int(draw * 43)), today)
        age = _YOUNGEST + int(draw * (_OLDEST - _YOUNGEST))
        return days.on_or_before(today - timedelta(days=age))

    def _planted(self, plant: Plant, draw: float) -> date | None:
        """The day that makes the planted problem or its near miss; None where any day does."""
        today, days, is_near = self._today, self._days, plant.is_near
        ago = today - timedelta(days=plant.days)
        day: date | None = None
        match plant.rule:
            case "P02":
                year = months_later(today, -MONTHS)
                late = year - timedelta(days=plant.days)
                day = self._open_from(year, today) if is_near else days.on_or_before(late)
            case "P03":
                due = today + timedelta(days=plant.days)
                day = self._open_from(months_later(due, -MONTHS), due if is_near else today)
            case "P04":
                day = days.on_or_before(ago - timedelta(days=25 + int(draw * 120)))
            case "P09":
                day = self._near(ago) if is_near else days.on_or_before(ago)
            case "P10":  # the short goals lie a quarter after the policy
                low, spread = _GOALS_AHEAD if is_near else _GOALS_PAST
                day = days.on_or_before(today - timedelta(days=low + int(draw * spread)))
        return day

    def _open_from(self, day: date, least_due: date) -> date:
        """The first open day from this one on whose review is not due before another."""
        found = self._days.on_or_after(day)
        while found is not None and months_later(found, MONTHS) < least_due:
            found = self._days.later(found, 1)
        return found or self._days.days[-1]

    def _gaps(self, case: Case, dates: list[PolicyDate], plant: Plant | None) -> None:
        """P06: an issue without a dated action in the policy in force; its near miss in the one before."""
        if plant is None or plant.rule != "P06" or len(dates) < 1 + plant.is_near:
            return
        place = -2 if plant.is_near else -1
        dates[place] = replace(dates[place], has_gap=True)
        self._found.household(plant, case.number, dates[place].day, "期日のない取組")

    def _grade(self, case: Case, dates: list[PolicyDate]) -> None:
        """Grade and visits: earlier policies as it was then, the one in force and what is under way as it is now."""
        approved = [n for n, one in enumerate(dates) if one.outcome is Outcome.APPROVED]
        for place, one in enumerate(dates):
            is_past = place in approved[:-1]
            grade = case.grade_on(one.day) if is_past else case.grade
            dates[place] = replace(one, grade=grade, visits=self._visits[grade])
        plant = next((p for p in case.plants if p.rule == "P08"), None)
        if plant is None or len(approved) < 1 + plant.is_near:
            return
        place = approved[-2 if plant.is_near else -1]
        one = dates[place]
        other = "B" if one.grade != "B" else "C"
        if plant.variant % 2:
            dates[place] = replace(one, visits=one.visits + 2)
        else:
            dates[place] = replace(one, grade=other, visits=self._visits[other])
        detail = (
            f"方針の格付 {dates[place].grade}・年{dates[place].visits}回、今の格付 {case.grade}"
        )
        self._found.household(plant, case.number, one.day, detail)

    def _copies(self, case: Case, dates: list[PolicyDate], plant: Plant | None) -> None:
        """P05: the policy in force says what the one before it said; its near miss was retouched."""
        if plant is None or plant.rule != "P05" or len(dates) < 3:
            return
        dates[-2] = replace(dates[-2], text=Text.KEPT)
        dates[-1] = replace(dates[-1], text=Text.RETOUCHED if plant.is_near else Text.COPIED)
        self._found.household(plant, case.number, dates[-1].day, "前の方針と同じ文面")

    def _unexplained(self, case: Case, dates: list[PolicyDate], plant: Plant | None) -> None:
        """P09: nobody told the person of the policy in force."""
        if plant is None or plant.rule != "P09" or not dates:
            return
        day = dates[-1].day
        if ((self._today - day).days > _EXPLAINED_DAYS) is not plant.is_near:
            dates[-1] = replace(dates[-1], is_unexplained=True)
            self._found.household(plant, case.number, day, f"決裁 {day.isoformat()}、説明なし")

    def _under_way(self, case: Case, kept: list[date], plant: Plant | None) -> list[PolicyDate]:
        if not kept:
            return []
        if plant and plant.rule == "P12":
            day = self._today - timedelta(days=plant.days)
            day = self._days.on_or_before(day) if not plant.is_near else self._near(day)
            outcome = _LYING[plant.variant % len(_LYING)]
            self._found.household(plant, case.number, day, f"起案 {day.isoformat()}、{outcome}")
            return [PolicyDate(outcome=outcome, day=day)]
        is_chosen = case.index % _UNDER_WAY_EVERY == _UNDER_WAY_PLACE
        if plant or not is_chosen or (self._today - kept[-1]).days < _LEAST_BETWEEN:
            return []
        number = case.index // _UNDER_WAY_EVERY
        day = self._days.days[-1 - number % 3]
        return [PolicyDate(outcome=_UNDER_WAY[number % len(_UNDER_WAY)], day=day)]

    def _near(self, day: date) -> date:
        return self._days.on_or_after(day) or self._days.days[-1]

    def _note(self, case: Case, last: date, plant: Plant | None) -> None:
        """P02 and P03: what the last approval's day says by itself."""
        due = months_later(last, MONTHS)
        detail = f"決裁 {last.isoformat()}、見直期日 {due.isoformat()}"
        if plant and plant.is_near and plant.rule in {"P02", "P03"}:
            self._found.household(plant, case.number, last, detail)
        if case.state is not HouseholdState.RECEIVING:
            return
        left = (due - self._today).days
        if left < 0:
            self._found.household(Plant("P02", -left), case.number, last, detail)
        elif left <= _DUE_DAYS:
            self._found.household(Plant("P03", left), case.number, last, detail)


def _visits_by_grade() -> dict[str, int]:
    """Grade → visits a year, as the office's table ships."""
    rows = shipped_rows(Master.VISIT_GRADES)
    return {row.key: cast("int", row.value["visits_per_year"]) for row in rows}
