"""How support is judged: an assessment with its proposal in a file, then a conference that reads, minutes and decides."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from desktop.tour.camera import Camera, front_window
from desktop.tour.driver import Script, Until, is_shown, press, shown, type_into
from desktop.views.conferences.call_form import HoldForm
from desktop.views.conferences.decision_form import DecisionForm
from desktop.views.conferences.minutes_form import MinutesForm

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_DOCTOR = "模擬　嘱託医"
_SAID = "本人がすでに自分で応募を続けていることを確かめ、支援の回数を話し合った。"
_REASON = "本人が自分で活動を続けており、見守りと3か月ごとの確認で足りる。"


def look_at_assessment(
    camera: Camera, settled: Callable[[], Script], open_section: Callable[[], Script]
) -> Script:
    """From the register of groups into the file of whoever is due first: what was assessed, and the form of the next one.

    `open_section` goes to 就労支援 in the open file. Nothing is stored.
    """
    press(front_window(), Qt.Key.Key_E, _CTRL | _SHIFT)
    yield from settled()
    if nobody_was_judged():
        return
    press(shown("conferences"), Qt.Key.Key_3, _ALT)
    yield Until("区分の一覧", lambda: is_shown("register"))
    yield from settled()
    press(shown("register"), Qt.Key.Key_Return)
    yield Until("ケースファイル", lambda: is_shown("identity_bar"))
    yield from settled()
    yield from open_section()
    camera.take("assessment")
    press(shown("assessed_people"), Qt.Key.Key_N)
    yield Until("アセスメントの入力", lambda: is_shown("save_assessment"))
    yield from settled()
    camera.take("assessment_proposal")
    press(front_window(), Qt.Key.Key_Escape)
    yield Until("世帯員の一覧", lambda: is_shown("assessed_people"))
    yield from settled()


def nobody_was_judged() -> bool:
    """In an office whose ledger has just been taken over there is no conference yet."""
    return not is_shown("conferences") or not shown("conferences", QTableView).model().rowCount()


def decide_together(camera: Camera, settled: Callable[[], Script]) -> Script:
    """Today's conference is opened; its first matter is read, minuted and decided; its paper and the register are looked at."""
    press(front_window(), Qt.Key.Key_E, _CTRL | _SHIFT)
    yield from settled()
    if nobody_was_judged():
        return
    camera.take("conferences")
    press(shown("conferences"), Qt.Key.Key_K)
    yield Until("出席者", lambda: is_shown("hold_conference"))
    form = shown("hold_conference", HoldForm)
    type_into(form.outside.editor(), _DOCTOR)
    press(form.outside.editor(), Qt.Key.Key_Return)
    press(form.person.editor(), Qt.Key.Key_Return, _CTRL)
    yield from settled()
    press(shown("conferences"), Qt.Key.Key_Return)
    yield Until("議題の一覧", lambda: is_shown("matters"))
    yield from settled()
    camera.take("conference_report")
    press(shown("matters"), Qt.Key.Key_Return)
    yield Until("議題", lambda: is_shown("save_minutes"))
    yield from settled()
    camera.take("conference_matter")
    minutes = shown("minutes_form", MinutesForm)
    type_into(minutes.discussion.editor(), _SAID)
    press(minutes.discussion.editor(), Qt.Key.Key_S, _CTRL)
    yield Until("決定", lambda: is_shown("decision_act"))
    yield from settled()
    decision = shown("decision", DecisionForm)
    type_into(decision.reason.editor(), _REASON)
    camera.take("conference_decision")
    press(decision.reason.editor(), Qt.Key.Key_Return, _CTRL)
    yield from settled()
    yield from _look_at_papers(camera, settled)


def _look_at_papers(camera: Camera, settled: Callable[[], Script]) -> Script:
    """The sheet of the matter at hand (S-02) and the register of groups; nothing is printed."""
    press(shown("matters"), Qt.Key.Key_P)
    yield Until("会議資料・検討票", lambda: is_shown("page_picture"))
    yield from settled()
    camera.take("conference_paper")
    press(shown("page_picture"), Qt.Key.Key_Escape)
    yield Until("議題の一覧", lambda: is_shown("matters"))
    press(shown("matters"), Qt.Key.Key_3, _ALT)
    yield Until("区分の一覧", lambda: is_shown("register"))
    yield from settled()
    camera.take("group_register")
