"""改正の窓 over real services. On both databases."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl

from desktop.domain.rule_change_ticks import TickState
from desktop.jobs.change_bus import ChangeBus
from desktop.views.rule_changes.changes_screen import ChangesScreen
from desktop.views.rule_changes.making import place_title
from tests.support.desk import small_office
from tests.support.factories import CLOCK
from tests.support.qt import InlineRunner
from tests.support.rule_changes import EVERYONE, LATER, a_tick

Key = Qt.Key
_WHEN, _STATE, _BY, _NOTE = 2, 2, 5, 7


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def bus():
    return ChangeBus()


@pytest.fixture
def opened(qtbot, look, office, bus):
    def open_for(staff):
        view = ChangesScreen(
            office.desk(staff).rule_changes,
            office.desk(staff).help_cards,
            InlineRunner(),
            bus,
            look=look,
            today=CLOCK.today,
            place_title=place_title,
        )
        qtbot.addWidget(view)
        view.resize(1200, 900)
        view.show()
        with qtbot.waitActive(view):
            view.activateWindow()
        view.activate()
        return view

    return open_for


def choose(view, row):
    view.table.select_row(row)


def press(qtbot, view, key):
    view.panel.table.setFocus()
    qtbot.keyClick(view.panel.table, key)


def cell(view, column):
    return view.panel.model.index(0, column).data()


def tick(office, key=EVERYONE):
    (row,) = office.desk(office.supervisor).rule_changes.concerned(key).households
    return row.tick


def test_a_change_is_read_and_its_households_stand_beneath(opened, office):
    view = opened(office.caseworker)
    assert [view.model.index(row, _WHEN).data() for row in range(3)] == [
        "施行前",
        "最近変わりました",
        "",
    ]
    choose(view, 1)
    text = view.text.toPlainText()
    assert "例：みなの改正" in text
    assert "かかわる画面　世帯員、わたしの机" in text
    assert "練習用に作った例" in text
    assert "保護を受けているすべての世帯" in view.panel.who.text()
    assert "1世帯のうち、確認 0、未確認 1" in view.panel.counts.text()
    assert cell(view, _STATE) == "未確認"


def test_one_key_ticks_off_and_opens_again(opened, office, qtbot):
    view = opened(office.caseworker)
    choose(view, 1)
    qtbot.keyClick(view.table, Key.Key_Return)
    assert view.panel.table.hasFocus()
    with qtbot.waitSignal(view.announced):
        press(qtbot, view, Key.Key_Z)
    assert (cell(view, _STATE), cell(view, _BY)) == ("済", office.caseworker.name)
    assert "未確認 0" in view.panel.counts.text()
    press(qtbot, view, Key.Key_X)
    assert cell(view, _STATE) == "該当なし"
    press(qtbot, view, Key.Key_U)
    assert cell(view, _STATE) == "未確認"
    assert tick(office).state is TickState.OPEN_AGAIN
    assert tick(office, LATER) is None


def test_what_was_never_ticked_is_not_opened_again(opened, office, qtbot):
    view = opened(office.caseworker)
    choose(view, 1)
    press(qtbot, view, Key.Key_U)
    assert "まだ確認されていません" in view.messages.text()
    assert tick(office) is None


def test_a_note_goes_with_the_next_tick_alone_and_is_read_by_a_key(opened, office, qtbot):
    view = opened(office.caseworker)
    choose(view, 1)
    view.panel.note.editor().setText("次男は来年です")
    press(qtbot, view, Key.Key_Z)
    assert cell(view, _NOTE) == "あり"
    assert not view.panel.note.entered()
    assert view.panel.words.text() == ""
    press(qtbot, view, Key.Key_V)
    assert "次男は来年です" in view.panel.words.text()
    press(qtbot, view, Key.Key_X)
    press(qtbot, view, Key.Key_V)
    assert "メモはありません" in view.panel.words.text()


def test_only_what_is_open_is_shown_when_asked(opened, office, qtbot):
    view = opened(office.caseworker)
    choose(view, 1)
    view.panel.only_open.editor().click()
    assert view.panel.model.rowCount() == 1
    press(qtbot, view, Key.Key_Z)
    assert view.panel.model.rowCount() == 0
    assert "未確認の世帯はありません" in view.panel.nothing.text()
    view.panel.only_open.editor().click()
    assert view.panel.model.rowCount() == 1


def test_what_somebody_else_ticked_is_said_and_shown(opened, office, qtbot):
    view = opened(office.caseworker)
    choose(view, 1)
    office.desk(office.supervisor).rule_changes.tick(a_tick(office.household_id))
    press(qtbot, view, Key.Key_X)
    assert "ほかの人が確認" in view.messages.text()
    assert (cell(view, _STATE), cell(view, _BY)) == ("済", office.supervisor.name)


def test_to_dos_are_made_by_a_day_and_other_screens_hear_of_it(opened, office, qtbot, bus):
    view = opened(office.caseworker)
    choose(view, 1)
    with qtbot.waitSignals([view.announced, bus.todo_changed]):
        press(qtbot, view, Key.Key_T)
    view.panel.due.editor().setText("R6.9.1")
    press(qtbot, view, Key.Key_T)
    assert "1年以内" in view.panel.due.error()


def test_a_change_that_names_nobody_says_so(opened, office):
    view = opened(office.caseworker)
    choose(view, 2)
    assert "名指しして" in view.panel.nothing.text()
    assert view.panel.table.isHidden()
    assert view.panel.todo_button.isHidden()


def test_a_card_is_read_beside_the_change_and_left_again(opened, office):
    view = opened(office.caseworker)
    choose(view, 1)
    view.text.anchorClicked.emit(QUrl("card:event-65"))
    assert "「例：みなの改正」へ戻る" in view.text.toPlainText()
    assert "65歳になる" in view.text.toPlainText()
    view.text.anchorClicked.emit(QUrl(f"card:{EVERYONE}"))
    assert "へ戻る" not in view.text.toPlainText()


def test_enter_opens_the_file(opened, office, qtbot):
    view = opened(office.caseworker)
    choose(view, 1)
    with qtbot.waitSignal(view.file_requested) as asked:
        press(qtbot, view, Key.Key_Return)
    assert asked.args[0].household_id == office.household_id


def test_who_may_only_read_ticks_nothing(opened, office, qtbot):
    view = opened(office.records)
    choose(view, 1)
    assert view.panel.done_button.isHidden()
    press(qtbot, view, Key.Key_Z)
    press(qtbot, view, Key.Key_T)
    assert tick(office) is None
    assert view.household_at_hand().household_id == office.household_id
    view.focus_first()
    assert view.household_at_hand() is None
