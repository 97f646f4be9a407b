"""The agencies of a household beside an entry: Enter makes it an entry to one, with whom it is addressed to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from desktop.domain.agency_contacts import AgencyContact
from desktop.domain.records import ContactMethod, EntryKind, Place, SegmentKind
from desktop.views.records.editor_task import EditorTask
from desktop.views.records.entry_editor import EditorSetting, EntryEditor
from desktop.views.records.ports import load_material
from tests.support.factories import CLOCK, days_ago
from tests.support.fake_desk import make_ports
from tests.support.fakes_records import HOUSEHOLD, ME
from tests.support.qt import InlineRunner

Key = Qt.Key
FACTS = SegmentKind.FACTS
PHARMACY = AgencyContact(name="見本薬局", person="架空薬剤師", last_on=days_ago(3), times=2)
COUNCIL = AgencyContact(name="見本市社会福祉協議会", reached_by="内線 12")


TO_AGENCIES = EntryKind(
    code="agency",
    label="関係機関連絡・会議",
    method=ContactMethod.AGENCY,
    place=Place.AGENCY,
    segments=(SegmentKind.SUBJECT, FACTS),
    asks=("met", "result"),
    result_codes=("33",),
    default_result="33",
    subject="関係機関との連絡",
)


class Agencies:
    """The agencies of every household."""

    def __init__(self, *known):
        self.known = known

    def agencies(self, household_id):
        return self.known


@pytest.fixture
def make(qtbot, look, records):
    def make(*known, kind="home_visit"):
        ports = replace(make_ports(records), agencies=Agencies(*known))
        material = load_material(ports, HOUSEHOLD, ME)
        material = replace(material, kinds=(*material.kinds, TO_AGENCIES))
        task = EditorTask(given=records.blank(HOUSEHOLD, kind), material=material)
        setting = EditorSetting(
            records=records, runner=InlineRunner(), look=look, today=CLOCK.today
        )
        editor = EntryEditor(task, setting)
        qtbot.addWidget(editor)
        editor.resize(760, 800)
        editor.show()
        editor.activateWindow()
        qtbot.waitUntil(editor.isActiveWindow)
        return editor

    return make


def press(qtbot, editor, key):
    qtbot.keyClick(editor.window().focusWidget(), key)


def shown(editor):
    model = editor.aids.agencies.panel.model
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_the_list_names_person_and_last_contact(make):
    editor = make(PHARMACY, COUNCIL)
    assert [row[:2] for row in shown(editor)] == [
        ["見本薬局", "架空薬剤師"],
        ["見本市社会福祉協議会", ""],
    ]
    assert shown(editor)[0][4] == "2"
    assert shown(editor)[1][2:4] == ["内線 12", "なし"]


def test_enter_makes_it_an_entry_to_the_agency_and_keeps_what_was_written(make, qtbot):
    editor = make(PHARMACY, COUNCIL)
    editor.form.segments.texts[FACTS].editor().setPlainText("薬を預かった。")
    editor.aids.agencies.open()
    press(qtbot, editor, Key.Key_Return)
    given = editor.form.read_leniently()
    assert given.method is ContactMethod.AGENCY
    assert [met.label for met in given.met] == ["見本薬局　架空薬剤師"]
    assert [s.text for s in given.segments if s.kind is FACTS] == ["薬を預かった。"]
    assert "関係機関" in editor.title.text()
    assert editor.form.segments.texts[SegmentKind.SUBJECT].editor().toPlainText() == (
        "関係機関との連絡"
    )
    assert editor.has_unsaved()


def test_escape_changes_nothing(make, qtbot):
    editor = make(PHARMACY)
    editor.aids.agencies.open()
    press(qtbot, editor, Key.Key_Escape)
    assert editor.form.read_leniently().method is ContactMethod.VISIT
    assert not editor.has_unsaved()


def test_an_addressee_is_not_named_twice(make, qtbot):
    editor = make(PHARMACY)
    for _ in range(2):
        editor.aids.agencies.open()
        press(qtbot, editor, Key.Key_Return)
    assert len(editor.form.read_leniently().met) == 1


def test_without_agencies_nothing_is_offered(make):
    editor = make()
    assert editor.aids.agencies.button.isHidden()
