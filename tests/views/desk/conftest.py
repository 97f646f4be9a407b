"""A desk over fake sources, and what its tests read off it."""

from __future__ import annotations

import pytest

from desktop.jobs.change_bus import ChangeBus
from desktop.views.desk.desk_screen import DeskScreen
from tests.support.fakes import CLOCK, make_staff
from tests.support.qt import InlineRunner


@pytest.fixture
def changes():
    return ChangeBus()


@pytest.fixture
def make_desk(qtbot, look, changes):
    def make(sources, **staff):
        desk = DeskScreen(
            sources, make_staff(**staff), CLOCK, InlineRunner(), changes=changes, look=look
        )
        qtbot.addWidget(desk)
        desk.resize(1200, 760)
        desk.show()
        with qtbot.waitActive(desk):
            desk.activateWindow()
        desk.activate()
        return desk

    return make


def column(panel, number):
    return [panel.model.index(row, number).data() for row in range(panel.model.rowCount())]
