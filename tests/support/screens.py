"""A screen, or the whole window, before a person who can type."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.views.look import Look
from desktop.views.navigation import Screen
from desktop.views.screen import ScreenView
from desktop.views.window import MainWindow
from tests.support.fakes import make_staff, make_workplace

S = TypeVar("S", bound=ScreenView)


def shown(qtbot: QtBot, screen: S, width: int = 1250, height: int = 760) -> S:
    """The screen as somebody has it before him: it takes keys and has asked for its content."""
    qtbot.addWidget(screen)
    screen.resize(width, height)
    screen.show()
    with qtbot.waitActive(screen):
        screen.activateWindow()
    screen.activate()
    return screen


class OfficeWindows:
    """Makes windows of the office over fake services."""

    def __init__(self, qtbot: QtBot, qapp: QApplication, look: Look, folder: Path) -> None:
        self._qtbot, self._qapp, self._look, self._folder = qtbot, qapp, look, folder

    def open(self, screens: Sequence[Screen], staff: dict[str, Any], **services: Any) -> MainWindow:
        """A window with these screens that takes keys; `staff` are changes of who is signed in."""
        workplace = make_workplace(
            self._qapp, look=self._look, staff=make_staff(**staff), **services
        )
        state = QSettings(str(self._folder / "state.ini"), QSettings.Format.IniFormat)
        window = MainWindow(workplace, state, tuple(screens))
        self._qtbot.addWidget(window)
        window.start()
        with self._qtbot.waitActive(window):
            window.activateWindow()
        return window
