"""Why a household is on the list of reviews, and what stands beside it, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.ids import new_id
from desktop.domain.policy_duties import DutyKind, Outcome, ResultInput
from desktop.domain.policy_events import EventSource, Impact
from desktop.domain.support_policies import (
    ExplanationInput,
    NoReviewInput,
    PolicyKind,
    Understanding,
)
from desktop.models.ledger import TakeOver
from desktop.services.policy_review import PolicyReviewService
from desktop.services.support_policies.checks import words_of
from tests.services.policy_events.test_policy_events import recorded as answered
from tests.support.desk import later, small_office
from tests.support.factories import CLOCK, TODAY, add, days_ago
from tests.support.policies import written
from tests.support.policy_review import A_YEAR_LATER, approved, more_households

P01_DAYS = timedelta(days=90)


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def policy_id(office):
    """The policy approved on the day of the tests."""
    desk = office.desk(office.caseworker)
    return approved(office, written(desk, office.household_id))


def reviews(office, clock=A_YEAR_LATER):
    desk = office.desk(office.caseworker, clock)
    return PolicyReviewService(desk.work, clock, desk.staff, desk.records.reading)


def line_of(office, clock=A_YEAR_LATER):
    return next(x for x in reviews(office, clock).due() if x.household_id == office.household_id)


def test_a_household_without_any_policy_is_listed_from_its_start(office):
    line = line_of(office, CLOCK)
    assert (line.is_missing, line.policy_id, line.begins_as) == (True, None, PolicyKind.NEW)
    assert line.protected_since is not None
    assert line.due_on == line.protected_since + P01_DAYS
    with office.work() as session:
        row = TakeOver(
            office_id=office.caseworker.office_id,
            household_id=office.household_id,
            taken_over_on=days_ago(30),
        )
        add(session, row)
    line = line_of(office, CLOCK)
    assert (line.protected_since, line.due_on) == (days_ago(30), days_ago(30) + P01_DAYS)


def test_an_event_sets_the_day_until_it_is_answered(office, policy_id):
    clock = later(CLOCK, days=20)
    desk = office.desk(office.caseworker, clock)
    yearly = line_of(office, clock)
    assert (yearly.event, yearly.begins_as) == (None, None)
    answered(desk, office, Impact.SOME)
    line = line_of(office, clock)
    assert line.event is not None
    assert line.event.source is EventSource.IMPACT
    assert line.due_on == line.event.due_on < yearly.due_on
    assert line.begins_as is PolicyKind.EVENT
    desk.policies.answer_no_review(
        NoReviewInput(
            household_id=office.household_id,
            happened_on=line.event.happened_on,
            event=line.event.label,
            reason="支援の内容は変わらない。",
        )
    )
    line = line_of(office, clock)
    assert (line.events, line.due_on) == ((), yearly.due_on)
    answers = reviews(office, clock).case(office.household_id).answers
    assert answers is not None
    assert [one.reason for one in answers.no_reviews] == ["支援の内容は変わらない。"]


def test_an_event_after_the_yearly_day_does_not_put_it_off(office, policy_id):
    answered(office.desk(office.caseworker, A_YEAR_LATER), office, Impact.SOME)
    line = line_of(office)
    assert len(line.events) == 1
    assert line.event is None
    assert (line.due_on - TODAY).days == 365


def test_a_repeated_policy_says_since_when_it_is_the_same(office, policy_id):
    assert line_of(office).same_since is None
    desk = office.desk(office.caseworker, A_YEAR_LATER)
    again = desk.policies.blank(office.household_id)
    assert words_of(again)
    approved(office, replace(again, evaluation="続いた。"), days=358)
    two_years = later(CLOCK, days=720)
    assert line_of(office, two_years).same_since == TODAY
    desk = office.desk(office.caseworker, two_years)
    first, *rest = desk.policies.blank(office.household_id).issues
    text = "大家から騒音の苦情があり、近所との行き来が絶えて孤立が深まっている"
    fact = "民生委員が週に一度たずねているが、戸を開けない日が続いている。"
    given = replace(
        desk.policies.blank(office.household_id),
        situation="長男が戻り、二人で暮らし始めた。家計は長男が管理する。",
        evaluation="大きく変わった。",
        issues=(replace(first, text=text, fact=fact, goals=(), cause="転居"), *rest),
    )
    approved(office, given, days=720)
    assert line_of(office, two_years).same_since is None


def test_a_policy_that_nobody_renewed_for_two_years_counts_too(office, policy_id):
    assert line_of(office, later(CLOCK, days=700)).same_since is None
    assert line_of(office, later(CLOCK, days=731)).same_since == TODAY


def test_explanations_and_results_since_the_approval_stand_beside(office, policy_id):
    desk = office.desk(office.caseworker)
    duty = next(d for d in desk.duties.duties(office.household_id) if d.kind is DutyKind.ACTION)
    case = reviews(office).case(office.household_id)
    assert case.answers is not None
    assert (case.answers.explanations, case.results) == ((), {})
    desk.duties.note(
        ResultInput(
            result_id=new_id(),
            duty_id=duty.duty_id,
            outcome=Outcome.PARTLY,
            happened_on=TODAY,
            text="残薬は3日分だった。",
        )
    )
    desk.policies.explain(
        ExplanationInput(
            policy_id=policy_id,
            explained_on=TODAY,
            to_whom="本人",
            place="居宅",
            understanding=Understanding.UNDERSTOOD,
            said="",
        )
    )
    case = reviews(office).case(office.household_id)
    assert case.answers is not None
    assert [one.to_whom for one in case.answers.explanations] == ["本人"]
    assert [r.text for r in case.results[duty.line_id]] == ["残薬は3日分だった。"]
    begun = office.desk(office.caseworker, A_YEAR_LATER).policies.blank(office.household_id)
    assert "残薬は3日分だった。" in "\n".join(issue.result for issue in begun.issues)


def test_what_was_noted_for_the_policy_before_is_no_result_of_this_one(office, policy_id):
    desk = office.desk(office.caseworker)
    duty = next(d for d in desk.duties.duties(office.household_id) if d.kind is DutyKind.ACTION)
    desk.duties.note(
        ResultInput(
            result_id=new_id(),
            duty_id=duty.duty_id,
            outcome=Outcome.DONE,
            happened_on=TODAY,
            text="数えた。",
        )
    )
    again = office.desk(office.caseworker, A_YEAR_LATER).policies.blank(office.household_id)
    approved(office, replace(again, evaluation="続いた。"), days=358)
    clock = later(CLOCK, days=720)
    assert reviews(office, clock).case(office.household_id).results == {}


def test_the_line_of_another_district_is_not_listed(office):
    [other] = more_households(office, 1)
    desk = office.desk(office.outsider, CLOCK)
    service = PolicyReviewService(desk.work, CLOCK, desk.staff, desk.records.reading)
    assert other not in {line.household_id for line in service.due()}
