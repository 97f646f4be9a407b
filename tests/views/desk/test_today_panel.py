"""Today's visits on the caseworker's desk: the sheet and the file at a key."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from desktop.domain.visit_marks import StandingVisit, VisitMark, VisitOutcome
from desktop.domain.visit_plan_views import MonthLine, TodayVisits
from desktop.domain.working_time import Half
from tests.support.fakes import TODAY
from tests.support.fakes_desk import FakePlans, make_sources
from tests.support.visit_plans import a_visit

LABELS = {"income_declaration": "収入申告の受取"}


def line(number, **given):
    month = TODAY.replace(day=1)
    visit = a_visit(UUID(int=number), month, day=TODAY, half=Half.AM, place=number, **given)
    standing = StandingVisit(visit=visit, approved_month=month)
    outcome = VisitOutcome(
        household_id=visit.household_id,
        month=month,
        mark=VisitMark.PLANNED,
        standing=standing,
    )
    return MonthLine(
        household_id=visit.household_id,
        case_number=f"T-{number}",
        head_name=f"架空 {number}",
        is_shielded=False,
        address="",
        grade="B",
        outcome=outcome,
    )


@pytest.fixture
def plans():
    lines = (line(1, purposes=("income_declaration",)), line(2))
    return FakePlans(visits=TodayVisits(lines=lines, purposes=LABELS))


@pytest.fixture
def desk(make_desk, plans):
    return make_desk(make_sources(plans=plans))


def test_today_s_visits_stand_with_what_they_are_for(desk):
    model = desk.today.model
    assert [model.index(0, n).data() for n in range(4)] == [
        *("午前", "T-1", "架空 1", "収入申告の受取"),
    ]
    assert desk.today.summary.text() == "2件"
    assert not desk.today.isHidden()


def test_k_begins_the_sheet_of_all_of_them_with_their_purposes(desk, qtbot):
    desk.today.table.setFocus()
    with qtbot.waitSignal(desk.screen_requested) as asked:
        qtbot.keyClick(desk.today.table, Qt.Key.Key_K)
    request = asked.args[0]
    assert request.key == "carry_outs"
    assert [(item.household_id, item.purposes) for item in request.carry] == [
        (UUID(int=1), ("income_declaration",)),
        (UUID(int=2), ()),
    ]


def test_enter_opens_the_file_and_the_brief_is_of_the_visit_at_hand(desk, qtbot):
    desk.today.table.select_row(1)
    with qtbot.waitSignal(desk.file_requested) as asked:
        qtbot.keyClick(desk.today.table, Qt.Key.Key_Return)
    assert asked.args[0].household_id == UUID(int=2)
    assert desk.today.household_at_hand().household_id == UUID(int=2)


def test_a_visit_that_was_made_leaves_the_desk(desk, changes, plans):
    plans.visits = TodayVisits()
    changes.entry_changed.emit(UUID(int=1), None)
    assert desk.today.isHidden()


def test_a_shielded_name_is_not_shown(desk, changes, plans):
    shielded = replace(plans.visits.lines[0], head_name="", is_shielded=True)
    plans.visits = TodayVisits(lines=(shielded,))
    changes.plan_changed.emit(None, None)
    assert "架空" not in desk.today.model.index(0, 2).data()
