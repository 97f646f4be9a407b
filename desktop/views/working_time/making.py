"""Builds the screens 勤務と当番 and 同行と約束."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.views.working_time.joint_visits_screen import JointVisitsScreen
from desktop.views.working_time.working_time_screen import WorkingTimeScreen

if TYPE_CHECKING:
    from desktop.views.workplace import Workplace


def make_working_time_screen(workplace: Workplace) -> WorkingTimeScreen:
    """The screen over the services of the signed-in person."""
    return WorkingTimeScreen(
        workplace.services.working_time,
        workplace.clock,
        workplace.runner,
        look=workplace.look,
        dialogs=workplace.dialogs,
    )


def make_joint_visits_screen(workplace: Workplace) -> JointVisitsScreen:
    """The screen over the services of the signed-in person."""
    return JointVisitsScreen(
        workplace.services.joint_visits,
        workplace.services.bookings,
        workplace.services.households,
        workplace.staff,
        workplace.clock,
        workplace.runner,
        look=workplace.look,
        dialogs=workplace.dialogs,
    )
