"""Makes the section 試算・給付 of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from desktop.domain.work_estimates import EstimateKind
from desktop.jobs.work_estimate_printing import (
    application_job,
    hand_sheet_job,
    month_table_job,
    notice_job,
)
from desktop.views.printing.paper import PrinterChoice
from desktop.views.printing.run_view import Draws, PrintRunView
from desktop.views.screen import ScreenView
from desktop.views.work_estimates.file_estimates import FileEstimates, SheetOnScreen

if TYPE_CHECKING:
    from desktop.views.workplace import Workplace


def make_file_estimates(workplace: Workplace, household_id: UUID) -> FileEstimates:
    """The section for the household's file."""
    services = workplace.services

    def run_view(screen: ScreenView, job: Draws) -> PrintRunView:
        return PrintRunView(
            screen,
            job,
            workplace.clock,
            dialogs=workplace.dialogs,
            printers=PrinterChoice(workplace.printers),
        )

    def make_paper(screen: ScreenView, kind: EstimateKind) -> tuple[PrintRunView, SheetOnScreen]:
        service, fonts = services.work_estimate_printing, workplace.fonts
        is_income = kind is EstimateKind.EARNED_INCOME
        job = hand_sheet_job(service, fonts) if is_income else application_job(kind, service, fonts)
        return run_view(screen, job), job

    def make_notice(screen: ScreenView, kind: EstimateKind) -> tuple[PrintRunView, SheetOnScreen]:
        job = notice_job(
            kind, services.work_estimate_printing, services.issued_forms, workplace.fonts
        )
        return run_view(screen, job), job

    def make_table(screen: ScreenView) -> tuple[PrintRunView, SheetOnScreen]:
        job = month_table_job(services.work_estimate_printing, workplace.fonts)
        return run_view(screen, job), job

    return FileEstimates(
        household_id,
        services.work_estimates,
        workplace.staff,
        workplace.runner,
        look=workplace.look,
        dialogs=workplace.dialogs,
        today=workplace.clock.today,
        make_paper=make_paper,
        make_notice=make_notice,
        make_table=make_table,
    )
