"""Yearly plans from the draft to the approval: on both databases, as the people of the office."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.households import ResidenceKind
from desktop.domain.ids import new_id
from desktop.domain.visit_plans import (
    PlanException,
    PlanKind,
    PlanMove,
    PlanState,
    WhyVersion,
)
from tests.support.desk import also_supervises, small_office
from tests.support.factories import LONG_AGO, TODAY
from tests.support.visit_plans import (
    a_change,
    a_visit,
    do,
    lives_in,
    month,
    next_change,
    one_more_household,
    two_visits,
    visited,
)

M, S = PlanMove, PlanState


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def draft(office, caseworker):
    return caseworker.visit_plans.save(a_change(office, *two_visits(office)))


@pytest.fixture
def submitted(caseworker, draft):
    return do(caseworker, draft, M.SUBMIT)


def test_a_draft_is_kept_with_its_visits(office, caseworker, draft):
    plan = caseworker.visit_plans.year(draft.plan_id)
    assert (plan.head.state, plan.version) == (S.DRAFT, 1)
    assert plan.head.caseworker == office.caseworker.name
    (line,) = plan.households
    assert [cell.signs for cell in line.cells] == [
        *("", "", "", "", "", "", "", "○"),
        *("", "", "○", ""),
    ]
    assert (line.planned, line.required, line.is_short) == (2, 2, False)
    assert plan.moves == (M.SUBMIT,)
    assert plan.may_edit
    assert [h.plan_id for h in caseworker.visit_plans.plans()] == [draft.plan_id]


def test_the_way_to_the_approval(office, caseworker, supervisor, submitted):
    shown = supervisor.visit_plans.year(submitted.plan_id)
    assert shown.moves == (M.RETURN, M.APPROVE)
    approved = do(supervisor, shown, M.APPROVE)
    assert (approved.state, approved.decided_by) == (S.APPROVED, office.supervisor.name)
    plan = caseworker.visit_plans.year(submitted.plan_id)
    assert [(s.state, s.position, s.by) for s in plan.steps] == [
        (S.SUBMITTED, "", office.caseworker.name),
        (S.APPROVED, "査察指導員", office.supervisor.name),
    ]
    assert plan.is_approved_version
    assert not plan.may_edit
    assert plan.may_deviate
    with pytest.raises(ConflictError, match="承認"):
        caseworker.visit_plans.save(next_change(approved, *two_visits(office)))


def test_who_saved_a_version_cannot_decide(office, caseworker, supervisor, draft):
    head = supervisor.visit_plans.save(next_change(draft, a_visit(office.household_id, month(12))))
    head = do(caseworker, head, M.SUBMIT)
    assert supervisor.visit_plans.year(head.plan_id).moves == (M.WITHDRAW,)
    with pytest.raises(NotPermittedError, match="作った人"):
        do(supervisor, head, M.APPROVE)
    assert do(office.desk(office.head), head, M.APPROVE).state is S.APPROVED


def test_who_is_both_decides_nothing_of_his_own(office, submitted):
    both = also_supervises(office.work, office.caseworker, office.household_id)
    with pytest.raises(NotPermittedError, match="作った人"):
        do(office.desk(both), submitted, M.APPROVE)


@pytest.mark.parametrize("who", ["caseworker", "records", "outsider"])
def test_without_a_position_nobody_decides(office, submitted, who):
    with pytest.raises(NotPermittedError):
        do(office.desk(getattr(office, who)), submitted, M.APPROVE)


def test_a_returned_plan_says_why_and_is_handed_in_again(office, caseworker, supervisor, submitted):
    with pytest.raises(ValidationError, match="理由"):
        do(supervisor, submitted, M.RETURN)
    do(supervisor, submitted, M.RETURN, "5月が多すぎます。")
    plan = caseworker.visit_plans.year(submitted.plan_id)
    assert (plan.head.state, plan.steps[-1].words) == (S.RETURNED, "5月が多すぎます。")
    head = caseworker.visit_plans.save(
        next_change(plan.head, a_visit(office.household_id, month(1)))
    )
    assert head.state is S.RETURNED
    assert do(caseworker, head, M.SUBMIT).state is S.SUBMITTED


def test_a_plan_is_taken_back(caseworker, submitted):
    assert do(caseworker, submitted, M.WITHDRAW).state is S.DRAFT


def test_what_was_not_displayed_is_not_approved(office, caseworker, supervisor, draft):
    stale = do(caseworker, draft, M.SUBMIT)
    back = do(caseworker, stale, M.WITHDRAW)
    changed = caseworker.visit_plans.save(next_change(back, a_visit(office.household_id, month(1))))
    do(caseworker, changed, M.SUBMIT)
    with pytest.raises(ConflictError, match="先に変えました"):
        do(supervisor, stale, M.APPROVE)
    forged = replace(stale, version=changed.version)
    with pytest.raises(ConflictError, match="もう一度開いて"):
        do(supervisor, forged, M.APPROVE)


def test_a_retry_stores_once(office, caseworker):
    given = a_change(office, *two_visits(office))
    first, again = caseworker.visit_plans.save(given), caseworker.visit_plans.save(given)
    assert (first.version, first.content_hash) == (again.version, again.content_hash)


def test_one_plan_a_district_and_year(office, caseworker, draft):
    with pytest.raises(ConflictError, match="もうあります"):
        caseworker.visit_plans.save(a_change(office, *two_visits(office)))


def test_every_version_stays_readable(office, caseworker, draft):
    plan = caseworker.visit_plans.year(draft.plan_id)
    first = plan.households[0].cells[7].outcomes[0].standing.visit
    moved = caseworker.visit_plans.save(next_change(draft, replace(first, month=month(12))))
    now = caseworker.visit_plans.year(draft.plan_id)
    assert [c.signs for c in now.households[0].cells[6:10]] == ["", "", "○", ""]
    before = caseworker.visit_plans.year(draft.plan_id, version=1)
    assert [c.signs for c in before.households[0].cells[6:10]] == ["", "○", "", ""]
    assert (moved.version, before.version, before.may_edit) == (2, 1, False)
    removed = caseworker.visit_plans.save(next_change(moved, removed=(first.visit_id,)))
    assert caseworker.visit_plans.year(draft.plan_id).households[0].planned == 1
    assert removed.version == 3


def test_a_plan_under_the_floor_is_not_handed_in(office, caseworker):
    head = caseworker.visit_plans.save(a_change(office, a_visit(office.household_id, month(11))))
    plan = caseworker.visit_plans.year(head.plan_id)
    assert [h.household_id for h in plan.short] == [office.household_id]
    with pytest.raises(ValidationError, match="法定の訪問回数"):
        do(caseworker, head, M.SUBMIT)


def test_a_plan_made_late_promises_nothing_for_months_that_are_over(office, caseworker):
    past = a_visit(office.household_id, month(6)), a_visit(office.household_id, month(8))
    head = caseworker.visit_plans.save(a_change(office, *past))
    with pytest.raises(ValidationError, match="法定の訪問回数"):
        do(caseworker, head, M.SUBMIT)


def test_what_was_made_before_the_plan_counts(office, caseworker):
    head = caseworker.visit_plans.save(a_change(office, a_visit(office.household_id, month(11))))
    with pytest.raises(ValidationError, match="法定の訪問回数"):
        do(caseworker, head, M.SUBMIT)
    visited(office, month(6))
    assert do(caseworker, head, M.SUBMIT).state is S.SUBMITTED


def test_an_unplanned_visit_does_not_count(office, caseworker):
    may = a_visit(office.household_id, month(11))
    missed = a_visit(office.household_id, None, is_statutory=True)
    head = caseworker.visit_plans.save(a_change(office, may, missed))
    plan = caseworker.visit_plans.year(head.plan_id)
    assert [(h.household_id, v.unplanned) for h, v in plan.unplanned] == [
        (office.household_id, "full")
    ]
    with pytest.raises(ValidationError, match="法定の訪問回数"):
        do(caseworker, head, M.SUBMIT)


def test_a_household_that_the_plan_forgot_is_short(office, caseworker, draft):
    forgotten = one_more_household(office.work, office.household_id)
    with pytest.raises(ValidationError, match="法定の訪問回数"):
        do(caseworker, draft, M.SUBMIT)
    assert [h.household_id for h in caseworker.visit_plans.year(draft.plan_id).short] == [forgotten]


@pytest.mark.parametrize(
    ("since", "kind", "required"),
    [
        (LONG_AGO, None, 2),
        (date(2024, 9, 1), None, 2),
        (TODAY, None, 1),
        (LONG_AGO, ResidenceKind.HOSPITAL, 1),
        (LONG_AGO, ResidenceKind.FACILITY, 1),
    ],
    ids=str,
)
def test_the_floor_follows_the_place_and_the_part_of_the_year(
    office, caseworker, since, kind, required
):
    other = one_more_household(office.work, office.household_id, since=since)
    if kind is not None:
        lives_in(office, other, kind)
    given = a_change(office, *two_visits(office))
    head = caseworker.visit_plans.save(given)
    lines = {h.household_id: h for h in caseworker.visit_plans.year(head.plan_id).households}
    assert lines[other].required == required
    for number in range(required):
        with pytest.raises(ValidationError, match="法定の訪問回数"):
            do(caseworker, head, M.SUBMIT)
        visit = a_visit(other, month((11, 2)[number]))
        head = caseworker.visit_plans.save(next_change(head, visit))
    assert do(caseworker, head, M.SUBMIT).state is S.SUBMITTED


def test_an_exception_needs_its_code_and_words(office, caseworker, supervisor):
    head = caseworker.visit_plans.save(a_change(office, a_visit(office.household_id, month(11))))

    def excepted(reason: str, words: str):
        exception = PlanException(household_id=office.household_id, reason=reason, words=words)
        return next_change(head, exceptions=(exception,))

    with pytest.raises(ValidationError, match="一覧から"):
        caseworker.visit_plans.save(excepted("nothing", "理由"))
    with pytest.raises(ValidationError, match="理由を入力"):
        caseworker.visit_plans.save(excepted("programme", "　"))
    head = caseworker.visit_plans.save(excepted("programme", "専門職が毎月訪問している。"))
    head = do(caseworker, head, M.SUBMIT)
    plan = supervisor.visit_plans.year(head.plan_id)
    assert [h.exception_label for h in plan.excepted] == ["個別支援プログラムによる訪問"]
    assert do(supervisor, plan, M.APPROVE).state is S.APPROVED


def test_an_exception_leaves_what_its_row_says(office, caseworker):
    exception = PlanException(household_id=office.household_id, reason="programme", words="見本")
    missed = a_visit(office.household_id, None)
    head = caseworker.visit_plans.save(a_change(office, missed, exceptions=(exception,)))
    with pytest.raises(ValidationError, match="法定の訪問回数"):
        do(caseworker, head, M.SUBMIT)


def test_an_exception_can_be_lifted(office, caseworker):
    exception = PlanException(household_id=office.household_id, reason="programme", words="見本")
    may = a_visit(office.household_id, month(11))
    head = caseworker.visit_plans.save(a_change(office, may, exceptions=(exception,)))
    lifted = replace(exception, reason="")
    head = caseworker.visit_plans.save(next_change(head, exceptions=(lifted,)))
    assert caseworker.visit_plans.year(head.plan_id).excepted == ()


@pytest.mark.parametrize("who", ["head", "records", "outsider"])
def test_only_the_district_plans(office, who):
    with pytest.raises(NotPermittedError):
        office.desk(getattr(office, who)).visit_plans.save(a_change(office, *two_visits(office)))


def test_another_team_does_not_see_a_plan(office, draft):
    outsider = office.desk(office.outsider)
    assert outsider.visit_plans.plans() == ()
    with pytest.raises(NotPermittedError, match="見つからない"):
        outsider.visit_plans.year(draft.plan_id)


@pytest.mark.parametrize(
    "given",
    [
        {"month": month(4, 2025)},
        {"month": month(11), "minutes": 0},
        {"month": month(11), "unplanned": "full"},
        {"month": month(11), "place": 1},
        {"month": month(11), "day": month(12)},
        {"month": month(11), "rule": "Grade!"},
        {"month": month(11), "purposes": ("a b",)},
    ],
    ids=str,
)
def test_a_visit_that_does_not_fit_is_refused(office, caseworker, given):
    visit = replace(a_visit(office.household_id, month(11)), **given)
    with pytest.raises(ValidationError, match="合わないもの"):
        caseworker.visit_plans.save(a_change(office, visit))


@pytest.mark.parametrize(
    ("kind", "first_on"), [(PlanKind.YEAR, month(11)), (PlanKind.MONTH, month(11).replace(day=2))]
)
def test_a_plan_begins_on_the_first_day(office, caseworker, kind, first_on):
    with pytest.raises(ValidationError, match="4月1日"):
        caseworker.visit_plans.save(a_change(office, kind=kind, first_on=first_on))


def test_a_month_has_a_plan_of_its_own(office, caseworker, supervisor):
    visit = a_visit(office.household_id, month(10), day=month(10).replace(day=8))
    given = a_change(office, visit, kind=PlanKind.MONTH, first_on=month(10))
    head = do(caseworker, caseworker.visit_plans.save(given), M.SUBMIT)
    assert do(supervisor, head, M.APPROVE).kind is PlanKind.MONTH


def test_a_saving_has_a_name_of_its_own(office, caseworker, draft):
    given = next_change(draft, a_visit(office.household_id, month(12)), why=WhyVersion.REPLANNED)
    head = caseworker.visit_plans.save(given)
    with pytest.raises(ConflictError, match="先に変えました"):
        caseworker.visit_plans.save(replace(given, save_id=new_id()))
    assert caseworker.visit_plans.save(given).version == head.version
