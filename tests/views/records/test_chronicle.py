from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QMessageBox

from desktop.domain.errors import UnavailableError
from desktop.domain.records import EntryState, Promise, SegmentKind
from desktop.domain.roles import Role
from desktop.jobs.change_bus import ChangeBus
from desktop.views.records.chronicle import ChronicleSetting, ChronicleView
from tests.support.factories import CLOCK, TODAY, days_ago
from tests.support.fake_desk import FakeRecords, FakeTodos, make_ports
from tests.support.fakes_printing import without_paper
from tests.support.fakes_records import HOUSEHOLD, STAFF, an_id, draft, entry, segment
from tests.support.qt import HeldRunner, InlineRunner

Key = Qt.Key


def many(count):
    return [entry(f"e{i}", number=i + 1, event_on=days_ago(10 * (count - i))) for i in range(count)]


@pytest.fixture
def records():
    return FakeRecords(*many(20), draft("mine"))


@pytest.fixture
def todos():
    return FakeTodos()


@pytest.fixture
def changes(qapp):
    return ChangeBus()


@pytest.fixture
def make_view(qtbot, look, records, todos, changes):
    def make(staff=STAFF, runner=None):
        setting = ChronicleSetting(
            staff=staff,
            clock=CLOCK,
            runner=runner or InlineRunner(),
            changes=changes,
            look=look,
            make_paper=without_paper,
        )
        view = ChronicleView(HOUSEHOLD, make_ports(records, todos), setting)
        qtbot.addWidget(view)
        view.resize(1200, 700)
        view.show()
        view.activateWindow()
        view.activate()
        qtbot.waitUntil(lambda: view.isActiveWindow() and view.focusWidget() is not None)
        return view

    return make


@pytest.fixture
def view(make_view):
    return make_view()


def current(view):
    return view.list.current_entry().entry_id


def press(qtbot, view, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(view.list, key, modifier)


def test_it_opens_at_the_newest_entry(view):
    assert current(view) == an_id("mine")
    bar = view.list.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0


def test_only_what_is_seen_is_laid_out(make_view, records):
    records.entries = {e.entry_id: e for e in many(300)}
    view = make_view()
    assert 0 < len(view.list._layouts._laid) < 30


def test_keys_go_to_the_first_the_last_and_the_next(view, qtbot):
    press(qtbot, view, Key.Key_Home)
    assert current(view) == an_id("e0")
    assert view.list.verticalScrollBar().value() == 0
    press(qtbot, view, Key.Key_Down)
    assert current(view) == an_id("e1")
    press(qtbot, view, Key.Key_End)
    assert current(view) == an_id("mine")


def test_a_typed_day_leads_to_its_entry(view, qtbot):
    view.bar.day.setFocus()
    qtbot.keyClicks(view.bar.day.editor(), days_ago(100).isoformat())
    qtbot.keyClick(view.bar.day.editor(), Key.Key_Return)
    qtbot.waitUntil(lambda: current(view) == an_id("e10"))
    assert view.list.hasFocus()


def test_period_and_kind_narrow_and_can_be_widened(view):
    view.bar.period.setCurrentIndex(view.bar.period.findText("決裁の済んでいない記録"))
    assert [e.entry_id for e in view.chronicle.rows] == [an_id("mine")]
    assert view.bar.count.text() == "1／21件"
    view.show_entry(an_id("e3"))
    assert current(view) == an_id("e3")
    assert len(view.chronicle.rows) == 21


def test_find_counts_and_goes_on_and_back(view, qtbot):
    press(qtbot, view, Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    view.find_bar.box.setText("世帯主と面接")
    view.find_bar.search()
    assert view.find_bar.count.text() == "21 / 21"
    qtbot.keyClick(view.find_bar.box, Key.Key_Return)
    assert view.find_bar.count.text() == "1 / 21"
    assert current(view) == an_id("e0")
    qtbot.keyClick(view.find_bar.box, Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert current(view) == an_id("mine")
    qtbot.keyClick(view.find_bar.box, Key.Key_Escape)
    assert view.list.hasFocus()
    assert view.list._hits == {}


def test_an_entry_is_gone_to_with_words_to_see_in_it(view, qtbot):
    view.show_entry(an_id("e3"), "世帯主と面接")
    assert current(view) == an_id("e3")
    assert not view.find_bar.isHidden()
    assert view.find_bar.count.text() == "4 / 21"
    qtbot.keyClick(view.find_bar.box, Key.Key_Escape)
    view.show_entry(an_id("e5"))
    assert view.find_bar.isHidden()


def test_the_mouse_selects_text_that_can_be_copied(view, qtbot):
    view.list.go_to(3)
    left, top = view.list._origin(3)
    viewport = view.list.viewport()
    qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=_point(left + 40, top + 8))
    press(qtbot, view, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert copied
    assert copied in view.chronicle.text(3).heading


def test_without_a_selection_the_whole_entry_is_copied(view, qtbot):
    press(qtbot, view, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == view.chronicle.text(20).plain()


def test_enter_opens_an_own_draft_and_shows_the_history_of_others(view, qtbot):
    press(qtbot, view, Key.Key_Return)
    assert view.editor is not None
    view.editor.ask_to_close()
    press(qtbot, view, Key.Key_Home)
    press(qtbot, view, Key.Key_Return)
    assert view.editor is None
    assert view.history.isVisible()
    qtbot.keyClick(view.history.list, Key.Key_Escape)
    assert view.list.hasFocus()


def test_history_shows_two_versions_side_by_side(view, qtbot, records):
    records.entries[an_id("e0")] = replace(records.entries[an_id("e0")], version=2)
    view.reload()
    press(qtbot, view, Key.Key_Home)
    press(qtbot, view, Key.Key_H)
    comparison = view.history.comparison
    assert view.history.list.count() == 2
    assert "第1版の文。" in comparison.left.toPlainText()
    assert "居室で世帯主と面接した。" in comparison.right.toPlainText()


def test_a_new_record_takes_two_keys(view, qtbot):
    press(qtbot, view, Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(view.kind_picker.list, Key.Key_2)
    assert view.editor.task.given.kind == "telephone_in"


def test_an_addition_names_what_it_belongs_to(view, qtbot):
    press(qtbot, view, Key.Key_Home)
    press(qtbot, view, Key.Key_A)
    qtbot.keyClick(view.kind_picker.list, Key.Key_1)
    assert view.editor.form.read().relates_to == an_id("e0")
    assert "No.1" in view.editor.notice.text()


def test_a_correction_asks_for_the_reason_and_shows_the_valid_text(view, qtbot, records):
    press(qtbot, view, Key.Key_Home)
    press(qtbot, view, Key.Key_T)
    qtbot.keyClick(view.prompt.text.editor(), Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert view.prompt.text.error() == "訂正の理由を入力してください。"
    view.prompt.text.insert("日付の誤り")
    qtbot.keyClick(view.prompt.text.editor(), Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert records.calls == [("start_correction", an_id("e0"), "日付の誤り")]
    assert "日付の誤り" in view.editor.notice.text()
    assert "第1版の文。" in view.editor.reference.toPlainText()


def test_withdrawing_twice_asks_once(make_view, qtbot, records):
    records.entries = {an_id("w"): entry("w", state=EntryState.SUBMITTED, approved_version=None)}
    runner = HeldRunner()
    view = make_view(runner=runner)
    runner.release()
    press(qtbot, view, Key.Key_W)
    press(qtbot, view, Key.Key_W)
    assert len(runner.held) == 1
    runner.release()
    assert records.calls == [("withdraw", an_id("w"))]


def test_an_unfinished_correction_is_given_up_by_its_key(make_view, qtbot, records):
    records.entries = {an_id("c"): entry("c", state=EntryState.DRAFT, author_id=an_id("other"))}
    view = make_view()
    press(qtbot, view, Key.Key_Z)
    assert records.calls == [("give_up_change", an_id("c"))]


@pytest.mark.parametrize("role", [Role.ASSISTANT_HEAD, Role.SECTION_HEAD, Role.DIRECTOR])
def test_a_head_ends_what_somebody_else_left_unfinished(make_view, qtbot, records, role):
    records.entries = {an_id("c"): entry("c", state=EntryState.DRAFT, author_id=an_id("other"))}
    view = make_view(staff=replace(STAFF, roles=frozenset({role})))
    press(qtbot, view, Key.Key_T)
    press(qtbot, view, Key.Key_Z)
    assert records.calls == [("give_up_change", an_id("c"))]


def test_the_records_staff_is_not_offered_it(make_view, qtbot, records):
    records.entries = {an_id("c"): entry("c", state=EntryState.DRAFT, author_id=an_id("other"))}
    view = make_view(staff=replace(STAFF, roles=frozenset({Role.RECORDS_STAFF})))
    press(qtbot, view, Key.Key_Z)
    assert records.calls == []


def promised(*days):
    return tuple(
        Promise(promise_id=an_id(f"p{n}"), who="本人", what=f"約束{n}", kept_on=day)
        for n, day in enumerate(days)
    )


def test_the_only_open_promise_is_kept_by_one_key(make_view, qtbot, records, changes):
    records.entries = {an_id("p"): entry("p", promises=promised(TODAY, None))}
    view = make_view()
    with qtbot.waitSignal(changes.todo_changed):
        press(qtbot, view, Key.Key_K)
    assert records.calls == [("keep_promise", an_id("p1"), TODAY)]


def test_of_several_promises_one_is_chosen(make_view, qtbot, records):
    records.entries = {an_id("p"): entry("p", promises=promised(None, None))}
    view = make_view()
    press(qtbot, view, Key.Key_K)
    menu = view.findChild(QMenu, "open_promises")
    menu.actions()[1].trigger()
    menu.close()
    assert records.calls == [("keep_promise", an_id("p1"), TODAY)]


def test_kept_promises_and_drafts_offer_no_such_act(make_view, qtbot, records):
    records.entries = {
        an_id("p"): entry("p", promises=promised(TODAY)),
        an_id("d"): draft("d", promises=promised(None)),
    }
    view = make_view()
    press(qtbot, view, Key.Key_Home)
    press(qtbot, view, Key.Key_K)
    press(qtbot, view, Key.Key_End)
    press(qtbot, view, Key.Key_K)
    assert records.calls == []


def test_an_annulled_entry_leads_to_the_right_file(make_view, qtbot, records):
    copy = replace(draft("copy"), household_id=an_id("right"))
    records.entries = {
        an_id("copy"): copy,
        an_id("x"): entry("x", is_annulled=True, moved_to=an_id("copy")),
    }
    view = make_view()
    with qtbot.waitSignal(view.file_requested) as asked:
        press(qtbot, view, Key.Key_G)
    assert asked.args[0].household_id == an_id("right")
    assert asked.args[0].entry_id == an_id("copy")


def test_decisions_elsewhere_are_fetched_and_the_open_editor_is_left_alone(
    view, qtbot, records, changes
):
    press(qtbot, view, Key.Key_Return)
    view.editor.form.segments.texts[SegmentKind.FACTS].insert("書きかけ")
    records.entries[an_id("late")] = entry("late", event_on=TODAY)
    changes.approval_moved.emit(HOUSEHOLD, None)
    assert view.chronicle.row_of(an_id("late")) >= 0
    assert view.has_unsaved()
    assert "書きかけ" in view.editor.form.segments.texts[SegmentKind.FACTS].editor().toPlainText()


def test_consulting_needs_no_words(view, qtbot, todos, changes):
    press(qtbot, view, Key.Key_C)
    with qtbot.waitSignal(changes.todo_changed):
        view.prompt.act.click()
    assert todos.sent == [(HOUSEHOLD, "")]


def test_an_empty_file_says_what_to_do(make_view, qtbot, records):
    records.entries = {}
    view = make_view()
    assert "Ctrl+N" in view._screen_empty.text()
    qtbot.keyClick(view.new_button, Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert view.kind_picker.isVisible()


def test_whoever_may_not_write_reads_only(make_view, qtbot):
    view = make_view(staff=replace(STAFF, roles=frozenset({Role.RECORDS_STAFF})))
    assert view.new_button.isHidden()
    press(qtbot, view, Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    press(qtbot, view, Key.Key_Home)
    press(qtbot, view, Key.Key_T)
    assert view.side.isHidden()
    assert view.prompt.isHidden()


def test_changes_of_others_are_fetched_and_own_ones_not_twice(view, changes, records):
    records.entries[an_id("late")] = entry("late", event_on=TODAY)
    changes.entry_changed.emit(an_id("another household"), None)
    assert view.chronicle.row_of(an_id("late")) < 0
    changes.entry_changed.emit(HOUSEHOLD, None)
    assert view.chronicle.row_of(an_id("late")) >= 0
    assert current(view) == an_id("mine")


def test_a_lost_connection_keeps_what_is_shown(view, records):
    records.refusals["chronicle"] = UnavailableError("接続できません。")
    view.reload()
    assert view.messages.text() == "接続できません。"
    assert len(view.chronicle.rows) == 21


def test_another_record_waits_until_the_open_one_is_stored(view, qtbot):
    press(qtbot, view, Key.Key_Return)
    view.editor.form.segments.texts[SegmentKind.FACTS].insert("追加")
    view.new_button.click()
    assert view.editor is not None
    assert "書きかけ" in view.messages.text()
    assert view.has_unsaved()


def test_closing_with_unsaved_words_gives_three_ways(view, qtbot, records):
    press(qtbot, view, Key.Key_Return)
    view.editor.form.segments.texts[SegmentKind.FACTS].insert("追加")
    for words, is_open, saves in (
        ("戻る", True, 0),
        ("保存して閉じる", False, 1),
    ):
        qtbot.keyClick(view.editor, Key.Key_Escape)
        answer(view, words)
        assert (view.editor is not None) is is_open
        assert len(records.saved) == saves


def test_closing_without_saving_stores_nothing(view, qtbot, records):
    press(qtbot, view, Key.Key_Return)
    view.editor.form.segments.texts[SegmentKind.FACTS].insert("追加")
    qtbot.keyClick(view.editor, Key.Key_Escape)
    answer(view, "保存せずに閉じる")
    assert view.editor is None
    assert records.saved == []


def test_a_failed_save_does_not_close(view, qtbot, records):
    press(qtbot, view, Key.Key_Return)
    view.editor.form.segments.texts[SegmentKind.FACTS].insert("追加")
    records.refusals["save"] = UnavailableError("接続できません。")
    qtbot.keyClick(view.editor, Key.Key_Escape)
    answer(view, "保存して閉じる")
    assert view.has_unsaved()
    assert view.editor.messages.text() == "接続できません。"


def test_what_narrows_the_list_gives_its_room_to_an_editor_in_the_place_of_the_list(
    make_view, qtbot
):
    view = make_view()
    view.resize(700, 700)
    assert view.bar.isVisible()
    view.commands.new("home_visit")
    assert view.editor.isVisible()
    assert not view.bar.isVisible()
    view.editor.ask_to_close()
    assert view.bar.isVisible()


def answer(view, words):
    box = next(b for b in view.findChildren(QMessageBox) if b.isVisible())
    next(button for button in box.buttons() if button.text().startswith(words)).click()


def _point(x, y):
    from PySide6.QtCore import QPoint  # noqa: PLC0415

    return QPoint(x, y)


def test_strange_texts_are_drawn(make_view, records, qtbot):
    words = "𠮷田の𠮷と葛󠄀城、<b>太字でない</b>\n\n行"
    records.entries = {an_id("x"): entry("x", segments=(segment(SegmentKind.FACTS, words),))}
    view = make_view()
    hits = view.chronicle.find("と葛")
    view.list.show_hits(hits, hits[0])
    laid = view.list._layouts.laid(0)
    from desktop.views.records.entry_painter import hit_cursor  # noqa: PLC0415

    assert hit_cursor(laid, hits[0]).selectedText() == "と葛\U000e0100"
    assert "<b>太字でない</b>" in laid.document.toPlainText()
