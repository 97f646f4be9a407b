"""The year of a district and the board of all districts, as the caseworker sees them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from desktop.tour.camera import Camera, front_window
from desktop.tour.driver import Script, Until, is_shown, press, shown

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier


def look_at_visit_plans(camera: Camera, settled: Callable[[], Script]) -> Script:
    """The yearly plan with a visit at hand, proposed first where there is none yet, then the board."""
    press(front_window(), Qt.Key.Key_V, _CTRL | _SHIFT)
    yield Until("年間計画", lambda: is_shown("year_plan") or is_shown("propose_first_plan"))
    yield from settled()
    if is_shown("propose_first_plan"):
        press(shown("propose_first_plan"), Qt.Key.Key_G)
        yield Until("計画案", lambda: is_shown("year_plan"))
    yield from settled()
    table = shown("year_plan", QTableView)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right):
        press(table, key)
    camera.take("visit_plan")
    press(table, Qt.Key.Key_3, _ALT)
    yield Until("進行管理", lambda: is_shown("visit_board"))
    yield from settled()
    camera.take("visit_board")
