"""The April handover in the program's own window, by keys alone: a team goes round, both sides confirm, taking back is refused. On both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication

from desktop.domain.handovers import UNDO_ACTED
from desktop.jobs.change_bus import ChangeBus
from desktop.office_services import make_services
from desktop.reports.office_fonts import OfficeFonts
from desktop.services.desk import LockRules
from desktop.services.own_password import OwnPassword
from desktop.views.handovers.handovers_screen import HandoversScreen
from desktop.views.look import Look
from desktop.views.window import MainWindow
from desktop.views.workplace import Workplace
from tests.support.desk import later, small_office
from tests.support.factories import CLOCK, TODAY
from tests.support.fakes import FakeDialogs
from tests.support.handovers import a_team, again
from tests.support.people import work_of
from tests.support.qt import InlineRunner
from tests.support.typing_in import commit_text

K = Qt.Key
NONE, CONTROL, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
DAY = TODAY + timedelta(days=30)


@pytest.fixture
def team(engine):
    return a_team(small_office(engine))


@pytest.fixture
def sits_down(qtbot, qapp, team, tmp_path):
    """Lets somebody sign in on a day; returns the screen 担当替え, opened by its key."""
    look = Look(qapp)

    def opened(staff, clock=CLOCK):
        work = work_of(team.office.work, staff, clock)
        services = make_services(
            work, clock, staff, lock=LockRules(idle_minutes=60), own_password=OwnPassword(work)
        )
        workplace = Workplace(
            services=services,
            runner=InlineRunner(),
            changes=ChangeBus(),
            look=look,
            dialogs=FakeDialogs(),
            fonts=OfficeFonts(),
        )
        state = QSettings(str(tmp_path / f"{staff.login}.ini"), QSettings.Format.IniFormat)
        window = MainWindow(workplace, state)
        qtbot.addWidget(window)
        window.start()
        with qtbot.waitActive(window):
            window.activateWindow()
        press(qtbot, K.Key_F11)
        return window.findChild(HandoversScreen)

    return opened


def press(qtbot, key, modifiers=NONE):
    """One key where the keyboard is."""
    qtbot.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), key, modifiers)


def test_a_team_goes_round_in_april(qtbot, team, sits_down):
    office = team.office
    planned = sits_down(office.supervisor)
    press(qtbot, K.Key_2, ALT)
    press(qtbot, K.Key_B, ALT)
    press(qtbot, K.Key_A, CONTROL)
    commit_text(planned.plan.day.editor(), f"{DAY:%Y/%m/%d}")
    press(qtbot, K.Key_Tab)
    while QApplication.focusWidget() is not planned.plan.districts.view:
        press(qtbot, K.Key_Tab)
    for key, modifiers in (
        *((K.Key_A, CONTROL), (K.Key_R, NONE)),
        *((K.Key_P, NONE), (K.Key_Return, CONTROL)),
    ):
        press(qtbot, key, modifiers)
    assert [row.effective_on for row in planned.listed.rows.model.rows()] == [DAY, DAY]

    old = sits_down(office.caseworker)
    by_district = {row.district_id: place for place, row in enumerate(old.listed.rows.model.rows())}
    for _ in range(by_district[team.district_id]):
        press(qtbot, K.Key_Down)
    press(qtbot, K.Key_Return)
    press(qtbot, K.Key_Y)
    assert old.households.line().given_at is not None

    on_the_day = later(CLOCK, days=30)
    new = sits_down(again(office, team.second), on_the_day)
    by_district = {row.district_id: place for place, row in enumerate(new.listed.rows.model.rows())}
    for _ in range(by_district[team.district_id]):
        press(qtbot, K.Key_Down)
    press(qtbot, K.Key_Return)
    press(qtbot, K.Key_Y)
    assert new.households.line().taken_at is not None
    assert new.households.line().has_entry

    watched = sits_down(office.supervisor, on_the_day)
    rows = watched.listed.rows.model.rows()
    acted = next(row for row in rows if row.district_id == team.district_id)
    assert acted.undo_refusal == UNDO_ACTED
    assert not watched.listed.undo_all_button.isEnabled()
