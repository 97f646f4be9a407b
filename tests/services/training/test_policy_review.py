"""The training office has policies to review: what the radar finds due is what the caseworkers find on their list."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import FixedClock
from desktop.domain.policy_review import ReviewStage
from desktop.services.policy_review import PolicyReviewService
from desktop.services.sign_in import SignIn
from desktop.services.supervision import SupervisionService
from tests.services.training.conftest import TODAY
from tests.support.factories import at

CLOCK = FixedClock(at(TODAY))
SOON = TODAY + timedelta(days=60)


@pytest.fixture
def work(office):
    return UnitOfWork(office.engine)


def reviews(work, login):
    staff = SignIn(work, CLOCK).sign_in(login)
    return PolicyReviewService(work, CLOCK, staff, ReadingDoor(work, CLOCK, staff))


def caseworkers(work):
    return [a.login for a in SignIn(work, CLOCK).accounts() if a.login.startswith("cw")]


def test_every_due_policy_of_the_radar_is_on_a_caseworkers_list(work):
    head = SignIn(work, CLOCK).sign_in("kacho")
    findings = SupervisionService(work, CLOCK, head).findings()
    asked = {f.household_id for f in findings if f.rule in {"P02", "P03"}}
    listed = {
        line.household_id
        for login in caseworkers(work)
        for line in reviews(work, login).due()
        if line.due_on <= SOON
    }
    assert len(asked) > 3
    # A district without a caseworker has nobody to review for it; the radar asks about it all the same.
    served = {f.household_id for f in findings if f.caseworker and f.household_id in asked}
    assert served
    assert served <= listed


def test_a_case_has_last_years_policy_and_the_years_record(work):
    service = next(
        service for login in caseworkers(work) if (service := reviews(work, login)).due()
    )
    line = next(x for x in service.due() if x.policy_id and x.stage is ReviewStage.OPEN)
    case = service.case(line.household_id)
    assert case.previous is not None
    assert case.previous.issues
    assert case.since == line.approved_on
    assert any(entry.event_on >= case.since for entry in case.entries)


@pytest.mark.parametrize("rule", ["P01", "P04", "P05"])
def test_the_list_says_why_the_radar_asks(work, rule):
    head = SignIn(work, CLOCK).sign_in("kacho")
    found = SupervisionService(work, CLOCK, head).findings()
    asked = {f.household_id for f in found if f.rule == rule and f.caseworker}
    lines = {x.household_id: x for login in caseworkers(work) for x in reviews(work, login).due()}
    says = {
        "P01": lambda line: line.is_missing and line.due_on < TODAY,
        "P04": lambda line: bool(line.events),
        "P05": lambda line: line.same_since is not None,
    }[rule]
    assert asked
    assert all(says(lines[household_id]) for household_id in asked)
