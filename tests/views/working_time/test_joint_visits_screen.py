"""同行と約束 by keyboard, over real services on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.domain.joint_bookings import JointKind
from desktop.domain.working_time import Half
from desktop.models.households import Household
from desktop.viewmodels.joint_visits import LineKind
from desktop.views.working_time.joint_visits_screen import JointVisitsScreen
from tests.support.desk import small_office
from tests.support.factories import CLOCK, TODAY
from tests.support.fakes import FakeDialogs, make_household_row
from tests.support.joint_visits import a_rule, an_appointment
from tests.support.qt import InlineRunner
from tests.support.screens import shown
from tests.support.visits import a_booking

K = Qt.Key
DAY = date(2024, 10, 8)


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def desk(office):
    return office.desk(office.caseworker)


@pytest.fixture
def number(office):
    with office.work() as session:
        return session.get_one(Household, office.household_id).case_number


@pytest.fixture
def dialogs():
    return FakeDialogs()


@pytest.fixture
def files(office, number):
    """Finds the one household: search words come with the ledger, which this office has not."""
    row = replace(make_household_row(1), household_id=office.household_id, case_number=number)
    return SimpleNamespace(find=lambda text, _limit=20: (row,) if text == number else ())


@pytest.fixture
def make_screen(qtbot, look, dialogs, files):
    def make(desk):
        screen = JointVisitsScreen(
            desk.joint_visits,
            desk.bookings,
            files,
            desk.staff,
            CLOCK,
            InlineRunner(),
            look=look,
            dialogs=dialogs,
        )
        return shown(qtbot, screen)

    return make


def press(qtbot, screen, key):
    qtbot.keyClick(screen.table, key)


def choose(form, number):
    """Type the household's number and look for it, as Enter does."""
    form.household.box.setText(number)
    form.act()
    assert form.household.chosen() is not None


def test_an_empty_month_says_what_to_do(make_screen, desk):
    screen = make_screen(desk)
    assert "Nで同行を予約" in screen.words.words
    assert screen.span.text() == "令和6年10月"
    assert not screen.end_button.isEnabled()


def test_everything_stands_in_one_list(make_screen, desk, office, number):
    desk.joint_visits.set_rule(a_rule(office.household_id, office.supervisor.staff_id, every=3))
    desk.joint_visits.agree(an_appointment(office.household_id, day=DAY, is_announced=False))
    desk.bookings.book(
        a_booking(office.household_id, office.supervisor.staff_id, day=DAY, half=Half.PM)
    )
    screen = make_screen(desk)
    QAbstractItemModelTester(screen.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows = [
        [screen.model.index(row, column).data() for column in range(5)]
        for row in range(screen.model.rowCount())
    ]
    household = f"{number}　架空 花子"
    assert rows == [
        ["約束した訪問", "R6.10.8（火）午前", household, "", "なし"],
        [
            "同行の予約",
            "R6.10.8（火）午後",
            household,
            f"{office.supervisor.name}（二人目の職員）",
            "",
        ],
        ["同行の決まり", "3回に1回", household, f"{office.supervisor.name}（就労支援員）", ""],
    ]


def test_n_books_a_partner_by_keyboard(qtbot, make_screen, desk, office, number):
    screen = make_screen(desk)
    press(qtbot, screen, K.Key_N)
    form = screen.book
    assert not form.isHidden()
    assert screen.has_unsaved()
    choose(form, number)
    form.partner.show_value(str(office.supervisor.staff_id))
    form.kind.show_value(JointKind.NURSE.value)
    form.day.show_value(DAY)
    qtbot.keyClick(form.day.editor(), K.Key_Return)
    (line,) = screen.model.rows()
    assert (line.kind, line.when) == (LineKind.BOOKING, "R6.10.8（火）午前")
    assert line.partner.endswith("（保健師・医療担当）")
    assert form.isHidden()


def test_what_is_missing_is_said_beside_its_field_and_the_strip_stays(
    qtbot, make_screen, desk, number
):
    screen = make_screen(desk)
    press(qtbot, screen, K.Key_Y)
    form = screen.agree
    form.act()
    assert "世帯を番号・氏名・かなで" in form.heading.text()
    choose(form, number)
    form.day.show_value(date(2024, 9, 1))
    form.act()
    assert "今日からの日" in form.day.error()
    assert not form.isHidden()
    form.day.show_value(DAY)
    form.act()
    (line,) = screen.model.rows()
    assert (line.kind, line.told) == (LineKind.APPOINTMENT, "あり")


def test_r_makes_a_rule_and_z_takes_it_back_after_a_question(
    qtbot, make_screen, desk, office, number, dialogs
):
    screen = make_screen(desk)
    press(qtbot, screen, K.Key_R)
    choose(screen.rule, number)
    screen.rule.partner.show_value(str(office.supervisor.staff_id))
    screen.rule.every.show_value("2")
    screen.rule.act()
    (line,) = screen.model.rows()
    assert (line.kind, line.when) == (LineKind.RULE, "2回に1回")
    press(qtbot, screen, K.Key_Z)
    assert "同行の決まり" in dialogs.asked[-1]
    assert screen.model.rows() == ()


def test_somebody_who_is_taken_is_said_in_a_sentence(qtbot, make_screen, desk, office, number):
    desk.bookings.book(a_booking(office.household_id, office.supervisor.staff_id, day=DAY))
    screen = make_screen(desk)
    press(qtbot, screen, K.Key_N)
    choose(screen.book, number)
    screen.book.partner.show_value(str(office.supervisor.staff_id))
    screen.book.day.show_value(DAY)
    screen.book.act()
    assert "もう同行の予約があります" in screen.messages.text()
    assert not screen.book.isHidden()


def test_a_colleague_s_booking_shows_without_its_household(make_screen, desk, office, engine):
    desk.bookings.book(a_booking(office.household_id, office.supervisor.staff_id, day=DAY))
    screen = make_screen(office.desk(office.outsider))
    (line,) = screen.model.rows()
    assert not line.may_end or engine.dialect.name == "sqlite"
    if engine.dialect.name == "postgresql":
        assert line.household == "（ほかの担当の世帯）"


def test_the_month_moves_and_esc_leaves_a_strip(qtbot, make_screen, desk, office):
    desk.joint_visits.agree(an_appointment(office.household_id))
    screen = make_screen(desk)
    assert screen.model.rows() == ()
    qtbot.keyClick(screen.table, K.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert [line.when for line in screen.model.rows()] == ["R6.11.12（火）午前"]
    press(qtbot, screen, K.Key_N)
    qtbot.keyClick(screen.book.household.box, K.Key_Escape)
    assert screen.book.isHidden()
    assert desk.joint_visits.board(TODAY, TODAY).appointments == ()


def test_a_promise_that_is_asked_for_is_found_in_its_month(make_screen, desk, office):
    agreed = an_appointment(office.household_id, day=date(2024, 12, 10))
    desk.joint_visits.agree(agreed)
    screen = make_screen(desk)
    screen.show_item(agreed.appointment_id)
    assert screen.span.text() == "令和6年12月"
    assert screen.line().line_id == agreed.appointment_id
    desk.joint_visits.call_off(agreed.appointment_id)
    screen.show_item(agreed.appointment_id)
    assert "もう取り消されています" in screen.messages.text()
