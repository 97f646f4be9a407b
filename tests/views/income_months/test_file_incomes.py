"""就労収入 in a household's file by keyboard, over real services. On both databases."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.domain.income_months import Earned, IncomeSource
from desktop.views.income_months.file_incomes import FileIncomesView
from tests.support.desk import small_office
from tests.support.factories import CLOCK
from tests.support.fakes import FakeDialogs
from tests.support.income_months import SEPTEMBER, an_income
from tests.support.qt import InlineRunner

Key = Qt.Key


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def opened(qtbot, look, office):
    def open_for(staff):
        view = FileIncomesView(
            office.household_id,
            office.desk(staff).income_months,
            InlineRunner(),
            look=look,
            dialogs=FakeDialogs(answer=True),
            today=CLOCK.today,
            make_paper=lambda *_: pytest.fail("no paper was asked for"),
        )
        qtbot.addWidget(view)
        view.resize(1100, 800)
        view.show()
        with qtbot.waitActive(view):
            view.activateWindow()
        view.activate()
        return view

    return open_for


def kept(office):
    return office.desk(office.caseworker).income_months.of_household(office.household_id).months


def noted(office):
    office.desk(office.caseworker).income_months.add(an_income(office))


def column(view, row, at):
    return view.model.index(row, at).data()


def test_last_month_is_noted_with_the_amount_alone(office, opened, qtbot):
    view = opened(office.caseworker)
    assert "まだありません" in view.nothing.words
    qtbot.keyClick(view.new_button, Key.Key_N)
    qtbot.keyClicks(view.form.gross.editor(), "82000")
    qtbot.keyClick(view.form.gross.editor(), Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (row,) = kept(office)
    assert (row.month, row.earned) == (SEPTEMBER, Earned(gross=82_000))
    assert row.read_from is IncomeSource.PAY_SLIP
    assert [column(view, 0, at) for at in (0, 2, 3)] == ["R6.9", "82,000円", ""]


def test_a_month_that_is_there_is_said_and_put_right_with_a_reason(office, opened, qtbot):
    noted(office)
    view = opened(office.caseworker)
    qtbot.keyClick(view.table, Key.Key_N)
    view.form.gross.show_value(1)
    view.form.act_button.click()
    assert "もう記録されています" in view.form.month.error()
    view.form.left.emit()
    qtbot.keyClick(view.table, Key.Key_E)
    form = view.form
    assert not form.month.isVisible()
    assert "82,000円" in form.what.words
    form.gross.show_value(0)
    form.recognised.show_value(5)
    form.act_button.click()
    assert form.reason.error()
    form.reason.show_value("明細の読み違い")
    form.act_button.click()
    assert "総支給額まで" in form.recognised.error()
    form.recognised.show_value(0)
    form.act_button.click()
    assert [row.earned for row in kept(office)] == [
        Earned(gross=0, recognised=0),
        an_income(office).earned,
    ]
    assert [column(view, row, 5) for row in (0, 1)] == ["訂正", "訂正前"]
    view.table.select_row(1)
    assert view.edit_button.isHidden()


def test_a_taking_back_asks_for_its_reason_alone(office, opened, qtbot):
    noted(office)
    view = opened(office.caseworker)
    qtbot.keyClick(view.table, Key.Key_X)
    assert not view.form.gross.isVisible()
    view.form.act_button.click()
    assert view.form.reason.error()
    view.form.reason.show_value("別の人の明細")
    view.form.act_button.click()
    assert kept(office)[0].earned is None
    assert (column(view, 0, 2), column(view, 0, 5)) == ("", "取消")
    assert "別の人の明細" in view.words.words
    assert view.void_button.isHidden()
    assert not view.edit_button.isHidden()


def test_who_may_only_read_sees_no_acts(office, opened):
    noted(office)
    view = opened(office.records)
    assert view.model.rowCount() == 1
    assert view.new_button.isHidden()
    assert view.edit_button.isHidden()
