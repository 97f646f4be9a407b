"""What storing one step of guidance takes at psql, statement by statement."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from desktop.domain.guidance import Step
from desktop.domain.guidance_forms import StepInput
from desktop.domain.ids import new_id
from desktop.domain.office import SignedInStaff
from tests.support.guidance import Walk

STEP = (
    "INSERT INTO guidance_step (id, office_id, household_id, case_id, number, kind, happened_on, further_on, outcome, matter_id,"
    " of_step, item, second_id, noted_by, noted_at) VALUES (%(id)s, %(office)s, %(household)s, %(case)s, 99, %(kind)s, %(on)s,"
    " %(further)s, %(outcome)s, %(matter)s, %(of)s, %(item)s, %(second)s, %(by)s, now())"
)
TEXT = (
    "INSERT INTO guidance_step_text (step_id, office_id, household_id, words)"
    " VALUES (%(id)s, %(office)s, %(household)s, %(words)s)"
)
ITEM = (
    "INSERT INTO instruction_item (step_id, number, office_id, household_id, action, due_on, measure)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s)"
)
CHECKED = (
    "INSERT INTO item_check (step_id, number, letter_id, office_id, household_id, result)"
    " VALUES (%s, %s, %s, %s, %s, %s)"
)
GROUND = (
    "INSERT INTO disposition_ground (step_id, number, letter_id, office_id, household_id)"
    " VALUES (%s, %s, %s, %s, %s)"
)


def statements(
    walk: Walk, given: StepInput, staff: SignedInStaff, **changes: object
) -> Iterator[tuple[str, Any]]:
    """What storing the step takes, statement by statement."""
    office, household = staff.office_id, given.household_id
    letter = walk.case().newest(Step.LETTER)
    letter_id = letter.step_id if letter else new_id()
    row = {
        "id": given.step_id,
        "office": office,
        "household": household,
        "case": given.case_id,
        "kind": given.kind.value,
        "on": given.happened_on,
        "further": given.further_on,
        "outcome": given.outcome,
        "matter": given.matter_id,
        "of": given.of_step,
        "item": given.item,
        "second": given.second_id,
        "by": staff.staff_id,
        "words": json.dumps(dict(given.words)),
    } | changes
    yield STEP, row
    yield TEXT, row
    owner = (office, household)
    for item in given.items:
        what = (item.action, item.due_on, item.measure)
        yield ITEM, (given.step_id, item.number, *owner, *what)
    for each in given.results:
        yield CHECKED, (given.step_id, each.number, letter_id, *owner, each.result.value)
    for number in given.grounds:
        yield GROUND, (given.step_id, number, letter_id, office, household)
