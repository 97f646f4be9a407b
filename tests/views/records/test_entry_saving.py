"""Storing and submitting from the editor: once, what was typed, refusals beside their fields, conflicts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.policy_events import Impact
from desktop.domain.records import SegmentKind
from desktop.views.fields.field import Field
from desktop.views.records.conflict_panel import Resolution
from tests.support.fakes_records import (
    an_id,
    draft,
    segment,
)
from tests.support.qt import HeldRunner

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT_TAB = (Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
FACTS = SegmentKind.FACTS


def press(qtbot, editor, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(editor.window().focusWidget(), key, modifier)


def test_empty_segments_are_not_stored(make_editor, records):
    editor = make_editor()
    editor.form.segments.texts[FACTS].insert("本文")
    editor.save()
    assert [s.kind for s in records.saved[0].segments] == [SegmentKind.SUBJECT, FACTS]


def test_segment_ids_stay_from_save_to_save(make_editor, records):
    editor = make_editor(kind="telephone_in")
    view = editor.form.segments.texts[SegmentKind.VIEW]
    view.insert("所見。")
    editor.save()
    editor.save()
    first, second = ({s.kind: s.segment_id for s in given.segments} for given in records.saved)
    assert first == second
    assert [given.shown_version for given in records.saved] == [0, 1]


def test_saving_by_keyboard_tells_state_and_keeps_the_form(make_editor, qtbot, records):
    editor = make_editor()
    editor.form.segments.texts[FACTS].insert("本文")
    assert editor.buttons.state.text() == "● 未保存"
    press(qtbot, editor, Key.Key_S, CTRL)
    assert editor.buttons.state.text().startswith("保存済み")
    assert not editor.has_unsaved()
    assert editor.form.segments.texts[FACTS].entered() == "本文"


def test_a_double_save_or_submit_stores_once(make_editor, qtbot, records):
    runner = HeldRunner()
    editor = make_editor(runner=runner)
    editor.form.segments.texts[FACTS].insert("本文")
    qtbot.mouseDClick(editor.buttons.submit, Qt.MouseButton.LeftButton)
    for _ in range(2):
        editor.impact.buttons[Impact.NONE].click()
    press(qtbot, editor, Key.Key_Return, CTRL)
    press(qtbot, editor, Key.Key_S, CTRL)
    editor.hand_in(Impact.NONE)
    assert len(runner.held) == 1
    assert not editor.buttons.save.isEnabled()
    runner.release()
    runner.release()
    assert len(records.saved) == 1
    assert len(records.calls) == 1


def test_what_is_typed_while_saving_stays_unsaved(make_editor, records):
    runner = HeldRunner()
    editor = make_editor(runner=runner)
    editor.form.segments.texts[FACTS].insert("本文")
    editor.save()
    editor.form.segments.texts[FACTS].insert("の続き")
    runner.release()
    assert editor.has_unsaved()
    assert editor.buttons.state.text() == "● 未保存"
    assert records.saved[0].segments[-1].text == "本文"


def test_a_field_that_cannot_be_read_stops_the_save(make_editor, qtbot, records):
    editor = make_editor()
    field = editor.form.contact.event_on
    field.editor().setText("R6.13.1")
    editor.save()
    assert "13月" in field.error()
    assert records.saved == []
    assert field.editor().hasFocus()


@pytest.mark.parametrize(
    ("key", "find"),
    [
        ("met", lambda form: form.contact.met),
        ("result_code", lambda form: form.contact.result),
        ("facts", lambda form: form.segments.texts[FACTS]),
        ("ended_at", lambda form: form.contact.times),
        ("place", lambda form: form.contact.place),
    ],
)
def test_refusals_stand_beside_their_fields(make_editor, records, key, find):
    editor = make_editor()
    records.refusals["submit"] = ValidationError(**{key: "確認してください。"})
    editor.hand_in(Impact.NONE)
    field: Field[object] = find(editor.form)
    assert field.error() == "確認してください。"
    assert field.isVisible()
    assert editor.messages.text() == ""
    assert editor.buttons.submit.isEnabled()


def test_a_refusal_without_a_field_stands_in_the_message_bar(make_editor, records):
    editor = make_editor()
    records.refusals["save"] = ValidationError(unknown="知らない欄です。")
    editor.save()
    assert editor.messages.text() == "知らない欄です。"


def test_after_a_refused_submission_the_saved_version_goes_on(make_editor, records):
    editor = make_editor()
    records.refusals["submit"] = NotPermittedError("提出できません。")
    editor.hand_in(Impact.NONE)
    editor.save()
    assert [given.shown_version for given in records.saved] == [0, 1]


def test_a_conflict_shows_both_texts_and_keeps_both(make_editor, records, qtbot):
    editor = make_editor(entry=records.entries[an_id("draft")])
    editor.form.segments.texts[FACTS].show_value("私が書いた文。")
    stored = draft(version=5, segments=(segment(FACTS, "ほかで書かれた文。"),))
    records.entries[an_id("draft")] = stored
    records.refusals["save"] = ConflictError("先に更新されました。")
    editor.save()
    assert "ほかで書かれた文。" in editor.conflict.comparison.left.toPlainText()
    assert "私が書いた文。" in editor.conflict.comparison.right.toPlainText()
    editor.save()
    assert records.saved == []
    qtbot.mouseClick(editor.conflict.buttons[Resolution.BOTH], Qt.MouseButton.LeftButton)
    assert editor.has_unsaved()
    editor.save()
    assert records.saved[0].shown_version == 5
    text = {s.kind: s.text for s in records.saved[0].segments}[FACTS]
    assert "ほかで書かれた文。" in text
    assert "私が書いた文。" in text


def test_taking_the_stored_text_keeps_mine_in_sight(make_editor, records):
    editor = make_editor(entry=records.entries[an_id("draft")])
    editor.form.segments.texts[FACTS].show_value("私が書いた文。")
    records.entries[an_id("draft")] = draft(version=5, segments=(segment(FACTS, "別の文。"),))
    records.refusals["save"] = ConflictError("先に更新されました。")
    editor.save()
    editor.conflict.buttons[Resolution.STORED].click()
    assert editor.form.segments.texts[FACTS].entered() == "別の文。"
    assert "私が書いた文。" in editor.reference.toPlainText()
