"""Makes the section 個別支援計画 of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from desktop.domain.support_plan_forms import PlanPaper
from desktop.jobs.support_plan_printing import plan_paper_job
from desktop.views.printing.paper import PrinterChoice
from desktop.views.printing.run_view import PrintRunView
from desktop.views.screen import ScreenView
from desktop.views.support_plans.file_plans import FilePlans
from desktop.views.support_plans.ports import PaperOnScreen, PlanPorts, PlanSetting

if TYPE_CHECKING:
    from desktop.views.workplace import Workplace


def make_file_plans(workplace: Workplace, household_id: UUID) -> FilePlans:
    """The section for the household's file."""
    services = workplace.services

    def make_paper(screen: ScreenView, paper: PlanPaper) -> tuple[PrintRunView, PaperOnScreen]:
        job = plan_paper_job(paper, services.support_plan_printing, workplace.fonts)
        view = PrintRunView(
            screen,
            job,
            workplace.clock,
            dialogs=workplace.dialogs,
            printers=PrinterChoice(workplace.printers),
        )
        return view, job

    ports = PlanPorts(plans=services.support_plans, participations=services.participations)
    setting = PlanSetting(
        staff=workplace.staff,
        today=workplace.clock.today,
        runner=workplace.runner,
        changes=workplace.changes,
        look=workplace.look,
        dialogs=workplace.dialogs,
        make_paper=make_paper,
    )
    return FilePlans(household_id, ports, setting)
