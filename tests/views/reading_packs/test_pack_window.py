"""Reading a pack where there is no database, by keys alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from desktop.views.reading_packs.pack_window import PackWindow
from tests.support.factories import CLOCK
from tests.support.pack_screens import MovingClock, PackDialogs
from tests.support.qt import InlineRunner
from tests.support.reading_packs import PASSPHRASE, a_pack_file
from tests.support.typing_in import commit_text

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def clock():
    return MovingClock(CLOCK.now())


@pytest.fixture
def dialogs(tmp_path):
    return PackDialogs(tmp_path)


@pytest.fixture
def open_window(qtbot, look, clock, dialogs):
    def make(path):
        window = PackWindow(path, InlineRunner(), look, clock, dialogs=dialogs)
        qtbot.addWidget(window)
        window.start()
        with qtbot.waitActive(window):
            window.activateWindow()
        return window

    return make


@pytest.fixture
def opened(qtbot, tmp_path, open_window):
    window = open_window(a_pack_file(tmp_path))
    enter(qtbot, window, PASSPHRASE)
    return window


def enter(qtbot, window, passphrase):
    editor = window.asking.passphrase.editor()
    assert editor.hasFocus()
    commit_text(editor, passphrase)
    qtbot.keyClick(editor, Key.Key_Return)


def is_shut(window):
    nothing = window.reading.model.rows() == () and window.reading.sheet.toPlainText() == ""
    return nothing and window.asking.isVisible() and window.reading.told.text() == ""


def test_list_at_the_left_sheet_at_the_right_by_keys(qtbot, opened):
    page = opened.reading
    assert page.table.hasFocus()
    assert "持6-0001　架空福祉事務所　2世帯" in page.told.text()
    assert "あと8時間0分" in page.told.text()
    assert "世帯主　架空 花子" in page.sheet.toPlainText()
    qtbot.keyClick(page.table, Key.Key_Down)
    assert "世帯主　見本 太郎" in page.sheet.toPlainText()
    assert "架空" not in page.sheet.toPlainText()
    qtbot.keyClick(page.table, Key.Key_Tab)
    assert page.sheet.hasFocus()
    assert page.sheet.isReadOnly()
    page.sheet.selectAll()
    assert not page.sheet.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard


def test_the_passphrase_stays_nowhere(opened):
    assert opened.asking.passphrase.editor().text() == ""


def test_a_wrong_passphrase_is_said_and_asked_again(qtbot, tmp_path, open_window):
    window = open_window(a_pack_file(tmp_path))
    enter(qtbot, window, "べつの合言葉をためしてみる")
    assert "合言葉が違うか" in window.messages.text()
    assert is_shut(window)
    enter(qtbot, window, PASSPHRASE)
    assert window.reading.isVisible()
    assert window.messages.text() == "" or not window.messages.isVisible()


def test_an_empty_passphrase_asks_nobody(qtbot, tmp_path, open_window):
    window = open_window(a_pack_file(tmp_path))
    enter(qtbot, window, "")
    assert window.asking.passphrase.error()
    assert window.asking.open_button.isEnabled()


@pytest.mark.parametrize(("data", "said"), [(b"%PDF", "閲覧パックではない"), (None, "読めません")])
def test_what_is_no_pack_is_said_and_not_asked_about(tmp_path, open_window, data, said):
    path = tmp_path / "x.bansopack"
    if data is not None:
        path.write_bytes(data)
    window = open_window(path)
    assert said in window.messages.text()
    assert not window.asking.passphrase.isVisible()
    assert not window.asking.delete_button.isVisible()


def test_an_expired_pack_is_not_opened_and_can_be_deleted(
    qtbot, tmp_path, open_window, clock, dialogs
):
    path = a_pack_file(tmp_path)
    clock.instant += timedelta(hours=8)
    window = open_window(path)
    assert "期限が過ぎた" in window.messages.text()
    assert not window.asking.passphrase.isVisible()
    dialogs.answer = False
    qtbot.keyClick(window, Key.Key_D, CTRL)
    assert path.exists()
    dialogs.answer = True
    qtbot.keyClick(window, Key.Key_D, CTRL)
    assert not path.exists()
    assert "跡が残る" in dialogs.asked[0]
    assert "ファイルを消しました" in window.messages.text()


def test_it_closes_when_its_time_is_over(opened, clock):
    clock.instant += timedelta(hours=8) - timedelta(seconds=1)
    opened.tick()
    assert opened.reading.isVisible()
    clock.instant += timedelta(seconds=1)
    opened.tick()
    assert is_shut(opened)
    assert "期限が過ぎた" in opened.messages.text()
    assert opened.asking.delete_button.isVisible()


def test_it_closes_when_nobody_is_there_and_opens_again(qtbot, opened):
    watch = opened._watch
    assert watch.timer.interval() == 5 * 60_000
    watch.idle.emit()
    assert is_shut(opened)
    assert "操作がなかった" in opened.messages.text()
    enter(qtbot, opened, PASSPHRASE)
    assert opened.reading.isVisible()


def test_escape_closes_and_lets_go(qtbot, opened):
    with qtbot.waitSignal(opened.closed):
        qtbot.keyClick(opened, Key.Key_Escape)
    assert opened.reading.model.rows() == ()


def test_nothing_is_written_while_it_is_read(qtbot, opened, tmp_path):
    qtbot.keyClick(opened.reading.table, Key.Key_Down)
    assert [path.suffix for path in tmp_path.iterdir()] == [".bansopack"]
