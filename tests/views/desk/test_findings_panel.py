"""見落とし: where a finding leads, and how the list is narrowed and explained."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.views.desk.findings_panel import FindingsPanel
from desktop.views.requests import ScreenRequest
from tests.support.fakes import fake_id
from tests.support.fakes_desk import (
    SUPERVISOR,
    full_sources,
    make_finding,
)
from tests.views.desk.conftest import column


@pytest.fixture
def make_panel(qtbot, look):
    def make(reviewer):
        panel = FindingsPanel(look, reviewer=reviewer)
        qtbot.addWidget(panel)
        return panel

    return make


@pytest.mark.parametrize("rule", ["P01", "P02", "P03", "P04", "P05"])
def test_a_finding_about_a_policy_opens_the_workbench_for_its_own_caseworker(
    qtbot, make_panel, rule
):
    panel = make_panel(fake_id("me"))
    row = make_finding(0, rule=rule, staff_id=fake_id("me"))
    with qtbot.waitSignal(panel.screen_requested) as asked:
        panel.open_row(row)
    assert asked.args[0] == ScreenRequest(key="policy_review", item_id=row.household_id)


@pytest.mark.parametrize(
    ("reviewer", "changes"),
    [
        ("me", {"rule": "P02", "staff_id": fake_id("somebody else")}),
        ("me", {"rule": "P02", "staff_id": None}),
        (None, {"rule": "P02", "staff_id": None}),
        ("me", {"rule": "P12", "staff_id": fake_id("me")}),
    ],
)
def test_every_other_finding_opens_the_file(qtbot, make_panel, reviewer, changes):
    panel = make_panel(reviewer and fake_id(reviewer))
    with qtbot.waitSignal(panel.file_requested) as asked:
        panel.open_row(make_finding(0, **changes))
    assert asked.args[0].section == "support_policies"


@pytest.mark.parametrize(
    ("rule", "section"), [("E05", "procedures"), ("E19", "procedures"), ("E07", "assessments")]
)
def test_a_finding_opens_the_file_where_it_is_looked_after(qtbot, make_panel, rule, section):
    panel = make_panel(None)
    with qtbot.waitSignal(panel.file_requested) as asked:
        panel.open_row(make_finding(0, rule=rule))
    assert asked.args[0].section == section


def test_findings_are_filtered_by_rule_and_caseworker(qtbot, make_desk):
    desk = make_desk(full_sources(), **SUPERVISOR)
    findings = desk.findings
    assert len(column(findings, 0)) == 22
    findings.rule_filter.setFocus()
    qtbot.keyClick(findings.rule_filter, Qt.Key.Key_Down)
    assert set(column(findings, 0)) == {"▲ R01"}
    qtbot.keyClick(findings.caseworker_filter, Qt.Key.Key_Down)
    assert set(column(findings, 3)) == {"担当 見本1"}
    assert "全22件のうち" in findings.summary.text()


def test_f1_explains_the_rule_of_the_row(qtbot, make_desk):
    desk = make_desk(full_sources(), **SUPERVISOR)
    desk.findings.table.setFocus()
    assert desk.findings.explanation.isHidden()
    qtbot.keyClick(desk.findings.table, Qt.Key.Key_F1)
    assert desk.findings.explanation.isVisible()
    assert desk.findings.explanation.words.startswith("R01 記録が途絶えている世帯")
