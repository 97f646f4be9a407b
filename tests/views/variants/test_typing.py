"""Variants while a text is typed: caret, input method and undo work on the real text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop.views.fields.growing_edit import GrowingEdit
from desktop.views.fields.line_edit import LineEdit
from desktop.views.fields.text_field import TextField
from tests.support.typing_in import commit_text, compose_text
from tests.views.variants.fonts import KATSU, NAME, PLAIN_NAME, TSUJI

Key = Qt.Key


def line(text):
    edit = LineEdit()
    edit.setText(text)
    return edit


def long_text(text):
    edit = GrowingEdit(lines=2, most_lines=4)
    edit.show_text(text)
    return edit


@pytest.mark.parametrize("make", [line, long_text])
def test_a_field_shows_the_variant_that_stands_in_it(make, drawn, pixels):
    def shown(text):
        edit = make(text)
        edit.resize(300, 60)
        edit.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return pixels(edit)

    assert shown(NAME) != shown(PLAIN_NAME)
    assert shown(NAME) == shown(NAME)


def test_a_line_shows_what_an_input_method_commits_and_keeps_the_text(drawn, pixels, qtbot):
    edit = line("")
    pixels(edit)
    edit.setFocus()
    compose_text(edit, "かつ")
    assert edit.is_composing()
    commit_text(edit, f"{KATSU}城")
    commit_text(edit, TSUJI)
    assert edit.text() == f"{KATSU}城{TSUJI}"
    compose_text(edit, "むら")
    assert edit.is_composing()
    commit_text(edit, "村")
    assert edit.text() == f"{KATSU}城{TSUJI}村"
    expected = line(f"{KATSU}城{TSUJI}村")
    for one in (edit, expected):
        one.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        one.clearFocus()
        one.resize(300, 40)
    assert pixels(edit) == pixels(expected)


def test_preedit_text_is_not_disturbed(drawn, pixels):
    edit = line(f"{KATSU}城")
    pixels(edit)
    edit.setSelection(3, 1)
    compose_text(edit, "じょう")
    assert edit.is_composing()
    commit_text(edit, "上")
    assert edit.text() == f"{KATSU}上"


def test_the_caret_passes_a_variant_in_one_step_and_deletes_its_selector_first(
    drawn, pixels, qtbot
):
    edit = line(f"{KATSU}城")
    pixels(edit)
    edit.setFocus()
    qtbot.keyClick(edit, Key.Key_Home)
    qtbot.keyClick(edit, Key.Key_Right)
    assert edit.cursorPosition() == 3
    qtbot.keyClick(edit, Key.Key_Delete)
    assert edit.text() == KATSU
    edit.undo()
    assert edit.text() == f"{KATSU}城"
    edit.selectAll()
    edit.copy()
    assert QGuiApplication.clipboard().text() == f"{KATSU}城"


def test_marks_go_with_the_variant(drawn, pixels):
    edit = line(NAME)
    pixels(edit)
    edit.setText(PLAIN_NAME)
    edit.clearFocus()
    edit.resize(300, 40)
    edit.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    other = line(PLAIN_NAME)
    other.resize(300, 40)
    other.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    assert pixels(edit) == pixels(other)


def test_a_field_gives_the_real_text(drawn, pixels):
    field = TextField("氏名")
    field.show_value(NAME)
    pixels(field)
    assert field.entered() == NAME


def test_a_long_text_gives_the_real_text_and_can_be_undone(drawn, pixels):
    edit = long_text("")
    pixels(edit)
    commit_text(edit, NAME)
    assert edit.toPlainText() == NAME
    edit.undo()
    assert edit.toPlainText() == ""
    edit.redo()
    assert edit.toPlainText() == NAME
