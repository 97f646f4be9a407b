"""Set phrases while typing: what puts one in, what does not, and that it is one step to be undone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QTextCursor

from desktop.domain.ids import new_id
from desktop.domain.phrases import Phrase, PhraseBook
from desktop.domain.records import SegmentKind
from desktop.views.records.entry_form import EntryForm
from desktop.views.records.ports import load_material
from tests.support.factories import CLOCK
from tests.support.fake_desk import FakePhrases, FakeRecords, make_ports
from tests.support.fakes_records import HOUSEHOLD, ME
from tests.support.typing_in import commit_text, compose_text

Key = Qt.Key
FOUND = "通院は月＿＿＿回と試験 太郎から聞いた。"
BOOK = PhraseBook(
    phrases=(
        Phrase(code="mine", label="自分の", text="自分の文。", phrase_id=new_id(), version=1),
        Phrase(
            code="ti",
            reading="つういん",
            label="通院",
            text="通院は月＿＿＿回と{世帯主}から聞いた。",
            segments=(SegmentKind.FACTS,),
        ),
        Phrase(code="tix", label="通院の次", text="二行の\n文。"),
        Phrase(code="mt", label="相手", text="{相手}と会った。"),
    ),
    known={"世帯主": "試験 太郎"},
)


@pytest.fixture
def form(qtbot, look):
    records = FakeRecords()
    material = load_material(make_ports(records, phrases=FakePhrases(BOOK)), HOUSEHOLD, ME)
    form = EntryForm(material, CLOCK.today)
    qtbot.addWidget(form)
    form.show_input(records.blank(HOUSEHOLD, "home_visit"))
    form.resize(700, 900)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    return form


@pytest.fixture
def facts(form, qtbot):
    edit = form.segments.texts[SegmentKind.FACTS].editor()
    edit.show_text("")
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    return edit


def rows(form):
    shown = form.phrases.list
    return [] if shown.isHidden() else [shown.item(i).text() for i in range(shown.count())]


@pytest.mark.parametrize("key", [Key.Key_Space, Key.Key_Return, Key.Key_Enter])
def test_a_whole_code_and_space_or_enter_put_the_phrase_in(qtbot, facts, key):
    qtbot.keyClicks(facts, ";ti")
    qtbot.keyClick(facts, key)
    assert facts.toPlainText() == FOUND


def test_the_first_blank_is_marked_to_be_written_over(qtbot, facts):
    qtbot.keyClicks(facts, ";ti")
    qtbot.keyClick(facts, Key.Key_Space)
    assert facts.textCursor().selectedText() == "＿＿＿"
    qtbot.keyClicks(facts, "2")
    assert facts.toPlainText() == "通院は月2回と試験 太郎から聞いた。"


def test_one_undo_takes_it_back_and_one_redo_brings_it_again(qtbot, facts):
    qtbot.keyClicks(facts, "A;ti")
    qtbot.keyClick(facts, Key.Key_Space)
    assert facts.toPlainText() == f"A{FOUND}"
    facts.undo()
    assert facts.toPlainText() == "A;ti"
    facts.redo()
    assert facts.toPlainText() == f"A{FOUND}"


def test_what_is_typed_afterwards_is_undone_by_itself(qtbot, facts):
    qtbot.keyClicks(facts, ";tix")
    qtbot.keyClick(facts, Key.Key_Space)
    qtbot.keyClicks(facts, "more")
    facts.undo()
    assert facts.toPlainText() == "二行の\n文。"


def test_the_phrase_is_an_edit_and_goes_into_the_entry(qtbot, form, facts):
    with qtbot.waitSignal(form.edited):
        qtbot.keyClicks(facts, ";tix")
        qtbot.keyClick(facts, Key.Key_Space)
    read = form.read_leniently()
    assert "二行の\n文。" in [s.text for s in read.segments]


def test_words_that_are_no_code_stay(qtbot, facts):
    qtbot.keyClicks(facts, ";zz")
    qtbot.keyClick(facts, Key.Key_Space)
    qtbot.keyClicks(facts, "ti")
    qtbot.keyClick(facts, Key.Key_Return)
    assert facts.toPlainText() == ";zz ti\n"


def test_a_code_after_a_character_beyond_the_basic_plane_is_found(qtbot, facts):
    commit_text(facts, "𠮷田宅。")
    qtbot.keyClicks(facts, ";ti")
    qtbot.keyClick(facts, Key.Key_Space)
    assert facts.toPlainText() == f"𠮷田宅。{FOUND}"
    assert facts.textCursor().selectedText() == "＿＿＿"


def test_a_committed_reading_and_the_wide_space_of_the_input_method_put_it_in(facts):
    commit_text(facts, "；つういん")
    commit_text(facts, "　")
    assert facts.toPlainText() == FOUND


def test_nothing_is_put_in_while_the_input_method_composes(qtbot, facts):
    commit_text(facts, "；")
    compose_text(facts, "つういん")
    qtbot.keyClick(facts, Key.Key_Space)
    qtbot.keyClick(facts, Key.Key_Return)
    assert FOUND not in facts.toPlainText()


def test_committing_what_was_composed_with_a_space_is_no_code(facts):
    commit_text(facts, ";ti")
    compose_text(facts, "と")
    commit_text(facts, "と")
    assert facts.toPlainText() == ";tiと"


def test_the_list_shows_what_may_come_and_the_keyboard_stays(qtbot, form, facts):
    qtbot.keyClicks(facts, ";t")
    assert [row.split("　")[0] for row in rows(form)] == ["ti・つういん", "tix"]
    assert facts.hasFocus()
    assert form.phrases.list.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_arrows_choose_and_enter_takes(qtbot, form, facts):
    qtbot.keyClicks(facts, ";t")
    qtbot.keyClick(facts, Key.Key_Down)
    qtbot.keyClick(facts, Key.Key_Return)
    assert facts.toPlainText() == "二行の\n文。"
    assert rows(form) == []


def test_enter_behind_a_bare_semicolon_is_a_new_line(qtbot, form, facts):
    qtbot.keyClicks(facts, "a;")
    assert len(rows(form)) == len(BOOK.phrases)
    qtbot.keyClick(facts, Key.Key_Return)
    assert facts.toPlainText() == "a;\n"


def test_a_semicolon_and_arrows_choose_from_all(qtbot, facts):
    qtbot.keyClicks(facts, ";")
    qtbot.keyClick(facts, Key.Key_Down)
    qtbot.keyClick(facts, Key.Key_Return)
    assert facts.toPlainText() == "自分の文。"


def test_escape_closes_the_list_alone(qtbot, form, facts):
    qtbot.keyClicks(facts, ";t")
    qtbot.keyClick(facts, Key.Key_Escape)
    assert rows(form) == []
    assert facts.toPlainText() == ";t"


def test_leaving_the_text_closes_the_list(qtbot, form, facts):
    qtbot.keyClicks(facts, ";t")
    form.contact.met.setFocus()
    qtbot.waitUntil(lambda: not facts.hasFocus())
    assert rows(form) == []


def test_a_cursor_that_goes_elsewhere_closes_the_list(qtbot, form, facts):
    qtbot.keyClicks(facts, "ab;t")
    facts.moveCursor(QTextCursor.MoveOperation.Start)
    assert rows(form) == []


def test_whom_the_form_says_was_met_is_put_in(qtbot, form, facts):
    form.contact.met.boxes()[1].click()
    facts.setFocus()
    qtbot.keyClicks(facts, ";mt")
    qtbot.keyClick(facts, Key.Key_Space)
    assert facts.toPlainText().startswith("試験 花子")


def test_blanks_are_counted_and_one_key_goes_on_to_the_next(qtbot, form, facts):
    for field in form.segments.texts.values():
        field.editor().show_text("")
    form.blanks.count()
    assert form.blanks.isHidden()
    commit_text(facts, "月＿＿＿回、𠮷田＿＿＿。")
    view = form.segments.texts[SegmentKind.VIEW].editor()
    commit_text(view, "＿＿＿を続ける。")
    assert not form.blanks.isHidden()
    assert "3か所" in form.blanks.words.text()
    facts.moveCursor(QTextCursor.MoveOperation.Start)
    facts.setFocus()
    places = []
    for _ in range(4):
        qtbot.keyClick(form.focusWidget(), Key.Key_F4)
        edit = form.focusWidget()
        assert edit.textCursor().selectedText() == "＿＿＿"
        places.append((edit is view, edit.textCursor().selectionStart()))
    assert places == [(False, 1), (False, 9), (True, 0), (False, 1)]


def test_the_list_lies_within_the_form(qtbot, form, facts):
    qtbot.keyClicks(facts, ";t")
    shown = form.phrases.list.geometry()
    assert QRect(form.rect()).contains(shown)
    assert shown.width() > 0
    assert shown.height() > 0


def test_without_phrases_a_semicolon_is_one(qtbot, look):
    records = FakeRecords()
    form = EntryForm(load_material(make_ports(records), HOUSEHOLD, ME), CLOCK.today)
    qtbot.addWidget(form)
    form.show_input(records.blank(HOUSEHOLD, "home_visit"))
    edit = form.segments.texts[SegmentKind.FACTS].editor()
    edit.show_text("")
    qtbot.keyClicks(edit, ";ti ")
    assert edit.toPlainText() == ";ti "
