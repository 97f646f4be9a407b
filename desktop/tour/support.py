"""What is done towards work: a plan and its acts, hospital visits, the legal side, monthly papers, and where the time goes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget

from desktop.tour.camera import Camera, front_window
from desktop.tour.driver import Script, Until, is_shown, press, shown, type_into
from desktop.tour.judgement import nobody_was_judged

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
#: Of the training office: who has a plan, who is guided, who has a hospital plan.
_PLANNED, _GUIDED, _IN_CARE = "0001014", "0001015", "0001240"
#: 業務と成果, in the order of its tabs: the key, what it shows, the picture.
_FIGURES = (
    (Qt.Key.Key_1, "effort_table", "effort"),
    (Qt.Key.Key_2, "figures", "key_figures"),
    (Qt.Key.Key_3, "flows", "flows"),
)

Settled = Callable[[], Script]
ShowSection = Callable[[str, str], Script]


def look_at_support(camera: Camera, settled: Settled, show_section: ShowSection) -> Script:
    """As the caseworker: a plan with its acts, a guidance case, and the month's papers. Nothing is stored."""
    yield from _to_conferences(settled)
    if nobody_was_judged():
        return
    yield from _open(_PLANNED, settled)
    yield from show_section("個別支援計画", "planned_people")
    camera.take("support_plan")
    yield from show_section("支援活動", "save_activity")
    camera.take("support_acts")
    yield from _open(_GUIDED, settled)
    yield from show_section("指導・指示", "guidance_steps")
    camera.take("guidance")
    press(front_window(), Qt.Key.Key_B, _CTRL | _SHIFT)
    yield Until("毎月の書類", lambda: is_shown("paper_grid"))
    yield from settled()
    camera.take("monthly_papers")


def look_at_results(camera: Camera, settled: Settled, show_section: ShowSection) -> Script:
    """As the supervisor: hospital visits with their plan, and 業務と成果 with its tabs."""
    yield from _to_conferences(settled)
    if nobody_was_judged():
        return
    yield from _open(_IN_CARE, settled)
    yield from show_section("通院・病状", "medical_summary")
    camera.take("hospital_visits")
    press(front_window(), Qt.Key.Key_X, _CTRL | _SHIFT)
    for key, wanted, picture in _FIGURES:
        yield Until("業務と成果", lambda: is_shown("effort_tabs"))
        press(shown("effort_tabs"), key, _ALT)
        yield Until(picture, lambda wanted=wanted: is_shown(wanted))  # type: ignore[misc]
        yield from settled()
        camera.take(picture)


def _to_conferences(settled: Settled) -> Script:
    """The list of meetings: an office without any has nobody to show."""
    press(front_window(), Qt.Key.Key_E, _CTRL | _SHIFT)
    yield Until("会議・支援区分", lambda: is_shown("conference_tabs"))
    press(shown("conference_tabs"), Qt.Key.Key_1, _ALT)
    yield from settled()
    if is_shown("matters"):  # a meeting is still open on the board
        press(shown("matters"), Qt.Key.Key_Escape)
        yield from settled()


def _open(number: str, settled: Settled) -> Script:
    """`Ctrl+K`, the case number, Enter."""
    press(front_window(), Qt.Key.Key_K, _CTRL)
    yield Until("検索の小窓", lambda: is_shown("palette_box"))
    type_into(shown("palette_box"), number)
    yield from settled()
    yield Until("検索結果", lambda: shown("palette_list", QListWidget).count() > 0)
    press(shown("palette_box"), Qt.Key.Key_Return)
    yield Until("ケースファイル", lambda: is_shown("identity_bar"))
    yield from settled()
