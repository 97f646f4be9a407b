"""The look of the program for tests of screens."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from desktop.services.settings import Theme
from desktop.views.look import Look
from tests.support.leftovers import finish_deletions
from tests.support.screens import OfficeWindows


@pytest.fixture(scope="session")
def _shared_look(qapp: QApplication) -> Look:
    return Look(qapp)


@pytest.fixture
def look(_shared_look: Look):
    """Light and 100 %, whatever the test before did."""
    yield _shared_look
    finish_deletions()  # else every widget of the test would be drawn anew before it goes
    _shared_look.set_theme(Theme.LIGHT)
    _shared_look.zoom_reset()


@pytest.fixture
def office_windows(qtbot, qapp, look: Look, tmp_path) -> OfficeWindows:
    """Makes windows of the office over fake services."""
    return OfficeWindows(qtbot, qapp, look, tmp_path)
