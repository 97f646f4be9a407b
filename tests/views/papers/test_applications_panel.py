"""電子申請の取込 by keyboard: look, choose a household, confirm, keep the rest as a list."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop.domain.errors import UserError
from desktop.domain.online_applications import Standing
from tests.support.fakes import make_household_row
from tests.support.fakes_applications import LIST, MAPPING, UNFOUND

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def panel(screen, qtbot):
    qtbot.keyClick(screen, Qt.Key.Key_I, CTRL)
    qtbot.waitUntil(lambda: screen.applications is not None and screen.applications.isVisible())
    return screen.applications


@pytest.fixture
def looked(panel, qtbot):
    qtbot.waitUntil(panel.choice.file_button.hasFocus)
    qtbot.keyClick(panel, Qt.Key.Key_O, CTRL)
    qtbot.keyClick(panel, Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(panel.list.table.hasFocus)
    return panel


def test_nothing_is_asked_before_a_list_is_chosen(panel, qtbot, applications):
    qtbot.keyClick(panel, Qt.Key.Key_P, CTRL)
    assert not panel.look_button.isEnabled()
    assert not panel.take_button.isEnabled()
    assert applications.takes.calls == []
    assert "同じフォルダー" in panel.promise.text()


def test_a_look_shows_each_application_and_stores_nothing(looked, applications):
    assert applications.takes.calls == [("preview", LIST, MAPPING)]
    shown = [looked.list.model.index(row, 2).data() for row in range(5)]
    assert shown == [
        "取り込みます",
        "取込済み",
        "△ 世帯が不明",
        "△ 様式が不明",
        "△ ファイルがない",
    ]
    said = "申請5件：取り込めるもの1件、取込済み1件、取り込めないもの3件（一覧に残ります）。まだ何も保存していません。"
    assert said in looked.list.verdict.text()
    assert looked.list.current() == UNFOUND


def test_whose_it_is_is_chosen_by_enter_and_number(looked, qtbot, applications):
    qtbot.keyClick(looked.list.table, Qt.Key.Key_Return)
    box = looked.list.household.box
    qtbot.waitUntil(box.hasFocus)
    qtbot.keyClicks(box, "1")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: looked.list.household.chosen() is not None)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    expected = ("choose", UNFOUND.place, make_household_row(1).household_id)
    qtbot.waitUntil(lambda: expected in applications.takes.calls)
    assert looked.list.model.index(2, 2).data() == "取り込みます"


def test_confirmed_what_is_ready_is_taken_in_and_the_pool_is_told(
    looked, screen, qtbot, applications, changes
):
    with qtbot.waitSignals([changes.paper_changed, screen.announced]):
        qtbot.keyClick(looked, Qt.Key.Key_Return, CTRL)
    assert applications.dialogs.asked[-1].startswith("1件の電子申請を")
    assert ("run", 1) in applications.takes.calls
    assert looked.list.model.index(0, 2).data() == "✓ 取り込みました"
    assert not looked.take_button.isEnabled()


def test_without_a_yes_nothing_is_taken_in(looked, qtbot, applications):
    applications.dialogs.answer = False
    qtbot.keyClick(looked, Qt.Key.Key_Return, CTRL)
    assert [name for name, *_ in applications.takes.calls] == ["preview"]


def test_the_rest_is_kept_as_a_list(looked, qtbot, screen, applications):
    with qtbot.waitSignal(screen.announced) as said:
        qtbot.keyClick(looked, Qt.Key.Key_S, CTRL)
    assert ("save", Path("電子申請_残り.csv")) in applications.takes.calls
    assert said.args == ["残り4件の一覧を保存しました。"]


def test_a_refusal_is_said_and_the_list_stays(looked, qtbot, screen, applications):
    applications.takes.refusal = UserError("確かめた後でファイルが変わっています。")
    qtbot.keyClick(looked, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "変わっています" in screen.messages.text())
    assert looked.list.isVisible()
    assert not looked.is_working


def test_another_file_forgets_what_was_found(looked, qtbot):
    qtbot.keyClick(looked, Qt.Key.Key_O, CTRL)
    assert looked.list.model.rowCount() == 0
    assert not looked.take_button.isEnabled()


def test_escape_leads_from_choosing_to_the_list_and_out(looked, qtbot, screen):
    qtbot.keyClick(looked.list.table, Qt.Key.Key_Return)
    qtbot.waitUntil(looked.list.household.box.hasFocus)
    qtbot.keyClick(looked.list.household.box, Qt.Key.Key_Escape)
    qtbot.waitUntil(looked.list.table.hasFocus)
    qtbot.keyClick(looked.list.table, Qt.Key.Key_Escape)
    qtbot.waitUntil(screen.form.isVisible)
    assert screen.pool.isVisible()


def test_what_is_settled_offers_no_choosing(looked, qtbot):
    looked.list.table.select_row(1)
    line = looked.list.current()
    assert line is not None
    assert line.standing is Standing.TAKEN
    assert not looked.list.household.isVisible()
