"""An event's checklist becomes to-dos of the household at hand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from desktop.domain.errors import NotPermittedError, ValidationError
from desktop.domain.help_cards import EventBegun
from desktop.views.navigation import SCREENS
from desktop.views.requests import FileRequest
from tests.support.factories import TODAY
from tests.support.fakes import fake_id
from tests.support.help_packages import ShippedHelp
from tests.support.typing_in import commit_text

HOUSEHOLDS = tuple(screen for screen in SCREENS if screen.key == "households")


class FakeChecklists:
    """Takes what is begun."""

    def __init__(self):
        self.starts = []
        self.refuses = None

    def begin(self, start):
        if self.refuses is not None:
            raise self.refuses
        self.starts.append(start)
        return EventBegun(made=len(start.tasks), stood=0, is_own=True)


@pytest.fixture
def checklists():
    return FakeChecklists()


@pytest.fixture
def window(office_windows, checklists):
    return office_windows.open(
        HOUSEHOLDS, {}, help_cards=ShippedHelp(), event_checklists=checklists
    )


@pytest.fixture
def form(window):
    window.tabs.open_file(FileRequest(household_id=fake_id("household 1")))
    window.help_panel.ask(window.tabs.place_at_hand())
    commit_text(window.help_panel.box, "退院")
    assert window.help_panel.card().key == "event-discharge"
    return window.help_panel.event_form


def type_day(form, text):
    form.day.editor().selectAll()
    commit_text(form.day.editor(), text)


def lines(form):
    return [form.tasks.item(row).text() for row in range(form.tasks.count())]


def test_only_an_event_has_the_form(window, form):
    assert form.isVisible()
    commit_text(window.help_panel.box, "63条か78条か")
    assert form.isHidden()


def test_every_task_is_ticked_with_its_day_and_ctrl_enter_begins_them(
    qtbot, window, form, checklists
):
    assert lines(form)[0] == "10月2日まで　生活費・加算・家賃の変更を起案する"
    assert "00001" in form.about.text()
    form.tasks.item(1).setCheckState(Qt.CheckState.Unchecked)
    form.tasks.setFocus()
    qtbot.keyClick(form.tasks, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    (start,) = checklists.starts
    assert (start.card, start.household_id, start.event_on) == (
        "event-discharge",
        fake_id("household 1"),
        TODAY,
    )
    assert start.tasks == frozenset({0, 2, 3, 4})
    assert form.messages.isVisible()
    assert "「退院」の4件を自分の机のやることにしました。" in window.status_line.currentMessage()


def test_the_days_follow_the_day_of_the_event(form, checklists):
    type_day(form, "R6.10.5")
    assert lines(form)[0].startswith("10月6日まで　")
    type_day(form, "そのうち")
    assert lines(form)[0].startswith("1日後まで　")
    form.begin_button.click()
    assert form.day.error()
    assert checklists.starts == []


def test_what_is_refused_is_said_and_can_be_tried_again(form, checklists):
    checklists.refuses = ValidationError(event_on="前後1年以内の日付を入力してください。")
    form.begin_button.click()
    assert form.day.error() == "前後1年以内の日付を入力してください。"
    checklists.refuses = NotPermittedError("できません。")
    form.begin_button.click()
    assert form.messages.isVisible()
    checklists.refuses = None
    type_day(form, "R6.10.5")
    form.begin_button.click()
    assert checklists.starts[0].event_on == TODAY + timedelta(days=4)


def test_without_a_household_nothing_can_be_begun(window, checklists):
    window.tabs._made["households"].table.clearSelection()
    form = window.help_panel.event_form
    form._at_hand = lambda: None
    window.help_panel.ask(window.tabs.place_at_hand())
    commit_text(window.help_panel.box, "退院")
    assert form.about.text().startswith("やることにするには、先に世帯の")
    assert not form.begin_button.isEnabled()
    form._begin()
    assert checklists.starts == []


def test_another_household_at_hand_is_shown_before_anything_is_made_of_it(window, form, checklists):
    window.tabs.open_file(FileRequest(household_id=fake_id("household 2")))
    assert "00002" in form.about.text()
    form._household = None  # as if the row of a list had changed unseen
    form.begin_button.click()
    assert checklists.starts == []
    form.begin_button.click()
    assert checklists.starts[0].household_id == fake_id("household 2")


def test_ticks_stay_when_another_file_comes_to_the_front(window, form):
    form.tasks.item(1).setCheckState(Qt.CheckState.Unchecked)
    window.tabs.open_file(FileRequest(household_id=fake_id("household 2")))
    assert form.chosen() == frozenset({0, 2, 3, 4})


def test_at_twice_the_size_in_a_low_window_the_form_is_reached_by_scrolling(
    qapp, window, form, look
):
    look.set_zoom(200)
    panel = window.help_panel
    panel.setFixedSize(640, 600)
    panel.layout().activate()
    qapp.processEvents()
    form.begin_button.setFocus()
    qapp.processEvents()
    edge = form.begin_button.mapTo(panel, form.begin_button.rect().bottomRight())
    assert panel.rect().contains(edge)
