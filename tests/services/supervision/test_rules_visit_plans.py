"""Rules about visit plans: missing, too few, gone by, and districts in which little is done."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.visit_plans import PlanMove
from tests.support.desk import later, small_office
from tests.support.factories import CLOCK
from tests.support.people import work_of
from tests.support.radar import found_by
from tests.support.visit_plans import (
    a_change,
    a_visit,
    do,
    graded,
    month,
    one_more_household,
    two_visits,
    visited,
)

M = PlanMove
RULES = {"V02", "V03", "V04", "V10", "V18"}


@pytest.fixture
def office(engine):
    return small_office(engine)


def found(office, **after) -> list[str]:
    """The rules that ask so long after the tests' day."""
    clock = later(CLOCK, **after)
    work = work_of(office.work, office.supervisor, clock)
    return sorted(f.rule for f in found_by(RULES, work, clock, office.supervisor))


def approve(office, *visits, submit_only=False):
    caseworker = office.desk(office.caseworker)
    head = caseworker.visit_plans.save(a_change(office, *visits))
    head = do(caseworker, head, M.SUBMIT)
    if not submit_only:
        do(office.desk(office.supervisor), head, M.APPROVE)


def test_a_district_without_an_approved_plan_is_asked_about(office):
    assert found(office) == ["V02"]
    approve(office, *two_visits(office), submit_only=True)
    assert found(office) == ["V02"]


def test_an_approved_plan_is_quiet(office):
    approve(office, *two_visits(office))
    assert found(office) == []


def test_a_household_that_moved_in_is_short(office):
    approve(office, *two_visits(office))
    one_more_household(office.work, office.household_id)
    assert found(office) == ["V03"]


def test_fewer_visits_than_the_grade_are_asked_about(office):
    graded(office, "C")
    approve(office, *two_visits(office))
    assert found(office) == ["V04"]


def test_a_planned_month_that_is_over_is_asked_about(office):
    early = a_visit(office.household_id, month(8))
    approve(office, early, *two_visits(office))
    assert found(office) == ["V10"]
    visited(office, date(2024, 8, 20))
    assert found(office) == []


def test_little_done_two_months_running(office):
    early = (a_visit(office.household_id, month(n)) for n in (8, 9))
    approve(office, *early, *two_visits(office))
    assert found(office) == ["V10", "V18"]
    visited(office, date(2024, 9, 2))
    assert found(office) == ["V10"]


def test_a_new_fiscal_year_waits_until_the_last_day(office):
    days = (date(2025, 4, 30) - date(2024, 10, 1)).days
    assert found(office, days=days) == []
    assert found(office, days=days + 1) == ["V02"]
