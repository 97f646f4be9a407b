"""Rules about support plans: a review that is overdue, and a decided group without a plan (E22, E23)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from desktop.domain.clock import FixedClock
from desktop.domain.support_groups import SupportGroup
from tests.support.assessments import assessment, by_conference, held
from tests.support.desk import SmallOffice, small_office
from tests.support.factories import CLOCK
from tests.support.radar import found_by
from tests.support.support_plans import approved, ending, in_days, next_version, plan, review


@pytest.fixture
def office(engine: Engine) -> SmallOffice:
    return small_office(engine)


@pytest.fixture
def worker(office):
    return office.desk(office.caseworker)


@pytest.fixture
def supervisor(office):
    return office.desk(office.supervisor)


def found(office, rule: str, days: int):
    """What the rule asks so many days from today."""
    clock = FixedClock(CLOCK.now() + timedelta(days=days))
    return found_by([rule], office.work, clock, office.supervisor)


def decided_in(office, worker, supervisor, group: SupportGroup) -> None:
    given = assessment(office)
    worker.assessments.save(given)
    matter = held(worker, supervisor, given)
    supervisor.groups.decide(by_conference(office, given, group, matter.matter_id))


def test_a_review_is_asked_for_after_its_day(office, worker, supervisor):
    given = approved(worker, supervisor, plan(office))
    assert found(office, "E22", 90) == []
    (row,) = found(office, "E22", 91)
    assert (row.since, row.days, row.household_id) == (given.review_on, 1, office.household_id)
    worker.support_plans.note_review(review(given))
    assert found(office, "E22", 91) == []
    (row,) = found(office, "E22", 121)
    assert row.since == in_days(120)


def test_a_later_version_names_the_day_anew(office, worker, supervisor):
    first = approved(worker, supervisor, plan(office))
    approved(worker, supervisor, next_version(first, 1, review_on=in_days(150)))
    assert found(office, "E22", 120) == []
    assert found(office, "E22", 151) != []


def test_a_plan_that_ended_or_was_not_approved_asks_for_nothing(office, worker, supervisor):
    given = plan(office)
    worker.support_plans.save(given)
    assert found(office, "E22", 365) == []
    worker.support_plans.submit(given.plan_id, given.household_id)
    assert found(office, "E22", 365) == []


def test_an_ended_plan_is_not_reviewed(office, worker, supervisor):
    given = approved(worker, supervisor, plan(office))
    worker.support_plans.end(ending(given))
    assert found(office, "E22", 365) == []


def test_a_group_that_gets_support_wants_a_plan(office, worker, supervisor):
    decided_in(office, worker, supervisor, SupportGroup.WITH_HELP)
    assert found(office, "E23", 30) == []
    (row,) = found(office, "E23", 31)
    assert row.days == 31
    assert "G2" not in row.reason
    given = approved(worker, supervisor, plan(office))
    assert found(office, "E23", 31) == []
    worker.support_plans.end(ending(given))
    assert found(office, "E23", 31) != []


@pytest.mark.parametrize("group", [SupportGroup.NOT_KNOWN, SupportGroup.ALONE])
def test_other_groups_want_none(office, worker, supervisor, group):
    decided_in(office, worker, supervisor, group)
    assert found(office, "E23", 365) == []


def test_a_mere_proposal_is_no_group(office, worker):
    worker.assessments.save(assessment(office))
    assert found(office, "E23", 365) == []
