"""誤記載取消: the reason, the right household, and why its file is opened where it lies outside the duty."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.domain.errors import NotPermittedError
from desktop.jobs.change_bus import ChangeBus
from desktop.views.records.chronicle import ChronicleSetting, ChronicleView
from tests.support.factories import CLOCK, days_ago
from tests.support.fake_desk import FakeRecords, make_ports
from tests.support.fakes_printing import without_paper
from tests.support.fakes_records import HOUSEHOLD, STAFF, an_id, entry
from tests.support.qt import InlineRunner

Key = Qt.Key


@pytest.fixture
def records():
    return FakeRecords(entry("e0"))


@pytest.fixture
def view(qtbot, look, records):
    setting = ChronicleSetting(
        staff=STAFF,
        clock=CLOCK,
        runner=InlineRunner(),
        changes=ChangeBus(),
        look=look,
        make_paper=without_paper,
    )
    view = ChronicleView(HOUSEHOLD, make_ports(records), setting)
    qtbot.addWidget(view)
    view.resize(1200, 700)
    view.show()
    view.activateWindow()
    view.activate()
    qtbot.waitUntil(lambda: view.isActiveWindow() and view.focusWidget() is not None)
    return view


def press(qtbot, view, key):
    qtbot.keyClick(view.list, key)


@pytest.fixture
def asked(view, qtbot, records):
    """An annulment whose right household lies outside the duty."""
    records.outside_duty.add(an_id("right"))
    press(qtbot, view, Key.Key_X)
    view.prompt.text.insert("別の世帯の記録")
    view.prompt.household.box.setText("0999")
    view.prompt.household.search()
    view.prompt.household.choice.setCurrentIndex(1)
    view.prompt.act.click()
    return view


def test_an_annulment_names_the_right_household(view, qtbot, records):
    press(qtbot, view, Key.Key_X)
    view.prompt.text.insert("別の世帯の記録")
    view.prompt.household.box.setText("0999")
    view.prompt.household.search()
    assert view.prompt.household.chosen() is None
    view.prompt.household.choice.setCurrentIndex(1)
    view.prompt.act.click()
    assert records.calls == [("request_annulment", an_id("e0"), "別の世帯の記録", an_id("right"))]
    assert view.prompt.isHidden()


def test_a_refused_prompt_keeps_the_words(view, qtbot, records):
    records.refusals["request_annulment"] = NotPermittedError("できません。")
    press(qtbot, view, Key.Key_X)
    view.prompt.text.insert("理由")
    view.prompt.act.click()
    assert view.prompt.text.error() == "できません。"
    assert view.prompt.text.editor().toPlainText() == "理由"
    assert view.prompt.act.isEnabled()


def test_a_right_file_outside_the_duty_asks_why_and_one_key_answers(asked, qtbot, records):
    why = asked.prompt.why_read
    assert why.isVisible()
    assert why.hasFocus()
    assert "担当外の世帯です" in why.sentence.text()
    assert not asked.prompt.act.isVisible()
    assert records.calls == []
    qtbot.keyClick(why, Key.Key_2)
    assert records.calls == [("request_annulment", an_id("e0"), "別の世帯の記録", an_id("right"))]
    assert records.reading_reasons == ["担当者の応援"]
    assert asked.prompt.isHidden()


def test_another_reason_is_typed(asked, qtbot, records):
    other = asked.prompt.why_read.other
    qtbot.keyClicks(other, "henko")
    qtbot.keyClick(other, Key.Key_Return)
    assert records.reading_reasons == ["henko"]


def test_escape_goes_back_to_the_question_and_then_away(asked, qtbot, records):
    qtbot.keyClick(asked.prompt.why_read, Key.Key_Escape)
    assert asked.prompt.text.isVisible()
    assert asked.prompt.text.editor().toPlainText() == "別の世帯の記録"
    assert asked.prompt.household.chosen() == an_id("right")
    assert asked.prompt.act.isEnabled()
    qtbot.keyClick(asked.prompt.text.editor(), Key.Key_Escape)
    assert asked.prompt.isHidden()
    assert records.calls == []


def test_a_refusal_after_the_reason_stands_at_the_question(asked, qtbot, records):
    records.refusals["request_annulment"] = NotPermittedError("できません。")
    qtbot.keyClick(asked.prompt.why_read, Key.Key_1)
    assert asked.prompt.text.error() == "できません。"
    assert asked.prompt.why_read.isHidden()


def test_the_next_question_begins_without_the_old_one(asked, qtbot, records):
    qtbot.keyClick(asked.prompt.why_read, Key.Key_1)
    press(qtbot, asked, Key.Key_C)
    assert asked.prompt.why_read.isHidden()
    assert asked.prompt.text.isVisible()
    assert asked.prompt.text.editor().toPlainText() == ""


def test_the_entry_in_question_stays_in_sight_above_the_question(view, qtbot, records):
    records.entries = {an_id(f"e{n}"): entry(f"e{n}", event_on=days_ago(40 - n)) for n in range(20)}
    view.reload()
    view.list.go_to(19)
    before = view.list.viewport().height()
    press(qtbot, view, Key.Key_X)
    qtbot.waitUntil(lambda: view.list.viewport().height() < before)
    layouts, scrolled = view.list._layouts, view.list._scrolled()
    top = layouts.top(19) - scrolled
    assert top >= 0
    assert top + layouts.height(19) <= view.list.viewport().height() + 1
