"""Holds (保留): who sets them, who ends them, and what they keep, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from tests.services.disposal.holding import hold, refusals
from tests.support.desk import later
from tests.support.disposal import old_office
from tests.support.factories import CLOCK, TODAY


@pytest.fixture
def place(engine):
    return old_office(engine)


def test_a_hold_ends_by_the_supervisor_and_the_file_may_go_the_day_after(place):
    hold_id = hold(place, place.old[0])
    assert [h.hold_id for h in place.records.holds()] == [hold_id]
    with pytest.raises(NotPermittedError):
        place.records.end_hold(hold_id)
    tomorrow = later(CLOCK, days=1)
    place.service(place.office.supervisor, tomorrow).end_hold(hold_id)
    with pytest.raises(ConflictError, match="すでに終わって"):
        place.service(place.office.supervisor, tomorrow).end_hold(hold_id)
    made = place.service(place.office.records, later(CLOCK, days=1)).draw_up(place.old[:1])
    assert place.listed(made).items[0].household_id == place.old[0]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"reason": "あ" * 401}, "reason"),
        ({"valid_to": TODAY - timedelta(days=1)}, "valid_to"),
    ],
)
def test_a_hold_says_why_and_how_long(place, changes, field):
    with pytest.raises(ValidationError) as refused:
        hold(place, place.old[0], **changes)
    assert list(refused.value.fields) == [field]


def test_a_hold_that_ran_out_holds_nothing(place):
    hold(place, place.old[0], valid_from=TODAY - timedelta(days=9), valid_to=TODAY)
    assert "保留" in refusals(place)[place.old[0]]
    records = place.service(place.office.records, later(CLOCK, days=1))
    assert {c.case.household_id: c.refusal for c in records.candidates()}[place.old[0]] == ""
