"""What a person adds to a plan or moves in it says so, with the price of its half-day: on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.ids import new_id
from desktop.domain.visit_plans import Deviation, PlanKind, VisitKind
from desktop.domain.working_time import Half, HalfDay
from desktop.viewmodels.visit_plans_acts import visit_by_hand
from desktop.viewmodels.visit_plans_words import cost_lines
from tests.services.visit_plans.test_planning import (
    QUICK,
    deviation,
    first_visit,
    planned_and_approved,
)
from tests.support.visit_plans import APRIL, district_of, month, next_change, one_more_household


@pytest.fixture
def head(office, caseworker):
    proposal = caseworker.visit_plans.propose(
        district_of(office), PlanKind.YEAR, APRIL, iterations=QUICK
    )
    return caseworker.visit_plans.save(proposal.change)


def told(desk, plan_id, visit_id):
    return desk.visit_plans.reasons(plan_id)[visit_id]


def moved(desk, head, visit, to, day=None):
    """Where it may go, tried and taken."""
    trial = desk.visit_plans.try_move(head.plan_id, visit.visit_id, to, day)
    return trial, desk.visit_plans.move_visit(head.plan_id, head.version, trial, save_id=new_id())


def test_a_moved_visit_tells_the_price_of_its_new_half_day(caseworker, head):
    visit = first_visit(caseworker, head)
    before = told(caseworker, head.plan_id, visit.visit_id)
    trial, head = moved(caseworker, head, visit, visit.month, date(2024, 10, 7))
    assert trial.is_free
    after = told(caseworker, head.plan_id, visit.visit_id)
    assert after.words.startswith("手で移した訪問。B格付(2か月に1回)。")
    assert "守れなかった" not in after.words
    change = sum(after.costs.values()) - sum(before.costs.values())
    assert abs(change / 100 - trial.change_minutes) <= 1
    assert cost_lines(after)


def test_what_stood_against_a_move_is_told(caseworker, head):
    visit = first_visit(caseworker, head)
    trial, head = moved(caseworker, head, visit, month(3))
    assert "訪問できる期間の外" in trial.broken
    said = told(caseworker, head.plan_id, visit.visit_id)
    assert said.words.startswith("手で移した訪問。置いたときに守れなかった決まり: ")
    assert "訪問できる期間の外" in said.words


def test_the_words_stay_when_the_visit_is_noted_and_go_with_the_next_proposal(
    office, caseworker, head
):
    visit = first_visit(caseworker, head)
    _, head = moved(caseworker, head, visit, visit.month, date(2024, 10, 7))
    said = told(caseworker, head.plan_id, visit.visit_id)
    head = caseworker.visit_plans.note_visit(
        head.plan_id, head.version, visit.visit_id, "架空の備考", save_id=new_id()
    )
    assert told(caseworker, head.plan_id, visit.visit_id) == said
    again = caseworker.visit_plans.propose(
        district_of(office), PlanKind.YEAR, APRIL, iterations=QUICK
    )
    head = caseworker.visit_plans.save(again.change)
    said = told(caseworker, head.plan_id, visit.visit_id)
    assert "手で移した" not in said.words


def test_an_added_visit_has_a_table(office, caseworker, head):
    at = HalfDay(day=date(2024, 12, 11), half=Half.PM)
    visit = visit_by_hand(office.household_id, month(12), VisitKind.PLANNED, 30, at=at)
    head = caseworker.visit_plans.save(next_change(head, visit))
    said = told(caseworker, head.plan_id, visit.visit_id)
    assert said.words.startswith("手で追加した訪問。")
    assert "臨時訪問" not in said.words
    assert cost_lines(said)


def test_a_visit_added_to_a_month_is_priced_in_its_best_half_day(office, caseworker, head):
    other_id = one_more_household(office.work, office.household_id)
    visit = visit_by_hand(other_id, month(1), VisitKind.PLANNED, 30)
    head = caseworker.visit_plans.save(next_change(head, visit))
    said = told(caseworker, head.plan_id, visit.visit_id)
    assert said.words.startswith("手で追加した訪問。半日は月間計画で決めます。")
    assert cost_lines(said)


def test_a_visit_added_too_near_to_others_says_so(office, caseworker, head):
    visit = visit_by_hand(office.household_id, month(1), VisitKind.PLANNED, 30)
    head = caseworker.visit_plans.save(next_change(head, visit))
    said = told(caseworker, head.plan_id, visit.visit_id)
    assert "守れなかった決まり: 前後の訪問に近すぎる。半日は" in said.words
    assert cost_lines(said) == ()


def test_where_nobody_can_go_no_price_is_told(office, caseworker, head):
    at = HalfDay(day=date(2024, 12, 7), half=Half.AM)
    visit = visit_by_hand(office.household_id, month(12), VisitKind.PLANNED, 30, at=at)
    assert at.day.isoweekday() == 6  # a Saturday
    head = caseworker.visit_plans.save(next_change(head, visit))
    said = told(caseworker, head.plan_id, visit.visit_id)
    assert "守れなかった決まり" in said.words
    assert cost_lines(said) == ()


def test_the_same_saving_once_more_stores_once(office, caseworker, head):
    visit = visit_by_hand(office.household_id, month(1), VisitKind.PLANNED, 30)
    given = next_change(head, visit)
    first = caseworker.visit_plans.save(given)
    assert caseworker.visit_plans.save(given).version == first.version


def test_after_the_approval_the_reason_is_told_instead_of_the_old_price(
    office, caseworker, supervisor
):
    head, visit = planned_and_approved(office, caseworker, supervisor)
    given = deviation(office, head, visit, month=month(3))
    caseworker.visit_plans.deviate(given)
    said = told(caseworker, head.plan_id, visit.visit_id)
    assert said.words.startswith("承認後に移した訪問（本人の都合）。")
    assert said.costs == {}
    more = deviation(office, head, visit, Deviation.ADDED, reason="need", minutes=30, shown=1)
    more = replace(more, visit_id=new_id())
    caseworker.visit_plans.deviate(more)
    assert told(caseworker, head.plan_id, more.visit_id).words.startswith("承認後に追加した訪問（")
