"""Builds the screen 訪問計画."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.jobs.short_messages import ShortMessageFiles
from desktop.jobs.visit_plan_printing import (
    call_list_job,
    month_plan_job,
    visit_report_job,
    year_plan_job,
)
from desktop.jobs.visit_planning import VisitPlanning
from desktop.views.printing.paper import PrinterChoice
from desktop.views.printing.run_view import PrintRunView
from desktop.views.visit_plans.plan_printing import PlanPapers
from desktop.views.visit_plans.ports import PlanPorts
from desktop.views.visit_plans.visit_plans_screen import VisitPlansScreen

if TYPE_CHECKING:
    from desktop.views.printing.run_view import Draws
    from desktop.views.screen import ScreenView
    from desktop.views.workplace import Workplace


def make_visit_plans_screen(workplace: Workplace) -> VisitPlansScreen:
    """The screen over the services of the signed-in person."""
    services = workplace.services
    ports = PlanPorts(
        plans=services.visit_plans,
        planning=VisitPlanning(services.visit_plans),
        messages=ShortMessageFiles(services.short_messages),
        office=services.office,
        masters=services.masters,
    )
    return VisitPlansScreen(
        ports,
        workplace.staff,
        workplace.clock,
        workplace.runner,
        changes=workplace.changes,
        look=workplace.look,
        dialogs=workplace.dialogs,
        papers=_papers(workplace),
    )


def _papers(workplace: Workplace) -> PlanPapers:
    printing, fonts = workplace.services.visit_plan_printing, workplace.fonts

    def view(screen: ScreenView, draws: Draws) -> PrintRunView:
        return PrintRunView(
            screen,
            draws,
            workplace.clock,
            dialogs=workplace.dialogs,
            printers=PrinterChoice(workplace.printers),
        )

    return PlanPapers(
        year=year_plan_job(printing, fonts),
        month=month_plan_job(printing, fonts),
        report=visit_report_job(printing, fonts),
        calls=call_list_job(workplace.services.call_lists, fonts),
        view=view,
    )
