"""担当替え over real services: planned, looked at, done, taken back, confirmed and checked by keys. On both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.domain.handovers import HandoverSide
from desktop.domain.records import EntryState
from desktop.domain.working_time import Half
from desktop.jobs.household_printing import handover_sheet_press
from desktop.models.households import Household
from desktop.models.office import District, Staff
from desktop.models.working_time import VisitAppointment
from desktop.reports.fonts import FontSet
from desktop.resources import resource_path
from desktop.services.printing import HouseholdPrinting, IssuedForms
from desktop.views.handovers.handovers_screen import HandoversScreen
from desktop.views.printing.paper import PrinterChoice
from desktop.views.printing.run_view import PrintRunView
from desktop.views.requests import FileRequest, ScreenRequest
from tests.reports.reading import page_texts
from tests.support import factories
from tests.support.desk import later, small_office
from tests.support.factories import CLOCK, TODAY
from tests.support.fakes import FakeDialogs
from tests.support.fakes_printing import FileDialogs
from tests.support.handovers import a_plan, a_team, again
from tests.support.qt import InlineRunner
from tests.support.screens import shown

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
FONTS = FontSet.of_office(resource_path("fonts"), search=())


@pytest.fixture
def team(engine):
    return a_team(small_office(engine))


def screen_of(qtbot, look, team, staff, clock=CLOCK, make_sheets=None):
    view = HandoversScreen(
        *(team.office.desk(staff, clock).handovers, staff, clock, InlineRunner()),
        look=look,
        dialogs=FakeDialogs(),
        make_sheets=make_sheets,
    )
    return shown(qtbot, view)


@pytest.fixture
def leader(qtbot, look, team):
    return screen_of(qtbot, look, team, team.office.supervisor)


def plan_everything(qtbot, view, team):
    """The first one's district goes to the second caseworker, looked at."""
    view.tabs.setCurrentIndex(1)
    model = view.plan.districts.model
    view.plan.districts.view.setCurrentIndex(model.index_of(team.district_id))
    view.plan.to.show_value(str(team.second.staff_id))
    qtbot.keyClick(view.plan.districts.view, Key.Key_S)
    qtbot.keyClick(view.plan.districts.view, Key.Key_P)


def test_the_lists_are_sound(leader):
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    models = (
        leader.listed.rows.model,
        leader.plan.districts.model,
        leader.plan.preview.moves.model,
        leader.plan.preview.unsettled.model,
        leader.households.lines.model,
        leader.households.faults.model,
    )
    for model in models:
        QAbstractItemModelTester(model, fatal)
    assert "担当替えはまだありません" in leader.listed.words.words


def test_nothing_is_done_before_it_was_looked_at(qtbot, leader, team):
    leader.tabs.setCurrentIndex(1)
    assert not leader.plan.look_button.isEnabled()
    assert not leader.plan.do_button.isEnabled()
    plan_everything(qtbot, leader, team)
    assert leader.plan.do_button.isEnabled()
    assert "1世帯の担当が替わります" in leader.plan.preview.words.words
    assert "架空 次郎 1→2世帯" in leader.plan.preview.words.words
    qtbot.keyClick(leader.plan.districts.view, Key.Key_D)
    assert not leader.plan.do_button.isEnabled()
    assert not leader.has_unsaved()


def test_planned_done_and_taken_back_by_keys(qtbot, leader, team):
    plan_everything(qtbot, leader, team)
    qtbot.keyClick(leader.plan.districts.view, Key.Key_Return, CONTROL)
    assert leader.tabs.currentWidget() is leader.listed
    (row,) = leader.listed.rows.model.rows()
    assert (row.to_name, row.households) == ("架空 次郎", 1)
    qtbot.keyClick(leader.listed.rows.view, Key.Key_Z)
    assert leader.listed.rows.model.rows()[0].is_undone
    assert "取消し" in leader.listed.words.words
    assert not leader.listed.undo_button.isEnabled()


def test_a_caseworker_sees_the_own_handovers_and_plans_none(qtbot, look, team):
    team.office.desk(team.office.supervisor).handovers.hand_over(a_plan(team))
    view = screen_of(qtbot, look, team, team.office.caseworker)
    assert view.plan is None
    assert len(view.listed.rows.model.rows()) == 1
    assert view.listed.undo_button.isHidden()
    other = screen_of(qtbot, look, team, team.office.outsider)
    assert other.listed.rows.model.rows() == ()


def test_both_confirm_with_one_key_and_the_entry_is_drafted(qtbot, look, team):
    team.office.desk(team.office.supervisor).handovers.hand_over(a_plan(team))
    old = screen_of(qtbot, look, team, team.office.caseworker)
    qtbot.keyClick(old.listed.rows.view, Key.Key_Return)
    assert "引き継いだ" in old.households.confirm_button.text()
    qtbot.keyClick(old.households.lines.view, Key.Key_Y)
    assert not old.households.confirm_button.isEnabled()
    second = again(team.office, team.second)
    new = screen_of(qtbot, look, team, second)
    qtbot.keyClick(new.listed.rows.view, Key.Key_Return)
    said: list[str] = []
    new.announced.connect(said.append)
    qtbot.keyClick(new.households.lines.view, Key.Key_Y)
    assert said == ["確認し、「担当引継」の下書きを作りました。"]
    (draft,) = team.office.desk(second).records.drafts()
    assert draft.household_id == team.office.household_id
    assert new.households.lines.row().has_entry
    asked: list[FileRequest] = []
    new.file_requested.connect(asked.append)
    qtbot.keyClick(new.households.lines.view, Key.Key_Return)
    assert asked[0].household_id == team.office.household_id
    assert new.household_at_hand().household_id == team.office.household_id
    qtbot.keyClick(new.households.lines.view, Key.Key_Escape)
    assert new.listed.rows.row().taken == 1


def test_forms_about_the_household_are_drawn_in_its_file(qtbot, look, team):
    team.office.desk(team.office.supervisor).handovers.hand_over(a_plan(team))
    view = screen_of(qtbot, look, team, team.office.supervisor)
    qtbot.keyClick(view.listed.rows.view, Key.Key_Return)
    asked: list[FileRequest] = []
    view.file_requested.connect(asked.append)
    qtbot.keyClick(view.households.lines.view, Key.Key_L)
    (request,) = asked
    wanted = (team.office.household_id, "forms", "L-02")
    assert (request.household_id, request.section, request.form) == wanted
    assert view.households.sheet_button.isHidden()
    assert view.households.sheets_button.isHidden()


def test_the_sheets_of_all_households_come_in_one_run_for_the_new_caseworker(
    qtbot, look, team, tmp_path
):
    desk = team.office.desk(team.office.supervisor)
    desk.handovers.hand_over(a_plan(team))
    reading = desk.households.reading
    service = HouseholdPrinting(desk.work, CLOCK, desk.staff, reading)
    issued = IssuedForms(desk.work, CLOCK, desk.staff, reading)

    def make_sheets(screen, readers):
        press = handover_sheet_press(service, issued, lambda: FONTS, readers)
        dialogs = FileDialogs(tmp_path / "引継票.pdf")
        return PrintRunView(screen, press, CLOCK, dialogs=dialogs, printers=PrinterChoice())

    view = screen_of(qtbot, look, team, team.office.supervisor, make_sheets=make_sheets)
    qtbot.keyClick(view.listed.rows.view, Key.Key_Return)
    qtbot.keyClick(view.households.lines.view, Key.Key_P)
    sheets = view.sheets
    assert sheets is not None
    assert view.pages.currentWidget() is sheets
    with qtbot.waitSignal(view.announced):
        qtbot.keyClick(sheets.preview, Key.Key_S, CONTROL)
    (page,) = page_texts((tmp_path / "引継票.pdf").read_bytes())
    assert "架空次郎" in "".join(page.split())
    assert view.pages.currentWidget() is view.households
    assert not view.has_unsaved()
    qtbot.keyClick(view.households.lines.view, Key.Key_K)
    assert view.pages.currentWidget() is sheets


def test_the_file_check_is_taken_once_and_ticked_off(qtbot, look, team):
    team.office.desk(team.office.supervisor).handovers.hand_over(a_plan(team))
    clock = later(CLOCK, days=40)
    view = screen_of(qtbot, look, team, team.office.supervisor, clock)
    assert "引き継いだ確認" not in view.listed.words.words
    assert "新しい担当者の確認がまだ 1世帯" in view.listed.words.words
    qtbot.keyClick(view.listed.rows.view, Key.Key_T)
    row = view.listed.rows.row()
    assert row.faults > 0
    assert not view.listed.check_button.isEnabled()
    qtbot.keyClick(view.listed.rows.view, Key.Key_Return)
    faults = view.households.faults
    assert len(faults.model.rows()) == row.faults
    qtbot.keyClick(view.households, Key.Key_X)
    assert view.households.lines.row().open_faults == row.faults - 1


def test_in_large_type_it_asks_for_no_larger_window(qtbot, look, leader, team):
    plan_everything(qtbot, leader, team)
    look.set_zoom(200)
    hint = leader.minimumSizeHint()
    assert hint.width() <= 940  # what a window of 1,280 x 800 px has beside the menu
    assert hint.height() <= 600


def test_before_its_day_only_the_former_one_confirms(qtbot, look, team):
    day = TODAY + timedelta(days=10)
    desk = team.office.desk(team.office.supervisor)
    plan = a_plan(team, day)
    desk.handovers.hand_over(plan)
    new = screen_of(qtbot, look, team, team.second)
    qtbot.keyClick(new.listed.rows.view, Key.Key_Return)
    assert not new.households.confirm_button.isEnabled()
    old = team.office.desk(team.office.caseworker)
    handover_id = plan.moves[0].handover_id
    assert not old.handovers.confirm(handover_id, team.office.household_id, HandoverSide.GIVEN)
    assert desk.handovers.handovers()[0].given == 1


def test_a_record_that_came_back_is_one_key_away_before_and_asked_for_after(qtbot, look, team):
    with team.office.work() as session:
        household = session.get_one(Household, team.office.household_id)
        author = session.get_one(Staff, team.office.caseworker.staff_id)
        entry = factories.make_entry(session, household, author, state=EntryState.RETURNED)
    view = screen_of(qtbot, look, team, team.office.supervisor)
    plan_everything(qtbot, view, team)
    preview = view.plan.preview
    assert "差戻しの記録が1件あります" in preview.before.words
    asked: list[FileRequest] = []
    view.file_requested.connect(asked.append)
    qtbot.keyClick(preview.unsettled.view, Key.Key_Return)
    assert (asked[0].section, asked[0].entry_id) == ("chronicle", entry.id)
    qtbot.keyClick(view.plan.districts.view, Key.Key_Return, CONTROL)
    assert preview.unsettled.view.isHidden()
    new = screen_of(qtbot, look, team, again(team.office, team.second))
    qtbot.keyClick(new.listed.rows.view, Key.Key_Return)
    assert "前任者の差戻しの記録が1件あります" in new.households.why.words
    said: list[str] = []
    new.announced.connect(said.append)
    assert "1件" in new.households.next_button.text()
    qtbot.keyClick(new.households.lines.view, Key.Key_F)
    qtbot.keyClick(new.households.lines.view, Key.Key_A)
    assert said == [f"{team.office.supervisor.name}さんに頼みました。"]
    qtbot.keyClick(new.households.lines.view, Key.Key_A)
    assert "もう頼んであります" in new.messages.text()


def test_a_promise_that_clashes_is_one_key_away(qtbot, look, team):
    day = TODAY + timedelta(days=8)
    with team.office.work() as session:
        other = session.get_one(District, team.other_id)
        theirs = factories.make_household(session, district=other).id
        for household_id in (team.office.household_id, theirs):
            appointment = VisitAppointment(
                office_id=other.office_id,
                household_id=household_id,
                day=day,
                half=Half.AM,
                is_announced=True,
                set_by=team.office.caseworker.staff_id,
                set_at=CLOCK.now(),
            )
            factories.add(session, appointment)
    view = screen_of(qtbot, look, team, team.office.supervisor)
    plan_everything(qtbot, view, team)
    asked: list[ScreenRequest] = []
    view.screen_requested.connect(asked.append)
    qtbot.keyClick(view.plan.preview.unsettled.view, Key.Key_Return)
    (clash,) = view.plan.preview.unsettled.model.rows()
    assert (asked[0].key, asked[0].item_id) == ("joint_visits", clash.item_id)


def test_a_team_goes_round_and_is_taken_back_at_once(qtbot, look, leader, team):
    leader.tabs.setCurrentIndex(1)
    districts = leader.plan.districts
    qtbot.keyClick(districts.view, Key.Key_R)
    assert "二つ以上" in leader.messages.text()
    qtbot.keyClick(districts.view, Key.Key_A, CONTROL)
    qtbot.keyClick(districts.view, Key.Key_R)
    to = {row.district.district_id: row.to_id for row in districts.model.rows()}
    assert to == {
        team.district_id: team.second.staff_id,
        team.other_id: team.office.caseworker.staff_id,
    }
    qtbot.keyClick(districts.view, Key.Key_P)
    qtbot.keyClick(districts.view, Key.Key_Return, CONTROL)
    assert len(leader.listed.rows.model.rows()) == 2
    assert "同時の2地区" in leader.listed.undo_all_button.text()
    qtbot.keyClick(leader.listed.rows.view, Key.Key_Z, Qt.KeyboardModifier.ShiftModifier)
    assert all(row.is_undone for row in leader.listed.rows.model.rows())
    assert leader.listed.undo_all_button.isHidden()
