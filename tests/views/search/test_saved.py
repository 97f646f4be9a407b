"""Saved searches at the screen, by keys alone, over real services. On both databases."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.domain.ids import new_id
from desktop.domain.saved_searches import SavedSearchInput
from desktop.domain.search import SearchAsked, SearchNoun
from desktop.views.search.search_screen import SearchScreen
from tests.services.search.test_search import TEXTS, stored
from tests.support.desk import later, small_office
from tests.support.factories import CLOCK, TODAY
from tests.support.fakes import FakeDialogs
from tests.support.qt import InlineRunner
from tests.support.typing_in import commit_text

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def opened(qtbot, look, office):
    def open_at(clock=CLOCK):
        desk = office.desk(office.caseworker, clock)
        view = SearchScreen(
            desk.search,
            desk.saved_searches,
            clock,
            InlineRunner(),
            look=look,
            dialogs=FakeDialogs(),
        )
        qtbot.addWidget(view)
        view.resize(1100, 800)
        view.show()
        with qtbot.waitActive(view):
            view.activateWindow()
        view.activate()
        return view

    return open_at


def save(office, name="通院の様子", until=TODAY):
    asked = SearchAsked(words="通院", noun=SearchNoun.ENTRY, kind="home_visit", is_widened=False)
    office.desk(office.caseworker).saved_searches.keep(
        SavedSearchInput(
            search_id=new_id(),
            name=name,
            purpose="毎月の見直し。",
            valid_until=until,
            asked=asked,
        )
    )


def test_an_empty_list_says_how_it_fills(opened, qtbot):
    view = opened()
    assert "この検索を保存（Ctrl+D）" in view.saved.nothing.text()
    qtbot.keyClick(view.box, Key.Key_D, CTRL)
    assert "先に、探す言葉" in view.messages.text()
    assert view.pages.currentWidget() is view.list_page


def test_what_is_searched_for_is_saved_by_keys(opened, office, qtbot):
    stored(office, TEXTS[:1])
    view = opened()
    commit_text(view.box, "通院")
    qtbot.keyClick(view.box, Key.Key_Return)
    qtbot.keyClick(view.box, Key.Key_D, CTRL)
    assert view.form.purpose.editor().hasFocus()
    assert "通院" in view.form.what.text()
    qtbot.keyClick(view.form.purpose.editor(), Key.Key_Return, CTRL)
    assert view.pages.currentWidget() is view.form
    assert view.form.purpose.error()
    commit_text(view.form.purpose.editor(), "通院を確かめる。")
    with qtbot.waitSignal(view.announced):
        qtbot.keyClick(view.form.purpose.editor(), Key.Key_Return, CTRL)
    assert view.box.hasFocus()
    qtbot.keyClick(view.box, Key.Key_F4)
    (saved,) = view.saved.model.rows()
    assert (saved.name, saved.purpose, saved.asked.words) == ("通院", "通院を確かめる。", "通院")
    assert view.saved.table.hasFocus()


def test_it_is_run_from_the_list_with_what_narrows_it(opened, office, qtbot):
    stored(office, TEXTS[:1])
    save(office)
    view = opened()
    assert view.count.text() == ""
    qtbot.keyClick(view.box, Key.Key_Down)
    assert view.saved.table.hasFocus()
    qtbot.keyClick(view.saved.table, Key.Key_Return)
    assert view.model.rowCount() == 1
    assert "「通院の様子」（目的：毎月の見直し。" in view.count.text()
    assert "1件" in view.count.text()
    assert (view.box.text(), view.fields.noun.entered()) == ("通院", "entry")
    assert (view.fields.kind.entered(), view.fields.widened.isChecked()) == ("home_visit", False)
    assert view.saved.isHidden()
    qtbot.keyClick(view.box, Key.Key_Return)
    assert "通院の様子" not in view.count.text()
    qtbot.keyClick(view.box, Key.Key_Escape)
    assert not view.saved.isHidden()


def test_what_is_over_is_not_run_and_is_given_more_time_by_keys(opened, office, qtbot):
    stored(office, TEXTS[:1])
    save(office)
    view = opened(later(CLOCK, days=1))
    assert view.saved.model.index(0, 1).data().endswith("切れ・14日後に消えます")
    qtbot.keyClick(view.box, Key.Key_Down)
    qtbot.keyClick(view.saved.table, Key.Key_Return)
    assert "目的を書いて延ばす" in view.messages.text()
    assert (view.box.text(), view.model.rowCount()) == ("", 0)
    assert view.saved.table.hasFocus()
    qtbot.keyClick(view.saved.table, Key.Key_E)
    assert view.longer.purpose.editor().hasFocus()
    assert view.longer.purpose.editor().text() == ""
    commit_text(view.longer.purpose.editor(), "次の見直しまで。")
    qtbot.keyClick(view.longer.purpose.editor(), Key.Key_Return, CTRL)
    (saved,) = view.saved.model.rows()
    assert (saved.is_over, saved.purpose) == (False, "次の見直しまで。")
    qtbot.keyClick(view.box, Key.Key_F4)
    qtbot.keyClick(view.saved.table, Key.Key_Return)
    assert view.model.rowCount() == 1


def test_one_is_ended_after_a_question(opened, office, qtbot):
    save(office)
    view = opened()
    qtbot.keyClick(view.box, Key.Key_Down)
    qtbot.keyClick(view.saved.table, Key.Key_X)
    assert view.saved.model.rowCount() == 0
    assert "まだありません" in view.saved.nothing.text()


def test_saving_searches_for_nothing(opened, office, qtbot):
    save(office)
    view = opened()
    commit_text(view.box, "通院")
    qtbot.keyClick(view.box, Key.Key_D, CTRL)
    commit_text(view.form.purpose.editor(), "確かめる。")
    asked: list[SearchAsked] = []
    view._searches = type("Counting", (), {"find": asked.append})()
    qtbot.keyClick(view.form.purpose.editor(), Key.Key_Return, CTRL)
    assert view.saved.model.rowCount() == 2
    assert asked == []
