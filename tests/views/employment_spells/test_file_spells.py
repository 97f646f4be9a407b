"""就労・定着 in a household's file over real services. On both databases."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.domain.employment_spells import JobEndReason, RetentionAnswer
from desktop.views.employment_spells.file_spells import FileSpellsView
from tests.support.desk import small_office
from tests.support.factories import CLOCK, days_ago
from tests.support.fakes import FakeDialogs
from tests.support.qt import InlineRunner
from tests.support.support_acts import a_job

Key = Qt.Key


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def opened(qtbot, look, office):
    def open_for(staff):
        view = FileSpellsView(
            office.household_id,
            office.desk(staff).spells,
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
    desk = office.desk(office.caseworker)
    (found,) = desk.spells.of_household(office.household_id).spells
    return found


def begun(office):
    office.desk(office.caseworker).spells.begin(a_job(office.household_id, office.person_id))


def test_a_start_is_noted(office, opened, qtbot):
    view = opened(office.caseworker)
    qtbot.keyClick(view.new_button, Key.Key_N)
    form = view.form
    form.act_button.click()
    assert form.outcome.error()
    assert form.started_on.error()
    form.outcome.show_value("O02")
    form.started_on.show_value(days_ago(3))
    form.contract.show_value("part_time")
    form.route.show_value("alone")
    form.act_button.click()
    assert "勤め先" in form.employer.error()
    form.employer.show_value("架空清掃株式会社")
    form.act_button.click()
    assert kept(office).employer == "架空清掃株式会社"
    assert view.model.index(0, 5).data() == "就労中"


def test_the_check_that_is_due_is_asked_about(office, opened, qtbot):
    begun(office)
    view = opened(office.caseworker)
    assert "1か月の確認" in view.model.index(0, 5).data()
    qtbot.keyClick(view.table, Key.Key_K)
    form = view.check_form
    assert form.months.editor().currentText() == "1か月"
    form.answer.show_value(RetentionAnswer.UNKNOWN)
    form.act_button.click()
    assert [check.months for check in kept(office).checks] == [1]
    assert "1月 不明" in view.model.index(0, 4).data()


def test_a_mistake_says_what_is_wrong(office, opened, qtbot):
    begun(office)
    view = opened(office.caseworker)
    qtbot.keyClick(view.table, Key.Key_D)
    form = view.end_form
    form.reason.show_value(JobEndReason.MISTAKE)
    form.act_button.click()
    assert form.note.error()
    form.note.show_value("別の人の就労でした。")
    form.act_button.click()
    assert not kept(office).counts
    assert view.model.index(0, 5).data() == "記録の誤り"
    assert view.check_button.isHidden()


def test_who_may_only_read_sees_no_acts(office, opened):
    begun(office)
    view = opened(office.records)
    assert view.new_button.isHidden()
    assert view.end_button.isHidden()
