"""稼働能力の活用 in a household's file over real services."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.domain.work_findings import FindingOutcome
from desktop.views.work_findings.file_findings import FileFindings
from tests.support.desk import small_office
from tests.support.factories import CLOCK, days_ago
from tests.support.fakes import FakeDialogs
from tests.support.qt import InlineRunner
from tests.support.work_findings import a_finding

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def opened(qtbot, look, office):
    def open_for(staff):
        view = FileFindings(
            office.household_id,
            office.desk(staff).findings,
            InlineRunner(),
            look=look,
            dialogs=FakeDialogs(answer=True),
            today=CLOCK.today,
        )
        qtbot.addWidget(view)
        view.resize(1100, 800)
        view.show()
        with qtbot.waitActive(view):
            view.activateWindow()
        view.activate()
        return view

    return open_for


def test_three_elements_are_written_and_somebody_else_decides(office, opened, qtbot):
    view = opened(office.caseworker)
    assert "判断案を書く（N）" in view.nothing.words
    qtbot.keyClick(view.new_button, Key.Key_N)
    for each in view.form.elements.values():
        each.facts.show_value("9月に2回応募した。")
        each.evidence.show_value("求職活動状況報告書")
    view.form.act_button.click()
    assert all(each.as_of.error() for each in view.form.elements.values())
    for each in view.form.elements.values():
        each.as_of.show_value(days_ago(5))
    first = next(iter(view.form.elements.values()))
    first.facts.show_value("支援区分がG2だから")
    view.form.act_button.click()
    assert "支援区分" in first.facts.error()
    first.facts.show_value("9月に2回応募した。")
    qtbot.keyClick(first.facts.editor(), Key.Key_Return, CTRL)
    assert view.model.rowCount() == 1
    assert not view.decide_button.isVisible()
    assert "別の人" in view.hint.words
    QAbstractItemModelTester(view.model)


def test_the_head_decides_by_keys(office, opened, qtbot):
    office.desk(office.caseworker).findings.put_forward(a_finding(office))
    view = opened(office.head)
    qtbot.keyClick(view.table, Key.Key_D)
    assert "根拠" in view.decision.help.words
    view.decision.how.show_value("head")
    view.decision.outcome.show_value(FindingOutcome.USED)
    view.decision.act_button.click()
    assert view.decision.reason.error()
    view.decision.reason.show_value("応募を続けている。")
    view.decision.act_button.click()
    assert "活用の要件を満たしている" in view.words.words
    assert not view.decide_button.isVisible()
