"""The section 就労支援 over real services."""

from __future__ import annotations

from functools import partial

import pytest

from desktop.domain.office import SignedInStaff
from desktop.jobs.assessment_printing import AssessmentSheetJob, assessment_job
from desktop.jobs.change_bus import ChangeBus
from desktop.reports.fonts import FontSet
from desktop.resources import resource_path
from desktop.services.printing import AssessmentPrinting
from desktop.views.assessments.file_assessments import FileAssessments
from desktop.views.assessments.ports import AssessmentPorts, AssessmentSetting
from desktop.views.printing.paper import PrinterChoice
from desktop.views.printing.run_view import PrintRunView
from desktop.views.screen import ScreenView
from tests.support.desk import Desk, SmallOffice, small_office
from tests.support.factories import CLOCK
from tests.support.fakes import FakeDialogs
from tests.support.qt import InlineRunner
from tests.support.screens import shown


@pytest.fixture
def office(engine) -> SmallOffice:
    return small_office(engine)


class AssessmentScreens:
    """Opens the section for people of a small office."""

    def __init__(self, qtbot, look, office: SmallOffice) -> None:
        self._qtbot, self._look, self._office = qtbot, look, office
        self.dialogs = FakeDialogs(answer=True)
        self.changes = ChangeBus()
        self.said: list[str] = []

    def file(self, staff: SignedInStaff, width: int = 1250, height: int = 760) -> FileAssessments:
        """The section of the household's file."""
        desk = self._office.desk(staff)
        setting = AssessmentSetting(
            staff=staff,
            today=CLOCK.today,
            runner=InlineRunner(),
            changes=self.changes,
            look=self._look,
            dialogs=self.dialogs,
            make_paper=partial(self._paper, desk),
        )
        ports = AssessmentPorts(assessments=desk.assessments, groups=desk.groups)
        view = FileAssessments(self._office.household_id, ports, setting)
        view.announced.connect(self.said.append)
        return shown(self._qtbot, view, width, height)

    def _paper(self, desk: Desk, screen: ScreenView) -> tuple[PrintRunView, AssessmentSheetJob]:
        """Paper is drawn for real and goes nowhere."""
        service = AssessmentPrinting(desk.work, CLOCK, desk.staff, desk.groups.reading)
        fonts = FontSet.of_office(resource_path("fonts"), search=())
        job = assessment_job(service, lambda: fonts)
        view = PrintRunView(screen, job, CLOCK, dialogs=self.dialogs, printers=PrinterChoice())
        return view, job


@pytest.fixture
def screens(qtbot, look, office) -> AssessmentScreens:
    return AssessmentScreens(qtbot, look, office)
