"""E08 to E11: letters without oral guidance, dispositions without the letter's items or a hearing, guidance without evaluation."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.domain.guidance import GuidanceSubject, Outcome, Step
from desktop.models.guidance import GuidanceCaseRecord, GuidanceStepRecord
from desktop.models.households import Member
from tests.support.factories import CLOCK, TODAY, add

S, O = Step, Outcome  # noqa: E741 - codes of the table below
WHOLE = [
    *((S.PROBLEM, None), (S.ORAL, None), (S.REVIEW, O.CONTINUE), (S.PLAN_WRITTEN, O.AGREED)),
    *((S.LETTER, None), (S.LETTER_DECISION, O.APPROVED), (S.LETTER_DELIVERY, O.HANDED)),
    *((S.CHECK, O.VIOLATED), (S.NOTICE, None), (S.NOTICE_DELIVERY, O.CERTIFIED)),
    *((S.HEARING, O.ABSENT), (S.DISPOSITION, O.SUSPEND), (S.DISPOSITION_FINAL, O.APPROVED)),
]


def guided(watched, steps, days=10):
    """A case with these steps, as a restored database might hold it; the last so many days ago."""
    household = watched.household()
    with watched.session.no_autoflush:
        person = watched.session.query(Member).filter_by(household_id=household.id).first()
    owner = {"office_id": watched.office.id, "household_id": household.id}
    case = add(
        watched.session,
        GuidanceCaseRecord(
            person_id=person.person_id,
            subject=GuidanceSubject.WORK,
            opened_by=watched.caseworker.id,
            opened_at=CLOCK.now(),
            **owner,
        ),
    )
    for number, (kind, outcome) in enumerate(steps, start=1):
        add(
            watched.session,
            GuidanceStepRecord(
                case_id=case.id,
                number=number,
                kind=kind,
                outcome=outcome,
                happened_on=TODAY - timedelta(days=days + len(steps) - number),
                noted_by=watched.caseworker.id,
                noted_at=CLOCK.now(),
                **owner,
            ),
        )
    return household


def without(*kinds):
    return [step for step in WHOLE if step[0] not in kinds]


def test_a_whole_case_asks_nothing(watched):
    guided(watched, WHOLE)
    for rule in ("E08", "E09", "E10", "E11"):
        assert watched.found(rule) == []


@pytest.mark.parametrize(
    ("rule", "gone"),
    [
        ("E08", S.ORAL),
        ("E08", S.PLAN_WRITTEN),
        ("E09", S.CHECK),
        ("E09", S.LETTER_DELIVERY),
        ("E10", S.NOTICE_DELIVERY),
        ("E10", S.HEARING),
    ],
)
def test_what_came_without_what_stands_before_it_is_asked_about(watched, rule, gone):
    household = guided(watched, without(gone))
    assert [found.household_id for found in watched.found(rule)] == [household.id]


def test_guidance_without_evaluation_is_asked_about_until_it_ends(watched):
    old = [(S.PROBLEM, None), (S.ORAL, None)]
    household = guided(watched, old, days=200)
    guided(watched, old, days=100)
    guided(watched, [*old, (S.CLOSE, O.NOT_NEEDED)], days=200)
    assert [found.household_id for found in watched.found("E11")] == [household.id]
