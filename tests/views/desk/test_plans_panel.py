"""Own plans of visits on the caseworker's desk."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop.domain.visit_plan_notices import PlanNotice, PlanNoticeKind
from desktop.domain.visit_plans import PlanKind
from desktop.views.requests import ScreenRequest
from tests.support.fakes import fake_id
from tests.support.fakes_desk import FakePlans, make_sources
from tests.views.desk.conftest import column

DISTRICT, PLAN = fake_id("district 01"), fake_id("plan 1")


def notice(kind, **given):
    return PlanNotice(
        notice=kind,
        kind=PlanKind.MONTH,
        first_on=date(2024, 11, 1),
        district_id=DISTRICT,
        district_code="01",
        district_name="架空第一",
        **given,
    )


@pytest.fixture
def plans():
    returned = notice(
        PlanNoticeKind.RETURNED, plan_id=PLAN, by="指導 見本人", words="前半に寄せてください。"
    )
    return FakePlans((returned, notice(PlanNoticeKind.MISSING)))


@pytest.fixture
def desk(make_desk, plans):
    return make_desk(make_sources(plans=plans))


def test_what_came_back_stands_first_with_its_words(desk):
    assert column(desk.plans, 0) == ["▲ 差戻し", "● 未作成"]
    assert column(desk.plans, 1)[0] == "月間訪問計画　令和6年11月"
    assert desk.plans.reason.words == "差戻しの理由（指導 見本人）：前半に寄せてください。"
    assert desk.plans.summary.text() == "差戻し 1件　未作成 1件"


@pytest.mark.parametrize(("row", "item"), [(0, PLAN), (1, DISTRICT)])
def test_enter_goes_to_the_plan_or_to_the_district_that_has_none(qtbot, desk, row, item):
    desk.plans.table.select_row(row)
    with qtbot.waitSignal(desk.screen_requested) as asked:
        qtbot.keyClick(desk.plans.table, Qt.Key.Key_Return)
    assert asked.args[0] == ScreenRequest(key="visit_plans", item_id=item)


def test_a_plan_that_was_handed_in_elsewhere_leaves_the_desk(desk, changes, plans):
    plans.found = ()
    changes.plan_changed.emit(PLAN, None)
    assert desk.plans.isHidden()
