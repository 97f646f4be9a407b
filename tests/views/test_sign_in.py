from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from desktop.domain.errors import NotPermittedError, UnavailableError
from desktop.domain.kept_passwords import KeepOffer
from desktop.domain.office import Account
from desktop.views.account_list import one_of_each_role_first
from desktop.views.sign_in import SignInWindow
from tests.support.qt import HeldRunner, InlineRunner

WORKER = Account(login="worker1", name="架空 一", role_label="地区担当員", duty="01地区")
OTHER_WORKER = Account(login="worker2", name="架空 二", role_label="地区担当員", duty="02地区")
SUPERVISOR = Account(login="chief1", name="見本 三", role_label="査察指導員", duty="01～07地区")


class FakeDoor:
    """A door that remembers who came in."""

    def __init__(self, *, is_training=True):
        self.is_training = is_training
        self.address = "server.example/banso"
        self.error = None
        self.given = []
        self.during = lambda: None
        self.offer = KeepOffer(why_not="保存しない決まりです。")
        self.forgot = 0

    def accounts(self, report, cancelled):
        report(120, 240, "世帯")
        self.during()
        if self.error is not None:
            raise self.error
        return (WORKER, OTHER_WORKER, SUPERVISOR)

    def enter(self, given):
        self.given.append(given)
        if self.error is not None:
            raise self.error
        return "services"

    def keep_offer(self):
        return self.offer

    def forget_passwords(self):
        self.forgot += 1
        return self.offer


@pytest.fixture
def make_window(qtbot, look):
    def make(door, runner=None):
        window = SignInWindow(door, runner or InlineRunner(), look)
        qtbot.addWidget(window)
        window.start()
        with qtbot.waitActive(window):
            window.activateWindow()
        return window

    return make


def test_one_account_of_every_role_comes_first():
    assert one_of_each_role_first((SUPERVISOR, WORKER, OTHER_WORKER)) == (
        WORKER,
        SUPERVISOR,
        OTHER_WORKER,
    )


def test_training_office_shows_accounts_and_enter_signs_in(qtbot, make_window):
    door = FakeDoor()
    window = make_window(door)
    assert window.accounts.model.rowCount() == 3
    qtbot.keyClick(window.accounts.table, Qt.Key.Key_Down)
    with qtbot.waitSignal(window.signed_in) as signed_in:
        qtbot.keyClick(window.accounts.table, Qt.Key.Key_Return)
    assert signed_in.args == ["services"]
    assert door.given[0].login == "chief1"


def test_training_word_is_always_there(make_window):
    window = make_window(FakeDoor(), HeldRunner())
    assert window.isVisible()
    word = window.findChild(object, "training_word")
    assert word.isVisible()
    assert "研修用" in word.text()


def test_real_office_has_no_training_word(make_window):
    window = make_window(FakeDoor(is_training=False))
    assert not window.findChild(object, "training_word").isVisible()


def test_window_is_up_before_the_office_is_ready_and_shows_progress(make_window):
    runner = HeldRunner()
    door = FakeDoor()
    window = make_window(door, runner)
    assert window.waiting.isVisible()
    seen: list[tuple[int, int]] = []
    door.during = lambda: seen.append((window.bar.value(), window.bar.maximum()))
    runner.release()
    assert seen == [(120, 240)]
    assert window.accounts.isVisible()


def test_office_that_cannot_be_made_says_so_and_can_be_tried_again(qtbot, make_window):
    door = FakeDoor()
    door.error = UnavailableError("研修用のデータベースを開けません。")
    window = make_window(door)
    assert window.messages.text() == "研修用のデータベースを開けません。"
    door.error = None
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert window.accounts.isVisible()
    assert window.messages.text() == ""


def test_bug_while_preparing_leaves_no_endless_waiting(qtbot, make_window):
    door = FakeDoor()
    runner = InlineRunner()
    door.error = IndexError("bug")
    with qtbot.waitSignal(runner.crashed):
        window = make_window(door, runner)
    assert "F5" in window.waiting.text()
    assert window.bar.maximum() > 0


def test_login_and_password_go_to_the_door(qtbot, make_window):
    door = FakeDoor(is_training=False)
    window = make_window(door)
    assert not window.form.remember.isVisible()
    qtbot.keyClicks(window.form.login, "worker1")
    qtbot.keyClick(window.form.login, Qt.Key.Key_Return)
    qtbot.keyClicks(window.form.password, "secret")
    with qtbot.waitSignal(window.signed_in):
        qtbot.keyClick(window.form.password, Qt.Key.Key_Return)
    assert (door.given[0].login, door.given[0].password) == ("worker1", "secret")
    assert "secret" not in repr(door.given[0])


def test_refused_login_says_why_and_can_be_repeated(qtbot, make_window):
    door = FakeDoor(is_training=False)
    door.error = NotPermittedError("接続できません。")
    window = make_window(door)
    window.form.login.setText("worker1")
    qtbot.mouseClick(window.form.button, Qt.MouseButton.LeftButton)
    assert window.messages.text() == "接続できません。"
    assert window.form.isEnabled()
    door.error = None
    with qtbot.waitSignal(window.signed_in):
        qtbot.mouseClick(window.form.button, Qt.MouseButton.LeftButton)


def test_closing_the_window_gives_up_and_stops_the_preparation(qtbot, make_window):
    runner = HeldRunner()
    window = make_window(FakeDoor(), runner)
    with qtbot.waitSignal(window.given_up):
        window.close()


def test_login_must_be_given(qtbot, make_window):
    door = FakeDoor(is_training=False)
    window = make_window(door)
    qtbot.mouseClick(window.form.button, Qt.MouseButton.LeftButton)
    assert window.form.error.text() == "利用者名を入力してください。"
    assert door.given == []


def test_password_may_be_kept_only_where_the_office_allows_it(qtbot, make_window):
    door = FakeDoor(is_training=False)
    door.offer = KeepOffer()
    window = make_window(door)
    qtbot.waitUntil(window.form.remember.isVisible)
    assert not window.form.why_not.isVisible()
    assert not window.form.forget.isVisible()


def test_the_form_says_why_no_password_is_kept(qtbot, make_window):
    window = make_window(FakeDoor(is_training=False))
    form = window.form
    qtbot.waitUntil(lambda: form.why_not.text() == "保存しない決まりです。")
    assert form.why_not.isVisible()
    assert not form.remember.isVisible()


@pytest.mark.parametrize(("left", "said"), [(False, "消しました"), (True, "消せませんでした")])
def test_the_kept_password_is_forgotten_by_a_button(qtbot, make_window, left, said):
    door = FakeDoor(is_training=False)
    door.offer = KeepOffer(has_kept=True)
    window = make_window(door)
    qtbot.waitUntil(window.form.forget.isVisible)
    assert "保存したパスワード" in window.form.password.placeholderText()
    door.offer = KeepOffer(has_kept=left)
    qtbot.mouseClick(window.form.forget, Qt.MouseButton.LeftButton)
    assert door.forgot == 1
    assert said in window.messages.text()
    assert window.form.forget.isVisible() is left


@pytest.mark.parametrize("offers", [True, False])
def test_reading_packs_are_offered_where_the_workstation_says_so(qtbot, look, offers):
    window = SignInWindow(FakeDoor(), InlineRunner(), look, offers_packs=offers)
    qtbot.addWidget(window)
    asked = []
    window.pack_requested.connect(lambda: asked.append(True))
    window.start()
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert asked == [True] * offers
    assert bool(window.findChild(QPushButton, "open_reading_pack")) is offers
