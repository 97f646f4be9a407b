"""The locked window shows nothing of anybody, keeps what was typed, and opens by the person's password."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QLineEdit

from desktop.domain.errors import UserError
from desktop.domain.tick import TickAge
from desktop.services.desk import LockRules
from desktop.views.idle_lock import IdleWatch
from desktop.views.navigation import SCREENS
from desktop.views.window import MainWindow
from tests.support.fakes import FakeWatch, make_staff, make_workplace

HOUSEHOLDS = tuple(screen for screen in SCREENS if screen.key == "households")
CTRL = Qt.KeyboardModifier.ControlModifier


RIGHT = "正しいあいことば"


def check(password: str) -> None:
    if password != RIGHT:
        raise UserError("接続できません。利用者名とパスワードを確認してください。")


@pytest.fixture
def make_window(qtbot, qapp, tmp_path):
    def make(rules: LockRules) -> MainWindow:
        state = QSettings(str(tmp_path / "state.ini"), QSettings.Format.IniFormat)
        workplace = make_workplace(qapp, staff=make_staff(), lock=rules)
        window = MainWindow(workplace, state, HOUSEHOLDS)
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.start()
            window.activateWindow()
        return window

    return make


def test_a_locked_window_hides_its_data_and_takes_no_key(make_window, qtbot):
    window = make_window(LockRules(idle_minutes=15, unlock=check))
    filter_line = window.centralWidget().findChild(QLineEdit)
    filter_line.setText("カクウ")
    qtbot.keyClick(window, Qt.Key.Key_L, CTRL)
    assert window.idle_lock.isVisible()
    assert not window.centralWidget().isVisible()
    assert not window.menuBar().isVisible()
    assert not window.statusBar().isVisible()
    assert "架空" not in window.windowTitle().replace(window.workplace.staff.office_name, "")
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    assert not window.palette_box.isVisible()
    qtbot.keyClicks(window.idle_lock.password, "wrong")
    qtbot.keyClick(window.idle_lock.password, Qt.Key.Key_Return)
    assert "パスワード" in window.idle_lock.error.text()
    assert not window.centralWidget().isVisible()
    window.idle_lock.password.setText(RIGHT)
    qtbot.keyClick(window.idle_lock.password, Qt.Key.Key_Return)
    assert not window.idle_lock.isVisible()
    assert window.centralWidget().isVisible()
    assert window.idle_lock.password.text() == ""
    assert filter_line.text() == "カクウ"


def test_in_the_training_office_one_key_opens_it(make_window, qtbot):
    window = make_window(LockRules(idle_minutes=15))
    window.lock()
    assert window.idle_lock.password.isHidden()
    qtbot.mouseClick(window.idle_lock.button, Qt.MouseButton.LeftButton)
    assert window.centralWidget().isVisible()


def test_a_locked_window_may_be_left(make_window, qtbot):
    window = make_window(LockRules(idle_minutes=15, unlock=check))
    window.lock()
    with qtbot.waitSignal(window.closed) as closed:
        qtbot.mouseClick(window.idle_lock.other, Qt.MouseButton.LeftButton)
    assert closed.args == [True]


def test_keys_put_the_lock_off_and_silence_brings_it(make_window, qtbot):
    window = make_window(LockRules(idle_minutes=15, unlock=check))
    watch = window.idle_lock.findChild(IdleWatch)
    assert watch.timer.interval() == 15 * 60_000
    watch.timer.stop()
    qtbot.keyClick(window, Qt.Key.Key_A)
    assert watch.timer.isActive()
    watch.timer.setInterval(1)
    qtbot.keyClick(window, Qt.Key.Key_A)
    qtbot.waitUntil(window.idle_lock.isVisible)


@pytest.mark.parametrize(
    ("seconds", "is_expected", "is_said"),
    [(30, True, False), (601, True, True), (None, True, True), (None, False, False)],
)
def test_a_late_tick_of_the_server_is_said_in_the_status_line(
    qtbot, qapp, tmp_path, seconds, is_expected, is_said
):
    watch = FakeWatch(TickAge(seconds=seconds, is_expected=is_expected))
    state = QSettings(str(tmp_path / "state.ini"), QSettings.Format.IniFormat)
    window = MainWindow(make_workplace(qapp, watch=watch), state, HOUSEHOLDS)
    qtbot.addWidget(window)
    window.start()
    assert window.status_line.tick.isVisible() is is_said
    assert ("定期処理" in window.status_line.tick.text()) is is_said


def test_what_the_server_check_found_is_said_at_once(make_window):
    window = make_window(LockRules(idle_minutes=0, notices=("この端末の時計がずれています。",)))
    assert "時計" in window.messages.text()
