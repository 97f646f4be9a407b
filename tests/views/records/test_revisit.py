"""An absence chosen as the result proposes the next visit: its day, another time of day, and why."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop.domain.records import MetPerson


@pytest.fixture
def editor(make_editor):
    editor = make_editor("home_visit")
    editor.form.contact.times.editor().setText("0830-0835")
    return editor


def choose(editor, code):
    """As somebody does who takes the line of the list."""
    result = editor.form.contact.result
    box = result.editor()
    box.setCurrentIndex(box.findData(code))
    box.activated.emit(box.currentIndex())


def promised(editor):
    return [(p.who, p.what, p.due_on) for p in editor.form.read_leniently().promises]


def test_an_absence_proposes_the_next_visit_within_a_week_at_another_time(editor):
    choose(editor, "21")
    # A week after Tuesday, the first of October.
    assert promised(editor) == [("担当", "再訪問（昼過ぎ）", date(2024, 10, 8))]
    note = editor.form.contact.meaning.text()
    assert "訪問に数えません" in note or "数えません" in note
    assert "不在から7日以内に再訪問します。これまでの不在は午前なので、別の時間帯に。" in note


def test_a_real_visit_proposes_nothing(editor):
    editor.form.contact.met.show_value((MetPerson(label="試験 太郎"),))
    choose(editor, "11")
    assert promised(editor) == []


def test_choosing_it_twice_proposes_once(editor):
    choose(editor, "21")
    choose(editor, "11")
    choose(editor, "21")
    assert len(promised(editor)) == 1


def test_a_proposal_may_be_changed_and_removed(editor):
    choose(editor, "21")
    (line,) = editor.form.segments.promises.lines()
    line.due.show_value(date(2024, 10, 4))
    assert promised(editor)[0][2] == date(2024, 10, 4)
    line.remove.click()
    assert promised(editor) == []


def test_the_missing_day_is_said_beside_what_comes_next(editor):
    homeless = editor.form.show_errors(
        {"promises": "再訪問の日を、次回予定に日付で入れてください。"}
    )
    assert homeless == ()
    assert "再訪問の日" in editor.form.segments.promises.error()
    assert editor.form.segments.promises.isVisible()


def test_signs_of_danger_are_asked_for_where_nobody_opened(editor):
    contact = editor.form.contact
    assert contact.danger.isHidden()
    for code, is_asked in (("21", True), ("11", False), ("22", True), ("12", False)):
        choose(editor, code)
        assert contact.danger.isHidden() is not is_asked
    choose(editor, "21")
    assert contact.danger.editor().accessibleName() == "危険の兆候あり"
    assert "異臭" in contact.danger.editor().toolTip()


def test_signs_of_danger_make_it_urgent_by_one_key(qtbot, editor):
    choose(editor, "21")
    contact = editor.form.contact
    qtbot.keyClick(editor, Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(contact.danger.is_ticked)
    assert "【本日中】当日中に緊急対応する" in contact.meaning.text()
    assert editor.form.read_leniently().has_danger_signs
    # Somebody was met after all: what was ticked says nothing any more.
    choose(editor, "11")
    assert not editor.form.read_leniently().has_danger_signs


def test_the_words_are_whole_in_a_narrow_window_at_large_type(qtbot, look, editor):
    look.set_zoom(200)
    choose(editor, "21")
    editor.resize(944, 800)
    danger = editor.form.contact.danger
    qtbot.waitUntil(lambda: danger.width() > 0)
    box = danger.editor()
    assert box.width() >= box.sizeHint().width()
    assert danger.mapTo(editor, danger.rect().topRight()).x() < 944
