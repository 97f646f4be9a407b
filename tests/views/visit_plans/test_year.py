"""訪問計画, the year: proposed, changed by keys and by mouse, submitted, returned, approved, changed afterwards."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.domain.ids import new_id
from desktop.domain.visit_plans import PlanMove, PlanState
from desktop.viewmodels.visit_plans import LOCKED, open_visits
from tests.support.qt import HeldRunner
from tests.support.typing_in import commit_text
from tests.support.visit_plans import a_change, a_visit, do, month, two_visits, visited

K = Qt.Key
M = PlanMove
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def screen(make_screen, caseworker):
    return make_screen(caseworker)


@pytest.fixture
def drafted(make_screen, caseworker, qtbot):
    """A screen with a proposed draft, the keyboard on its first open visit."""
    screen = make_screen(caseworker)
    qtbot.keyClick(screen.year.propose_button, K.Key_G)
    go_to_open(screen)
    return screen


def panel_of(screen):
    return screen.year.panel


def plan_of(screen):
    return screen.year.panel.plan


def go_to_open(screen, most=12):
    panel = panel_of(screen)
    for row, household in enumerate(panel.plan.households):
        for column, cell in enumerate(household.cells[:most]):
            if open_visits(cell):
                panel.table.go_to(row, column)
                return panel.visit()
    raise AssertionError("no open visit")


def press(qtbot, screen, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(panel_of(screen).table, key, modifier)


def approved_office(office, caseworker, supervisor, *visits):
    made = visits or two_visits(office)
    other = next(
        h.household_id
        for h in caseworker.visit_plans.year(
            caseworker.visit_plans.save(a_change(office, *made)).plan_id
        ).households
        if h.household_id != office.household_id
    )
    head = caseworker.visit_plans.plans()[0]
    change = a_change(
        office,
        a_visit(other, month(11)),
        a_visit(other, month(3)),
        plan_id=head.plan_id,
        version=head.version,
        save_id=new_id(),
    )
    head = caseworker.visit_plans.save(change)
    return do(supervisor, do(caseworker, head, M.SUBMIT), M.APPROVE)


def test_without_a_plan_the_screen_says_what_to_do(screen):
    assert "計画案を作ると" in screen.year.sentence.text()
    assert screen.year.propose_button.hasFocus()


def test_a_year_is_proposed_submitted_read_and_approved(
    drafted, qtbot, make_screen, supervisor, caseworker
):
    QAbstractItemModelTester(
        panel_of(drafted).model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    assert plan_of(drafted).head.state is PlanState.DRAFT
    assert "下書き" in panel_of(drafted).summary.words
    press(qtbot, drafted, K.Key_Return, CTRL)
    assert drafted.messages.text() == ""
    assert plan_of(drafted).head.state is PlanState.SUBMITTED
    assert not panel_of(drafted).buttons["withdraw_plan"].isHidden()
    assert "（決裁待ち）" in drafted.district.currentText()
    theirs = make_screen(supervisor)
    panel = panel_of(theirs)
    assert "（決裁待ち）" in theirs.district.currentText()
    assert panel.tabs.currentWidget() is panel.review
    assert "月ごとの負担" in panel.review.words()
    bar = panel.review.verticalScrollBar()
    assert not panel.buttons["approve_plan"].isEnabled()
    assert panel.read_first.isVisible()
    bar.setValue(bar.maximum())
    assert panel.buttons["approve_plan"].isEnabled()
    qtbot.mouseClick(panel.buttons["approve_plan"], Qt.MouseButton.LeftButton)
    assert caseworker.visit_plans.plans()[0].state is PlanState.APPROVED


def test_a_plan_goes_back_with_words_that_its_author_reads(drafted, qtbot, make_screen, supervisor):
    press(qtbot, drafted, K.Key_Return, CTRL)
    theirs = make_screen(supervisor)
    panel = panel_of(theirs)
    qtbot.mouseClick(panel.buttons["return_plan"], Qt.MouseButton.LeftButton)
    form = panel.strips.back
    qtbot.keyClick(form.words.editor(), K.Key_Return)
    assert form.words.error()
    commit_text(form.words.editor(), "冬の訪問を早めてください。")
    qtbot.mouseClick(form.act_button, Qt.MouseButton.LeftButton)
    assert plan_of(theirs).head.state is PlanState.RETURNED
    drafted.load()
    assert panel_of(drafted).returned.words.startswith("差戻し")


def test_shift_and_arrows_try_a_month_and_enter_moves_the_visit(drafted, qtbot):
    panel = panel_of(drafted)
    visit = panel.visit()
    press(qtbot, drafted, K.Key_Right, SHIFT)
    assert panel.trial is not None
    assert (
        panel.trial.month == plan_of(drafted).months[plan_of(drafted).months.index(visit.month) + 1]
    )
    assert "に移すと：" in panel.strips.trial_words.words
    assert plan_of(drafted).head.version == 1
    press(qtbot, drafted, K.Key_Return)
    assert plan_of(drafted).head.version == 2
    moved = next(
        v
        for h in plan_of(drafted).households
        for c in h.cells
        for v in open_visits(c)
        if v.visit_id == visit.visit_id
    )
    assert moved.month != visit.month
    assert moved.is_locked
    assert LOCKED in "".join(
        panel.model.data(panel.model.index_of(moved.household_id, moved.month))
    )


def test_escape_gives_a_trial_up(drafted, qtbot):
    press(qtbot, drafted, K.Key_Right, SHIFT)
    assert panel_of(drafted).strips.trial.isVisible()
    press(qtbot, drafted, K.Key_Escape)
    assert not panel_of(drafted).strips.trial.isVisible()
    assert plan_of(drafted).head.version == 1


def test_a_visit_is_drawn_with_its_price_before_it_is_dropped(drafted, qtbot):
    panel = panel_of(drafted)
    table, index = panel.table, panel.table.currentIndex()
    start = table.visualRect(index).center()
    months = plan_of(drafted).months
    target = panel.model.index(index.row(), len(months) - 1)
    table.scrollTo(target)
    start = table.visualRect(index).center()
    end = table.visualRect(target).center()
    qtbot.mousePress(table.viewport(), Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(table.viewport(), start + QPoint(15, 0))
    qtbot.mouseMove(table.viewport(), end)
    assert panel.trial is not None
    assert panel.trial.month == months[-1]
    assert panel.strips.trial_words.words
    assert plan_of(drafted).head.version == 1
    free = panel.trial.is_free and not panel.trial.moved
    qtbot.mouseRelease(table.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert plan_of(drafted).head.version == (2 if free else 1)
    if not free:
        assert panel.strips.take_button.isVisible()
        qtbot.mouseClick(panel.strips.take_button, Qt.MouseButton.LeftButton)
        assert plan_of(drafted).head.version == 2


def test_lock_note_and_next_week(drafted, qtbot):
    panel = panel_of(drafted)
    press(qtbot, drafted, K.Key_W)
    assert panel.side.next_week.words.startswith("翌週")
    assert panel.side.reason.words.startswith("理由：B格付")
    assert panel.side.costs.isVisible()
    press(qtbot, drafted, K.Key_L)
    assert panel.visit().is_locked
    press(qtbot, drafted, K.Key_B)
    commit_text(panel.strips.note.words.editor(), "長女が同席する。")
    qtbot.mouseClick(panel.strips.note.act_button, Qt.MouseButton.LeftButton)
    assert panel.visit().note == "長女が同席する。"
    assert "備考：長女が同席する。" in panel.side.words.words


def test_a_visit_is_added_and_taken_out_again(drafted, qtbot, dialogs):
    panel = panel_of(drafted)
    household, before = panel.household(), panel.household().planned
    press(qtbot, drafted, K.Key_A)
    qtbot.mouseClick(panel.strips.add.act_button, Qt.MouseButton.LeftButton)
    assert panel.household().household_id == household.household_id
    assert panel.household().planned == before + 1
    press(qtbot, drafted, K.Key_N)
    press(qtbot, drafted, K.Key_D)
    assert dialogs.asked
    assert panel.household().planned == before


def test_under_the_floor_nothing_is_handed_in_without_an_exception(
    make_screen, office, caseworker, qtbot
):
    caseworker.visit_plans.save(a_change(office, *two_visits(office)))
    screen = make_screen(caseworker)
    panel = panel_of(screen)
    assert "法定回数に足りない世帯 1" in panel.summary.words
    press(qtbot, screen, K.Key_Return, CTRL)
    assert "法定の訪問回数に足りない" in screen.messages.text()
    assert panel.household().is_short
    press(qtbot, screen, K.Key_X)
    form = panel.strips.exception
    form.reason.show_value("suspended")
    qtbot.mouseClick(form.act_button, Qt.MouseButton.LeftButton)
    assert form.words.error()
    commit_text(form.words.editor(), "長く入院している。")
    qtbot.mouseClick(form.act_button, Qt.MouseButton.LeftButton)
    assert panel.plan.short == ()
    assert "例外 1世帯" in panel.summary.words
    press(qtbot, screen, K.Key_Return, CTRL)
    assert plan_of(screen).head.state is PlanState.SUBMITTED


def test_what_could_not_be_planned_stands_beneath_until_it_is_in(
    make_screen, office, caseworker, qtbot
):
    missed = a_visit(office.household_id, None, is_statutory=True, first_on=month(12))
    caseworker.visit_plans.save(a_change(office, *two_visits(office), missed))
    screen = make_screen(caseworker)
    panel = panel_of(screen)
    assert panel.unplanned.isVisible()
    assert "1件（うち法定の訪問 1件）" in panel.unplanned.heading.text()
    assert "査察指導員" in panel.unplanned.model.data(panel.unplanned.model.index(0, 5))
    panel.unplanned.table.select_row(0)
    qtbot.keyClick(panel.unplanned.table, K.Key_Return)
    assert panel.trial is not None
    assert panel.trial.month == month(12)
    press(qtbot, screen, K.Key_Return)
    assert not panel.unplanned.isVisible()


def test_after_the_approval_a_change_needs_its_reason(
    make_screen, office, caseworker, supervisor, qtbot
):
    approved_office(office, caseworker, supervisor)
    visited(office, month(4))
    screen = make_screen(caseworker)
    panel = panel_of(screen)
    at = panel.model.index_of(office.household_id, month(11))
    panel.table.setCurrentIndex(at)
    assert not panel.buttons["lock_visit"].isEnabled()
    press(qtbot, screen, K.Key_Right, SHIFT)
    press(qtbot, screen, K.Key_Return)
    form = panel.strips.deviation
    assert form.isVisible()
    form.reason.show_value(next(iter(panel.labels.deviations)))
    qtbot.mouseClick(form.act_button, Qt.MouseButton.LeftButton)
    assert len(plan_of(screen).deviations) == 1
    december = panel.model.index_of(office.household_id, month(12))
    assert "承認時は" in panel.model.data(december, Qt.ItemDataRole.ToolTipRole)
    qtbot.keyClick(panel.table, K.Key_E, CTRL)
    assert panel.model.data(panel.model.index_of(office.household_id, month(11))) == "○"
    assert panel.model.data(panel.model.index_of(office.household_id, month(4))) == ""
    assert not panel.buttons["add_visit"].isEnabled()


def test_a_second_proposal_is_looked_at_before_it_is_taken_over(drafted, qtbot):
    press(qtbot, drafted, K.Key_Right, SHIFT)
    press(qtbot, drafted, K.Key_Return)
    press(qtbot, drafted, K.Key_G)
    assert drafted.year.currentWidget() is drafted.year.proposal
    assert drafted.has_unsaved()
    assert "動く訪問" in drafted.year.proposal.words.words
    qtbot.keyClick(drafted.year.proposal.take_button, K.Key_Escape)
    assert plan_of(drafted).head.version == 2
    press(qtbot, drafted, K.Key_G)
    qtbot.mouseClick(drafted.year.proposal.take_button, Qt.MouseButton.LeftButton)
    assert plan_of(drafted).head.version == 3


def test_a_proposal_can_be_stopped(make_screen, caseworker, qtbot):
    runner = HeldRunner()
    screen = make_screen(caseworker, runner=runner)
    while runner.held:
        runner.release()
    qtbot.keyClick(screen.year.propose_button, K.Key_G)
    assert screen.year.currentWidget() is screen.year.progress
    qtbot.keyClick(screen.year.progress.stop_button, K.Key_Escape)
    while runner.held:
        runner.release()
    assert "中止しました" in screen.messages.text()
    assert caseworker.visit_plans.plans() == ()
    assert screen.year.currentWidget() is screen.year.nothing


def test_other_years_and_a_file(drafted, qtbot):
    press(qtbot, drafted, K.Key_Right, CTRL)
    assert "令和7年度" in drafted.year.sentence.text()
    qtbot.mouseClick(drafted.before_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(drafted.file_requested) as asked:
        press(qtbot, drafted, K.Key_Return)
    household = plan_of(drafted).households[panel_of(drafted).table.current_row()]
    assert asked.args[0].household_id == household.household_id


def test_who_looks_after_no_district_is_told_so(make_screen, office):
    nobody = replace(office.caseworker, district_ids=frozenset(), team_district_ids=frozenset())
    desk = office.desk(office.caseworker)
    screen = make_screen(replace(desk, staff=nobody))
    assert "地区を担当すると" in screen.empty_sentence()
