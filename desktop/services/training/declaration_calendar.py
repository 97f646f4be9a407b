"""Which declarations each person of a case was asked for, and when each came in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from desktop.domain.dates import months_later
from desktop.domain.declarations import (
    DeclarationKind,
    due_day,
    month_end,
    month_of,
    months_between,
    proposal_for,
)
from desktop.domain.households import HouseholdState
from desktop.services.training.cases import Case
from desktop.services.training.days import OpenDays
from desktop.services.training.families import Person
from desktop.services.training.plants import DECLARATION_RULES, Plant, PlantList

#: Months of each cycle that the program ships.
MONTHS = {"income_monthly": 1, "income_quarterly": 3, "income_yearly": 12, "asset_yearly": 12}
#: Days after the month until a letter may ask, and until the radar asks.
GRACE = 10
_EARLIEST, _LATEST, _LATE = -12, 5, 9
_LATE_SHARE = 0.05
_WITH_DECLARATIONS = frozenset({HouseholdState.RECEIVING, HouseholdState.SUSPENDED})
_FORCED = {"E01": "income_monthly", "E02": "income_yearly", "E04": "income_quarterly"}
_OLD = 65
_REASONS = {
    "income_monthly": ("求職中のため、毎月の申告を本人に説明した。", "シルバー人材センターの収入が月により変わるため、本人と相談して毎月とした。"),
    "income_quarterly": ("毎月の給与がほぼ一定のため、3か月ごととした。", "パートの給与がほぼ一定のため、3か月ごととした。"),
    "income_yearly": ("療養中で収入の変動がないため、年1回とした。", "年金のほかに収入がないため、年1回とした。"),
    "asset_yearly": ("少なくとも年1回の申告をお願いすると説明した。",) * 2,
}  # fmt: skip


@dataclass(slots=True)
class PlannedDuty:
    """A person's cycle from a month on, with the months that came in (`came`) and the day of each."""

    person: Person
    kind: DeclarationKind
    cycle: str
    since: date
    reason: str
    came: list[tuple[date, date]] = field(default_factory=list)
    missing: list[date] = field(default_factory=list)


class DeclarationCalendar:
    """Lays out the declarations of one case after another, and notes what was planted among them."""

    def __init__(self, days: OpenDays, found: PlantList) -> None:
        self._days, self._today, self._found = days, days.today, found

    def of(self, chance: Random, case: Case) -> list[PlannedDuty]:
        """The duties of a case, its head first."""
        if case.state not in _WITH_DECLARATIONS:
            return []
        plant = next((p for p in case.plants if p.rule in DECLARATION_RULES), None)
        working = {person.id for person, span in case.works if span.until is None}
        planned = []
        for place in case.family.places:
            if place.left is not None or place.person.died is not None:
                continue
            is_head = place.person is case.family.head
            for kind in DeclarationKind:
                forced = _forced(plant, kind) if is_head else None
                proposal = proposal_for(
                    kind,
                    place.person.age(self._today),
                    works=place.person.id in working,
                    is_head=is_head,
                )
                cycle = forced or (proposal.cycle if proposal else "")
                if cycle:
                    own = plant if is_head and plant and _is_about(plant, kind) else None
                    planned.append(self._duty(chance, case, place.person, kind, cycle, own))
        return planned

    def _duty(
        self,
        chance: Random,
        case: Case,
        person: Person,
        kind: DeclarationKind,
        cycle: str,
        plant: Plant | None,
    ) -> PlannedDuty:
        since = self._first(case, cycle, plant)
        is_old = person.age(self._today) >= _OLD
        duty = PlannedDuty(person, kind, cycle, since, _REASONS[cycle][is_old])
        for month in self._due(since, MONTHS[cycle]):
            day = self._came_on(chance, month, case.began)
            if day is not None:
                duty.came.append((month, day))
        if plant is not None:
            self._plant(case, duty, plant)
        return duty

    def _first(self, case: Case, cycle: str, plant: Plant | None) -> date:
        """The first month that is due: of those taken over, within the year since; of new ones, when they began."""
        months = MONTHS[cycle]
        taken_over, began = month_of(self._days.taken_over), month_of(case.began)
        if plant is not None and plant.rule == "E04":
            return months_later(self._asked_last(near=plant.is_near), -3 * 3)
        if case.began >= self._days.taken_over:
            return began
        if months == 1:
            return taken_over
        if plant is not None and plant.is_near:
            return taken_over  # received just within the year
        return months_later(taken_over, case.index * 7 % (11 if months > 3 else 3))

    def _asked_last(self, *, near: bool) -> date:
        """The newest month whose days of grace are over; the one after it for a near miss."""
        month = month_of(self._today)
        while due_day(month, GRACE) >= self._today:
            month = months_later(month, -1)
        return months_later(month, 1) if near else month

    def _due(self, since: date, months: int) -> list[date]:
        """The due months up to this one."""
        count = months_between(since, self._today)
        return [months_later(since, n) for n in range(0, count + 1, months)]

    def _came_on(self, chance: Random, month: date, began: date) -> date | None:
        """An open day about the month's end, mostly in time; None where it is not past yet."""
        is_late = chance.random() < _LATE_SHARE
        first = month_end(month) + timedelta(days=_LATEST + 1 if is_late else _EARLIEST)
        last = month_end(month) + timedelta(days=_LATE if is_late else _LATEST)
        first = max(first, began, self._days.taken_over)
        if last >= self._today:
            return (
                None if last - self._today > timedelta(days=GRACE) else self._lately(chance, first)
            )
        return self._days.some(chance, first, max(first, last)) or self._days.on_or_before(last)

    def _lately(self, chance: Random, first: date) -> date | None:
        """Some of those whose time still runs have come."""
        yesterday = self._today - timedelta(days=1)
        return self._days.some(chance, first, yesterday) if chance.random() < 1 / 2 else None

    def _plant(self, case: Case, duty: PlannedDuty, plant: Plant) -> None:
        """Take receipts away where they are to be missing; of a near miss the last one in time."""
        asked = self._asked_last(near=False)
        match plant.rule:
            case "E01" | "E04":
                step = MONTHS[duty.cycle]
                count = 0 if plant.is_near else 1 + plant.variant % (3 if step == 1 else 1)
                gone = {months_later(asked, -step * n) for n in range(count)}
                kept = [(m, d) for m, d in duty.came if m not in gone]
                duty.came = [(m, d) for m, d in kept if not plant.is_near or m <= asked]
                duty.missing = sorted(gone)
                oldest = min(gone, default=months_later(asked, 1))
                since = due_day(oldest, GRACE)
                self._found.household(plant, case.number, since, f"{oldest:%Y-%m}分の収入申告なし")
            case _ if plant.is_near:
                day = self._days.on_or_after(self._days.taken_over) or self._days.taken_over
                duty.came = [(duty.since, day)]
                self._found.household(plant, case.number, day, "1年の内に受領した申告")
            case _:
                duty.came = []
                duty.missing = self._due(duty.since, MONTHS[duty.cycle])
                since = self._days.taken_over
                self._found.household(plant, case.number, since, "引継ぎ前の申告だけ")


def _forced(plant: Plant | None, kind: DeclarationKind) -> str | None:
    if plant is None or kind is DeclarationKind.ASSET:
        return None
    return _FORCED.get(plant.rule)


def _is_about(plant: Plant, kind: DeclarationKind) -> bool:
    return (plant.rule == "E03") == (kind is DeclarationKind.ASSET)
