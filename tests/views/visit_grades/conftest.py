"""The section 訪問格付 and the review pane over real services."""

from __future__ import annotations

import pytest

from desktop.domain.office import SignedInStaff
from desktop.jobs.change_bus import ChangeBus
from desktop.views.approvals.review_pane import ReviewPane
from desktop.views.visit_grades.file_grades import FileGrades
from tests.support.desk import SmallOffice, small_office
from tests.support.factories import CLOCK
from tests.support.fakes import FakeDialogs
from tests.support.qt import InlineRunner


@pytest.fixture
def office(engine) -> SmallOffice:
    return small_office(engine)


class GradeScreens:
    """Opens the screens for people of a small office."""

    def __init__(self, qtbot, look, office: SmallOffice) -> None:
        self._qtbot, self._look, self._office = qtbot, look, office
        self.dialogs = FakeDialogs(answer=True)
        self.changes = ChangeBus()
        self.said: list[str] = []

    def file(self, staff: SignedInStaff) -> FileGrades:
        """The section of the household's file."""
        view = FileGrades(
            self._office.household_id,
            self._office.desk(staff).grades,
            staff,
            InlineRunner(),
            changes=self.changes,
            look=self._look,
            dialogs=self.dialogs,
            today=CLOCK.today,
        )
        view.announced.connect(self.said.append)
        self._show(view)
        return view

    def reviews(self, staff: SignedInStaff) -> ReviewPane:
        """What waits for somebody's word."""
        view = ReviewPane(
            self._office.desk(staff).approvals,
            InlineRunner(),
            changes=self.changes,
            look=self._look,
            today=CLOCK.today,
        )
        self._show(view)
        return view

    def _show(self, view) -> None:
        self._qtbot.addWidget(view)
        view.resize(1000, 760)
        view.show()
        with self._qtbot.waitActive(view):
            view.activateWindow()
        view.activate()


@pytest.fixture
def screens(qtbot, look, office) -> GradeScreens:
    return GradeScreens(qtbot, look, office)
