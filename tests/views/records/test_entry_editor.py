from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from desktop.domain.policy_events import Impact
from desktop.domain.records import MetPerson, SegmentKind
from tests.support.factories import TODAY
from tests.support.fakes_records import (
    CHILD,
    HEAD,
    ME,
    SOMEBODY,
    an_id,
    draft,
    segment,
)
from tests.support.typing_in import commit_text, compose_text

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT_TAB = (Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
FACTS = SegmentKind.FACTS


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
        # What comes next is one button until something is added to it.
        if f is not form.segments.promises or f.lines()
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
    press(qtbot, editor, Key.Key_1)
    keys += 2
    given = records.saved[0]
    assert (given.started_at, given.ended_at, given.result_code) == (630, 675, "11")
    assert given.met == (MetPerson(label="試験 太郎（世帯主）", person_id=HEAD),)
    assert records.calls == [("submit", an_id("new"), 1, Impact.NONE)]
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


def test_what_to_ask_is_offered_on_visits(make_editor, qtbot):
    editor = make_editor()
    with qtbot.waitSignal(editor.help_wanted):
        editor.aids.ask.click()
    assert not make_editor("telephone_in").aids.ask.isVisible()
