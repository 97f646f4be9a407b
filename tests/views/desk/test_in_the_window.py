"""The desk's wishes reach the window: consultation from everywhere, and other screens."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.domain.roles import Permission
from desktop.views.navigation import SCREENS, Screen
from desktop.views.requests import ScreenRequest
from desktop.views.screen import ScreenView
from tests.support.fakes import fake_id
from tests.support.fakes_desk import (
    RECORDS_STAFF,
    FakeHandovers,
    FakePlans,
    FakePrintQueue,
    FakeQueue,
    FakeRadar,
    FakeRecords,
    FakeTodos,
    NoOfficeData,
    make_draft,
)
from tests.support.typing_in import commit_text

MINE = tuple(screen for screen in SCREENS if screen.key in {"desk", "households"})


class Review(ScreenView):
    """Stands for the review pane."""

    def __init__(self, workplace):
        super().__init__(workplace.runner, title="決裁待ち")
        self.items = []

    def show_item(self, item_id):
        self.items.append(item_id)


REVIEW = Screen(
    key="approvals",
    title="決裁待ち",
    shortcut="Ctrl+3",
    permission=Permission.FIND_HOUSEHOLDS,
    make=Review,
)


@pytest.fixture
def todos():
    return FakeTodos()


@pytest.fixture
def make_window(office_windows, todos):
    def make(**staff):
        return office_windows.open(
            (*MINE, REVIEW),
            staff,
            todos=todos,
            records=FakeRecords((make_draft(3),)),
            reviews=FakeQueue(),
            visit_plans=FakePlans(),
            handovers=FakeHandovers(),
            supervision=FakeRadar(),
            printing=FakePrintQueue(),
            masters=NoOfficeData(),
        )

    return make


def front(window):
    return window.tabs.currentWidget().currentWidget()


def consult(qtbot, window, words):
    qtbot.keyClick(window, Qt.Key.Key_F6)
    commit_text(window.consult_bar.line, words)
    qtbot.keyClick(window.consult_bar.line, Qt.Key.Key_Return)


def test_desk_is_the_first_screen(make_window):
    assert front(make_window()).title == "わたしの机"


def test_f6_consults_about_the_line_chosen_on_the_desk(qtbot, make_window, todos):
    window = make_window()
    consult(qtbot, window, "相談です。")
    assert todos.consulted == [(fake_id("household 3"), "相談です。")]
    assert "相談を送りました" in window.status_line.currentMessage()


def test_f6_consults_about_the_line_chosen_in_the_list(qtbot, make_window, todos):
    window = make_window()
    window.tabs.show_screen("households")
    consult(qtbot, window, "相談です。")
    assert todos.consulted == [
        (front(window).model.row_at(front(window).table.currentIndex()).household_id, "相談です。")
    ]


def test_whoever_writes_no_records_has_no_such_key(qtbot, make_window):
    window = make_window(**RECORDS_STAFF)
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert window.consult_bar.isHidden()


def test_a_screen_may_ask_for_another_one_at_an_item(make_window):
    window = make_window()
    front(window).screen_requested.emit(
        ScreenRequest(key="approvals", item_id=fake_id("approval 1"))
    )
    assert front(window).items == [fake_id("approval 1")]


def test_a_screen_that_is_not_allowed_is_not_shown(make_window):
    window = make_window()
    front(window).screen_requested.emit(ScreenRequest(key="masters"))
    assert front(window).title == "わたしの机"
