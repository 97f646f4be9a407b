"""Builds the screen 訪問計画."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.jobs.visit_planning import VisitPlanning
from desktop.views.visit_plans.ports import PlanPorts
from desktop.views.visit_plans.visit_plans_screen import VisitPlansScreen

if TYPE_CHECKING:
    from desktop.views.workplace import Workplace


def make_visit_plans_screen(workplace: Workplace) -> VisitPlansScreen:
    """The screen over the services of the signed-in person."""
    services = workplace.services
    ports = PlanPorts(
        plans=services.visit_plans,
        planning=VisitPlanning(services.visit_plans),
        office=services.office,
        masters=services.masters,
        times=services.working_time,
    )
    return VisitPlansScreen(
        ports,
        workplace.staff,
        workplace.clock,
        workplace.runner,
        changes=workplace.changes,
        look=workplace.look,
        dialogs=workplace.dialogs,
    )
