from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.records import MetPerson, SegmentKind
from desktop.views.fields.field import Field
from desktop.views.records.conflict_panel import Resolution
from desktop.views.records.editor_task import EditorTask, load_task
from desktop.views.records.entry_editor import EditorSetting, EntryEditor
from desktop.views.records.ports import load_material
from tests.support.factories import CLOCK, TODAY
from tests.support.fake_desk import FakeRecords, make_ports
from tests.support.fakes_records import (
    CHILD,
    HEAD,
    HOUSEHOLD,
    ME,
    SOMEBODY,
    an_id,
    draft,
    returned,
    segment,
)
from tests.support.qt import HeldRunner, InlineRunner
from tests.support.typing_in import commit_text, compose_text

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT_TAB = (Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
FACTS = SegmentKind.FACTS


@pytest.fixture
def records():
    return FakeRecords(draft(), returned())


@pytest.fixture
def make_editor(qtbot, look, records):
    def make(kind="home_visit", entry=None, runner=None):
        material = load_material(make_ports(records), HOUSEHOLD, ME)
        task = (
            EditorTask(given=records.blank(HOUSEHOLD, kind), material=material)
            if entry is None
            else load_task(records, entry, material)
        )
        setting = EditorSetting(
            records=records, runner=runner or InlineRunner(), look=look, today=CLOCK.today
        )
        editor = EntryEditor(task, setting)
        qtbot.addWidget(editor)
        editor.resize(700, 800)
        editor.show()
        editor.activateWindow()
        editor.focus_first()
        qtbot.waitUntil(
            lambda: editor.focusWidget() is not None and editor.focusWidget().hasFocus()
        )
        return editor

    return make


def focused(editor):
    return editor.window().focusWidget()


def press(qtbot, editor, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(focused(editor), key, modifier)


def stops(qtbot, editor):
    """What Tab stops at within the form, by accessible name."""
    names = []
    for _ in range(30):
        widget = focused(editor)
        if not editor.form.isAncestorOf(widget):
            break
        names.append(widget.accessibleName() or widget.text())
        press(qtbot, editor, Key.Key_Tab)
    return names


def test_tab_goes_in_the_order_of_the_paper(make_editor, qtbot):
    assert stops(qtbot, make_editor()) == [
        "年月日",
        "時刻",
        "試験 太郎（世帯主）",
        "相手（そのほかの人）",
        "結果",
        "件名・目的",
        "事実",
        "事実の出所",
        "本人の発言",
        "所見",
        "指導・助言",
        "本人の反応・約束",
        "確認できなかったこと",
        "次回予定・約束を追加(&P)",
    ]


@pytest.mark.parametrize(("kind", "most"), [("home_visit", 12), ("telephone_in", 3)])
def test_fields_stay_few(make_editor, kind, most):
    form = make_editor(kind).form
    shown = [
        f
        for f in (
            *form.contact.fields().values(),
            *form.segments.fields().values(),
            form.segments.source,
        )
        if f.isVisibleTo(form)
    ]
    assert len({id(field) for field in shown}) <= most


def test_an_ordinary_visit_takes_few_keys(make_editor, qtbot, records):
    editor = make_editor()
    keys = 0

    def hit(*pressed):
        nonlocal keys
        for key in pressed:
            press(qtbot, editor, key)
            keys += 1

    hit(Key.Key_Tab)
    qtbot.keyClicks(focused(editor), "1030-1115")
    keys += 9
    hit(Key.Key_Tab, Key.Key_Space, Key.Key_Tab, Key.Key_Tab)
    qtbot.keyClicks(focused(editor), "11")
    keys += 2
    hit(Key.Key_Tab, Key.Key_Tab)
    commit_text(focused(editor), "居室で面接した。")
    press(qtbot, editor, Key.Key_Return, CTRL)
    keys += 1
    given = records.saved[0]
    assert (given.started_at, given.ended_at, given.result_code) == (630, 675, "11")
    assert given.met == (MetPerson(label="試験 太郎（世帯主）", person_id=HEAD),)
    assert records.calls == [("submit", an_id("new"), 1)]
    assert keys <= 60


def test_the_source_of_the_facts_is_chosen_by_the_arrow_keys(make_editor, qtbot, records):
    editor = make_editor()
    facts = editor.form.segments.texts[FACTS]
    facts.insert("本文")
    facts.setFocus()
    press(qtbot, editor, Key.Key_Tab)
    press(qtbot, editor, Key.Key_Down)
    commit_text(focused(editor), "、通帳")
    press(qtbot, editor, Key.Key_S, CTRL)
    assert records.saved[0].segments[-1].source == "本人の話、通帳"


def test_a_known_source_is_shown_and_stays(make_editor, records):
    told = replace(segment(FACTS, "聞いた。"), source="民生委員の話")
    records.entries[an_id("draft")] = draft(segments=(told,))
    editor = make_editor(entry=records.entries[an_id("draft")])
    editor.save()
    assert not editor.has_unsaved()
    assert records.saved[0].segments[0].source == "民生委員の話"


def test_a_call_is_not_asked_for_its_source(make_editor):
    assert not make_editor("telephone_in").form.segments.source.isVisible()


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
    press(qtbot, editor, Key.Key_Return, CTRL)
    press(qtbot, editor, Key.Key_S, CTRL)
    editor.submit()
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
    editor.submit()
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
    editor.submit()
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


def test_a_returned_entry_shows_the_reason_on_top(make_editor, records):
    editor = make_editor(entry=records.entries[an_id("returned")])
    assert "通院の日を書いてください。" in editor.notice.text()
    assert editor.notice.isVisible()


def test_an_untouched_entry_changes_to_another_template(make_editor, qtbot):
    editor = make_editor()
    with qtbot.waitSignal(editor.kind_wanted) as wanted:
        editor._change_kind("telephone_in")
    assert wanted.args == ["telephone_in"]


def test_words_stay_when_the_kind_changes(make_editor, records):
    editor = make_editor()
    editor.form.segments.texts[SegmentKind.VIEW].insert("所見。")
    editor._change_kind("telephone_in")
    editor.save()
    given = records.saved[0]
    assert (given.kind, given.result_code, given.method.value) == (
        "telephone_in",
        "32",
        "telephone_in",
    )
    assert {s.kind: s.text for s in given.segments}[SegmentKind.VIEW] == "所見。"


def test_the_result_says_live_whether_it_counts(make_editor):
    contact = make_editor().form.contact
    contact.result.show_value("11")
    assert "訪問に数えません" in contact.meaning.text()
    contact.met.boxes()[0].click()
    assert "訪問として数えます" in contact.meaning.text()


def test_arrow_keys_go_from_member_to_member(make_editor, qtbot):
    editor = make_editor()
    first, second = editor.form.contact.met.boxes()
    first.setFocus()
    press(qtbot, editor, Key.Key_Down)
    press(qtbot, editor, Key.Key_Space)
    assert second.isChecked()
    assert editor.form.contact.met.entered()[0].person_id == CHILD


def test_company_can_be_added_and_taken_away(make_editor, records):
    editor = make_editor()
    editor.form.contact.fold.unfold()
    went = editor.form.contact.went
    went.adding.editor().setCurrentIndex(2)
    went.adding.editor().activated.emit(2)
    assert went.entered() == (ME, SOMEBODY)
    went._take_away(ME)
    editor.save()
    assert records.saved[0].went == (SOMEBODY,)


def test_promises_are_added_line_by_line(make_editor, qtbot, records):
    editor = make_editor()
    promises = editor.form.segments.promises
    promises.add_button.click()
    promises.add_button.click()
    line = promises.lines()[0]
    commit_text(line.what.editor(), "申告書を出す")
    qtbot.keyClicks(line.due.editor(), "+7")
    editor.save()
    (promise,) = records.saved[0].promises
    assert (promise.who, promise.what, (promise.due_on - TODAY).days) == ("本人", "申告書を出す", 7)


def test_a_wrong_due_day_is_told(make_editor, records):
    editor = make_editor()
    promises = editor.form.segments.promises
    promises.add_button.click()
    promises.lines()[0].due.editor().setText("いつか")
    editor.save()
    assert records.saved == []
    assert promises.error()


def test_a_call_shows_its_day_and_can_change_it(make_editor, qtbot, records):
    editor = make_editor("telephone_in")
    contact = editor.form.contact
    assert contact.event_on.isHidden()
    assert "令和6年10月1日" in contact.day_fold.summary.text()
    contact.day_fold.button.click()
    contact.event_on.editor().setText("R6.9.30")
    editor.save()
    assert records.saved[0].event_on.isoformat() == "2024-09-30"


def test_keys_belong_to_the_input_method_while_it_composes(make_editor, qtbot):
    editor = make_editor()
    field = editor.form.segments.texts[FACTS]
    field.setFocus()
    compose_text(field.editor(), "たいだ")
    field.check_wording()
    assert field.wording_hints() == ()
    compose_text(field.editor(), "")
    commit_text(field.editor(), "怠惰")
    field.check_wording()
    assert len(field.wording_hints()) == 1


def test_a_kind_that_is_no_longer_used_is_told(make_editor, records):
    old = replace(draft(), kind="abolished")
    records.entries[old.entry_id] = old
    editor = make_editor_without_focus(make_editor, old)
    assert "種別" in editor.messages.text()
    assert editor.kind_button.isVisible()


def make_editor_without_focus(make_editor, entry):
    return make_editor(entry=entry)
