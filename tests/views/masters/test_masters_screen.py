from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop.domain.errors import ValidationError
from desktop.domain.master_tables import MASTER_TABLES, Master
from desktop.domain.masters import MasterInput
from desktop.domain.roles import Role
from desktop.jobs.change_bus import ChangeBus
from desktop.views.masters.masters_screen import MastersScreen
from tests.support.fakes import CLOCK, FakeDialogs, make_staff
from tests.support.fakes_desk import ADMINISTRATOR, SUPERVISOR
from tests.support.fakes_masters import B_NEXT, FakeOfficeData
from tests.support.qt import InlineRunner
from tests.support.typing_in import commit_text

CTRL = Qt.KeyboardModifier.ControlModifier
#: Where the grades stand among the tables.
GRADES = list(MASTER_TABLES).index(Master.VISIT_GRADES)


@pytest.fixture
def data():
    return FakeOfficeData()


@pytest.fixture
def dialogs():
    return FakeDialogs()


@pytest.fixture
def changes():
    return ChangeBus()


@pytest.fixture
def make_screen(qtbot, look, data, dialogs, changes):
    def make(first=lambda screen: None, **staff):
        screen = MastersScreen(
            data,
            make_staff(**staff),
            CLOCK,
            InlineRunner(),
            changes=changes,
            look=look,
            dialogs=dialogs,
        )
        qtbot.addWidget(screen)
        screen.resize(1250, 760)
        screen.show()
        with qtbot.waitActive(screen):
            screen.activateWindow()
        first(screen)
        screen.activate()
        return screen

    return make


def show_grades(screen):
    screen.list.setCurrentRow(GRADES)
    return screen


def cells(model, row):
    return [model.index(row, column).data() for column in range(model.columnCount())]


def click(qtbot, button):
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_tables_tell_what_waits(make_screen):
    screen = make_screen(**ADMINISTRATOR)
    labels = [screen.list.item(row).text() for row in range(screen.list.count())]
    assert labels[:2] == ["記録種別", "結果コード"]
    assert labels[GRADES] == "訪問格付　●1"


def test_keys_show_value_source_and_marks(make_screen):
    screen = show_grades(make_screen(**ADMINISTRATOR))
    assert cells(screen.model, 1) == [
        "B格付　4回　3か月　経過を見守る世帯",
        "● 承認待ち ▲ 未確認",
        "B",
        "R2.4.1",
        "実施機関の訪問基準 第3条",
    ]
    assert cells(screen.model, 2)[1] == ""


def test_fields_are_generated_from_the_table(make_screen):
    screen = make_screen(**ADMINISTRATOR)
    form = screen.key.form
    assert form.field("label").editor().text() == "定期訪問"
    assert form.field("method").editor().currentText() == "訪問"
    assert form.field("result_codes").editor().text() == "11 12 21"
    assert form.field("segments").entered() == ["subject", "facts", "words", "view", "next"]
    assert form.field("label").editor().isReadOnly()
    screen.list.setCurrentRow(2)
    assert (
        form.field("facts").editor().toPlainText() == "{世帯主}宅を訪問した。\n前回は{前回面接日}。"
    )
    assert "新しく書く記録の初期の文章" in screen.key.affects.words


def test_a_change_is_proposed_from_a_day_and_waits(qtbot, make_screen, data, changes):
    screen = show_grades(make_screen(**ADMINISTRATOR))
    screen.table.select_row(2)
    qtbot.keyClick(screen.table, Qt.Key.Key_E, CTRL)
    form = screen.key.form
    assert form.key.editor().isReadOnly()
    assert not screen.list.isEnabled()
    visits = form.field("visits_per_year").editor()
    visits.selectAll()
    qtbot.keyClicks(visits, "6")
    form.valid_from.editor().selectAll()
    qtbot.keyClicks(form.valid_from.editor(), "R6.11.1")
    commit_text(form.source.editor(), "令和6年度の見直し")
    with qtbot.waitSignal(changes.master_changed):
        qtbot.keyClick(form.source.editor(), Qt.Key.Key_Return, CTRL)
    assert data.proposed == [
        MasterInput(
            table="visit_grades",
            key="C",
            valid_from=date(2024, 11, 1),
            value={
                "label": "C格付",
                "visits_per_year": 6,
                "interval_months": 3,
                "who": "経過を見守る世帯",
                "first_months": None,
                "pauses": False,
            },
            source="令和6年度の見直し",
            confirmed=False,
        )
    ]
    assert cells(screen.model, 2)[1] == "● 承認待ち"
    assert "別の職員が承認します" in screen.key.note.words
    assert "年間訪問回数：4回 → 6回" in screen.key.note.words
    assert not screen.key.approve_button.isVisible()
    assert screen.list.isEnabled()


def test_wrong_input_is_said_beside_its_field_and_nothing_is_sent(qtbot, make_screen, data):
    screen = show_grades(make_screen(**ADMINISTRATOR))
    screen.table.select_row(2)
    click(qtbot, screen.key.change_button)
    form = screen.key.form
    visits = form.field("visits_per_year").editor()
    visits.selectAll()
    commit_text(visits, "四回")
    click(qtbot, screen.key.propose_button)
    assert form.field("visits_per_year").error()
    assert form.source.error() == "根拠を入力してください。"
    assert data.proposed == []


def test_refusals_of_the_service_go_beside_their_fields(qtbot, make_screen, data):
    screen = show_grades(make_screen(**ADMINISTRATOR))
    screen.table.select_row(2)
    click(qtbot, screen.key.change_button)
    form = screen.key.form
    commit_text(form.source.editor(), "見直し")
    data.refusal = ValidationError(valid_from="今日より前から変わります。", table="閉じています。")
    click(qtbot, screen.key.propose_button)
    assert form.valid_from.error() == "今日より前から変わります。"
    assert screen.messages.text() == "閉じています。"
    assert form.source.editor().text() == "見直し"
    data.refusal = None
    click(qtbot, screen.key.propose_button)
    assert len(data.proposed) == 1


def test_a_second_person_sees_what_changes_and_approves_by_key(qtbot, make_screen, data):
    screen = make_screen(**SUPERVISOR)
    screen.show_item(B_NEXT.row_id)
    assert screen.key.title.text() == "訪問格付：B"
    assert "管理 見本子さんの変更が承認を待っています。" in screen.key.note.words
    assert "年間訪問回数：4回 → 6回" in screen.key.note.words
    assert not screen.key.change_button.isVisible()
    with qtbot.waitSignal(screen.announced):
        qtbot.keyClick(screen.table, Qt.Key.Key_Return, CTRL)
    assert screen.key.model.index(0, 1).data() == "予定"
    assert not screen.key.approve_button.isVisible()


def test_a_second_person_rejects_and_the_row_stays(qtbot, make_screen):
    screen = make_screen(**SUPERVISOR)
    screen.show_item(B_NEXT.row_id)
    click(qtbot, screen.key.reject_button)
    assert [screen.key.model.index(row, 1).data() for row in range(2)] == ["却下・取下げ", "承認済"]


def test_a_key_is_ended_from_a_day(qtbot, make_screen, data):
    screen = show_grades(make_screen(**ADMINISTRATOR))
    screen.table.select_row(0)
    click(qtbot, screen.key.end_button)
    commit_text(screen.key.form.source.editor(), "A格付の廃止")
    click(qtbot, screen.key.propose_button)
    assert data.proposed[0].is_retired
    assert data.proposed[0].key == "A"


def test_a_new_key_is_proposed(qtbot, make_screen, data):
    screen = show_grades(make_screen(**ADMINISTRATOR))
    qtbot.keyClick(screen.list, Qt.Key.Key_N, CTRL)
    form = screen.key.form
    for field, text in ((form.key, "Z"), (form.field("label"), "臨時"), (form.source, "所長決裁")):
        commit_text(field.editor(), text)
    for name in ("visits_per_year", "interval_months"):
        qtbot.keyClicks(form.field(name).editor(), "2")
    click(qtbot, screen.key.propose_button)
    assert data.proposed[0].key == "Z"
    assert screen.key.title.text() == "訪問格付：Z"


def test_leaving_a_started_proposal_asks_first(qtbot, make_screen, dialogs):
    screen = show_grades(make_screen(**ADMINISTRATOR))
    click(qtbot, screen.new_button)
    commit_text(screen.key.form.key.editor(), "Z")
    assert screen.has_unsaved()
    dialogs.answer = False
    qtbot.keyClick(screen.key.form.key.editor(), Qt.Key.Key_Escape)
    assert screen.key.is_writing
    dialogs.answer = True
    click(qtbot, screen.key.stop_button)
    assert not screen.key.is_writing
    assert len(dialogs.asked) == 2


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.RECORDS_STAFF])
def test_others_only_look(make_screen, role):
    screen = show_grades(make_screen(roles=frozenset({role})))
    screen.table.select_row(1)
    panel = screen.key
    for button in (
        panel.change_button,
        panel.end_button,
        panel.approve_button,
        panel.reject_button,
        screen.new_button,
    ):
        assert not button.isVisible()


def test_a_change_elsewhere_refreshes_and_keeps_key_and_table(make_screen, data, changes):
    screen = show_grades(make_screen(**SUPERVISOR))
    screen.table.select_row(2)
    data.approve(B_NEXT.row_id)
    changes.master_changed.emit("visit_grades", None)
    assert screen.list.item(GRADES).text() == "訪問格付"
    assert screen.key.title.text() == "訪問格付：C"


def test_a_change_elsewhere_leaves_a_started_proposal_alone(make_screen, changes, qtbot):
    screen = show_grades(make_screen(**ADMINISTRATOR))
    click(qtbot, screen.new_button)
    commit_text(screen.key.form.key.editor(), "Z")
    changes.master_changed.emit("visit_grades", None)
    assert screen.key.form.key.editor().text() == "Z"
    assert screen.key.is_writing


def test_the_desk_may_ask_for_a_row_before_the_tables_are_there(make_screen):
    screen = make_screen(lambda screen: screen.show_item(B_NEXT.row_id), **SUPERVISOR)
    assert screen.list.currentRow() == GRADES
    assert screen.key.current().row_id == B_NEXT.row_id
