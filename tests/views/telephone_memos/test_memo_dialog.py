"""電話メモ: three fields beside the household, by keys alone; nothing typed is lost when it is refused."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import UnavailableError, ValidationError
from desktop.domain.telephone_memos import CallBack, MemoTaken
from desktop.jobs.change_bus import ChangeBus
from desktop.views.requests import HouseholdAtHand
from desktop.views.telephone_memos.memo_dialog import MemoDialog
from tests.support.fakes import FakeHouseholds, fake_id
from tests.support.fakes_memos import FakeCalls
from tests.support.qt import InlineRunner
from tests.support.typing_in import commit_text

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier
HERE = HouseholdAtHand(household_id=fake_id("household 1"), label="00001　架空　太郎")
WHO, WHAT = "長女", "折り返しがほしい"


@pytest.fixture
def memos():
    return FakeCalls()


@pytest.fixture
def parent(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(900, 700)
    parent.show()
    return parent


@pytest.fixture
def dialog(look, memos, parent):
    return MemoDialog(memos, FakeHouseholds(), InlineRunner(), ChangeBus(), parent)


def come_up(qtbot, dialog, household=HERE):
    dialog.ask(household)
    qtbot.waitUntil(dialog.isActiveWindow)


def write(dialog):
    for field, text in ((dialog.who, WHO), (dialog.what, WHAT)):
        commit_text(field.editor(), text)


def test_the_household_at_hand_and_one_key_sends(qtbot, dialog, memos):
    come_up(qtbot, dialog)
    assert dialog.who.editor().hasFocus()
    write(dialog)
    with qtbot.waitSignal(dialog.sent) as sent:
        qtbot.keyClick(dialog, Key.Key_Return, Ctrl)
    (given,) = memos.taken
    assert (given.household_id, given.who, given.what) == (HERE.household_id, WHO, WHAT)
    assert given.call_back is CallBack.NEXT_DAY
    assert sent.args[0] == "電話メモを担当の担当 見本1さんの机に届けました。記録にも残しました。"
    assert not dialog.isVisible()


def test_an_urgent_call_about_a_household_found_by_letters(qtbot, dialog, memos):
    come_up(qtbot, dialog, None)
    assert dialog.picker.box.hasFocus()
    write(dialog)
    dialog.call_back.show_value(CallBack.TODAY.value)
    qtbot.keyClick(dialog, Key.Key_Return, Ctrl)
    assert memos.taken == []
    assert "どの世帯" in dialog.messages.text()
    dialog.picker.box.setText("架空")
    dialog.picker.search()
    dialog.picker.choice.setCurrentIndex(1)
    qtbot.keyClick(dialog, Key.Key_Return, Ctrl)
    assert memos.taken[0].household_id == FakeHouseholds().find("架空")[0].household_id
    assert memos.taken[0].call_back is CallBack.TODAY


def test_a_call_of_nobody_known_is_parked(qtbot, dialog, memos):
    memos.answer_with = MemoTaken(memo_id=fake_id("memo"), is_unidentified=True, has_entry=False)
    come_up(qtbot, dialog, None)
    dialog.unknown.setChecked(True)
    assert not dialog.picker.isVisible()
    write(dialog)
    with qtbot.waitSignal(dialog.sent) as sent:
        qtbot.keyClick(dialog, Key.Key_Return, Ctrl)
    assert memos.taken[0].household_id is None
    assert "未特定" in sent.args[0]


@pytest.mark.parametrize(
    "refusal",
    [
        UnavailableError("データベースに接続できません。"),
        ValidationError(what="用件を入力してください。"),
    ],
)
def test_what_was_typed_stays_and_is_sent_again_as_the_same_memo(qtbot, dialog, memos, refusal):
    come_up(qtbot, dialog)
    write(dialog)
    memos.refusal = refusal
    qtbot.keyClick(dialog, Key.Key_Return, Ctrl)
    assert dialog.isVisible()
    assert dialog.what.editor().text() == WHAT
    memos.refusal = None
    qtbot.keyClick(dialog, Key.Key_Return, Ctrl)
    assert len({given.memo_id for given in memos.tried}) == 1
    assert len(memos.taken) == 1


def test_what_was_refused_is_said_no_more_when_it_comes_up_again(qtbot, dialog):
    come_up(qtbot, dialog)
    qtbot.keyClick(dialog, Key.Key_Return, Ctrl)
    assert dialog.who.error() == "電話の相手を入力してください。"
    dialog.reject()
    come_up(qtbot, dialog)
    assert (dialog.who.error(), dialog.what.error()) == ("", "")


def test_escape_leaves_wherever_the_keyboard_is(dialog, qtbot):
    for part in (dialog, dialog.what.editor(), dialog.call_back.editor()):
        dialog.ask(None)
        qtbot.keyClick(part, Key.Key_Escape)
        assert not dialog.isVisible(), part
