"""Plans of visits in the queue of what waits for a decision: on both databases."""

from __future__ import annotations

import pytest

from desktop.domain.approvals import ApprovalState, Decision, Move
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.visit_plan_views import MonthPlan, YearPlan
from desktop.domain.visit_plans import PlanException, PlanKind, PlanMove, PlanState
from tests.support.desk import also_supervises, small_office
from tests.support.visit_plans import (
    a_change,
    a_visit,
    do,
    month,
    next_change,
    two_visits,
)

M = PlanMove


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def submitted(office, caseworker):
    return do(
        caseworker, caseworker.visit_plans.save(a_change(office, *two_visits(office))), M.SUBMIT
    )


def decision(card, move=Move.APPROVE, text=""):
    subject = card.subject
    return Decision(
        approval_id=card.row.approval_id,
        move=move,
        root_version=subject.version,
        content_hash=subject.content_hash,
        text=text,
    )


def test_a_submitted_year_waits_for_the_supervisor_and_is_approved(office, supervisor, submitted):
    (row,) = supervisor.reviews.queue()
    assert (row.approval_id, row.subject_kind) == (submitted.plan_id, "visit_plan")
    assert row.kind_label == "年間訪問計画　令和6年度"
    assert (row.author, row.household_id, row.round) == (office.caseworker.name, None, 1)
    card = supervisor.reviews.card(row.approval_id)
    assert isinstance(card.subject.plan, YearPlan)
    assert set(card.allowed) == {Move.APPROVE, Move.RETURN}
    assert [(m.move, m.by) for m in card.history] == [(Move.SUBMIT, office.caseworker.name)]
    assert supervisor.reviews.decide(decision(card)) is ApprovalState.APPROVED
    assert supervisor.reviews.queue() == ()
    assert supervisor.visit_plans.plans()[0].state is PlanState.APPROVED


def test_what_came_back_says_so(office, caseworker, supervisor, submitted):
    card = supervisor.reviews.card(submitted.plan_id)
    with pytest.raises(ValidationError, match="理由"):
        supervisor.reviews.decide(decision(card, Move.RETURN))
    returned = supervisor.reviews.decide(decision(card, Move.RETURN, "2月が多すぎます。"))
    assert returned is ApprovalState.RETURNED
    do(caseworker, caseworker.visit_plans.plans()[0], M.SUBMIT)
    (row,) = supervisor.reviews.queue()
    assert row.round == 2
    history = supervisor.reviews.card(row.approval_id).history
    assert [(m.move, m.text) for m in history] == [
        (Move.SUBMIT, ""),
        (Move.RETURN, "2月が多すぎます。"),
        (Move.SUBMIT, ""),
    ]


def test_a_month_waits_beside_the_year(office, caseworker, supervisor, submitted):
    visit = a_visit(office.household_id, month(11), day=month(11).replace(day=6))
    change = a_change(office, visit, kind=PlanKind.MONTH, first_on=month(11))
    do(caseworker, caseworker.visit_plans.save(change), M.SUBMIT)
    _, row = supervisor.reviews.queue()
    assert row.kind_label == "月間訪問計画　令和6年11月"
    card = supervisor.reviews.card(row.approval_id)
    assert isinstance(card.subject.plan, MonthPlan)
    assert [x.visit.visit_id for x in card.subject.plan.lines if x.visit] == [visit.visit_id]
    (missing,) = card.subject.plan.difference.missing
    assert missing.month == month(11)
    assert [v.visit_id for v in card.subject.plan.difference.more] == [visit.visit_id]
    supervisor.reviews.decide(decision(card))
    assert len(supervisor.reviews.queue()) == 1


def test_the_words_of_an_exception_are_read_in_the_queue(office, caseworker, supervisor):
    words = PlanException(
        household_id=office.household_id, reason="danger", words="架空の理由による。"
    )
    change = a_change(office, a_visit(office.household_id, month(11)), exceptions=(words,))
    head = caseworker.visit_plans.save(change)
    do(caseworker, head, M.SUBMIT)
    card = supervisor.reviews.card(head.plan_id)
    (excepted,) = card.subject.plan.excepted
    assert excepted.exception_words == "架空の理由による。"


def test_a_head_gets_what_the_supervisor_had_a_hand_in(office, caseworker, supervisor, submitted):
    head = office.desk(office.head)
    assert head.reviews.queue() == ()
    back = do(caseworker, submitted, M.WITHDRAW)
    saved = supervisor.visit_plans.save(next_change(back, a_visit(office.household_id, month(12))))
    do(caseworker, saved, M.SUBMIT)
    assert supervisor.reviews.queue() == ()
    (row,) = head.reviews.queue()
    assert (
        head.reviews.decide(decision(head.reviews.card(row.approval_id))) is ApprovalState.APPROVED
    )


def test_nobody_decides_his_own(office, submitted):
    both = office.desk(also_supervises(office.work, office.caseworker, office.household_id))
    assert both.reviews.queue() == ()
    card = both.reviews.card(submitted.plan_id)
    assert card.allowed == ()
    with pytest.raises(NotPermittedError, match="作った人"):
        both.reviews.decide(decision(card))


def test_two_at_once_end_in_one_decision_and_a_sentence(office, caseworker, supervisor, submitted):
    card = supervisor.reviews.card(submitted.plan_id)
    do(caseworker, submitted, M.WITHDRAW)
    with pytest.raises(ConflictError):
        supervisor.reviews.decide(decision(card))
    assert supervisor.reviews.queue() == ()


def test_a_plan_is_not_held_circulated_or_instructed(supervisor, submitted):
    card = supervisor.reviews.card(submitted.plan_id)
    for move in (Move.HOLD, Move.CIRCULATE, Move.APPROVE_WITH_INSTRUCTION):
        with pytest.raises(NotPermittedError):
            supervisor.reviews.decide(decision(card, move, "言葉"))


@pytest.mark.parametrize("who", ["caseworker", "records", "outsider"])
def test_without_a_position_there_is_no_queue(office, submitted, who):
    with pytest.raises(NotPermittedError):
        office.desk(getattr(office, who)).reviews.queue()
