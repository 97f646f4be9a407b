"""訪問計画, re-planning from the month: what happened is said in a strip, what would move is looked at, then it is taken over or left."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from desktop.domain.visit_plans import PlanKind, PlanMove
from desktop.domain.visit_replans import UrgentVisit
from desktop.domain.working_time import AwayKind, Half
from tests.support.factories import TODAY
from tests.support.typing_in import commit_text
from tests.support.visit_plans import a_change, a_visit, do, month, visited

K = Qt.Key
M = PlanMove
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
OCTOBER = month(10)


@pytest.fixture
def other(office, caseworker):
    head = caseworker.visit_plans.save(a_change(office, a_visit(office.household_id, month(11))))
    households = caseworker.visit_plans.year(head.plan_id).households
    return next(h.household_id for h in households if h.household_id != office.household_id)


@pytest.fixture
def approved(office, caseworker, supervisor, other):
    visits = (
        a_visit(office.household_id, OCTOBER, day=TODAY, half=Half.AM),
        a_visit(other, OCTOBER, day=date(2024, 10, 10), half=Half.AM, is_announced=True),
    )
    change = a_change(office, *visits, kind=PlanKind.MONTH, first_on=OCTOBER)
    head = caseworker.visit_plans.save(change)
    return do(supervisor, do(caseworker, head, M.SUBMIT), M.APPROVE)


@pytest.fixture
def screen(make_screen, caseworker, approved, qtbot):
    screen = make_screen(caseworker)
    qtbot.keyClick(screen.year.panel.table, K.Key_2, ALT)
    screen.month.panel.table.setFocus()
    return screen


def texts(page):
    model = page.replan.model
    return [
        [model.data(model.index(row, column)) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def type_anew(field, text):
    """Type over what is filled in."""
    field.editor().selectAll()
    commit_text(field.editor(), text)


def give(qtbot, form):
    qtbot.mouseClick(form.act_button, Qt.MouseButton.LeftButton)


def test_an_absence_finds_the_next_visit_and_nothing_is_stored_before(
    screen, office, caseworker, qtbot
):
    visited(office, TODAY, is_met=False)
    screen.load()
    panel, page = screen.month.panel, screen.month
    assert "△不在" in panel.model.data(panel.model.index(0, 6))
    assert "▲ 再訪問の期限" in panel.model.data(panel.model.index(0, 9))
    assert "再訪問を決めていない不在 1件" in panel.summary.words
    qtbot.keyClick(panel.table, K.Key_F)
    assert panel.strips.absent.isVisible()
    qtbot.keyClick(panel.strips.absent.act_button, K.Key_Return)
    assert page.currentWidget() is page.replan
    (line,) = texts(page)
    assert line[1] == "（追加）再訪問"
    assert line[4].startswith("不在のための再訪問。")
    assert "加わる訪問 1件" in page.replan.words.words
    assert panel.plan.deviations == ()
    qtbot.keyClick(page.replan.table, K.Key_Escape)
    assert page.currentWidget() is panel
    qtbot.keyClick(panel.table, K.Key_F)
    qtbot.keyClick(panel.strips.absent.act_button, K.Key_Return)
    qtbot.keyClick(page.replan.table, K.Key_Return, CTRL)
    assert page.currentWidget() is panel
    assert len(panel.plan.deviations) == 1
    assert panel.model.rowCount() == 3
    assert "再訪問を決めていない不在" not in panel.summary.words


def test_lost_half_days_show_where_their_visits_go_and_are_entered_once_taken_over(
    screen, office, caseworker, other, qtbot
):
    panel, page = screen.month.panel, screen.month
    qtbot.keyClick(panel.table, K.Key_Y)
    form = panel.strips.lost
    type_anew(form.first, "R6.10.10")
    type_anew(form.last, "R6.10.9")
    give(qtbot, form)
    assert form.last.error()
    type_anew(form.last, "R6.10.10")
    give(qtbot, form)
    ((_, before, after, marks, why),) = texts(page)
    assert before == "R6.10.10（木）午前"
    assert after.startswith("R6.10.")
    assert "予告済み" in marks
    assert "14日以内" in marks
    assert why.startswith("この半日は使えなくなりました。")
    assert "予告した訪問が1件動きます" in page.replan.words.words
    assert "「勤務と当番」にも登録します" in page.replan.words.words
    qtbot.mouseClick(page.replan.take_button, Qt.MouseButton.LeftButton)
    assert "世帯に知らせてください" in screen.messages.text()
    time = caseworker.working_time.of_staff(
        office.caseworker.staff_id, date(2024, 10, 10), date(2024, 10, 10)
    )
    assert [row.away.kind for row in time.away] == [AwayKind.LEAVE]
    days = {line.household_id: line.visit.day for line in panel.model.rows()}
    assert days[other] != date(2024, 10, 10)


def test_an_urgent_visit_is_found_by_its_last_day(screen, other, qtbot):
    panel, page = screen.month.panel, screen.month
    qtbot.keyClick(panel.table, K.Key_R)
    form = panel.strips.urgent
    form.household.show_value(str(other))
    give(qtbot, form)
    assert form.until.error()
    commit_text(form.until.editor(), "+7")
    give(qtbot, form)
    (line,) = texts(page)
    assert line[1] == "（追加）臨時"
    qtbot.mouseClick(page.replan.take_button, Qt.MouseButton.LeftButton)
    (added,) = [each for each in panel.model.rows() if each.outcome.standing.is_added]
    assert added.visit.day <= TODAY + timedelta(days=7)
    assert added.reason_label == "急に訪問が要る（通報・変更の届出など）"


def test_somebody_faster_is_said_and_nothing_is_half_stored(
    screen, supervisor, approved, other, qtbot
):
    panel, page = screen.month.panel, screen.month
    qtbot.keyClick(panel.table, K.Key_Y)
    type_anew(panel.strips.lost.first, "R6.10.10")
    type_anew(panel.strips.lost.last, "R6.10.10")
    give(qtbot, panel.strips.lost)
    theirs = make_urgent(supervisor, approved, other)
    supervisor.visit_plans.take_over(theirs)
    qtbot.mouseClick(page.replan.take_button, Qt.MouseButton.LeftButton)
    assert "先に変えました" in screen.messages.text()
    assert page.currentWidget() is panel
    assert len(panel.plan.deviations) == len(theirs.deviations)


def make_urgent(desk, head, household_id):
    event = UrgentVisit(household_id=household_id, until=TODAY + timedelta(days=9), minutes=40)
    return desk.visit_plans.replan(head.plan_id, event, iterations=100)


def test_from_an_absence_elsewhere_the_screen_goes_to_the_household_and_asks(
    make_screen, caseworker, office, approved, qtbot
):
    visited(office, TODAY, is_met=False)
    screen = make_screen(caseworker)
    screen.show_item(office.household_id)
    assert screen.tabs.currentWidget() is screen.month
    panel = screen.month.panel
    assert panel.line().household_id == office.household_id
    assert panel.strips.absent.isVisible()


def test_a_plan_that_waits_is_gone_to(make_screen, supervisor, approved):
    screen = make_screen(supervisor)
    screen.show_item(approved.plan_id)
    assert screen.tabs.currentWidget() is screen.month
    assert screen.month.panel.plan.head.plan_id == approved.plan_id


def test_a_household_of_another_duty_is_refused_in_words(make_screen, office, approved):
    outsider = office.desk(office.outsider)
    screen = make_screen(outsider)
    screen.show_item(office.household_id)
    assert "担当していない" in screen.messages.text()
