"""Ticks in the entry editor, by the keyboard: they are seen as sentences first, and nothing typed is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from desktop.domain.households import HouseholdType
from desktop.domain.records import SegmentKind
from desktop.views.paragraph import Paragraph
from desktop.views.records.editor_task import EditorTask
from desktop.views.records.entry_editor import EditorSetting, EntryEditor
from desktop.views.records.low_area import LowArea
from desktop.views.records.ports import load_material
from tests.support.factories import CLOCK
from tests.support.fake_desk import make_ports
from tests.support.fakes_records import HOUSEHOLD, ME
from tests.support.qt import InlineRunner
from tests.support.ticks import shipped_sheet
from tests.support.typing_in import commit_text

Key = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
FACTS, WORDS, NOT_CONFIRMED = SegmentKind.FACTS, SegmentKind.WORDS, SegmentKind.NOT_CONFIRMED


class Ticking:
    """The use case of ticks, with the shipped sheet."""

    def sheet(self):
        return shipped_sheet()


@pytest.fixture
def make(qtbot, look, records):
    def make(kind="home_visit", household_type=HouseholdType.ELDERLY, ticks=True):
        ports = replace(make_ports(records), ticks=Ticking() if ticks else None)
        material = replace(load_material(ports, HOUSEHOLD, ME), household_type=household_type)
        task = EditorTask(given=records.blank(HOUSEHOLD, kind), material=material)
        setting = EditorSetting(
            records=records, runner=InlineRunner(), look=look, today=CLOCK.today
        )
        editor = EntryEditor(task, setting)
        qtbot.addWidget(editor)
        editor.resize(760, 800)
        editor.show()
        editor.activateWindow()
        editor.focus_first()
        qtbot.waitUntil(
            lambda: editor.focusWidget() is not None and editor.focusWidget().hasFocus()
        )
        return editor

    return make


def keys(qtbot, editor, *pressed):
    for key in pressed:
        focused = editor.window().focusWidget()
        if isinstance(key, str):
            qtbot.keyClicks(focused, key)
        else:
            qtbot.keyClick(focused, *(key if isinstance(key, tuple) else (key,)))


def go_to(editor, label):
    panel = editor.aids.ticks.panel
    labels = [row.subject.label for row in panel.board.rows()]
    panel.table.select_row(labels.index(label))


def text(editor, kind):
    return editor.form.segments.texts[kind].editor().toPlainText()


def test_digits_and_letters_tick_and_the_sentences_go_to_their_parts(make, qtbot, records):
    editor = make()
    keys(qtbot, editor, (Key.Key_C, ALT))
    qtbot.waitUntil(lambda: editor.aids.ticks.is_open)
    go_to(editor, "食事")
    keys(qtbot, editor, "1")
    keys(qtbot, editor, "0")  # the next subject: 服薬
    go_to(editor, "住まいの様子")
    keys(qtbot, editor, "1")
    panel = editor.aids.ticks.panel
    assert panel.preview.words == (
        "【事実】室内は片付いている（目で見て確認）。\n"
        "【本人の発言】本人によると、食事は三食とれているとのこと。\n"
        "【確認できなかったこと】服薬の状況は確認できなかった。"
    )
    assert text(editor, FACTS) == ""
    keys(qtbot, editor, (Key.Key_Return, CTRL))
    assert text(editor, FACTS) == "室内は片付いている（目で見て確認）。"
    assert text(editor, WORDS) == "本人によると、食事は三食とれているとのこと。"
    assert text(editor, NOT_CONFIRMED) == "服薬の状況は確認できなかった。"
    (facts,) = (s for s in editor.form.read().segments if s.kind is FACTS)
    assert facts.source == "目で見た"
    assert editor.has_unsaved()
    assert editor.buttons.isVisible()


def test_a_letter_says_the_source_of_the_tick_just_made(make, qtbot):
    editor = make()
    editor.aids.ticks.open()
    go_to(editor, "食事")
    keys(qtbot, editor, "1", "d")
    assert editor.aids.ticks.panel.preview.words == (
        "【事実】主治医によると、食事は三食とれているとのこと。"
    )


def test_a_detail_is_asked_for_and_says_nothing_before(make, qtbot):
    editor = make()
    editor.aids.ticks.open()
    go_to(editor, "食事")
    panel = editor.aids.ticks.panel
    keys(qtbot, editor, "2")
    assert panel.detail.editor().hasFocus()
    assert panel.preview.words == "書き込むことばを待っています：食事"
    commit_text(panel.detail.editor(), "2回")
    keys(qtbot, editor, Key.Key_Return)
    qtbot.waitUntil(panel.table.hasFocus)
    assert (
        panel.preview.words == "【本人の発言】本人によると、食事をとらないことが2回あるとのこと。"
    )


def test_sentences_wait_for_a_missing_detail(make, qtbot):
    editor = make()
    editor.aids.ticks.open()
    go_to(editor, "食事")
    keys(qtbot, editor, "2")
    editor.aids.ticks.panel.table.setFocus()
    keys(qtbot, editor, Key.Key_Up, "1", (Key.Key_Return, CTRL))
    assert editor.aids.ticks.is_open
    assert editor.aids.ticks.panel.detail.editor().hasFocus()
    assert text(editor, WORDS) == ""


def test_ticking_again_keeps_what_was_written_over(make, qtbot):
    editor = make()
    editor.aids.ticks.open()
    go_to(editor, "食事")
    keys(qtbot, editor, "1", "1", (Key.Key_Return, CTRL))
    first, second = text(editor, WORDS).splitlines()
    own = f"{first.removesuffix('。')}。夜は軽め。\n薬は朝だけ飲んでいる。"
    assert "薬は決められたとおり" in second
    editor.form.segments.texts[WORDS].editor().setPlainText(own)
    editor.aids.ticks.open()
    go_to(editor, "食事")
    keys(qtbot, editor, "3", (Key.Key_Return, CTRL))
    assert text(editor, WORDS) == (
        "本人によると、食事をとれない日があるとのこと。夜は軽め。\n薬は朝だけ飲んでいる。"
    )
    editor.form.segments.texts[WORDS].editor().undo()
    assert text(editor, WORDS) == own


def test_escape_goes_back_without_a_word_and_nothing_is_submitted(make, qtbot, records):
    editor = make()
    editor.aids.ticks.open()
    keys(qtbot, editor, "1", Key.Key_Escape)
    assert not editor.aids.ticks.is_open
    assert not editor.has_unsaved()
    assert editor.impact.isHidden()


def test_delete_and_the_same_digit_take_a_tick_away(make, qtbot):
    editor = make()
    editor.aids.ticks.open()
    panel = editor.aids.ticks.panel
    go_to(editor, "食事")
    keys(qtbot, editor, "1")
    go_to(editor, "食事")
    keys(qtbot, editor, Key.Key_Delete)
    assert not panel.board.has_ticks()
    keys(qtbot, editor, "1")
    go_to(editor, "食事")
    keys(qtbot, editor, "1")
    assert not panel.board.has_ticks()


def test_subjects_are_those_of_the_household_and_the_others_on_request(make):
    editor = make(household_type=HouseholdType.MOTHER_CHILD)
    editor.aids.ticks.open()
    panel = editor.aids.ticks.panel

    def labels():
        return {row.subject.label for row in panel.board.rows()}

    assert {"食事", "養育費"} <= labels()
    assert not labels() & {"転倒", "日用品費"}
    panel.all_button.click()
    assert {"転倒", "日用品費"} <= labels()


def test_a_mouse_ticks_as_well(make, qtbot):
    editor = make()
    editor.aids.ticks.button.click()
    go_to(editor, "食事")
    panel = editor.aids.ticks.panel
    panel.answers.buttons[0].click()
    assert panel.board.rows()[panel.table.current_row() - 1].answer == "三食とれている"


def test_a_part_that_the_kind_does_not_ask_for_is_shown_once_it_says_something(make, qtbot):
    editor = make(kind="telephone_in")
    assert editor.form.segments.texts[NOT_CONFIRMED].isHidden() or not (
        editor.form.segments.texts[NOT_CONFIRMED].isVisibleTo(editor)
    )
    editor.aids.ticks.open()
    keys(qtbot, editor, "0", (Key.Key_Return, CTRL))
    assert editor.form.segments.texts[NOT_CONFIRMED].isVisibleTo(editor)


def test_without_a_sheet_nothing_is_offered(make):
    editor = make(ticks=False)
    assert editor.aids.ticks.button.isHidden()
    editor.aids.ticks.open()
    assert not editor.aids.ticks.is_open


def test_what_the_visit_should_confirm_is_marked_until_it_is_ticked_or_written(make, qtbot):
    editor = make()
    editor.form.segments.texts[FACTS].replace_all("居室で面接した。通院は月2回。")
    editor.aids.ticks.open()
    panel = editor.aids.ticks.panel
    marked = {row.subject.label: (row.is_open, row.source) for row in panel.board.rows()}
    assert marked["通院"] == (False, "文にあり")
    assert marked["食事"] == (True, "")
    assert marked["次の約束"] == (False, "")  # agreed upon, not asked
    before = panel.left_line.text()
    go_to(editor, "食事")
    keys(qtbot, editor, "1")
    assert panel.left_line.text() != before
    panel.all_button.click()
    others = {row.subject.label: (row.is_open, row.source) for row in panel.board.rows()}
    assert others["養育費"] == (False, "ほかの世帯類型")


def test_the_list_begins_at_what_is_still_to_confirm(make):
    editor = make()
    editor.form.segments.texts[FACTS].replace_all("同居している人に変わりはない。")
    editor.aids.ticks.open()
    panel = editor.aids.ticks.panel
    assert panel.board.rows()[panel.table.current_row()].subject.label == "収入の変化"


def test_the_rest_is_left_unconfirmed_by_one_key_and_a_tick_takes_it_back(make, qtbot):
    editor = make()
    editor.aids.ticks.open()
    go_to(editor, "食事")
    keys(qtbot, editor, "1", (Key.Key_X, ALT))
    panel = editor.aids.ticks.panel
    qtbot.waitUntil(lambda: panel.board.rest() == ())
    assert not panel.rest_button.isEnabled()
    keys(qtbot, editor, (Key.Key_Return, CTRL))
    (sentence,) = text(editor, NOT_CONFIRMED).splitlines()
    assert "食事" not in sentence
    assert "服薬の状況、" in sentence
    editor.aids.ticks.open()
    go_to(editor, "服薬")
    keys(qtbot, editor, "1", (Key.Key_Return, CTRL))
    assert "服薬" not in text(editor, NOT_CONFIRMED)
    assert "転倒の有無" in text(editor, NOT_CONFIRMED)


def test_the_line_beside_the_entry_says_what_is_left(make):
    editor = make()
    rest = editor.form.rest
    assert "食事、" in rest.line.words
    editor.form.segments.texts[FACTS].replace_all("食事：\n通院は月2回。")
    rest.look()
    assert "食事、" in rest.line.words  # a line that only asks says nothing
    assert "通院" not in rest.line.words


def test_one_key_beside_the_entry_says_what_was_not_confirmed_and_goes_there(make, qtbot):
    editor = make()
    facts = editor.form.segments.texts[FACTS].editor()
    commit_text(facts, "食事は三食とれている。")
    facts.setFocus()
    keys(qtbot, editor, (Key.Key_X, ALT))
    field = editor.form.segments.texts[NOT_CONFIRMED].editor()
    said = field.toPlainText()
    assert said.endswith("は確認できなかった。")
    assert "転倒の有無" in said
    assert "食事" not in said
    assert field.hasFocus()
    assert editor.form.rest.note.isHidden() or editor.form.rest.board.rest() == ()
    keys(qtbot, editor, (Key.Key_X, ALT))
    assert field.toPlainText() == said
    field.undo()
    assert field.toPlainText() == ""


def test_a_call_has_nothing_to_confirm(make):
    editor = make(kind="telephone_in")
    assert editor.form.rest.isHidden()
    editor.aids.ticks.open()
    panel = editor.aids.ticks.panel
    assert panel.left_line.isHidden()
    assert panel.rest_button.isHidden()
    assert not any(row.is_open for row in panel.board.rows())


def test_once_the_sentences_are_in_one_sees_the_first_of_them(make, qtbot):
    editor = make()
    editor.aids.ticks.open()
    go_to(editor, "食事")
    keys(qtbot, editor, "1", (Key.Key_Return, CTRL))
    assert editor.form.segments.texts[WORDS].editor().hasFocus()


def test_many_sentences_do_not_make_the_window_higher(qtbot, look):
    said = Paragraph()
    area = LowArea(said)
    qtbot.addWidget(area)
    area.resize(300, 200)
    area.show()
    said.say("文です。\n" * 30)
    line = area.fontMetrics().height()
    qtbot.waitUntil(lambda: area.sizeHint().height() == 9 * line)
    assert area.minimumSizeHint().height() <= 3 * line


def test_the_sentences_stand_beside_the_list_where_there_is_room(make, qtbot):
    editor = make()
    editor.aids.ticks.open()
    panel = editor.aids.ticks.panel
    em = panel.fontMetrics().horizontalAdvance("国")
    for width, is_beside in ((70 * em, True), (40 * em, False)):
        editor.resize(width, 800)
        keys(qtbot, editor, "1", Key.Key_Up)

        def is_right(beside=is_beside):
            left = panel.preview.mapTo(panel, panel.preview.rect().topLeft()).x()
            assert (left >= panel.table.width()) is beside

        qtbot.waitUntil(is_right)


def test_the_tab_key_stops_at_fields_and_buttons_alone(make, qtbot):
    editor = make()
    found = []
    for _ in range(24):
        keys(qtbot, editor, Key.Key_Tab)
        found.append(type(editor.window().focusWidget()).__name__)
    assert "QScrollArea" not in found
    assert "LowArea" not in found
