"""課税調査 over real services. On both databases."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.domain.procedures import ProcedureKind
from desktop.views.procedures.survey_screen import SurveyScreen
from tests.support.desk import small_office
from tests.support.factories import CLOCK, TODAY
from tests.support.procedures import a_procedure
from tests.support.qt import InlineRunner

Key = Qt.Key
_STATE = 2


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def opened(qtbot, look, office):
    def open_for(staff):
        view = SurveyScreen(
            office.desk(staff).procedures, InlineRunner(), look=look, today=CLOCK.today
        )
        qtbot.addWidget(view)
        view.resize(1100, 800)
        view.show()
        with qtbot.waitActive(view):
            view.activateWindow()
        view.activate()
        return view

    return open_for


def test_one_key_begins_and_one_closes(opened, office, qtbot):
    view = opened(office.caseworker)
    assert view.model.index(0, _STATE).data() == "未着手"
    qtbot.keyClick(view.table, Key.Key_A)
    assert view.model.index(0, _STATE).data() == "調査中"
    qtbot.keyClick(view.table, Key.Key_A)
    assert "始めてあります" in view.messages.text()
    qtbot.keyClick(view.table, Key.Key_Z)
    assert view.model.index(0, _STATE).data() == "済"
    assert "終えた 1" in view.counts.text()


def test_a_difference_is_looked_at_in_the_file(opened, office, qtbot):
    given = a_procedure(office.household_id, ProcedureKind.TAX_SURVEY, yen=500)
    office.desk(office.caseworker).procedures.keep(given)
    view = opened(office.caseworker)
    qtbot.keyClick(view.table, Key.Key_Z)
    assert "相違" in view.messages.text()
    with qtbot.waitSignal(view.file_requested) as asked:
        qtbot.keyClick(view.table, Key.Key_Return)
    assert asked.args[0].section == "procedures"


def test_the_years_are_gone_through(opened, office, qtbot):
    view = opened(office.caseworker)
    qtbot.keyClick(view.table, Key.Key_PageUp)
    assert view.year.entered() == TODAY.year - 1
    view.after_button.click()
    assert view.year.entered() == TODAY.year


def test_who_may_only_read_begins_nothing(opened, office, qtbot):
    view = opened(office.records)
    assert view.begin_button.isHidden()
    qtbot.keyClick(view.table, Key.Key_A)
    assert (
        office.desk(office.caseworker).procedures.surveys_of(TODAY.year).surveys[0].survey is None
    )
