"""練習 over a fake: hints one by one, the key after one's own answer, and beginning anew."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QUrl

from desktop.domain.errors import ValidationError
from desktop.domain.practice import PracticeHousehold, PracticeSheet
from desktop.services.practice import shipped_exercises
from desktop.views.navigation import SCREENS, screens_for
from desktop.views.practice.practice_screen import PracticeScreen
from tests.support.fakes import fake_id, make_staff, make_workplace
from tests.support.help_packages import ShippedHelp
from tests.support.qt import InlineRunner

Key = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
HOUSEHOLD = PracticeHousehold(
    household_id=fake_id("household 1"),
    case_number="0001001",
    head_name="架空 花子",
    is_own=True,
    rule="V08",
    fact="185日のあいだ会えていません。",
)
OWN = "0001001です。半年会えていません。"


class Practice:
    """Exercises of which nothing is kept but in memory."""

    def __init__(self, households=(HOUSEHOLD,)):
        self.households, self.written = households, {}

    def exercises(self):
        return tuple((each, bool(self.written.get(each.key))) for each in shipped_exercises())

    def sheet(self, key):
        exercise = next(each for each in shipped_exercises() if each.key == key)
        written = self.written.get(key, "")
        told = self.households if written else [replace(h, fact="") for h in self.households]
        return PracticeSheet(
            exercise=exercise,
            households=tuple(told),
            written=written,
            answer=exercise.answer if written else "",
        )

    def answer(self, key, text):
        if len(text) < 10:
            raise ValidationError(answer="10文字以上で書いてください。")
        self.written[key] = text
        return self.sheet(key)

    def begin_anew(self, key):
        self.written[key] = ""
        return self.sheet(key)


@pytest.fixture
def opened(qtbot, look):
    def open_with(practice):
        view = PracticeScreen(practice, ShippedHelp(), InlineRunner(), look=look)
        qtbot.addWidget(view)
        view.resize(1200, 900)
        view.show()
        with qtbot.waitActive(view):
            view.activateWindow()
        view.activate()
        return view

    return open_with


def test_hints_come_one_by_one(opened, qtbot):
    view = opened(Practice())
    hints = shipped_exercises()[0].hints
    assert hints[0] not in view.task.toPlainText()
    qtbot.keyClick(view.list, Key.Key_H)
    assert hints[0] in view.task.toPlainText()
    assert hints[1] not in view.task.toPlainText()
    for _ in hints:
        view.hint_button.click()
    assert hints[-1] in view.task.toPlainText()
    assert "全部" in view.messages.text()


def test_the_key_comes_after_an_own_answer(opened, qtbot):
    view = opened(Practice())
    assert view.key.isHidden()
    assert view.households.index(0, 3).data() == ""
    view.own.editor().setPlainText("短い")
    qtbot.keyClick(view.own.editor(), Key.Key_Return, CTRL)
    assert "10文字以上" in view.own.error()
    assert view.key.isHidden()
    view.own.editor().setPlainText(OWN)
    assert view.has_unsaved()
    qtbot.keyClick(view.own.editor(), Key.Key_Return, CTRL)
    assert not view.has_unsaved()
    assert HOUSEHOLD.fact in view.key.toPlainText()
    assert view.own.editor().isReadOnly()
    assert view.model.index(0, 2).data() == "答えた"
    assert view.answer_button.isHidden()


def test_the_key_is_in_view_once_it_is_there(opened, qtbot):
    view = opened(Practice())
    view.resize(900, 420)
    view.own.editor().setPlainText(OWN)
    qtbot.keyClick(view.own.editor(), Key.Key_Return, CTRL)

    def is_in_view():
        room = view._page.viewport()
        top = view.key.mapTo(room, view.key.rect().topLeft()).y()
        assert top == 0 or 0 < top <= room.height() - view.key.height()

    qtbot.waitUntil(is_in_view)


def test_it_is_begun_anew(opened, qtbot):
    practice = Practice()
    practice.written[shipped_exercises()[0].key] = OWN
    view = opened(practice)
    assert view.own.editor().toPlainText() == OWN
    qtbot.keyClick(view.own.editor(), Key.Key_N, ALT)
    assert view.key.isHidden()
    assert view.own.editor().toPlainText() == ""
    assert not view.own.editor().isReadOnly()


def test_a_card_is_read_beside_the_key(opened):
    practice = Practice()
    practice.written[shipped_exercises()[0].key] = OWN
    view = opened(practice)
    view.key.anchorClicked.emit(QUrl(f"card:{shipped_exercises()[0].card}"))
    assert "答えへ戻る" in view.key.toPlainText()
    view.key.anchorClicked.emit(QUrl("card:"))
    assert HOUSEHOLD.fact in view.key.toPlainText()


def test_enter_goes_to_the_households_and_opens_a_file(opened, qtbot):
    view = opened(Practice())
    qtbot.keyClick(view.list, Key.Key_Return)
    assert view.table.hasFocus()
    with qtbot.waitSignal(view.file_requested) as asked:
        qtbot.keyClick(view.table, Key.Key_Return)
    assert asked.args[0].household_id == HOUSEHOLD.household_id


def test_an_exercise_without_households_says_so(opened):
    view = opened(Practice(()))
    assert "合う世帯がありません" in view.nothing.text()
    assert view.own_row.isHidden()
    assert view.answer_button.isHidden()


def test_the_screen_is_there_in_a_training_office_alone(qapp):
    for is_training in (True, False):
        staff = replace(make_staff(), is_training=is_training)
        keys = {s.key for s in screens_for(make_workplace(qapp, staff=staff), SCREENS)}
        assert ("practice" in keys) == is_training
