"""The screen 訪問計画 over real services on both databases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from desktop.database.reading import ReadingDoor
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.short_messages import ShortMessageFiles
from desktop.jobs.visit_planning import VisitPlanning
from desktop.services.masters.service import MastersService
from desktop.services.office import OfficeService
from desktop.services.printing import ShortMessages
from desktop.views.visit_plans.ports import PlanPorts
from desktop.views.visit_plans.visit_plans_screen import VisitPlansScreen
from tests.support.desk import small_office
from tests.support.factories import CLOCK
from tests.support.fakes import FakeDialogs
from tests.support.plan_papers import plan_papers
from tests.support.qt import InlineRunner
from tests.support.visit_plans import graded, one_more_household

QUICK = 200


@dataclass(frozen=True, slots=True)
class QuickPlans:
    """Proposals with few iterations: what matters here is the screen."""

    plans: Any

    def propose(self, *given, report=None, **_):
        return self.plans.propose(*given, iterations=QUICK, report=report)


@pytest.fixture
def office(engine):
    made = small_office(engine)
    graded(made, "B")
    one_more_household(made.work, made.household_id)
    return made


@pytest.fixture
def caseworker(office):
    return office.desk(office.caseworker)


@pytest.fixture
def supervisor(office):
    return office.desk(office.supervisor)


@pytest.fixture
def dialogs():
    return FakeDialogs()


@pytest.fixture
def changes(qapp):
    return ChangeBus()


@pytest.fixture
def make_screen(qtbot, look, dialogs, changes):
    def make(desk, planning=None, runner=None, papers=None):
        ports = PlanPorts(
            plans=desk.visit_plans,
            planning=planning or VisitPlanning(QuickPlans(desk.visit_plans)),
            office=OfficeService(desk.work, CLOCK, desk.staff),
            messages=ShortMessageFiles(
                ShortMessages(
                    desk.work, CLOCK, desk.staff, ReadingDoor(desk.work, CLOCK, desk.staff)
                )
            ),
            masters=MastersService(desk.work, CLOCK, desk.staff),
        )
        screen = VisitPlansScreen(
            *(ports, desk.staff, CLOCK, runner or InlineRunner()),
            changes=changes,
            look=look,
            dialogs=dialogs,
            papers=papers or plan_papers(desk, dialogs),
        )
        qtbot.addWidget(screen)
        screen.resize(1150, 800)
        screen.show()
        with qtbot.waitActive(screen):
            screen.activateWindow()
        screen.activate()
        return screen

    return make
