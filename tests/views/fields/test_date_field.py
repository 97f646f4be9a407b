from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.errors import ValidationError
from desktop.views.fields.date_field import DateField
from desktop.views.fields.text_field import TextField
from tests.support.typing_in import commit_text, compose_text


@pytest.fixture
def form(qtbot):
    form: Any = QWidget()
    layout = QVBoxLayout(form)
    form.day = DateField("訪問日", today=lambda: date(2024, 5, 10))
    form.next = TextField("次の欄")
    layout.addWidget(form.day)
    layout.addWidget(form.next)
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    form.day.setFocus()
    qtbot.waitUntil(lambda: form.day.editor().hasFocus())
    return form


def notes(field):
    return field._note.text()


def test_what_was_understood_shows_while_typing_and_enter_writes_it_and_goes_on(form, qtbot):
    qtbot.keyClicks(form.day.editor(), "R6.4.1")
    assert notes(form.day) == "令和6年4月1日（月）"
    assert form.day.editor().text() == "R6.4.1"
    qtbot.keyClick(form.day.editor(), Qt.Key.Key_Return)
    assert form.day.editor().text() == "令和6年4月1日"
    assert notes(form.day) == "（月）"
    assert form.next.editor().hasFocus()
    assert form.day.entered() == date(2024, 4, 1)


def test_an_impossible_date_keeps_the_focus_and_says_why(form, qtbot):
    commit_text(form.day.editor(), "2月30日")
    qtbot.keyClick(form.day.editor(), Qt.Key.Key_Return)
    assert form.day.error() == "2024年2月に30日はありません。29日までです。"
    assert form.day.editor().accessibleDescription() == form.day.error()
    assert form.day.editor().hasFocus()
    with pytest.raises(ValidationError):
        form.day.entered()
    qtbot.keyClick(form.day.editor(), Qt.Key.Key_Backspace)
    assert form.day.error() == ""


def test_leaving_the_field_writes_the_date(form, qtbot):
    qtbot.keyClicks(form.day.editor(), "+7")
    qtbot.keyClick(form.day.editor(), Qt.Key.Key_Tab)
    assert form.day.editor().text() == "令和6年5月17日"


def test_arrows_step_by_days(form, qtbot):
    editor = form.day.editor()
    qtbot.keyClick(editor, Qt.Key.Key_Up)
    assert form.day.entered() == date(2024, 5, 10)
    qtbot.keyClick(editor, Qt.Key.Key_Up)
    assert form.day.entered() == date(2024, 5, 11)
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    with qtbot.waitSignal(form.day.edited):
        qtbot.keyClick(editor, Qt.Key.Key_Down)
    assert editor.text() == "令和6年5月8日"


def test_nothing_is_converted_while_an_input_method_composes(form, qtbot):
    editor = form.day.editor()
    editor.setText("R6.4.1")
    compose_text(editor, "あす")
    assert editor.is_composing()
    editor.editingFinished.emit()
    qtbot.keyClick(editor, Qt.Key.Key_Up)
    assert editor.text() == "R6.4.1"
    assert form.day.error() == ""
    compose_text(editor, "")
    editor.editingFinished.emit()
    assert editor.text() == "令和6年4月1日"


def test_showing_a_value_is_no_edit(form, qtbot):
    with qtbot.assertNotEmitted(form.day.edited):
        form.day.show_value(date(2019, 5, 1))
    assert form.day.editor().text() == "令和元年5月1日"
    form.day.show_value(None)
    assert form.day.entered() is None


def test_a_read_only_date_does_not_step(form, qtbot):
    form.day.show_value(date(2024, 4, 1))
    form.day.set_read_only(read_only=True)
    qtbot.keyClick(form.day.editor(), Qt.Key.Key_Up)
    assert form.day.entered() == date(2024, 4, 1)


def test_a_required_date_is_asked_for(qtbot):
    field = DateField("生年月日", today=lambda: date(2024, 5, 10), required=True)
    qtbot.addWidget(field)
    with pytest.raises(ValidationError, match="生年月日を入力してください。"):
        field.entered()
    assert field.error() == "生年月日を入力してください。"
