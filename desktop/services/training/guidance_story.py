"""One guidance case of the training office: facts, encouragement, an oral instruction and the day of the next check. No letter, no sanction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from desktop.domain.guidance import GuidanceSubject, Step
from desktop.domain.guidance_forms import StepInput
from desktop.models.guidance import GuidanceCaseRecord
from desktop.services.guidance import loading
from desktop.services.guidance.writing import store_step
from desktop.services.training.support_cast import Telling, instant

_NOTED = (16, 40)


def tell_guidance(telling: Telling, told: Mapping[str, Any]) -> None:
    """Write it, one step after another, by the caseworker."""
    who = telling.cast.get(told["rule"])
    if who is None:
        return
    opened, case_id = telling.day(told["steps"][0]["days"]), telling.new_id()
    telling.add(
        GuidanceCaseRecord(
            id=case_id,
            person_id=who.person_id,
            subject=GuidanceSubject(told["subject"]),
            opened_by=who.caseworker_id,
            opened_at=instant(opened, *_NOTED),
            **telling.owner(who),
        )
    )
    for line in told["steps"]:
        day = telling.day(line["days"])
        given = StepInput(
            step_id=telling.new_id(),
            case_id=case_id,
            household_id=who.household_id,
            kind=Step(line["kind"]),
            happened_on=day,
            further_on=telling.today + timedelta(days=line["next"]) if "next" in line else None,
            words=line["words"],
        )
        (case,) = loading.cases(telling.session, telling.office_id, who.household_id, case_id)
        author = telling.signed_in(who.caseworker_id)
        store_step(telling.session, given, case, author, instant(day, *_NOTED))
