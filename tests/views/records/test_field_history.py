"""記録の履歴 by fields: asked for when it is looked at, and said plainly where none is kept."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.database.engine import is_postgresql
from desktop.domain.audit import FieldChange
from desktop.domain.errors import NotPermittedError
from desktop.domain.records import SegmentKind
from desktop.jobs.change_bus import ChangeBus
from desktop.services.audit import HistoryService
from desktop.services.masters.service import MastersService
from desktop.services.office import OfficeService
from desktop.services.todos import TodoService
from desktop.views.records.chronicle import ChronicleSetting, ChronicleView
from desktop.views.records.ports import RecordPorts
from tests.support.desk import desk, small_office
from tests.support.factories import CLOCK
from tests.support.fake_desk import FakeHistories, FakeRecords, make_ports
from tests.support.fakes_printing import without_paper
from tests.support.fakes_records import HOUSEHOLD, STAFF, an_id, entry
from tests.support.qt import InlineRunner
from tests.support.typing_in import commit_text

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def change(seq, column, before, after, table="entry", row="e"):
    return FieldChange(
        seq=seq,
        at=CLOCK.now(),
        who="試験 担当",
        client="10.1.2.3",
        table=table,
        row=row,
        column=column,
        before=before,
        after=after,
    )


@pytest.fixture
def histories():
    return FakeHistories(
        change(1, "kind", None, "home_visit"), change(2, "state", "draft", "submitted")
    )


def setting(staff, look):
    return ChronicleSetting(
        staff=staff,
        clock=CLOCK,
        runner=InlineRunner(),
        changes=ChangeBus(),
        look=look,
        make_paper=without_paper,
    )


def shown(qtbot, view):
    qtbot.addWidget(view)
    view.resize(1200, 800)
    view.show()
    view.activateWindow()
    view.activate()
    qtbot.waitUntil(view.isActiveWindow)
    return view


@pytest.fixture
def view(qtbot, look, histories):
    ports = make_ports(FakeRecords(entry("one", number=1), entry("two", number=2)), None, histories)
    return shown(qtbot, ChronicleView(HOUSEHOLD, ports, setting(STAFF, look)))


def open_fields(view, qtbot):
    qtbot.keyClick(view.list, Key.Key_H)
    qtbot.keyClick(view.history.list, Key.Key_Tab, CTRL)
    return view.history.fields


def cells(model, row):
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_the_key_and_the_page_show_every_field(view, histories, qtbot):
    fields = open_fields(view, qtbot)
    assert histories.asked == [an_id("two")]
    assert cells(fields.model, 0)[1:] == ["試験 担当", "10.1.2.3", "状態", "下書き", "決裁待ち"]
    assert fields.table.hasFocus()
    assert "決裁待ち" in fields.comparison.right.toPlainText()
    qtbot.keyClick(fields.table, Key.Key_Down)
    assert "種別" in fields.comparison.left.toPlainText()
    assert "閲覧履歴" in fields.note.text()


def test_the_button_leads_there_too_and_the_versions_ask_for_nothing(view, histories, qtbot):
    button = view.actions_bar.findChild(object, "action_history")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert view.history.isVisible()
    assert histories.asked == []


def test_it_is_asked_for_once_and_again_for_another_record(view, histories, qtbot):
    fields = open_fields(view, qtbot)
    qtbot.keyClick(fields.table, Key.Key_Tab, CTRL)
    qtbot.keyClick(view.history.list, Key.Key_Tab, CTRL)
    assert histories.asked == [an_id("two")]
    qtbot.keyClick(fields.table, Key.Key_Escape)
    assert view.list.hasFocus()
    qtbot.keyClick(view.list, Key.Key_Home)
    qtbot.keyClick(view.list, Key.Key_H)
    assert histories.asked == [an_id("two"), an_id("one")]


def test_a_refusal_is_said_in_place_and_can_be_tried_again(view, histories, qtbot):
    histories.refusal = NotPermittedError("ほかの人が書いている途中の記録です。")
    fields = open_fields(view, qtbot)
    assert fields.note.text() == "ほかの人が書いている途中の記録です。"
    assert not fields.table.isVisible()
    histories.refusal = None
    view.history.parts.setCurrentIndex(0)
    view.history.parts.setCurrentIndex(1)
    assert fields.model.rowCount() == 2


def test_where_nothing_is_kept_that_is_said(qtbot, look):
    ports = make_ports(FakeRecords(entry("one", number=1)), None, FakeHistories(is_kept=False))
    view = shown(qtbot, ChronicleView(HOUSEHOLD, ports, setting(STAFF, look)))
    fields = open_fields(view, qtbot)
    assert "項目ごとの履歴は残りません" in fields.note.text()


def test_without_a_record_it_is_said_what_to_choose(qtbot, look):
    view = shown(qtbot, ChronicleView(HOUSEHOLD, make_ports(FakeRecords()), setting(STAFF, look)))
    view.show_history()
    assert "記録を選んで" in view.messages.text()


def test_over_the_real_trail_a_saved_record_shows_before_and_after(qtbot, look, engine):
    office = small_office(engine)
    mine = desk(office.work, office.caseworker)
    ports = RecordPorts(
        records=mine.records,
        files=mine.households,
        office=OfficeService(mine.work, CLOCK, office.caseworker),
        todos=TodoService(mine.work, CLOCK, office.caseworker, mine.records.reading),
        reasons=MastersService(mine.work, CLOCK, office.caseworker),
        histories=HistoryService(mine.work, office.caseworker, mine.records.reading),
        duties=mine.duties,
    )
    view = shown(qtbot, ChronicleView(office.household_id, ports, setting(office.caseworker, look)))
    view.commands.new("telephone_in")
    text = view.editor.form.segments.texts[SegmentKind.FACTS]
    text.show_value("")
    commit_text(text.editor(), "体調を聞いた。")
    view.editor.save()
    text.show_value("通院を聞いた。")
    commit_text(text.editor(), "続き。")
    view.editor.save()
    view.editor.ask_to_close()
    view.list.setFocus()
    fields = open_fields(view, qtbot)
    if not is_postgresql(engine):
        assert "研修用" in fields.note.text()
        return
    found = [line for line in fields.model.rows() if line.label == "事実"]
    assert [(f.before, f.after) for f in found] == [
        ("体調を聞いた。", found[0].after),
        ("", "体調を聞いた。"),
    ]
    assert "通院を聞いた。" in found[0].after
    assert {line.who for line in found} == {office.caseworker.name}
    assert {line.label for line in fields.model.rows()} >= {"種別", "状態", "行った人", "方法"}
