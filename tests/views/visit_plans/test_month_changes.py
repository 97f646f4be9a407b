"""訪問計画, the month: single visits moved, fixed, noted, added and cancelled by keys and mouse; after the approval with a reason."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt

from desktop.domain.ids import new_id
from desktop.domain.joint_bookings import BookingInput, JointKind
from desktop.domain.visit_plans import PlanKind, PlanMove, PlanState
from desktop.domain.working_time import Half
from tests.support.typing_in import commit_text
from tests.support.visit_plans import a_change, a_visit, do, month, next_change

K = Qt.Key
M = PlanMove
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
OCTOBER = month(10)


def on(day, half=Half.AM):
    return {"day": date(2024, 10, day), "half": half}


@pytest.fixture
def other(office, caseworker):
    """The second household of the district."""
    head = caseworker.visit_plans.save(a_change(office, a_visit(office.household_id, month(11))))
    households = caseworker.visit_plans.year(head.plan_id).households
    return next(h.household_id for h in households if h.household_id != office.household_id)


@pytest.fixture
def visits(office, other):
    return (
        a_visit(office.household_id, OCTOBER, **on(10)),
        a_visit(other, OCTOBER, **on(22, Half.PM)),
    )


@pytest.fixture
def draft(office, caseworker, visits):
    change = a_change(office, *visits, kind=PlanKind.MONTH, first_on=OCTOBER)
    return caseworker.visit_plans.save(change)


@pytest.fixture
def approved(caseworker, supervisor, draft):
    return do(supervisor, do(caseworker, draft, M.SUBMIT), M.APPROVE)


def state_of(panel):
    return panel.plan.head.state


def open_month(screen, qtbot):
    qtbot.keyClick(screen.year.panel.table, K.Key_2, ALT)
    panel = screen.month.panel
    assert panel.model.rowCount() == 2
    panel.table.setFocus()
    return panel


@pytest.fixture
def panel(make_screen, caseworker, draft, qtbot):
    return open_month(make_screen(caseworker), qtbot)


@pytest.fixture
def after(make_screen, caseworker, approved, qtbot):
    """The month after its approval."""
    return open_month(make_screen(caseworker), qtbot)


def press(qtbot, panel, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(panel.table, key, modifier)


def places(panel):
    return [(line.visit.day.day, line.visit.half.value) for line in panel.model.rows()]


def give(qtbot, form):
    qtbot.mouseClick(form.act_button, Qt.MouseButton.LeftButton)


def give_reason(qtbot, panel, code="person", words=""):
    form = panel.strips.deviation
    assert form.isVisible()
    form.reason.show_value(code)
    if words:
        commit_text(form.words.editor(), words)
    give(qtbot, form)


def test_shift_and_arrows_try_the_next_half_day_and_enter_moves_the_visit_there(panel, qtbot):
    press(qtbot, panel, K.Key_Right, SHIFT)
    assert panel.strips.trial.isVisible()
    assert "R6.10.10午後）に移すと：費用" in panel.strips.trial_words.words
    press(qtbot, panel, K.Key_Right, SHIFT)
    assert "R6.10.11午前" in panel.strips.trial_words.words
    press(qtbot, panel, K.Key_Left, SHIFT)
    press(qtbot, panel, K.Key_Return)
    assert places(panel) == [(10, "pm"), (22, "pm")]
    assert panel.line().visit.is_locked
    assert panel.strips.trial.isHidden()


def test_escape_gives_a_trial_up(panel, qtbot):
    press(qtbot, panel, K.Key_Right, SHIFT)
    press(qtbot, panel, K.Key_Escape)
    assert panel.strips.trial.isHidden()
    assert places(panel) == [(10, "am"), (22, "pm")]


def test_the_mouse_tries_half_days_by_the_buttons_of_the_strip(panel, qtbot):
    press(qtbot, panel, K.Key_Right, SHIFT)
    before = panel.strips.findChild(type(panel.strips.take_button), "half_before")
    qtbot.mouseClick(before, Qt.MouseButton.LeftButton)
    assert "R6.10.10午前" in panel.strips.trial_words.words


def test_a_visit_is_drawn_to_another_line_by_the_mouse(panel, qtbot):
    table, view = panel.table, panel.table.viewport()
    start = table.visualRect(panel.model.index(0, 4)).center()
    end = table.visualRect(panel.model.index(1, 4)).center()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view, start + QPoint(0, 12))
    qtbot.mouseMove(view, end)
    assert "R6.10.22午後" in panel.strips.trial_words.words
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    if panel.strips.trial.isVisible():
        press(qtbot, panel, K.Key_Return)
    assert places(panel) == [(22, "pm"), (22, "pm")]


def test_a_visit_is_fixed_noted_added_and_taken_out(panel, qtbot, dialogs, other):
    press(qtbot, panel, K.Key_L)
    assert panel.line().visit.is_locked
    press(qtbot, panel, K.Key_B)
    commit_text(panel.strips.note.words.editor(), "長女が同席する。")
    give(qtbot, panel.strips.note)
    assert "備考：長女が同席する。" in panel.model.data(panel.model.index(0, 9))
    press(qtbot, panel, K.Key_A)
    form = panel.strips.add
    form.household.show_value(str(other))
    commit_text(form.day.editor(), "R6.10.30")
    give(qtbot, form)
    assert places(panel) == [(10, "am"), (22, "pm"), (30, "am")]
    panel.table.select_row(2)
    press(qtbot, panel, K.Key_D)
    assert "外します" in dialogs.asked[-1]
    assert places(panel) == [(10, "am"), (22, "pm")]


def test_after_the_approval_a_move_asks_for_its_reason_and_the_plan_stays_readable(
    after, qtbot, caseworker
):
    screen = after.window()
    press(qtbot, after, K.Key_Right, SHIFT)
    press(qtbot, after, K.Key_Return)
    give_reason(qtbot, after, words="本人が午後を望んだ。")
    assert places(after) == [(10, "pm"), (22, "pm")]
    assert "承認後の変更 1件" in after.summary.words
    assert "R6.10.10（木）午前→R6.10.10（木）午後　本人の都合" in after.review.words()
    assert "変更理由：本人の都合" in after.model.data(after.model.index(0, 9))
    qtbot.keyClick(after.table, K.Key_E, CTRL)
    assert places(after) == [(10, "am"), (22, "pm")]
    assert not after.buttons.acts["cancel_month_visit"].isVisible()
    qtbot.keyClick(screen.month.panel.table, K.Key_E, CTRL)
    assert places(after) == [(10, "pm"), (22, "pm")]


def test_after_the_approval_a_visit_is_added_and_cancelled_with_a_reason(after, qtbot, other):
    press(qtbot, after, K.Key_A)
    form = after.strips.add
    form.household.show_value(str(other))
    commit_text(form.day.editor(), "R6.10.30")
    give(qtbot, form)
    give_reason(qtbot, after, "need")
    assert places(after) == [(10, "am"), (22, "pm"), (30, "am")]
    press(qtbot, after, K.Key_D)
    give_reason(qtbot, after, "admitted")
    assert after.model.data(after.model.index(0, 6)) == "×取りやめ"
    assert not after.buttons.acts["lock_month_visit"].isVisible()


def test_an_approved_month_cannot_be_proposed_anew(after, qtbot):
    assert not after.buttons.acts["propose_month"].isVisible()
    press(qtbot, after, K.Key_G)
    assert after.plan.head.state is PlanState.APPROVED


def test_what_was_typed_stays_when_somebody_else_was_faster(
    panel, qtbot, caseworker, draft, visits
):
    screen = panel.window()
    press(qtbot, panel, K.Key_B)
    commit_text(panel.strips.note.words.editor(), "長女が同席する。")
    caseworker.visit_plans.save(
        next_change(draft, a_visit(visits[0].household_id, OCTOBER, **on(30)))
    )
    give(qtbot, panel.strips.note)
    assert "先に変えました" in screen.messages.text()
    assert panel.strips.note.isVisible()
    assert panel.model.rowCount() == 3
    give(qtbot, panel.strips.note)
    assert "長女が同席する。" in panel.model.data(panel.model.index(0, 9))


def test_another_screens_change_shows_at_once_but_not_over_what_is_typed(
    panel, qtbot, caseworker, draft, visits, changes
):
    head = caseworker.visit_plans.save(
        next_change(draft, a_visit(visits[0].household_id, OCTOBER, **on(30)))
    )
    changes.plan_changed.emit(head.plan_id, None)
    assert panel.model.rowCount() == 3
    press(qtbot, panel, K.Key_B)
    caseworker.visit_plans.save(
        next_change(head, a_visit(visits[0].household_id, OCTOBER, **on(29)))
    )
    changes.plan_changed.emit(head.plan_id, None)
    assert panel.model.rowCount() == 3
    assert panel.strips.note.isVisible()


def test_a_month_that_is_proposed_again_is_looked_at_first(panel, qtbot, make_screen):
    screen = panel.window()
    press(qtbot, panel, K.Key_G)
    page = screen.month
    assert page.currentWidget() is page.proposal
    assert screen.has_unsaved()
    assert "計画" in page.proposal.words.words
    qtbot.keyClick(page.proposal.take_button, K.Key_Escape)
    assert page.currentWidget() is panel
    assert panel.plan.head.version == 1
    press(qtbot, panel, K.Key_G)
    qtbot.keyClick(page.proposal.take_button, K.Key_Return, CTRL)
    assert panel.plan.head.version == 2


def test_who_goes_along_stands_in_the_line(make_screen, office, caseworker, draft, qtbot):
    caseworker.bookings.book(
        BookingInput(
            booking_id=new_id(),
            household_id=office.household_id,
            kind=JointKind.SECOND_PERSON,
            day=date(2024, 10, 10),
            half=Half.AM,
            partner_id=office.outsider.staff_id,
        )
    )
    panel = open_month(make_screen(caseworker), qtbot)
    said = panel.model.data(panel.model.index(0, 9))
    assert f"同行：二人目の職員 {office.outsider.name}" in said
    assert office.outsider.name in panel.review.words()


def test_a_supervisor_reads_the_month_before_approving_it(
    make_screen, caseworker, supervisor, draft, qtbot
):
    do(caseworker, draft, M.SUBMIT)
    screen = make_screen(supervisor)
    screen.resize(1150, 420)
    panel = open_month(screen, qtbot)
    assert panel.tabs.currentWidget() is panel.review
    assert "年間計画にあり、この月に入れていない訪問" in panel.review.words()
    assert not panel.review.is_read
    qtbot.keyClick(panel.table, K.Key_Return, CTRL)
    assert state_of(panel) is PlanState.SUBMITTED
    assert panel.buttons.read_first.isVisible()
    bar = panel.review.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert panel.review.is_read
    qtbot.keyClick(panel.table, K.Key_Return, CTRL)
    assert state_of(panel) is PlanState.APPROVED


def test_what_another_desk_changed_is_read_anew_unless_a_move_is_tried(
    panel, make_screen, changes, qtbot, caseworker, draft
):
    """The news of another desk names no plan."""
    press(qtbot, panel, K.Key_Right, SHIFT)
    assert panel.is_trying
    caseworker.visit_plans.save(next_change(draft, removed=(panel.plan.lines[1].visit.visit_id,)))
    changes.plan_changed.emit(None, None)
    assert panel.model.rowCount() == 2
    assert panel.is_trying
    press(qtbot, panel, K.Key_Escape)
    changes.plan_changed.emit(None, None)
    assert panel.model.rowCount() == 1
