"""What the caseworker's own plans ask for, by the office's days: on both databases."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desktop.domain.clock import FixedClock
from desktop.domain.visit_plan_notices import PlanNoticeKind
from desktop.domain.visit_plans import PlanKind, PlanMove
from tests.support.desk import small_office
from tests.support.visit_plans import a_change, a_visit, do, month, two_visits

M, N = PlanMove, PlanNoticeKind


@pytest.fixture
def office(engine):
    return small_office(engine)


def said(desk):
    return [(n.notice, n.kind, n.first_on) for n in desk.visit_plans.notices()]


def on(office, day):
    """The caseworker's desk on another day of October 2024."""
    instant = datetime(2024, 10, day, 1, tzinfo=UTC)
    return office.desk(office.caseworker, FixedClock(instant))


def test_what_is_missing_is_named_from_the_offices_day_on(office, caseworker):
    missing = [(N.MISSING, PlanKind.YEAR, month(4)), (N.MISSING, PlanKind.MONTH, month(10))]
    assert said(caseworker) == missing
    assert said(on(office, 21)) == missing
    assert said(on(office, 22)) == [*missing, (N.MISSING, PlanKind.MONTH, month(11))]
    (first, *_) = caseworker.visit_plans.notices()
    assert first.item_id == first.district_id


def test_a_returned_plan_comes_first_with_its_words_and_an_approved_one_is_quiet(
    office, caseworker, supervisor
):
    year = caseworker.visit_plans.save(a_change(office, *two_visits(office)))
    assert said(caseworker)[-1] == (N.DRAFT, PlanKind.YEAR, month(4))
    visit = a_visit(office.household_id, month(10))
    change = a_change(office, visit, kind=PlanKind.MONTH, first_on=month(10))
    head = do(caseworker, caseworker.visit_plans.save(change), M.SUBMIT)
    do(supervisor, head, M.RETURN, "3週目に寄せてください。")
    first, second = caseworker.visit_plans.notices()
    assert (first.notice, first.plan_id, first.by) == (
        N.RETURNED,
        head.plan_id,
        office.supervisor.name,
    )
    assert first.words == "3週目に寄せてください。"
    assert second.notice is N.DRAFT
    do(supervisor, do(caseworker, year, M.SUBMIT), M.APPROVE)
    assert [n.notice for n in caseworker.visit_plans.notices()] == [N.RETURNED]


def test_a_supervisor_has_no_plans_to_make(office, caseworker, supervisor):
    caseworker.visit_plans.save(a_change(office, *two_visits(office)))
    assert supervisor.visit_plans.notices() == ()
