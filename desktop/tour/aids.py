"""What saves typing and searching: ticks that become sentences, set phrases, calls for others, search, help, handover."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QTableView

from desktop.tour.camera import Camera, front_window
from desktop.tour.driver import Script, Until, is_shown, press, shown, type_into
from desktop.views.fields.choice_field import ChoiceField
from desktop.views.fields.text_field import TextField

Settled = Callable[[], Script]

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_CALLER, _ABOUT = "家主", "水道の検針で、訪問の日を相談したいとのこと。"
_WORD = "通院"


def look_at_ticks(camera: Camera, settled: Settled) -> Script:
    """In an open visit: the first subjects answered by digits; nothing of it is put in."""
    press(shown("segment_facts"), Qt.Key.Key_C, _ALT)
    yield Until("チェックを文に", lambda: is_shown("tick_subjects"))
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_1):
        press(shown("tick_subjects"), key)
        yield from settled()
    camera.take("ticks")
    press(shown("tick_subjects"), Qt.Key.Key_Escape)
    yield Until("記録の入力", lambda: is_shown("segment_facts"))
    yield from settled()


def look_at_aids(camera: Camera, settled: Settled) -> Script:
    """As the caseworker: a call for somebody, set phrases, search, the window of changes, an exercise, the help."""
    press(front_window(), Qt.Key.Key_F3)
    yield Until("電話メモ", lambda: is_shown("memo_dialog"))
    type_into(shown("memo_who", TextField).editor(), _CALLER)
    type_into(shown("memo_what", TextField).editor(), _ABOUT)
    yield from settled()
    camera.take("telephone_memo")
    press(shown("memo_dialog"), Qt.Key.Key_Escape)
    yield Until("窓", lambda: not is_shown("memo_dialog"))
    front_window().activateWindow()  # without a screen nobody gives the keyboard back
    yield from settled()
    yield from _screen("phrases", Qt.Key.Key_G, _CTRL, settled)
    camera.take("phrases")
    yield from _screen("search", Qt.Key.Key_F, _CTRL | _SHIFT, settled)
    type_into(shown("search_box", QLineEdit), _WORD)
    press(shown("search_box"), Qt.Key.Key_Return)
    yield from settled()
    camera.take("search")
    yield from _screen("rule_changes", Qt.Key.Key_F1, _SHIFT, settled)
    camera.take("rule_changes")
    yield from _screen("practice", Qt.Key.Key_Z, _CTRL | _SHIFT, settled)
    camera.take("practice")
    press(front_window(), Qt.Key.Key_F1)
    yield Until("手引", lambda: is_shown("help_panel"))
    yield from settled()
    camera.take("help")
    press(shown("help_box"), Qt.Key.Key_Escape)
    yield from settled()


def look_at_handover(camera: Camera, settled: Settled) -> Script:
    """As the supervisor: a district is given to somebody and looked at; nothing is done. Then the care of the help."""
    yield from _screen("handover_tabs", Qt.Key.Key_F11, Qt.KeyboardModifier.NoModifier, settled)
    press(shown("handover_tabs"), Qt.Key.Key_2, _ALT)
    yield Until("担当替えをする", lambda: is_shown("handover_districts"))
    yield from settled()
    districts = shown("handover_districts", QTableView)
    if districts.model().rowCount():
        to = shown("handover_to", ChoiceField).editor()
        press(to, Qt.Key.Key_Down)
        press(districts, Qt.Key.Key_S)
        press(districts, Qt.Key.Key_P)
        yield from settled()
        camera.take("handover")
        press(districts, Qt.Key.Key_D)
        yield from settled()
    yield from _screen("help_care_tabs", Qt.Key.Key_F1, _CTRL, settled)
    camera.take("help_care")


def _screen(name: str, key: Qt.Key, modifiers: Qt.KeyboardModifier, settled: Settled) -> Script:
    press(front_window(), key, modifiers)
    yield Until(name, lambda: is_shown(name))
    yield from settled()
