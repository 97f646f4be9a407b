"""The review of policies over real services, a year after a policy was approved."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from desktop.domain.clock import FixedClock
from desktop.jobs.change_bus import ChangeBus
from desktop.services.policy_review import PolicyReviewService
from desktop.views.policy_review.ports import ReviewPorts
from desktop.views.policy_review.review_screen import PolicyReviewScreen
from desktop.views.policy_review.review_session import ReviewSetting
from desktop.views.support_policies.ports import PolicyPorts
from tests.support.desk import Desk, SmallOffice, small_office
from tests.support.fakes import FakeDialogs
from tests.support.policies import issue, recorded, written
from tests.support.policy_review import A_YEAR_LATER, approved, more_households
from tests.support.qt import InlineRunner


@dataclass(kw_only=True)
class Bench:
    """The office, the caseworker's desk a year later, and what the screen asked of the window."""

    office: SmallOffice
    desk: Desk
    clock: FixedClock = A_YEAR_LATER
    changes: ChangeBus = field(default_factory=ChangeBus)
    dialogs: FakeDialogs = field(default_factory=FakeDialogs)
    asked: list[object] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def newest(self, household_id=None):
        """The newest policy of a household, in its newest version."""
        line = self.desk.policies.lines(household_id or self.office.household_id)[0]
        return self.desk.policies.policy(line.policy_id)


@pytest.fixture
def bench(engine):
    office = small_office(engine)
    first = office.desk(office.caseworker)
    recorded(first, office.household_id, "薬が半分残っていた。")
    approved(office, written(first, office.household_id, issue(), issue("食事が偏っている")))
    return Bench(office=office, desk=office.desk(office.caseworker, A_YEAR_LATER))


@pytest.fixture
def make_screen(qtbot, look, bench):
    def make(runner=None):
        desk = bench.desk
        reviews = PolicyReviewService(desk.work, bench.clock, desk.staff, desk.records.reading)
        policies = PolicyPorts(policies=desk.policies, records=desk.records, files=desk.households)
        setting = ReviewSetting(
            staff=desk.staff,
            clock=bench.clock,
            changes=bench.changes,
            look=look,
            dialogs=bench.dialogs,
        )
        ports = ReviewPorts(reviews=reviews, policies=policies)
        screen = PolicyReviewScreen(ports, runner or InlineRunner(), setting)
        screen.file_requested.connect(bench.asked.append)
        screen.announced.connect(bench.said.append)
        qtbot.addWidget(screen)
        screen.resize(1400, 850)
        screen.show()
        screen.activateWindow()
        qtbot.waitUntil(screen.isActiveWindow)
        screen.activate()
        return screen

    return make


@pytest.fixture
def second(bench):
    """Another household of the district with a policy that is due a week later."""
    [household_id] = more_households(bench.office, 1)
    first = bench.office.desk(bench.office.caseworker)
    approved(bench.office, written(first, household_id, issue("金銭の管理がむずかしい")), days=7)
    return household_id
