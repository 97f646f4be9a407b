from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QLabel
from typing_extensions import override

from desktop.domain.errors import UserError
from desktop.domain.roles import Permission, Role
from desktop.views.fields.growing_edit import GrowingEdit
from desktop.views.fields.line_edit import LineEdit
from desktop.views.navigation import SCREENS, Screen
from desktop.views.requests import FileRequest
from desktop.views.screen import ScreenView
from desktop.views.window import MainWindow
from tests.support.fakes import FakeDialogs, FakeHouseholds, fake_id, make_staff, make_workplace
from tests.support.typing_in import commit_text

HOUSEHOLDS = tuple(screen for screen in SCREENS if screen.key == "households")


class Notes(ScreenView):
    """A screen on which something is typed."""

    def __init__(self, workplace):
        super().__init__(workplace.runner, title="メモ")
        self.is_dirty = False
        self.reloads = 0

    @override
    def reload(self):
        self.reloads += 1

    @override
    def has_unsaved(self):
        return self.is_dirty


class Storing(Notes):
    """A screen that can store what was typed."""

    @override
    def stores_unsaved(self):
        return self.is_dirty

    @override
    def store_unsaved(self, on_stored):
        self.is_dirty = False
        on_stored()


NOTES = Screen(key="notes", title="メモ", shortcut="Ctrl+3", permission=None, make=Notes)
MASTERS = Screen(
    key="x", title="管理", shortcut="Ctrl+9", permission=Permission.EDIT_MASTERS, make=Notes
)


@pytest.fixture
def dialogs():
    return FakeDialogs()


@pytest.fixture
def make_window(qtbot, qapp, look, tmp_path, dialogs):
    def make(screens=(*HOUSEHOLDS, NOTES, MASTERS), **changes):
        workplace = make_workplace(qapp, look=look, dialogs=dialogs, **changes)
        state = QSettings(str(tmp_path / "state.ini"), QSettings.Format.IniFormat)
        window = MainWindow(workplace, state, screens)
        qtbot.addWidget(window)
        window.start()
        with qtbot.waitActive(window):
            window.activateWindow()
        return window

    return make


def tab_texts(window):
    return [window.tabs.tabText(index) for index in range(window.tabs.count())]


def test_shows_the_screens_of_the_persons_roles(make_window):
    window = make_window()
    titles = [window.side_bar.item(row).text() for row in range(window.side_bar.count())]
    assert titles == ["世帯一覧", "メモ"]


def test_bottom_line_says_who_where_and_when_in_era_dates(make_window):
    window = make_window()
    assert window.status_line.person.text() == "担当 見本子（地区担当員）"
    assert window.status_line.office.text() == "架空市福祉事務所"
    assert window.status_line.day.text() == "令和6年10月1日（火）"


def test_training_frame_is_shown_in_a_training_office_only(make_window):
    assert make_window().findChild(QLabel, "training_word").isVisible()
    real = make_window(staff=make_staff(is_training=False))
    assert not real.findChild(QLabel, "training_word").isVisible()


def test_keys_change_the_screen(qtbot, make_window):
    window = make_window()
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert tab_texts(window) == ["メモ"]
    assert window.side_bar.currentItem().text() == "メモ"


@pytest.mark.parametrize("field", [LineEdit, lambda: GrowingEdit(lines=2, most_lines=4)])
def test_the_search_is_reached_from_inside_any_text(qtbot, make_window, field):
    """By the key that the search has in the navigation; nothing is typed into the text."""
    (search,) = (screen for screen in SCREENS if screen.key == "search")
    window = make_window((NOTES, replace(search, make=Notes)))
    box = field()
    window.findChild(Notes).body.addWidget(box)
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    mods = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(box, Qt.Key.Key_F, mods)
    assert window.side_bar.currentItem().text() == "検索"
    assert (box.text() if isinstance(box, LineEdit) else box.toPlainText()) == ""


def test_files_open_in_tabs_once_and_close_by_key(qtbot, make_window):
    window = make_window()
    window.tabs.open_file(FileRequest(household_id=fake_id("household 1")))
    window.tabs.open_file(FileRequest(household_id=fake_id("household 2")))
    window.tabs.open_file(FileRequest(household_id=fake_id("household 1")))
    assert tab_texts(window) == ["世帯一覧", "00001 見本　花子", "00002 髙﨑　一郎"]
    assert window.tabs.currentIndex() == 1
    qtbot.keyClick(window, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert tab_texts(window) == ["世帯一覧", "00002 髙﨑　一郎"]


def test_palette_opens_a_file_from_anywhere(qtbot, make_window):
    window = make_window()
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.palette_box.isVisible()
    commit_text(window.palette_box.box, "00003")
    qtbot.waitUntil(lambda: window.palette_box.list.item(0) is not None)
    qtbot.keyClick(window.palette_box.box, Qt.Key.Key_Return)
    assert tab_texts(window)[1:] == ["00003 例示　試子"]


def test_zoom_keys_grow_the_whole_window(qtbot, make_window, look):
    window = make_window()
    before = window.side_bar.width()
    qtbot.keyClick(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert look.zoom == 110
    assert window.side_bar.width() > before
    qtbot.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert look.zoom == 100


def test_refresh_key_reloads_what_is_in_front(qtbot, make_window):
    window = make_window((NOTES,))
    notes = window.tabs.widget(0).currentWidget()
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert notes.reloads == 2


def test_closing_with_something_unsaved_asks_first(qtbot, make_window, dialogs):
    window = make_window((NOTES,))
    window.tabs.widget(0).currentWidget().is_dirty = True
    dialogs.answer = False
    window.close()
    assert window.isVisible()
    assert "保存していない内容" in dialogs.asked[0]
    dialogs.answer = True
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_closing_stores_what_can_be_stored_and_asks_about_the_rest(qtbot, make_window, dialogs):
    storing = Screen(key="s", title="書く", shortcut="Ctrl+4", permission=None, make=Storing)
    window = make_window(screens=(NOTES, storing))
    for key in ("notes", "s"):
        window.tabs.show_screen(key)
        window.tabs.currentWidget().currentWidget().is_dirty = True
    with qtbot.waitSignal(window.closed):
        window.close()
    assert ["（2件）" in dialogs.asked[0], "失われます" in dialogs.asked[1]] == [True, True]
    assert [view.title for view in window.tabs.unsaved()] == ["メモ"]


def test_signing_out_is_forgotten_when_the_question_is_declined(qtbot, make_window, dialogs):
    window = make_window((NOTES,))
    notes = window.tabs.widget(0).currentWidget()
    notes.is_dirty = True
    dialogs.answer = False
    sign_out = next(c for c in window.palette_box.commands if c.title == "サインアウト")
    sign_out.act()
    notes.is_dirty = False
    with qtbot.waitSignal(window.closed) as closed:
        window.close()
    assert closed.args == [False]


def test_signing_out_without_saving_leads_to_the_next_sign_in(qtbot, make_window, dialogs):
    window = make_window((NOTES,))
    window.tabs.widget(0).currentWidget().is_dirty = True
    sign_out = next(c for c in window.palette_box.commands if c.title == "サインアウト")
    with qtbot.waitSignal(window.closed) as closed:
        sign_out.act()
    assert closed.args == [True]


def test_change_in_a_file_reads_only_that_file_again(qtbot, make_window, qapp):
    households = FakeHouseholds()
    window = make_window(households=households)
    for number in (1, 2):
        window.tabs.open_file(FileRequest(household_id=fake_id(f"household {number}")))
    before = len(households.opened)
    window.workplace.changes.entry_changed.emit(fake_id("household 1"), None)
    assert [opened[0] for opened in households.opened[before:]] == [fake_id("household 1")]


def test_refusal_nobody_took_is_shown_without_stopping_anybody(make_window):
    window = make_window()
    runner = window.tabs.widget(0).currentWidget().runner
    runner.refused.emit(UserError("もう一度操作してください。"))
    assert window.messages.text() == "もう一度操作してください。"
    assert "接続中" in window.status_line.connection.text()


def test_lost_connection_shows_in_the_bottom_line_and_comes_back(make_window):
    window = make_window()
    runner = window.tabs.widget(0).currentWidget().runner
    runner.reachable_changed.emit(False)
    assert "切れています" in window.status_line.connection.text()
    runner.reachable_changed.emit(True)
    assert "接続中" in window.status_line.connection.text()


def test_lost_connection_is_noticed_by_any_screens_call(make_window):
    households = FakeHouseholds()
    window = make_window(households=households)
    households.is_reachable = False
    window.tabs.reload_current()
    assert "切れています" in window.status_line.connection.text()
    households.is_reachable = True
    window.tabs.reload_current()
    assert "接続中" in window.status_line.connection.text()


def test_screens_of_a_supervisor_are_more_than_those_of_an_administrator(make_window):
    admin = make_window(staff=make_staff(roles=frozenset({Role.ADMINISTRATOR})))
    titles = [admin.side_bar.item(row).text() for row in range(admin.side_bar.count())]
    assert titles == ["メモ", "管理"]
