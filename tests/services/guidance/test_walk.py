"""A guidance case walked to a decision on both databases."""

from __future__ import annotations

import pytest

from desktop.domain.guidance import Outcome, Step
from tests.support.desk import small_office
from tests.support.guidance import WAY, Walk


@pytest.fixture
def walk(engine):
    return Walk(office=small_office(engine))


def test_the_whole_way_is_recorded_step_by_step(walk):
    walk.to(Step.DISPOSITION_FINAL)
    case = walk.case()
    assert [step.kind for step in case.steps] == [Step.PROBLEM, *(step for step, _, _ in WAY)]
    assert [step.number for step in case.steps] == list(range(1, len(WAY) + 2))
    assert case.newest(Step.DISPOSITION).grounds == (2,)
    walk.take(Step.FOLLOW_UP, 90, outcome=Outcome.FOLLOWED)
    walk.take(Step.CLOSE, 91, outcome=Outcome.COMPLIED)
    assert walk.case().is_closed
