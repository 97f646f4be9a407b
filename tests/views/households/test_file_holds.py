"""廃棄の保留 in the file: set by keyboard, ended after a question, shown in the overview."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QLabel

from desktop.domain.errors import ValidationError
from desktop.domain.holds import HoldKind
from desktop.domain.households import HeldBack
from desktop.domain.roles import Role
from desktop.views.households.file_holds import FileHoldsView
from desktop.views.households.overview import Overview
from desktop.views.navigation import SCREENS
from desktop.views.requests import FileRequest
from desktop.views.window import MainWindow
from tests.support.fake_desk import FakeHistories, FakeRecords
from tests.support.fakes import (
    CLOCK,
    TODAY,
    FakeDialogs,
    FakeHouseholds,
    fake_id,
    make_case_file,
    make_household_row,
    make_staff,
    make_workplace,
)
from tests.support.fakes_disposal import make_hold
from tests.support.qt import InlineRunner

HOUSEHOLD = fake_id("household 5")
CTRL = Qt.KeyboardModifier.ControlModifier
REASON = "78条返還金（架空）"


class FakeFileHolds:
    """One hold and one that is over; remembers what was done."""

    def __init__(self):
        over = {"is_open": False, "is_over": True}
        self.rows = (
            make_hold(1, reason=REASON),
            make_hold(2, kind=HoldKind.APPEAL, **over, reason="終わった審査請求"),
        )
        self.refusal = None
        self.done = []

    def of(self, household_id):
        return self.rows

    def set_hold(self, given):
        if self.refusal:
            raise self.refusal
        self.done.append(given)
        return fake_id("hold")

    def end_hold(self, hold_id):
        self.done.append(hold_id)


@pytest.fixture
def holds():
    return FakeFileHolds()


@pytest.fixture
def make_view(qtbot, look, holds):
    def make(*, may_end=True):
        view = FileHoldsView(
            HOUSEHOLD,
            holds,
            CLOCK,
            InlineRunner(),
            look=look,
            dialogs=FakeDialogs(),
            may_end=may_end,
        )
        qtbot.addWidget(view)
        view.resize(1000, 700)
        view.show()
        with qtbot.waitActive(view):
            view.activateWindow()
        view.activate()
        return view

    return make


def cells(model, row):
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_holds_are_told_with_their_reason(make_view):
    view = make_view()
    model = view.panel.model
    assert cells(model, 0) == [
        "債務（63条・78条など）",
        "R6.10.1",
        "終わりなし",
        REASON,
        "担当 見本子",
        "保留中",
    ]
    assert cells(model, 1)[-1] == "終了"


def test_a_hold_is_set_by_keyboard(qtbot, make_view, holds):
    view = make_view()
    panel = view.panel
    panel.kind.show_value("lawsuit")
    qtbot.keyClicks(panel.reason.editor(), "sosho")
    assert view.has_unsaved()
    with qtbot.waitSignals([view.announced, view.holds_changed], timeout=2000):
        qtbot.keyClick(panel.reason.editor(), Qt.Key.Key_Return, CTRL)
    (given,) = holds.done
    assert (given.household_id, given.kind, given.valid_from) == (
        HOUSEHOLD,
        HoldKind.LAWSUIT,
        TODAY,
    )
    assert not view.has_unsaved()


def test_what_is_refused_stands_beside_its_field(qtbot, make_view, holds):
    view = make_view()
    panel = view.panel
    panel.kind.show_value("debt")
    qtbot.keyClicks(panel.reason.editor(), "x")
    holds.refusal = ValidationError(valid_to="終わりの日は、今日以後にしてください。")
    panel.set_button.click()
    assert "今日以後" in panel.valid_to.error()
    assert panel.set_button.isEnabled()


def test_only_a_running_hold_is_ended_and_only_by_who_may(qtbot, make_view, holds):
    view = make_view()
    view.panel.table.select_row(1)
    assert not view.panel.end_button.isEnabled()
    view.panel.table.select_row(0)
    view.panel.end_button.click()
    assert holds.done == [holds.rows[0].hold_id]
    assert make_view(may_end=False).panel.end_button.isHidden()


def test_a_file_without_holds_says_what_they_are_for(make_view, holds):
    holds.rows = ()
    assert "廃棄されません" in make_view().panel.empty_sentence()


def test_the_overview_names_what_holds_the_file(qtbot, look):
    overview = Overview(look, TODAY)
    qtbot.addWidget(overview)
    plain = make_case_file(make_household_row(5), TODAY)

    def texts():
        return [label.text() for label in overview.findChildren(QLabel)]

    overview.show_file(plain)
    assert "廃棄の保留" not in texts()
    held = HeldBack(kind=HoldKind.DEBT, since=date(2024, 4, 1))
    overview.show_file(replace(plain, holds=(held,)))
    assert "▲ 債務（63条・78条など）（R6.4.1から）" in texts()


@pytest.fixture
def window(qtbot, qapp, look, tmp_path, holds):
    workplace = make_workplace(
        qapp,
        look=look,
        staff=make_staff(roles=frozenset({Role.SUPERVISOR})),
        households=FakeHouseholds(),
        histories=FakeHistories(),
        records=FakeRecords(),
        file_holds=holds,
    )
    state = QSettings(str(tmp_path / "state.ini"), QSettings.Format.IniFormat)
    screens = tuple(screen for screen in SCREENS if screen.key == "households")
    window = MainWindow(workplace, state, screens)
    qtbot.addWidget(window)
    window.start()
    with qtbot.waitActive(window):
        window.activateWindow()
    return window


def test_key_and_button_go_to_the_section(qtbot, window):
    window.tabs._made["households"].table.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_F9)
    file = window.tabs.currentWidget()
    assert isinstance(file.sections.page(), FileHoldsView)
    window.tabs.open_file(FileRequest(household_id=file.household_id, section="overview"))
    file.overview.holds_button.click()
    assert isinstance(file.sections.page(), FileHoldsView)
    assert "廃棄の保留" in [command.title for command in window._history_commands()]
