"""What became of planned visits: ○ planned, ● done, △ absent, × cancelled, ＊ made without being planned. Derived, never stored.

Only a real visit counts as one (visits-records-approval 2.6). Each counts for one planned visit: for the nearest one of its own
month first, then for the earliest one whose window holds the day, else it stands for itself as ＊. An absence that was answered with a
planned revisit (再訪問) stays △; what is late then is the revisit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import partial
from uuid import UUID

from desktop.domain.dates import months_later
from desktop.domain.visit_plan_periods import first_of_month
from desktop.domain.visit_plans import PlannedVisit, VisitKind
from desktop.domain.working_time import Half

_DAY = timedelta(days=1)


class VisitMark(StrEnum):
    """A sign of the yearly plan (2.4)."""

    PLANNED = "planned"
    DONE = "done"
    ABSENT = "absent"
    CANCELLED = "cancelled"
    EXTRA = "extra"


VISIT_MARK: Mapping[VisitMark, str] = {
    VisitMark.PLANNED: "○",
    VisitMark.DONE: "●",
    VisitMark.ABSENT: "△",
    VisitMark.CANCELLED: "×",
    VisitMark.EXTRA: "＊",
}
VISIT_MARK_WORDS: Mapping[VisitMark, str] = {
    VisitMark.PLANNED: "計画",
    VisitMark.DONE: "実施",
    VisitMark.ABSENT: "不在",
    VisitMark.CANCELLED: "取りやめ",
    VisitMark.EXTRA: "計画外の訪問",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitMade:
    """A contact that went to the household: `is_met` where it counts as a visit, else nobody was met (不在)."""

    contact_id: UUID
    household_id: UUID
    on: date
    is_met: bool
    entry_id: UUID | None = None
    result: str = ""
    started_at: int | None = None
    ended_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingVisit:
    """A visit of a plan as it stands now: as approved, or as the deviations left it.

    `approved_month` with `approved_day` and `approved_half` is what was approved, None where it was added later.
    """

    visit: PlannedVisit
    approved_month: date | None = None
    approved_day: date | None = None
    approved_half: Half | None = None
    is_added: bool = False
    is_cancelled: bool = False
    deviation_reason: str = ""
    deviations: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitOutcome:
    """A planned visit with what became of it. `made` is the visit that counted, `vain` are those that met nobody.

    `is_overdue`: its window is over and no visit counted. An EXTRA has no plan.
    """

    mark: VisitMark
    household_id: UUID
    month: date
    standing: StandingVisit | None = None
    made: VisitMade | None = None
    vain: tuple[VisitMade, ...] = ()
    is_overdue: bool = False

    @property
    def sign(self) -> str:
        """○●△×＊."""
        return VISIT_MARK[self.mark]


def due_end(visit: PlannedVisit) -> date:
    """The last day on which a planned visit is in time: the later of its window's and its month's end."""
    month = visit.month or first_of_month(visit.last_on or date.min)
    of_month = months_later(month, 1) - _DAY
    return max(of_month, visit.last_on or of_month)


def outcomes(
    standing: Iterable[StandingVisit], made: Iterable[VisitMade], today: date
) -> tuple[VisitOutcome, ...]:
    """What became of the visits, by household and month; visits without a month (unplanned) are left out."""
    plans = _by_household((s.visit.household_id, s) for s in standing if s.visit.month is not None)
    visits = _by_household((m.household_id, m) for m in made)
    found: list[VisitOutcome] = []
    for household_id in sorted({*plans, *visits}, key=str):
        of_plan = sorted(plans.get(household_id, []), key=_place_in_year)
        of_record = sorted(visits.get(household_id, []), key=lambda m: (m.on, str(m.contact_id)))
        found += _of_household(of_plan, of_record, today)
    return tuple(found)


def _of_household(
    standing: Sequence[StandingVisit], made: Sequence[VisitMade], today: date
) -> Iterable[VisitOutcome]:
    counted = [m for m in made if m.is_met]
    vain = [m for m in made if not m.is_met]
    open_visits = [s for s in standing if not s.is_cancelled]
    matched = _match(open_visits, counted)
    in_vain = _in_vain(open_visits, vain)
    answered = _answered(open_visits)
    for s in standing:
        key = s.visit.visit_id
        outcome = _outcome(s, matched.get(key), in_vain.get(key, ()), today)
        is_answered = outcome.mark is VisitMark.ABSENT and key in answered
        yield replace(outcome, is_overdue=outcome.is_overdue and not is_answered)
    taken = {m.contact_id for m in matched.values()}
    for m in counted:
        if m.contact_id not in taken:
            month = first_of_month(m.on)
            yield VisitOutcome(
                mark=VisitMark.EXTRA, household_id=m.household_id, month=month, made=m
            )


def _match(
    standing: Sequence[StandingVisit], counted: Sequence[VisitMade]
) -> dict[UUID, VisitMade]:
    """Planned visit → the visit that counted for it."""
    found: dict[UUID, VisitMade] = {}
    left = list(counted)
    for in_month in (True, False):
        for m in tuple(left):
            fitting = [
                s
                for s in standing
                if s.visit.visit_id not in found and _fits(s.visit, m.on, in_month=in_month)
            ]
            if in_month:
                fitting.sort(key=partial(_days_apart, m.on))
            if fitting:
                found[fitting[0].visit.visit_id] = m
                left.remove(m)
    return found


def _days_apart(on: date, standing: StandingVisit) -> int:
    """Days between a day and the planned one; a visit without a day is as near as one on that day."""
    day = standing.visit.day
    return abs((day - on).days) if day is not None else 0


def _in_vain(
    standing: Sequence[StandingVisit], vain: Sequence[VisitMade]
) -> dict[UUID, tuple[VisitMade, ...]]:
    """Planned visit → the absences of its month that are its own: the first is the planned visit's, each revisit has the next one."""
    found: dict[UUID, tuple[VisitMade, ...]] = {}
    for month in {s.visit.month for s in standing}:
        of_month = [s.visit for s in standing if s.visit.month == month]
        of_vain = [m for m in vain if first_of_month(m.on) == month]
        again = [v for v in of_month if v.kind is VisitKind.REVISIT]
        first = [v for v in of_month if v.kind is not VisitKind.REVISIT]
        start = 1 if first and again else 0
        for visit in first:
            found[visit.visit_id] = tuple(of_vain[:start] if again else of_vain)
        for place, visit in enumerate(again, start=start):
            is_last = visit is again[-1]
            found[visit.visit_id] = tuple(
                of_vain[place:] if is_last else of_vain[place : place + 1]
            )
    return found


def _answered(standing: Sequence[StandingVisit]) -> set[UUID]:
    """Planned visits that a later revisit stands for."""
    again = [s.visit for s in standing if s.visit.kind is VisitKind.REVISIT]
    return {
        s.visit.visit_id
        for s in standing
        for later in again
        if later.visit_id != s.visit.visit_id and _begins(later) >= _begins(s.visit)
    }


def _begins(visit: PlannedVisit) -> date:
    return visit.day or visit.month or date.min


def _fits(visit: PlannedVisit, day: date, *, in_month: bool) -> bool:
    if in_month:
        return visit.month == first_of_month(day)
    return visit.first_on is not None and visit.first_on <= day <= due_end(visit)


def _outcome(
    s: StandingVisit, made: VisitMade | None, vain: Sequence[VisitMade], today: date
) -> VisitOutcome:
    month = s.visit.month or date.min
    in_vain = tuple(vain)
    mark = VisitMark.PLANNED
    if made is not None:
        mark = VisitMark.DONE
    elif s.is_cancelled:
        mark = VisitMark.CANCELLED
    elif in_vain:
        mark = VisitMark.ABSENT
    is_open = mark in {VisitMark.PLANNED, VisitMark.ABSENT}
    return VisitOutcome(
        mark=mark,
        household_id=s.visit.household_id,
        month=month,
        standing=s,
        made=made,
        vain=in_vain,
        is_overdue=is_open and due_end(s.visit) < today,
    )


def _place_in_year(s: StandingVisit) -> tuple[object, ...]:
    visit = s.visit
    return (visit.month, visit.day or visit.month, str(visit.visit_id))


def _by_household(pairs: Iterable[tuple[UUID, object]]) -> dict[UUID, list]:  # type: ignore[type-arg]  # of either kind
    found: dict[UUID, list] = {}  # type: ignore[type-arg]
    for household_id, each in pairs:
        found.setdefault(household_id, []).append(each)
    return found
