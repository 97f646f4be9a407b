"""The structure of the last entry in the editor."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.entry_structures import EntryStructure
from desktop.domain.ids import new_id
from desktop.domain.records import MetPerson, Place, SegmentKind
from desktop.views.records.editor_task import EditorTask
from desktop.views.records.entry_editor import EditorSetting, EntryEditor
from desktop.views.records.ports import load_material
from tests.support.factories import CLOCK
from tests.support.fake_desk import FakeRecords, make_ports
from tests.support.fakes_records import HOUSEHOLD, ME
from tests.support.qt import InlineRunner
from tests.support.typing_in import commit_text

LAST = EntryStructure(
    event_on=date(2024, 3, 1),
    place=Place.DOOR,
    met=(MetPerson(label="試験 花子"),),
    headings={SegmentKind.FACTS: ("求職の状況：", "家計："), SegmentKind.DECIDED: ()},
)


class FakeDrafting:
    def __init__(self, last=LAST):
        self.last = last
        self.asked = []

    def structure(self, household_id, kind):
        self.asked.append((household_id, kind))
        return self.last


@pytest.fixture
def drafting():
    return FakeDrafting()


@pytest.fixture
def make_editor(qtbot, look, drafting):
    def make(kind="home_visit"):
        records = FakeRecords()
        material = load_material(make_ports(records, drafting=drafting), HOUSEHOLD, ME)
        task = EditorTask(given=records.blank(HOUSEHOLD, kind), material=material)
        setting = EditorSetting(
            records=records,
            runner=InlineRunner(),
            look=look,
            today=CLOCK.today,
            drafting=drafting,
        )
        editor = EntryEditor(task, setting)
        qtbot.addWidget(editor)
        editor.resize(800, 900)
        editor.show()
        editor.activateWindow()
        editor.focus_first()
        qtbot.waitUntil(editor.isActiveWindow)
        return editor

    return make


def facts(editor):
    return editor.form.segments.texts[SegmentKind.FACTS].editor()


def write(edit, text):
    edit.show_text("")
    commit_text(edit, text)


def test_headings_place_and_people_are_taken_over_and_can_be_undone(make_editor):
    editor = make_editor()
    write(facts(editor), "居室で面接した。\n食事：")
    editor.aids.structure.click()
    assert facts(editor).toPlainText() == "居室で面接した。\n求職の状況：\n家計："
    read = editor.form.read_leniently()
    assert read.place is Place.DOOR
    assert [met.label for met in read.met] == ["試験 花子"]
    assert editor.has_unsaved()
    assert "文章は写していません" in editor.messages.text()
    facts(editor).undo()
    assert facts(editor).toPlainText() == "居室で面接した。\n食事："


def test_headings_that_nobody_answered_are_no_record(make_editor):
    editor = make_editor()
    write(facts(editor), "居室で面接した。")
    editor.aids.structure.click()
    facts(editor).setPlainText("居室で面接した。\n求職の状況：三件\n家計：")
    texts = {s.kind: s.text for s in editor.form.read_leniently().segments}
    assert texts[SegmentKind.FACTS] == "居室で面接した。\n求職の状況：三件"


def test_parts_that_the_last_one_used_are_shown(make_editor):
    editor = make_editor()
    decided = editor.form.segments.texts[SegmentKind.DECIDED]
    assert not decided.isVisibleTo(editor)
    editor.aids.structure.click()
    assert decided.isVisibleTo(editor)


def test_who_is_named_already_stays(make_editor):
    editor = make_editor()
    editor.form.contact.met.boxes()[0].click()
    editor.aids.structure.click()
    assert "試験 太郎" in editor.form.read_leniently().met[0].label


def test_who_no_longer_lives_there_is_not_taken_over(make_editor, drafting):
    gone = MetPerson(label="架空 三郎（子）", person_id=new_id())
    drafting.last = replace(LAST, met=(gone, *LAST.met))
    editor = make_editor()
    editor.aids.structure.click()
    assert editor.form.read_leniently().met == LAST.met


def test_where_there_is_no_last_one_it_is_said(make_editor, drafting):
    drafting.last = None
    editor = make_editor()
    before = facts(editor).toPlainText()
    editor.aids.structure.click()
    assert "まだありません" in editor.messages.text()
    assert facts(editor).toPlainText() == before
    assert drafting.asked == [(HOUSEHOLD, "home_visit")]


def test_the_place_where_one_types_stays_in_view(qtbot, make_editor):
    editor = make_editor()
    editor.resize(800, 420)
    edit = facts(editor)
    edit.setFocus()
    commit_text(edit, "\n".join(f"{number}行目の文。" for number in range(30)))

    def is_in_view():
        at = edit.viewport().mapTo(editor._scroll.viewport(), edit.cursorRect().center())
        assert editor._scroll.viewport().rect().contains(at)

    qtbot.waitUntil(is_in_view)
