"""The screen 受領書類 over papers from memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.jobs.change_bus import ChangeBus
from desktop.views.papers.papers_screen import PapersScreen
from tests.support.fakes import FakeHouseholds, make_household_row, make_staff
from tests.support.fakes_applications import ApplicationsMaker
from tests.support.fakes_attachments import FakeAttaches, attach_setting
from tests.support.fakes_papers import LINES, ME, FakePapers
from tests.support.qt import InlineRunner

ENTER = Qt.Key.Key_Return


@pytest.fixture
def papers():
    return FakePapers(*LINES)


@pytest.fixture
def changes():
    return ChangeBus()


class FakeSlips(QWidget):
    """The way to paper, as far as the screen is concerned."""

    begun = Signal()
    left = Signal()
    noted = Signal(str)
    is_unrecorded = False

    def draw(self, ids, mark, count):
        self.asked = (*ids, mark, count)
        self.begun.emit()


class Drawn:
    """Makes the way to paper and keeps it."""

    def make(self, screen):
        self.view = FakeSlips(screen)
        return self.view


@pytest.fixture
def drawn():
    return Drawn()


@pytest.fixture
def attaches():
    return FakeAttaches()


@pytest.fixture
def applications(look):
    return ApplicationsMaker(look)


@pytest.fixture
def makers(drawn, applications):
    return {"make_paper": drawn.make, "make_applications": applications.make}


@pytest.fixture
def make_screen(qtbot, look, papers, attaches, changes, makers):
    def make(*households):
        rows = households or (make_household_row(1),)
        screen = PapersScreen(
            papers,
            attaches,
            FakeHouseholds(rows),
            make_staff(staff_id=ME, login="tanto1"),
            InlineRunner(),
            changes=changes,
            **makers,
            setting=attach_setting(look, Path("slip.pdf")),
        )
        qtbot.addWidget(screen)
        screen.resize(1250, 760)
        screen.show()
        with qtbot.waitActive(screen):
            screen.activateWindow()
        screen.activate()
        return screen

    return make


@pytest.fixture
def screen(make_screen):
    return make_screen()
