"""パスワードの変更: rules beside the field, mistakes at their place, nothing typed is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.domain.accounts import PasswordRule
from desktop.domain.errors import UnavailableError, ValidationError
from desktop.views.password_dialog import PasswordDialog
from desktop.views.window import MainWindow
from tests.support.fakes import CLOCK, FakeOwnPassword, make_staff, make_workplace
from tests.support.qt import HeldRunner, InlineRunner

Key = Qt.Key
OLD, NEW = "ima-no-kotoba-1", "midori-no-oka-1"


@pytest.fixture
def passwords():
    return FakeOwnPassword()


@pytest.fixture
def make_dialog(qtbot, look, passwords):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(900, 600)
    parent.show()

    def make(runner=None):
        dialog = PasswordDialog(passwords, runner or InlineRunner(), parent)
        dialog.ask()
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    return make


def type_in(dialog, qtbot, old=OLD, new=NEW, again=NEW):
    for field, text in ((dialog.old, old), (dialog.password, new), (dialog.again, again)):
        qtbot.keyClicks(field.editor(), text)
        if field is not dialog.again:
            qtbot.keyClick(field.editor(), Key.Key_Return)


def typed(dialog):
    return [field.editor().text() for field in (dialog.old, dialog.password, dialog.again)]


def test_it_is_changed_by_keys_alone_and_forgets_what_was_typed(make_dialog, passwords, qtbot):
    dialog = make_dialog()
    assert dialog.old.editor().hasFocus()
    assert "12字以上" in dialog.rules.text()
    with qtbot.waitSignal(dialog.changed) as changed:
        type_in(dialog, qtbot)
        assert dialog.again.editor().hasFocus()
        qtbot.keyClick(dialog.again.editor(), Key.Key_Return)
    assert passwords.changed == [NEW]
    assert "次のサインイン" in changed.args[0]
    assert not dialog.isVisible()
    assert typed(dialog) == ["", "", ""]


def test_nothing_typed_can_be_read_on_the_screen(make_dialog):
    dialog = make_dialog()
    for field in (dialog.old, dialog.password, dialog.again):
        assert field.editor().echoMode() is QLineEdit.EchoMode.Password
        assert field.editor().accessibleName()


def test_the_length_is_counted_while_typing(make_dialog, qtbot):
    dialog = make_dialog()
    qtbot.keyClicks(dialog.password.editor(), "midori-no")
    assert dialog.password._note.text() == "あと3字"
    qtbot.keyClicks(dialog.password.editor(), "-oka")
    assert "足りて" in dialog.password._note.text()
    assert dialog.old._note.text() == ""


def test_every_mistake_stands_at_its_field(make_dialog, passwords, qtbot):
    dialog = make_dialog()
    dialog.change_button.click()
    assert dialog.old.error()
    assert dialog.password.error()
    assert dialog.old.editor().hasFocus()
    passwords.refusal = ValidationError(
        password="パスワードは12字以上にしてください。",  # noqa: S106 - a sentence
        again="二回の入力が違います。",
    )
    type_in(dialog, qtbot, new="mijikai", again="x")
    dialog.change_button.click()
    assert "12字以上" in dialog.password.error()
    assert "違います" in dialog.again.error()
    assert dialog.old.error() == ""
    assert dialog.password.editor().hasFocus()
    assert dialog.password.editor().selectedText()
    assert passwords.changed == []


def test_a_lost_connection_is_said_and_what_was_typed_stays(make_dialog, passwords, qtbot):
    dialog = make_dialog()
    passwords.refusal = UnavailableError("データベースに接続できません。")
    type_in(dialog, qtbot)
    dialog.change_button.click()
    assert "接続できません" in dialog.messages.text()
    assert typed(dialog) == [OLD, NEW, NEW]
    assert dialog.change_button.isEnabled()


def test_it_waits_for_the_answer_and_leaving_forgets(make_dialog, passwords, qtbot):
    runner = HeldRunner()
    dialog = make_dialog(runner)
    runner.release()
    type_in(dialog, qtbot)
    dialog.change_button.click()
    assert not dialog.change_button.isEnabled()
    qtbot.keyClick(dialog, Key.Key_Escape)
    assert dialog.isVisible()
    passwords.refusal = ValidationError(old="接続できませんでした。")
    runner.release()
    assert dialog.old.error()
    qtbot.keyClick(dialog, Key.Key_Escape)
    assert not dialog.isVisible()
    assert typed(dialog) == ["", "", ""]


def test_where_there_is_none_that_is_said(make_dialog, passwords):
    passwords._rule = PasswordRule(refusal="研修用の福祉事務所にはパスワードがありません。")
    dialog = make_dialog()
    assert "ありません" in dialog.lead.text()
    assert not dialog.old.isVisible()
    assert not dialog.change_button.isVisible()
    assert dialog.close_button.text() == "閉じる"


@pytest.fixture
def make_window(qtbot, qapp, look, tmp_path):
    def make(passwords, **changes):
        workplace = make_workplace(
            qapp, staff=make_staff(**changes), look=look, own_password=passwords
        )
        state = QSettings(str(tmp_path / "state.ini"), QSettings.Format.IniFormat)
        window = MainWindow(workplace, state, screens=())
        qtbot.addWidget(window)
        window.start()
        return window

    return make


def test_a_short_lived_password_is_offered_to_be_changed_at_sign_in(make_window):
    until = CLOCK.now() + timedelta(hours=24)
    window = make_window(
        FakeOwnPassword(rule=PasswordRule(least=12, valid_until=until)), is_training=False
    )
    assert window.password_dialog.isVisible()
    assert "R6.10.2 10:00 までしか使えません" in window.password_dialog.lead.text()


def test_a_lasting_one_is_not_and_the_command_opens_it(make_window, qtbot):
    passwords = FakeOwnPassword()
    window = make_window(passwords, is_training=False)
    assert not window.password_dialog.isVisible()
    window.palette_box.ask()
    window.palette_box.box.setText("パスワード")
    qtbot.keyClick(window.palette_box.box, Key.Key_Return)
    assert window.password_dialog.isVisible()
    qtbot.waitUntil(window.password_dialog.isActiveWindow)
    type_in(window.password_dialog, qtbot)
    window.password_dialog.change_button.click()
    assert passwords.changed == [NEW]
    assert "変更しました" in window.status_line.currentMessage()
