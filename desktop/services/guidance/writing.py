"""Storing one step with its words, items, results and grounds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.domain.guidance import Step
from desktop.domain.guidance_forms import WORDS, GuidanceCase, StepInput
from desktop.domain.office import SignedInStaff
from desktop.models.base import Base
from desktop.models.guidance import (
    DispositionGroundRecord,
    GuidanceStepRecord,
    GuidanceStepText,
    InstructionItemRecord,
    ItemCheckRecord,
)


class _Owner(TypedDict):
    """Whose a row is."""

    office_id: UUID
    household_id: UUID


def store_step(
    session: Session,
    given: StepInput,
    case: GuidanceCase,
    staff: SignedInStaff,
    at: datetime,
) -> None:
    """Store what was judged."""
    owner = _Owner(office_id=staff.office_id, household_id=given.household_id)
    session.add(
        GuidanceStepRecord(
            id=given.step_id,
            case_id=given.case_id,
            number=len(case.steps) + 1,
            kind=given.kind,
            happened_on=given.happened_on,
            further_on=given.further_on,
            outcome=given.outcome,
            matter_id=given.matter_id,
            of_step=given.of_step,
            item=given.item,
            second_id=given.second_id,
            noted_by=staff.staff_id,
            noted_at=at,
            **owner,
        )
    )
    session.flush()
    known = [word.key for word in WORDS.get(given.kind, ())]
    words = {key: given.words.get(key, "") for key in known}
    session.add(GuidanceStepText(step_id=given.step_id, words=words, **owner))
    session.add_all(_parts(given, case, owner))
    session.flush()


def _parts(given: StepInput, case: GuidanceCase, owner: _Owner) -> Iterator[Base]:
    if given.kind is Step.LETTER:
        for item in given.items:
            yield InstructionItemRecord(
                step_id=given.step_id,
                number=item.number,
                action=item.action.strip(),
                due_on=item.due_on,
                measure=item.measure.strip(),
                **owner,
            )
    letter = case.newest(Step.LETTER)
    if letter is None:
        return
    if given.kind is Step.CHECK:
        for each in given.results:
            yield ItemCheckRecord(
                step_id=given.step_id,
                number=each.number,
                letter_id=letter.step_id,
                result=each.result,
                **owner,
            )
    if given.kind is Step.DISPOSITION:
        for number in given.grounds:
            yield DispositionGroundRecord(
                step_id=given.step_id, number=number, letter_id=letter.step_id, **owner
            )
