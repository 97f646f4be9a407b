"""What tests about acts of support share: an act, a request to Hello Work, a start of work."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from desktop.domain.activities import ActivityInput
from desktop.domain.employment_spells import (
    CheckInput,
    EndInput,
    JobContract,
    JobEndReason,
    JobOutcome,
    JobRoute,
    RetentionAnswer,
    SpellInput,
)
from desktop.domain.ids import new_id
from desktop.domain.referrals import (
    ReferralInput,
    ReferralMove,
    ReferralStepInput,
    ReferralWords,
)
from tests.support.factories import TODAY, days_ago

WORDS = ReferralWords(
    history="倉庫での軽作業3年（架空商事）",
    health_limits="主治医の意見では、重い物の持ち運びは避ける。",
    request="清掃・軽作業の求人の紹介と、応募書類の指導をお願いします。",
)


def an_act(household_id: UUID, person_id: UUID, /, **changes: Any) -> ActivityInput:
    """A telephone call of today."""
    values: dict[str, Any] = {
        "activity_id": new_id(),
        "person_id": person_id,
        "done_on": TODAY,
        "minutes": 10,
        "kind": "13",
        "memo": "求人票の見方を電話で説明した。",
        **changes,
    }
    return ActivityInput(household_id=household_id, **values)


def a_request(household_id: UUID, person_id: UUID, /, **changes: Any) -> ReferralInput:
    """A request to Hello Work, sent twenty days ago."""
    values: dict[str, Any] = {
        "referral_id": new_id(),
        "person_id": person_id,
        "number": "架空-12",
        "partner": "hw1",
        "asked_on": days_ago(20),
        "reply_by": days_ago(6),
        "consent_on": days_ago(21),
        "words": WORDS,
        **changes,
    }
    return ReferralInput(household_id=household_id, **values)


def a_reply(request: ReferralInput, **changes: Any) -> ReferralStepInput:
    """That Hello Work took it on."""
    values: dict[str, Any] = {
        "step_id": new_id(),
        "referral_id": request.referral_id,
        "move": ReferralMove.ACCEPTED,
        "on_day": days_ago(5),
        "until": TODAY.replace(year=TODAY.year + 1),
        "navigator": "架空 ナビ",
        **changes,
    }
    return ReferralStepInput(household_id=request.household_id, **values)


def a_job(household_id: UUID, person_id: UUID, /, **changes: Any) -> SpellInput:
    """Part-time work that began a hundred days ago."""
    values: dict[str, Any] = {
        "spell_id": new_id(),
        "person_id": person_id,
        "outcome": JobOutcome.PART_TIME,
        "started_on": days_ago(100),
        "contract": JobContract.PART_TIME,
        "route": JobRoute.HELLO_WORK,
        "hours": 20,
        "expected_wage": 90_000,
        "income_before": 0,
        "employer": "架空清掃株式会社",
        **changes,
    }
    return SpellInput(household_id=household_id, **values)


def a_check(job: SpellInput, months: int = 3, **changes: Any) -> CheckInput:
    """That somebody still works."""
    values: dict[str, Any] = {
        "check_id": new_id(),
        "spell_id": job.spell_id,
        "checked_on": TODAY,
        "answer": RetentionAnswer.WORKING,
        **changes,
    }
    return CheckInput(household_id=job.household_id, months=months, **values)


def an_end(job: SpellInput, **changes: Any) -> EndInput:
    """That the contract was over yesterday."""
    values: dict[str, Any] = {
        "end_id": new_id(),
        "ended_on": days_ago(1),
        "reason": JobEndReason.TERM_OVER,
        **changes,
    }
    return EndInput(spell_id=job.spell_id, household_id=job.household_id, **values)
