"""A plan of visits in the review pane: real services on both databases, by the keys of every other kind."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.domain.visit_plans import PlanKind, PlanMove, PlanState
from desktop.jobs.change_bus import ChangeBus
from desktop.views.approvals.review_pane import ReviewPane
from desktop.views.requests import ScreenRequest
from tests.support.desk import small_office
from tests.support.factories import TODAY
from tests.support.qt import InlineRunner
from tests.support.typing_in import commit_text
from tests.support.visit_plans import a_change, a_visit, do, month, two_visits

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def caseworker(office):
    return office.desk(office.caseworker)


@pytest.fixture
def submitted(office, caseworker):
    head = caseworker.visit_plans.save(a_change(office, *two_visits(office)))
    return do(caseworker, head, PlanMove.SUBMIT)


@pytest.fixture
def changes(qapp):
    return ChangeBus()


@pytest.fixture
def make_pane(qtbot, look, office, changes):
    def make(height=760):
        supervisor = office.desk(office.supervisor)
        pane = ReviewPane(
            supervisor.reviews, InlineRunner(), changes=changes, look=look, today=lambda: TODAY
        )
        qtbot.addWidget(pane)
        pane.resize(1100, height)
        pane.show()
        with qtbot.waitActive(pane):
            pane.activateWindow()
        pane.activate()
        return pane

    return make


def press(qtbot, pane, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(pane.window().focusWidget(), key, modifier)


def state(caseworker):
    return caseworker.visit_plans.plans()[0].state


def test_a_plan_is_read_to_its_end_and_then_approved_with_one_key(
    make_pane, caseworker, submitted, qtbot
):
    pane = make_pane(height=420)
    assert pane.model.rowCount() == 1
    assert pane.card.plan.isVisible()
    assert pane.card.identity.isHidden()
    words = pane.card.plan.words()
    assert "月ごとの負担" in words
    assert "格付の基準と違う世帯" in words
    assert "前年度と違う世帯" in words
    assert pane.read_first.isVisible()
    press(qtbot, pane, K.Key_A)
    assert state(caseworker) is PlanState.SUBMITTED
    for _ in range(12):
        press(qtbot, pane, K.Key_Space)
    assert pane.read_first.isHidden()
    press(qtbot, pane, K.Key_A)
    assert state(caseworker) is PlanState.APPROVED
    assert "決裁待ちはありません" in pane.empty_sentence()


def test_a_plan_is_returned_with_words_and_other_screens_hear_of_it(
    make_pane, caseworker, submitted, changes, qtbot
):
    pane = make_pane()
    heard = []
    changes.plan_changed.connect(lambda plan_id, by: heard.append((plan_id, by)))
    press(qtbot, pane, K.Key_R)
    commit_text(pane.panel.text.editor(), "2月の訪問を12月にしてください。")
    press(qtbot, pane, K.Key_Return, CTRL)
    assert state(caseworker) is PlanState.RETURNED
    (notice,) = [n for n in caseworker.visit_plans.notices() if n.plan_id]
    assert notice.words == "2月の訪問を12月にしてください。"
    assert heard == [(submitted.plan_id, pane)]


def test_enter_opens_the_plan_itself(make_pane, submitted, qtbot):
    pane = make_pane()
    with qtbot.waitSignal(pane.screen_requested) as asked:
        press(qtbot, pane, K.Key_Return)
    assert asked.args[0] == ScreenRequest(key="visit_plans", item_id=submitted.plan_id)
    assert pane.household_at_hand() is None


def test_a_month_beside_a_year_has_its_own_points(make_pane, office, caseworker, submitted, qtbot):
    visit = a_visit(office.household_id, month(11), day=month(11).replace(day=6))
    change = a_change(office, visit, kind=PlanKind.MONTH, first_on=month(11))
    do(caseworker, caseworker.visit_plans.save(change), PlanMove.SUBMIT)
    pane = make_pane(height=420)
    press(qtbot, pane, K.Key_Down)
    words = pane.card.plan.words()
    assert "月間計画 決裁待ち" in words
    assert "年間計画にあり、この月に入れていない訪問" in words
    assert not pane.card.plan.is_read


def test_a_plan_taken_back_while_it_is_read_says_so(make_pane, caseworker, submitted, qtbot):
    pane = make_pane(height=420)
    for _ in range(12):
        press(qtbot, pane, K.Key_Space)
    do(caseworker, submitted, PlanMove.WITHDRAW)
    press(qtbot, pane, K.Key_A)
    assert state(caseworker) is PlanState.DRAFT
    assert pane.messages.text()
    assert pane.model.rowCount() == 0


def test_a_plan_handed_in_on_another_screen_comes_by_itself(make_pane, office, caseworker, changes):
    pane = make_pane()
    assert pane.model.rowCount() == 0
    head = caseworker.visit_plans.save(a_change(office, *two_visits(office)))
    do(caseworker, head, PlanMove.SUBMIT)
    changes.plan_changed.emit(head.plan_id, None)
    assert pane.model.rowCount() == 1
