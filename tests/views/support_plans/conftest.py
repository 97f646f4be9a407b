"""The section 個別支援計画 over real services."""

from __future__ import annotations

import pytest

from desktop.domain.office import SignedInStaff
from desktop.jobs.change_bus import ChangeBus
from desktop.views.support_plans.file_plans import FilePlans
from desktop.views.support_plans.ports import PlanPorts, PlanSetting
from tests.support.desk import SmallOffice, small_office
from tests.support.factories import CLOCK
from tests.support.fakes import FakeDialogs
from tests.support.qt import InlineRunner
from tests.support.screens import shown


@pytest.fixture
def office(engine) -> SmallOffice:
    return small_office(engine)


class PlanScreens:
    """Opens the section for people of a small office."""

    def __init__(self, qtbot, look, office: SmallOffice) -> None:
        self._qtbot, self._look, self._office = qtbot, look, office
        self.dialogs = FakeDialogs(answer=True)
        self.changes = ChangeBus()
        self.said: list[str] = []

    def file(self, staff: SignedInStaff, width: int = 1250, height: int = 760) -> FilePlans:
        """The section of the household's file."""
        desk = self._office.desk(staff)
        setting = PlanSetting(
            staff=staff,
            today=CLOCK.today,
            runner=InlineRunner(),
            changes=self.changes,
            look=self._look,
            dialogs=self.dialogs,
            make_paper=lambda *_: pytest.fail("no paper was asked for"),
        )
        ports = PlanPorts(plans=desk.support_plans, participations=desk.participations)
        view = FilePlans(self._office.household_id, ports, setting)
        view.announced.connect(self.said.append)
        return shown(self._qtbot, view, width, height)


@pytest.fixture
def screens(qtbot, look, office) -> PlanScreens:
    return PlanScreens(qtbot, look, office)
