"""S01 to S03: requests without an answer, retention nobody asked about, next steps that are overdue."""

from __future__ import annotations

import pytest

from desktop.domain.activities import ActivityResult
from desktop.domain.employment_spells import (
    JobContract,
    JobEndReason,
    JobOutcome,
    JobRoute,
    RetentionAnswer,
)
from desktop.domain.ids import new_id
from desktop.domain.records import Place
from desktop.domain.referrals import ReferralMove
from desktop.domain.todos import TodoOrigin, TodoState
from desktop.models.activities import ActivityRecord
from desktop.models.employment_spells import (
    EmploymentCheckRecord,
    EmploymentEndRecord,
    EmploymentSpellRecord,
)
from desktop.models.households import Member
from desktop.models.referrals import ReferralRecord, ReferralStepRecord
from desktop.models.todos import Todo
from tests.support.factories import CLOCK, add, days_ago


def of_person(watched, household):
    """The columns that all of these share."""
    with watched.session.no_autoflush:
        person = watched.session.query(Member).filter_by(household_id=household.id).first()
    return {
        "id": new_id(),
        "office_id": watched.office.id,
        "household_id": household.id,
        "person_id": person.person_id,
        "made_by": watched.caseworker.id,
        "made_at": CLOCK.now(),
    }


def asked(watched, household, reply_days):
    row = ReferralRecord(
        **of_person(watched, household),
        partner="hw1",
        asked_on=days_ago(30),
        reply_by=days_ago(reply_days),
        consent_on=days_ago(30),
    )
    return add(watched.session, row)


def act(watched, household, due_days, **changes):
    row = ActivityRecord(
        **of_person(watched, household),
        done_on=days_ago(30),
        minutes=10,
        kind="13",
        place=Place.NONE,
        result=ActivityResult.DONE,
        next_due_on=days_ago(due_days),
        staff_id=watched.caseworker.id,
        **changes,
    )
    return add(watched.session, row)


def job(watched, household, days):
    row = EmploymentSpellRecord(
        **of_person(watched, household),
        outcome=JobOutcome.PART_TIME,
        started_on=days_ago(days),
        contract=JobContract.PART_TIME,
        route=JobRoute.ALONE,
    )
    return add(watched.session, row)


def noted(spell):
    return {
        "id": new_id(),
        "office_id": spell.office_id,
        "household_id": spell.household_id,
        "spell_id": spell.id,
        "noted_by": spell.made_by,
        "noted_at": CLOCK.now(),
    }


@pytest.mark.parametrize(("days", "found"), [(1, 1), (0, 0)])
def test_a_request_without_an_answer_is_asked_about(watched, days, found):
    asked(watched, watched.household(), days)
    findings = watched.found("S01")
    assert [finding.days for finding in findings] == [days] * found
    assert all("支援要請" in finding.reason for finding in findings)


def test_an_answered_request_is_not(watched):
    request = asked(watched, watched.household(), 5)
    add(
        watched.session,
        ReferralStepRecord(
            id=new_id(),
            office_id=request.office_id,
            household_id=request.household_id,
            referral_id=request.id,
            move=ReferralMove.DECLINED,
            on_day=days_ago(4),
            noted_by=request.made_by,
            noted_at=CLOCK.now(),
        ),
    )
    assert watched.found("S01") == []


def test_retention_nobody_asked_about(watched):
    job(watched, watched.household(), 30)
    spell = job(watched, watched.household(), 110)
    (finding,) = watched.found("S02")
    assert finding.household_id == spell.household_id
    assert "1か月" in finding.reason


def test_an_answer_and_an_end_silence_it(watched):
    spell = job(watched, watched.household(), 60)
    answer = RetentionAnswer.UNKNOWN
    check = {"months": 1, "checked_on": days_ago(1), "answer": answer}
    add(watched.session, EmploymentCheckRecord(**noted(spell), **check))
    ended = job(watched, watched.household(), 60)
    end = {"ended_on": days_ago(40), "reason": JobEndReason.HEALTH}
    add(watched.session, EmploymentEndRecord(**noted(ended), **end))
    assert watched.found("S02") == []


@pytest.mark.parametrize(("days", "found"), [(4, 1), (3, 0)])
def test_an_overdue_next_step_is_asked_about(watched, days, found):
    act(watched, watched.household(), days)
    assert [finding.days for finding in watched.found("S03")] == [days] * found


def test_a_closed_todo_and_a_correction_silence_it(watched):
    closed = act(watched, watched.household(), 10)
    add(
        watched.session,
        Todo(
            id=new_id(),
            office_id=closed.office_id,
            owner_id=closed.staff_id,
            household_id=closed.household_id,
            origin=TodoOrigin.ASSIGNED,
            origin_id=closed.id,
            state=TodoState.DONE,
            created_by=closed.staff_id,
            created_at=CLOCK.now(),
        ),
    )
    household = watched.household()
    wrong = act(watched, household, 10)
    act(watched, household, 10, replaces_id=wrong.id, is_void=True)
    assert watched.found("S03") == []
