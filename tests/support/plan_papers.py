"""The papers of the screen 訪問計画 over real services."""

from __future__ import annotations

from desktop.database.reading import ReadingDoor
from desktop.jobs.visit_plan_printing import (
    call_list_job,
    month_plan_job,
    visit_report_job,
    year_plan_job,
)
from desktop.services.printing import CallListPrinting, VisitPlanPrinting
from desktop.views.dialogs import Dialogs
from desktop.views.printing.paper import PrinterChoice
from desktop.views.printing.run_view import Draws, PrintRunView
from desktop.views.screen import ScreenView
from desktop.views.visit_plans.plan_printing import PlanPapers
from tests.support.desk import Desk
from tests.support.factories import CLOCK
from tests.support.inquiry_screens import fonts


def plan_papers(desk: Desk, dialogs: Dialogs) -> PlanPapers:
    """Each paper of one person's plans."""
    reading = ReadingDoor(desk.work, CLOCK, desk.staff)
    service = VisitPlanPrinting(desk.work, CLOCK, desk.staff)

    def view(screen: ScreenView, draws: Draws) -> PrintRunView:
        return PrintRunView(screen, draws, CLOCK, dialogs=dialogs, printers=PrinterChoice())

    return PlanPapers(
        year=year_plan_job(service, fonts),
        month=month_plan_job(service, fonts),
        report=visit_report_job(service, fonts),
        calls=call_list_job(CallListPrinting(desk.work, CLOCK, desk.staff, reading), fonts),
        view=view,
    )
