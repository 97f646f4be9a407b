"""What an assessment asks for, by what stands; and the day on which somebody is looked at again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from desktop.domain.ids import new_id
from desktop.domain.support_group_lists import RegisterRow, Standing, Why, why
from desktop.domain.support_groups import DecidedBy, SupportGroup

G2, G3, G4 = SupportGroup.WITH_HELP, SupportGroup.ALONE, SupportGroup.DAILY_LIFE
NEWEST, OLDER = new_id(), new_id()
TODAY = date(2024, 10, 1)


def standing(**changes):
    values: dict[str, Any] = {
        "assessment_id": OLDER,
        "group": G2,
        "proposed": G2,
        "how": DecidedBy.CONFERENCE,
    }
    return Standing(**(values | changes))


@pytest.mark.parametrize(
    ("proposed", "stands", "asked"),
    [
        (G2, None, Why.FIRST),
        (G2, standing(), Why.UNCHANGED),
        (G2, standing(how=DecidedBy.SUPERVISOR), Why.UNCHANGED),
        (G4, standing(), Why.CHANGE),
        (G2, standing(group=G3), Why.OVERRIDDEN),
        (G3, standing(group=G3), Why.UNCHANGED),
        (G4, standing(group=G3), Why.CHANGE),
        (G2, standing(assessment_id=NEWEST), None),
        (G2, standing(assessment_id=NEWEST, group=G3), None),
        (G2, standing(how=DecidedBy.PROVISIONAL), Why.PROVISIONAL),
        (G2, standing(how=DecidedBy.PROVISIONAL, assessment_id=NEWEST), Why.PROVISIONAL),
    ],
)
def test_what_the_newest_assessment_asks_for(proposed, stands, asked):
    assert why(NEWEST, proposed, stands) is asked


@pytest.mark.parametrize(
    ("review", "expires", "due", "overdue"),
    [(0, None, 0, False), (-1, None, -1, True), (90, 60, 60, False), (30, 60, 30, False)],
)
def test_a_provisional_group_is_looked_at_before_it_ends(review, expires, due, overdue):
    row = RegisterRow(
        household_id=new_id(),
        case_number="1",
        person_id=new_id(),
        name="試験",
        district="01",
        group=G2,
        how=DecidedBy.CONFERENCE,
        effective_from=TODAY,
        next_review_on=TODAY + timedelta(days=review),
        expires_on=None if expires is None else TODAY + timedelta(days=expires),
        assessment_id=NEWEST,
        assessed_on=TODAY,
    )
    assert row.due_on == TODAY + timedelta(days=due)
    assert row.is_overdue(TODAY) is overdue


def test_a_dispute_is_for_a_conference_although_nothing_changes():
    assert why(NEWEST, G2, standing()) is Why.UNCHANGED
    assert why(NEWEST, G2, standing(), is_disputed=True) is Why.DISPUTED
    assert why(NEWEST, G2, None, is_disputed=True) is Why.FIRST
    assert why(NEWEST, G2, standing(assessment_id=NEWEST), is_disputed=True) is None
