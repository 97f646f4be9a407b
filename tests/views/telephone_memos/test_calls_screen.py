"""電話メモ（未特定）: a call is given to a household or ended with a word."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.jobs.change_bus import ChangeBus
from desktop.views.telephone_memos.calls_screen import CallsScreen
from tests.support.fakes import TODAY, FakeHouseholds
from tests.support.fakes_memos import FakeCalls, make_call
from tests.support.qt import InlineRunner
from tests.support.typing_in import commit_text

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def memos():
    return FakeCalls((make_call(1), make_call(2)))


@pytest.fixture
def screen(qtbot, look, memos):
    screen = CallsScreen(
        memos,
        FakeHouseholds(),
        InlineRunner(),
        changes=ChangeBus(),
        look=look,
        today=lambda: TODAY,
    )
    qtbot.addWidget(screen)
    screen.resize(1000, 700)
    screen.show()
    with qtbot.waitActive(screen):
        screen.activateWindow()
    screen.activate()
    return screen


def test_a_call_is_given_to_the_household_chosen(qtbot, screen, memos):
    assert screen.model.rowCount() == 2
    assert screen.words.words == "架空　花子1：薬の袋が見つからない"
    qtbot.keyClick(screen.table, Key.Key_S, Ctrl)
    assert memos.identified == []
    assert "どの世帯" in screen.messages.text()
    screen.picker.box.setText("架空")
    screen.picker.search()
    screen.picker.choice.setCurrentIndex(1)
    with qtbot.waitSignal(screen.announced):
        qtbot.keyClick(screen.table, Key.Key_S, Ctrl)
    household = FakeHouseholds().find("架空")[0].household_id
    assert memos.identified == [(make_call(1).memo_id, household)]
    assert screen.model.rowCount() == 1


def test_a_call_that_nobody_can_place_ends_with_a_word(qtbot, screen, memos):
    qtbot.keyClick(screen.table, Key.Key_Return, Ctrl)
    assert memos.answered == []
    commit_text(screen.result.editor(), "かけ間違いだった")
    qtbot.keyClick(screen.table, Key.Key_Return, Ctrl)
    assert memos.answered == [(make_call(1).memo_id, "かけ間違いだった")]
    assert not screen.has_unsaved()


def test_an_empty_list_says_how_a_call_gets_here(screen, memos):
    memos.calls = ()
    screen.reload()
    assert "F3" in screen.nothing.words
    assert not screen.table.isVisible()
