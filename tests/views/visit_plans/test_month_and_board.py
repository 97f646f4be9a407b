"""訪問計画, the month in route order and the board of all districts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from desktop.domain.visit_plans import PlanKind, PlanMove, PlanState
from tests.support.typing_in import commit_text
from tests.support.visit_plans import (
    APRIL,
    a_change,
    a_visit,
    do,
    month,
    two_visits,
    visited,
)

K = Qt.Key
M = PlanMove
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def approved(office, caseworker, supervisor):
    """A yearly plan of both households."""
    both = caseworker.visit_plans.save(a_change(office, *two_visits(office)))
    households = caseworker.visit_plans.year(both.plan_id).households
    other = next(h.household_id for h in households if h.household_id != office.household_id)
    more = (a_visit(office.household_id, month(6)), a_visit(office.household_id, month(4)))
    visits = (a_visit(other, month(11)), a_visit(other, month(3)), *more)
    change = a_change(office, *visits, plan_id=both.plan_id, version=both.version)
    head = caseworker.visit_plans.save(change)
    visited(office, month(4).replace(day=20))
    return do(supervisor, do(caseworker, head, M.SUBMIT), M.APPROVE)


def state_of(panel):
    return panel.plan.head.state


def read_to_the_end(panel, qtbot):
    """What a reader does before the approval."""
    panel.tabs.setCurrentWidget(panel.review)
    bar = panel.review.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: panel.review.is_read)


def open_november(screen, qtbot):
    qtbot.keyClick(screen.year.panel.table, K.Key_2, ALT)
    panel = screen.month.panel
    qtbot.keyClick(panel.table, K.Key_Right, CTRL)
    return panel


def test_a_month_is_proposed_submitted_returned_and_approved(
    make_screen, caseworker, supervisor, approved, qtbot
):
    screen = make_screen(caseworker)
    panel = open_november(screen, qtbot)
    assert "令和6年11月" in screen.span.text()
    assert "年間計画の訪問です" in panel.summary.words
    assert panel.model.rowCount() == 2
    qtbot.keyClick(panel.table, K.Key_G)
    assert "月間計画 下書き" in panel.summary.words
    assert panel.plan.head.kind is PlanKind.MONTH
    assert "未定" not in str(panel.model.data(panel.model.index(0, 0)))
    assert panel.side.reason.words.startswith("理由：")
    qtbot.keyClick(panel.table, K.Key_Return, CTRL)
    theirs = make_screen(supervisor)
    qtbot.keyClick(theirs.year.panel.table, K.Key_2, ALT)
    read = theirs.month.panel
    qtbot.mouseClick(theirs.after_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(read.buttons.moves[M.RETURN], Qt.MouseButton.LeftButton)
    commit_text(read.strips.back.words.editor(), "午後に回してください。")
    qtbot.mouseClick(read.strips.back.act_button, Qt.MouseButton.LeftButton)
    assert state_of(read) is PlanState.RETURNED
    assert "午後に回してください。" in panel.returned.words
    qtbot.mouseClick(panel.buttons.moves[M.SUBMIT], Qt.MouseButton.LeftButton)
    assert state_of(read) is PlanState.SUBMITTED
    read_to_the_end(read, qtbot)
    qtbot.mouseClick(read.buttons.moves[M.APPROVE], Qt.MouseButton.LeftButton)
    assert state_of(read) is PlanState.APPROVED


def test_k_asks_for_the_sheet_of_the_day(make_screen, caseworker, approved, qtbot):
    """K-09 from a plan: the visits of the day at hand with their purposes, not those that were made."""
    screen = make_screen(caseworker)
    panel = open_november(screen, qtbot)
    qtbot.keyClick(panel.table, K.Key_G)
    line = panel.model.rows()[0]
    with qtbot.waitSignal(screen.screen_requested) as asked:
        qtbot.keyClick(panel.table, K.Key_K)
    (request,) = asked.args
    assert request.key == "carry_outs"
    assert line.household_id in {item.household_id for item in request.carry}
    given = {item.household_id: item.purposes for item in request.carry}
    assert given[line.household_id] == line.visit.purposes


def test_a_month_without_any_plan_says_so(make_screen, caseworker, qtbot):
    screen = make_screen(caseworker)
    screen.tabs.setCurrentIndex(1)
    assert screen.month.panel.summary.words == "計画はありません。"
    assert not screen.approved.isVisible()


def test_every_cell_of_the_board_opens_its_list(make_screen, supervisor, approved, qtbot):
    screen = make_screen(supervisor)
    screen.tabs.setCurrentIndex(2)
    board = screen.board
    QAbstractItemModelTester(board.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    row = next(r for r, each in enumerate(board.model.board.rows) if each.plan)
    assert [board.model.data(board.model.index(row, c)) for c in (0, 2, 7)] == [
        "1/1",
        "0/1 遅1",
        "0/2",
    ]
    assert "期限超過 1回" in board.summary.words
    board.table.setCurrentIndex(board.model.index(row, 2))
    assert board.lines.rowCount() == 1
    assert "期限超過" in board.lines.data(board.lines.index(0, 3))
    with qtbot.waitSignal(screen.file_requested):
        qtbot.keyClick(board.list, K.Key_Return)
    board.table.setCurrentIndex(board.model.index(row, 0))
    assert board.lines.data(board.lines.index(0, 2)) == "●実施"
    board.table.setFocus()
    qtbot.keyClick(board.table, K.Key_Return)
    assert screen.tabs.currentWidget() is screen.year
    assert screen.year.panel.plan.head.first_on == APRIL


def test_in_little_room_the_lists_keep_lines_and_are_scrolled(
    make_screen, caseworker, approved, look, qtbot
):
    """At 200 % in a small window nothing is squeezed away, and the line at hand stays in sight."""
    screen = make_screen(caseworker)
    year, month = screen.year.panel, open_november(screen, qtbot)
    look.set_zoom(200)
    screen.resize(1010, 720)
    QApplication.processEvents()
    for place, panel in ((1, month), (0, year)):
        screen.tabs.setCurrentIndex(place)
        QApplication.processEvents()
        table = panel.table
        assert table.viewport().height() >= 2 * table.rowHeight(0)
        table.setCurrentIndex(table.model().index(table.model().rowCount() - 1, 0))
        line = table.visualRect(table.currentIndex())
        top = table.viewport().mapTo(panel, line.topLeft()).y()
        assert 0 <= top <= panel.height() - line.height()


def test_in_little_room_the_board_keeps_lines_and_is_scrolled(make_screen, supervisor, look):
    screen = make_screen(supervisor)
    screen.tabs.setCurrentIndex(2)
    look.set_zoom(200)
    screen.resize(1010, 720)
    QApplication.processEvents()
    board = screen.board
    for table in (board.table, board.list):
        assert table.viewport().height() >= 2 * table.fontMetrics().height()
    board.table.setCurrentIndex(board.model.index(board.model.rowCount() - 1, 1))
    line = board.table.visualRect(board.table.currentIndex())
    top = board.table.viewport().mapTo(board, line.topLeft()).y()
    assert 0 <= top <= board.height() - line.height()
