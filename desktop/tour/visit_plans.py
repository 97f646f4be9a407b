"""The year of a district, the days of the coming month with their paper, and the board, as the caseworker sees them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from desktop.tour.camera import Camera, front_window
from desktop.tour.driver import Script, Until, is_shown, press, shown

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
#: As many months ahead may have plans of their own.
_MONTHS = 4


def look_at_visit_plans(camera: Camera, settled: Callable[[], Script]) -> Script:
    """The yearly plan with a visit at hand, proposed first where there is none yet; the next month; the board."""
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
    yield from _lay_out_month(table, camera, settled)
    press(shown("month_plan"), Qt.Key.Key_3, _ALT)
    yield Until("進行管理", lambda: is_shown("visit_board"))
    yield from settled()
    camera.take("visit_board")


def _lay_out_month(table: QTableView, camera: Camera, settled: Callable[[], Script]) -> Script:
    """The days of the next month without a plan of its own are proposed (G); its paper (K-08) is looked at, not printed."""
    press(table, Qt.Key.Key_2, _ALT)
    yield Until("月間計画", lambda: is_shown("month_plan"))
    yield from settled()
    for _ in range(_MONTHS):
        press(shown("month_plan"), Qt.Key.Key_Right, _CTRL)
        yield from settled()
        if is_shown("propose_month"):
            break
    press(shown("month_plan"), Qt.Key.Key_G)
    yield Until("月の計画案", lambda: is_shown("submit_month"))
    yield from settled()
    camera.take("month_plan")
    press(shown("month_plan"), Qt.Key.Key_P, _CTRL)
    yield Until("月間計画・実績表", lambda: is_shown("page_picture"))
    yield from settled()
    camera.take("month_plan_paper")
    press(shown("page_picture"), Qt.Key.Key_Escape)
    yield Until("月間計画", lambda: is_shown("month_plan"))
