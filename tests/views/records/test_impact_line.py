"""援助方針への影響: one key answers and hands in, Esc goes back to writing, nothing is preset."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.domain.errors import NotPermittedError
from desktop.domain.policy_events import Impact
from desktop.domain.records import SegmentKind
from tests.support.fakes_records import an_id

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def press(qtbot, editor, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(editor.window().focusWidget(), key, modifier)


@pytest.fixture
def editor(make_editor, qtbot):
    editor = make_editor()
    editor.form.segments.texts[SegmentKind.FACTS].insert("本文")
    press(qtbot, editor, Key.Key_Return, CTRL)
    return editor


def submissions(records):
    return [call[-1] for call in records.calls if call[0] == "submit"]


def test_nothing_is_stored_before_the_answer(editor, qtbot, records):
    assert editor.impact.isVisible()
    assert editor.impact.hasFocus()
    for key in (Key.Key_Return, Key.Key_Space, Key.Key_3):
        press(qtbot, editor, key)
    assert records.saved == []
    assert records.calls == []


@pytest.mark.parametrize(
    ("key", "modifier", "impact"),
    [
        (Key.Key_1, Qt.KeyboardModifier.NoModifier, Impact.NONE),
        (Key.Key_2, Qt.KeyboardModifier.NoModifier, Impact.SOME),
        (Key.Key_N, ALT, Impact.NONE),
        (Key.Key_Y, ALT, Impact.SOME),
    ],
)
def test_one_key_answers_and_hands_in(editor, qtbot, records, key, modifier, impact):
    wanted: list[object] = []
    editor.review_wanted.connect(wanted.append)
    press(qtbot, editor, key, modifier)
    qtbot.waitUntil(lambda: submissions(records) == [impact])
    assert wanted == ([an_id("new")] if impact is Impact.SOME else [])


def test_a_digit_works_also_from_a_button(editor, qtbot, records):
    press(qtbot, editor, Key.Key_Tab)
    assert editor.impact.buttons[Impact.NONE].hasFocus()
    press(qtbot, editor, Key.Key_2)
    assert submissions(records) == [Impact.SOME]


def test_escape_goes_back_to_the_words_and_keeps_the_editor(editor, qtbot, records):
    closed = []
    editor.closed.connect(lambda: closed.append(True))
    press(qtbot, editor, Key.Key_Escape)
    assert editor.impact.isHidden()
    assert editor.form.isAncestorOf(editor.focusWidget())
    assert (records.saved, closed) == ([], [])


def test_saving_takes_the_question_back(editor, qtbot, records):
    press(qtbot, editor, Key.Key_S, CTRL)
    assert editor.impact.isHidden()
    assert len(records.saved) == 1
    assert submissions(records) == []


def test_a_refusal_opens_no_issue(editor, qtbot, records):
    wanted: list[object] = []
    editor.review_wanted.connect(wanted.append)
    records.refusals["submit"] = NotPermittedError("提出できません。")
    press(qtbot, editor, Key.Key_2)
    assert wanted == []
    assert editor.messages.text() == "提出できません。"


def test_a_field_that_cannot_be_read_comes_before_the_question(make_editor, qtbot):
    editor = make_editor()
    editor.form.contact.event_on.editor().setText("R6.13.1")
    press(qtbot, editor, Key.Key_Return, CTRL)
    assert editor.impact.isHidden()
    assert "13月" in editor.form.contact.event_on.error()
