"""訪問の都合 by keyboard, over real services on both databases."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.domain.visit_preferences import Liking
from desktop.domain.working_time import Half
from desktop.views.requests import ScreenRequest
from desktop.views.visit_preferences.file_visits import FileVisits
from tests.support.desk import small_office
from tests.support.factories import CLOCK
from tests.support.qt import InlineRunner
from tests.support.screens import shown
from tests.support.visits import a_preference

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def desk(office):
    return office.desk(office.caseworker)


@pytest.fixture
def make_section(qtbot, look, office):
    def make(desk):
        section = FileVisits(
            *(office.household_id, desk.preferences, InlineRunner()),
            look=look,
            today=CLOCK.today,
        )
        return shown(qtbot, section)

    return make


@pytest.fixture
def section(make_section, desk):
    return make_section(desk)


def stored(office):
    desk = office.desk(office.caseworker)
    return desk.preferences.of_household(office.household_id).preference


def test_keys_set_the_half_day_at_hand_and_ctrl_s_keeps_it(qtbot, section, office):
    QAbstractItemModelTester(section.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert section.table.currentIndex().data() == "指定なし"
    assert not section.save_button.isEnabled()
    qtbot.keyClick(section.table, K.Key_1)
    assert section.table.currentIndex().data() == "○ よい"
    qtbot.keyClick(section.table, K.Key_Right)
    qtbot.keyClick(section.table, K.Key_3)
    section.announced_tick.click()
    assert section.has_unsaved()
    qtbot.keyClick(section.table, K.Key_S, CTRL)
    assert not section.has_unsaved()
    found = stored(office)
    assert found.times == {(0, Half.AM): Liking.GOOD, (1, Half.AM): Liking.IMPOSSIBLE}
    assert (found.is_announced, found.needs_two, found.version) == (True, False, 1)
    assert office.caseworker.name in section.told.words


def test_a_file_that_closes_asks_to_store_only_what_was_changed(qtbot, section, office):
    assert not section.stores_unsaved()
    qtbot.keyClick(section.table, K.Key_2)
    assert section.stores_unsaved()
    closed = []
    section.store_unsaved(lambda: closed.append(stored(office).version))
    assert closed == [1]
    assert not section.stores_unsaved()


def test_a_word_is_taken_away_by_zero(qtbot, section):
    qtbot.keyClick(section.table, K.Key_2)
    qtbot.keyClick(section.table, K.Key_0)
    assert section.table.currentIndex().data() == "指定なし"
    assert not section.has_unsaved()


def test_a_household_that_can_never_be_visited_is_pointed_out(section):
    for row in range(2):
        for column in range(5):
            section.table.setCurrentIndex(section.model.index(row, column))
            section.key_buttons["3"].click()
    assert "訪問を計画できません" in section.warning.words


def test_an_address_that_was_not_found_is_said(section):
    assert section.place.words.startswith("住所の位置：不明")
    assert "まだありません" in section.rates.words


def test_somebody_faster_is_said_and_what_was_entered_stays(qtbot, section, office):
    qtbot.keyClick(section.table, K.Key_1)
    supervisor = office.desk(office.supervisor)
    supervisor.preferences.set(a_preference(office.household_id))
    section.save_button.click()
    assert "先に更新" in section.messages.text()
    assert section.has_unsaved()
    assert section.save_button.isEnabled()


def test_who_is_not_of_the_district_looks_only(qtbot, make_section, office):
    section = make_section(office.desk(office.head))
    qtbot.keyClick(section.table, K.Key_1)
    assert not section.has_unsaved()
    assert not any(button.isEnabled() for button in section.key_buttons.values())
    assert "地区の担当者" in section.help.words


def test_from_the_file_the_month_of_the_household_is_one_button_away(qtbot, section, office):
    with qtbot.waitSignal(section.screen_requested) as asked:
        qtbot.mouseClick(section.month_button, Qt.MouseButton.LeftButton)
    assert asked.args[0] == ScreenRequest(key="visit_plans", item_id=office.household_id)


def test_telephones_are_kept_with_the_preference(qtbot, section, office):
    fields = section.telephones
    qtbot.keyClicks(fields.call_number.editor(), "03(0000)0001")
    assert section.has_unsaved()
    qtbot.keyClicks(fields.message_number.editor(), "09000000002")
    qtbot.keyClicks(fields.agreed_on.editor(), "R6.10.1")
    qtbot.keyClick(fields.agreed_on.editor(), K.Key_S, CTRL)
    assert not section.has_unsaved()
    desk = office.desk(office.caseworker)
    kept = desk.preferences.of_household(office.household_id).telephones
    assert (kept.call_number, kept.message_number) == ("03-0000-0001", "09000000002")
    assert kept.agreed_on == CLOCK.today()
    assert fields.call_number.editor().accessibleName() == "訪問の電話番号"


def test_what_is_no_number_is_said_beside_its_field(qtbot, section, office):
    qtbot.keyClicks(section.telephones.call_number.editor(), "=1+1")
    qtbot.keyClick(section.telephones.call_number.editor(), K.Key_S, CTRL)
    assert "電話番号" in section.telephones.call_number.error()
    assert stored(office).version == 0


def test_an_agreement_without_a_number_is_said_beside_the_number(qtbot, section, office):
    qtbot.keyClicks(section.telephones.agreed_on.editor(), "R6.10.1")
    qtbot.keyClick(section.telephones.agreed_on.editor(), K.Key_S, CTRL)
    assert "番号も入力" in section.telephones.message_number.error()
    assert section.save_button.isEnabled()
