"""What the papers of visit plans count."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.ids import new_id
from desktop.domain.visit_marks import StandingVisit, VisitMark, VisitOutcome
from desktop.domain.visit_plan_forms import (
    VisitCounts,
    counts_of,
    is_unrecorded,
    months_since,
    summed,
)
from desktop.domain.visit_plans import PlannedVisit

M = VisitMark
OCTOBER, TODAY = date(2024, 10, 1), date(2024, 10, 15)


def outcome(mark: VisitMark, day: date | None = None, month: date = OCTOBER) -> VisitOutcome:
    household_id = new_id()
    visit = PlannedVisit(
        visit_id=new_id(),
        household_id=household_id,
        month=month,
        day=day,
        minutes=40,
        rule="grade",
    )
    standing = None if mark is M.EXTRA else StandingVisit(visit=visit, approved_month=month)
    return VisitOutcome(mark=mark, household_id=household_id, month=month, standing=standing)


def test_cancelled_visits_stay_planned_and_take_no_time():
    counts = counts_of(tuple(map(outcome, M)), 600)
    assert counts == VisitCounts(
        planned=4, done=1, absent=1, cancelled=1, extra=1, minutes=120, capacity_minutes=600
    )
    assert (counts.percent, counts.standing, counts.standing_percent) == (25, 3, 33)
    assert summed((counts, counts)).planned == 8


@pytest.mark.parametrize("counts", [VisitCounts(), VisitCounts(planned=2, cancelled=2)])
def test_nothing_planned_has_no_rate(counts: VisitCounts):
    assert counts.standing_percent is None


@pytest.mark.parametrize(
    ("mark", "day", "month", "by_day", "said"),
    [
        (M.PLANNED, date(2024, 10, 14), OCTOBER, True, True),
        (M.PLANNED, TODAY, OCTOBER, True, False),
        (M.PLANNED, None, OCTOBER, True, False),
        (M.PLANNED, date(2024, 10, 14), OCTOBER, False, False),
        (M.PLANNED, None, date(2024, 9, 1), False, True),
        (M.DONE, date(2024, 10, 14), OCTOBER, True, False),
        (M.ABSENT, date(2024, 10, 14), OCTOBER, True, False),
        (M.CANCELLED, date(2024, 10, 14), OCTOBER, True, False),
        (M.EXTRA, None, date(2024, 9, 1), False, False),
    ],
)
def test_a_visit_without_any_record_is_counted_when_it_is_over(mark, day, month, by_day, said):
    assert is_unrecorded(outcome(mark, day, month), TODAY, by_day=by_day) is said


@pytest.mark.parametrize(
    ("day", "months"),
    [
        (date(2024, 10, 15), 0),
        (date(2024, 9, 16), 0),
        (date(2024, 9, 15), 1),
        (date(2024, 4, 15), 6),
        (date(2023, 10, 15), 12),
        (date(2023, 10, 16), 11),
    ],
)
def test_full_months_are_counted(day: date, months: int):
    assert months_since(day, TODAY) == months
