"""勤務と当番 by keyboard, over real services on both databases."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.domain.working_time import AwayKind, Half, HalfDay
from desktop.views.working_time.working_time_screen import WorkingTimeScreen
from tests.support.desk import small_office
from tests.support.factories import CLOCK
from tests.support.fakes import FakeDialogs
from tests.support.qt import InlineRunner
from tests.support.screens import shown
from tests.support.visits import MONDAY, a_week, an_absence

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
AM = HalfDay(day=MONDAY, half=Half.AM)


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def dialogs():
    return FakeDialogs()


@pytest.fixture
def make_screen(qtbot, look, dialogs):
    def make(desk):
        screen = WorkingTimeScreen(
            desk.working_time, CLOCK, InlineRunner(), look=look, dialogs=dialogs
        )
        return shown(qtbot, screen)

    return make


@pytest.fixture
def desk(office):
    return office.desk(office.caseworker)


@pytest.fixture
def screen(make_screen, desk):
    desk.working_time.set_week(a_week(desk.staff.staff_id, date(2024, 10, 1)))
    return make_screen(desk)


def go_to(screen, at=AM):
    screen.table.setCurrentIndex(screen.model.index_of(at))
    return screen.table.currentIndex()


def press(qtbot, screen, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(screen.table, key, modifier)


def aways(screen):
    return [(row.away.kind, row.away.first_on, row.away.half) for row in screen.model.time.away]


def test_the_month_says_what_is_left_and_what_is_gone(screen):
    QAbstractItemModelTester(screen.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert go_to(screen).data() == "7日 ○120分"
    assert screen.words.words == "令和6年10月7日（月）午前　訪問に使えます（120分）。"
    assert go_to(screen, HalfDay(day=date(2024, 10, 14), half=Half.AM)).data() == "14日 ×閉庁日"
    assert "スポーツの日のため訪問に使えません" in screen.words.words
    assert go_to(screen, HalfDay(day=date(2024, 10, 9), half=Half.PM)).data() == "9日 ―"
    assert screen.count.words.startswith("訪問に使える半日 16（40時間）")
    assert screen.span.text() == "令和6年10月"
    assert screen.standard.words == ""


def test_who_never_said_anything_is_told_so(make_screen, desk):
    assert "事務所の標準で計算" in make_screen(desk).standard.words


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        (K.Key_D, AwayKind.DUTY),
        (K.Key_L, AwayKind.LEAVE),
        (K.Key_K, AwayKind.TRAINING),
        (K.Key_M, AwayKind.MEETING),
        (K.Key_O, AwayKind.OTHER),
    ],
)
def test_one_key_takes_the_half_day_at_hand_away_and_z_gives_it_back(qtbot, screen, key, kind):
    go_to(screen)
    press(qtbot, screen, key)
    assert aways(screen) == [(kind, MONDAY, Half.AM)]
    assert screen.table.currentIndex().data().startswith("7日 ×")
    press(qtbot, screen, K.Key_Z)
    assert aways(screen) == []
    assert screen.table.currentIndex().data() == "7日 ○120分"


def test_arrows_go_through_the_half_days_and_months(qtbot, screen):
    go_to(screen)
    press(qtbot, screen, K.Key_Down)
    assert screen.model.half_day_at(screen.table.currentIndex()).half is Half.PM
    press(qtbot, screen, K.Key_Right)
    assert screen.table.currentIndex().data() == "8日 ○180分"
    press(qtbot, screen, K.Key_Right, CTRL)
    assert screen.span.text() == "令和6年11月"
    assert screen.table.currentIndex().data() == "1日 ―"
    press(qtbot, screen, K.Key_Left, CTRL)
    assert screen.span.text() == "令和6年10月"


def test_a_duty_that_comes_back_is_entered_in_the_form(qtbot, screen):
    go_to(screen)
    press(qtbot, screen, K.Key_A)
    form = screen.away
    assert form.isVisible()
    assert screen.has_unsaved()
    form.kind.show_value(AwayKind.DUTY.value)
    form.last_on.show_value(None)
    form.pattern.show_value("2")
    qtbot.keyClick(form.kind.editor(), K.Key_Return)
    (row,) = screen.model.time.away
    assert (row.away.weekday, row.away.every_weeks, row.away.last_on) == (0, 2, None)
    assert not screen.has_unsaved()
    assert screen.table.hasFocus()


def test_a_range_is_taken_back_only_after_a_question(qtbot, screen, dialogs):
    go_to(screen)
    press(qtbot, screen, K.Key_A)
    screen.away.last_on.show_value(date(2024, 10, 8))
    screen.away.act_button.click()
    assert len(screen.model.time.away) == 1
    dialogs.answer = False
    press(qtbot, screen, K.Key_Z)
    assert "休暇（R6.10.7～R6.10.8 1日）の登録をすべて取り消します" in dialogs.asked[-1]
    assert len(screen.model.time.away) == 1
    dialogs.answer = True
    press(qtbot, screen, K.Key_Z)
    assert screen.model.time.away == ()


def test_a_wrong_day_is_said_beside_its_field(qtbot, screen):
    go_to(screen)
    press(qtbot, screen, K.Key_A)
    screen.away.last_on.show_value(date(2024, 10, 1))
    screen.away.act_button.click()
    assert "初めの日より後" in screen.away.last_on.error()
    qtbot.keyClick(screen.away.last_on.editor(), K.Key_Escape)
    assert not screen.away.isVisible()


def test_the_week_is_set_for_all_days_to_come(qtbot, screen):
    press(qtbot, screen, K.Key_W)
    cells = screen.week.cells
    assert cells[0, Half.AM].entered() == 120
    assert cells[4, Half.PM].entered() is None
    cells[4, Half.PM].show_value(90)
    screen.week.act_button.click()
    assert go_to(screen, HalfDay(day=date(2024, 10, 11), half=Half.PM)).data() == "11日 ○90分"


def test_a_colleague_s_month_can_only_be_looked_at(qtbot, make_screen, office):
    outsider = office.desk(office.outsider)
    office.desk(office.caseworker).working_time.add_away(an_absence(office.caseworker.staff_id))
    screen = make_screen(outsider)
    names = [screen.member.itemText(place) for place in range(screen.member.count())]
    assert names[0] == office.outsider.name
    screen.member.setCurrentIndex(names.index(office.caseworker.name))
    screen.member.activated.emit(screen.member.currentIndex())
    go_to(screen)
    assert "休暇" in screen.words.words
    assert not screen.strike_button.isEnabled()
    press(qtbot, screen, K.Key_L)
    press(qtbot, screen, K.Key_Z)
    assert len(screen.model.time.away) == 1


def test_the_supervisor_enters_the_team_s_leave(qtbot, make_screen, office):
    screen = make_screen(office.desk(office.supervisor))
    names = [screen.member.itemText(place) for place in range(screen.member.count())]
    screen.member.setCurrentIndex(names.index(office.caseworker.name))
    screen.member.activated.emit(screen.member.currentIndex())
    go_to(screen)
    press(qtbot, screen, K.Key_L)
    assert aways(screen) == [(AwayKind.LEAVE, MONDAY, Half.AM)]
