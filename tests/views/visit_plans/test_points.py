"""Need points by hand, on the yearly plan: one key, a reason, and the visit's reason line tells it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.viewmodels.visit_plans import open_visits
from tests.support.typing_in import commit_text

K = Qt.Key


@pytest.fixture
def panel(make_screen, caseworker, qtbot):
    """A proposed draft, the keyboard on its first open visit."""
    screen = make_screen(caseworker)
    qtbot.keyClick(screen.year.propose_button, K.Key_G)
    panel = screen.year.panel
    places = (
        (row, column)
        for row, household in enumerate(panel.plan.households)
        for column, cell in enumerate(household.cells)
        if open_visits(cell)
    )
    panel.table.go_to(*next(places))
    return panel


def test_p_gives_points_with_a_reason(panel, qtbot):
    visit = panel.visit()
    qtbot.keyClick(panel.table, K.Key_P)
    form = panel.strips.points
    assert not form.isHidden()
    assert "訪問を減らすことはありません" in form.heading.text()
    form.act()
    assert form.reason.error()
    form.way.show_value("less")
    form.points.show_value(5)
    commit_text(form.reason.editor(), "見本：最近会えている")
    qtbot.mouseClick(form.act_button, Qt.MouseButton.LeftButton)
    assert panel.visit().visit_id == visit.visit_id
    assert "見本：最近会えている −5" in panel.reasons[visit.visit_id].words


def test_too_many_points_are_refused_beside_the_field(panel, qtbot):
    qtbot.keyClick(panel.table, K.Key_P)
    form = panel.strips.points
    form.points.show_value(31)
    commit_text(form.reason.editor(), "見本")
    qtbot.mouseClick(form.act_button, Qt.MouseButton.LeftButton)
    assert "30点まで" in form.points.error()
    assert not form.isHidden()
