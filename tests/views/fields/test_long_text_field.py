from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.wording import WordingRule
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.fields.text_field import TextField
from tests.support.typing_in import compose_text

RULES = (WordingRule(word="怠惰", hint="評価です。"),)


@pytest.fixture
def form(qtbot):
    form: Any = QWidget()
    layout = QVBoxLayout(form)
    form.text = LongTextField("記録", wording=RULES, lines=2, most_lines=6)
    form.next = TextField("次の欄")
    layout.addWidget(form.text)
    layout.addWidget(form.next)
    qtbot.addWidget(form)
    form.resize(400, 300)
    form.show()
    form.activateWindow()
    form.text.setFocus()
    qtbot.waitUntil(lambda: form.text.editor().hasFocus())
    return form


def test_enter_is_a_new_line_and_tab_leaves(form, qtbot):
    editor = form.text.editor()
    qtbot.keyClicks(editor, "a")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, "b")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert form.text.entered() == "a\nb"
    assert form.next.editor().hasFocus()


def test_it_grows_with_its_content_up_to_a_limit(form):
    def height(lines):
        form.text.show_value("\n".join(["行"] * lines))
        return form.text.editor().sizeHint().height()

    assert height(1) <= height(2) < height(4) < height(50) == height(60)
    assert form.text.editor().verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAsNeeded


def test_words_to_reconsider_are_marked_and_named(form):
    form.text.show_value("𠮷田さんは怠惰。怠惰。")
    marked = [s.cursor.selectedText() for s in form.text.editor().extraSelections()]
    assert marked == ["怠惰", "怠惰"]
    assert form.text._advice.text() == "「怠惰」評価です。"
    form.text.show_value("よい記録。")
    assert form.text.editor().extraSelections() == []
    assert form.text._advice.isHidden()


def test_words_are_looked_for_after_a_pause_in_typing(form, qtbot):
    form.text.insert("怠惰")
    qtbot.waitUntil(lambda: len(form.text.wording_hints()) == 1)


def test_words_are_not_looked_for_while_an_input_method_composes(form):
    form.text.insert("怠惰")
    compose_text(form.text.editor(), "へん")
    form.text.check_wording()
    assert form.text.wording_hints() == ()


def test_edits_are_told_but_shown_values_are_not(form, qtbot):
    with qtbot.assertNotEmitted(form.text.edited):
        form.text.show_value("本文")
    with qtbot.waitSignal(form.text.edited):
        form.text.insert("追加")


def test_control_signs_are_dropped_and_blank_is_nothing(form):
    form.text.show_value("a\x07b\n \n")
    assert form.text.entered() == "ab"
    form.text.show_value(" \n ")
    assert form.text.entered() is None


def test_undo_does_not_bring_back_another_record(form):
    form.text.show_value("前の記録")
    form.text.show_value("次の記録")
    form.text.editor().undo()
    assert form.text.entered() == "次の記録"
