"""定型句: looked through, made, changed, copied and ended by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.domain.errors import ValidationError
from desktop.domain.ids import new_id
from desktop.domain.phrases import Phrase
from desktop.domain.records import SegmentKind
from desktop.views.phrases.phrases_screen import PhrasesScreen
from tests.support.fakes import FakeDialogs
from tests.support.qt import InlineRunner
from tests.support.typing_in import commit_text

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
OWN = Phrase(
    code="dp",
    label="同行の確認",
    text="同行の日を確認した。",
    segments=(SegmentKind.AGREED,),
    phrase_id=new_id(),
    version=3,
)
OFFICE = Phrase(
    code="ti",
    reading="つういん",
    label="通院",
    text="通院は月＿＿＿回と聞いた。",
    bad_example="通院していないらしい。",
    why="誰から聞いたかを書きます。",
)


class FakePhrases:
    def __init__(self, *phrases):
        self.phrases = phrases
        self.kept = []
        self.ended = []
        self.refusal = None

    def shelf(self):
        return tuple(self.phrases)

    def keep(self, given):
        if self.refusal is not None:
            raise self.refusal
        self.kept.append(given)
        return given.phrase_id

    def end(self, phrase_id, shown_version):
        self.ended.append((phrase_id, shown_version))
        self.phrases = tuple(p for p in self.phrases if p.phrase_id != phrase_id)


@pytest.fixture
def make_screen(qtbot, look):
    def make(*phrases):
        view = PhrasesScreen(
            FakePhrases(*phrases), InlineRunner(), look=look, dialogs=FakeDialogs()
        )
        qtbot.addWidget(view)
        view.resize(1100, 800)
        view.show()
        view.activateWindow()
        view.activate()
        qtbot.waitUntil(view.isActiveWindow)
        return view

    return make


def codes(view):
    model = view.model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_the_own_ones_stand_before_the_offices_and_the_box_has_the_keyboard(make_screen):
    view = make_screen(OWN, OFFICE)
    assert codes(view) == ["dp", "ti・つういん"]
    assert view.box.editor().hasFocus()


@pytest.mark.parametrize(("words", "left"), [("つういん", ["ti・つういん"]), ("同行 日", ["dp"])])
def test_words_narrow_the_list_and_escape_widens_it(qtbot, make_screen, words, left):
    view = make_screen(OWN, OFFICE)
    commit_text(view.box.editor(), words)
    assert codes(view) == left
    qtbot.keyClick(view.box.editor(), Key.Key_Escape)
    assert len(codes(view)) == 2


def test_what_is_not_there_is_said(make_screen):
    view = make_screen(OWN)
    commit_text(view.box.editor(), "ない言葉")
    assert "当てはまる" in view.nothing.text()
    assert "作る（N）" in make_screen().nothing.text()


def test_a_bad_example_stands_beside_the_good_one_with_what_is_wrong(qtbot, make_screen):
    view = make_screen(OFFICE)
    words = view.words.text()
    assert "【良い例】通院は月＿＿＿回" in words
    assert "【悪い例】通院していないらしい" in words
    assert "【直すところ】誰から" in words


def test_keys_alone_make_a_phrase(qtbot, make_screen):
    view = make_screen(OFFICE)
    qtbot.keyClick(view.box.editor(), Key.Key_Down)
    qtbot.keyClick(view.table, Key.Key_N)
    form = view.form
    qtbot.keyClicks(form.code.editor(), "kz")
    commit_text(form.text.editor(), "鍵を預かっていない。")
    assert view.has_unsaved()
    qtbot.keyClick(form.text.editor(), Key.Key_Return, CTRL)
    (kept,) = view._phrases.kept
    assert (kept.code, kept.text, kept.segments, kept.shown_version) == (
        "kz",
        "鍵を預かっていない。",
        (),
        0,
    )
    assert not view.has_unsaved()


def test_an_own_one_is_changed_from_the_version_shown(qtbot, make_screen):
    view = make_screen(OWN)
    view.table.setFocus()
    qtbot.keyClick(view.table, Key.Key_E)
    view.form.act_button.click()
    (kept,) = view._phrases.kept
    assert (kept.phrase_id, kept.shown_version) == (OWN.phrase_id, 3)
    assert kept.segments == (SegmentKind.AGREED,)


def test_one_of_the_office_is_copied_and_not_changed(qtbot, make_screen):
    view = make_screen(OFFICE)
    assert view.edit_button.isHidden()
    assert view.end_button.isHidden()
    view.table.setFocus()
    qtbot.keyClick(view.table, Key.Key_C)
    view.form.act_button.click()
    (kept,) = view._phrases.kept
    assert (kept.code, kept.text, kept.shown_version) == ("ti", OFFICE.text, 0)


def test_ending_asks_first(qtbot, make_screen):
    view = make_screen(OWN)
    view.table.setFocus()
    view._dialogs.answer = False
    qtbot.keyClick(view.table, Key.Key_X)
    assert view._phrases.ended == []
    view._dialogs.answer = True
    qtbot.keyClick(view.table, Key.Key_X)
    assert view._phrases.ended == [(OWN.phrase_id, 3)]
    assert codes(view) == []


def test_a_refusal_stands_beside_its_field(make_screen):
    view = make_screen(OWN)
    view._phrases.refusal = ValidationError(code="同じ略語があります。")
    view.edit_button.click()
    view.form.act_button.click()
    assert view.form.code.error() == "同じ略語があります。"
