"""Makes the section 指導・指示 of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from desktop.domain.guidance_papers import GuidancePaper
from desktop.jobs.guidance_printing import guidance_job
from desktop.views.guidance.file_guidance import FileGuidance, GuidanceSheets
from desktop.views.printing.paper import PrinterChoice
from desktop.views.printing.run_view import PrintRunView
from desktop.views.screen import ScreenView

if TYPE_CHECKING:
    from desktop.views.workplace import Workplace


def make_file_guidance(workplace: Workplace, household_id: UUID) -> FileGuidance:
    """The section for the household's file."""
    services = workplace.services

    def make_paper(screen: ScreenView, paper: GuidancePaper) -> tuple[PrintRunView, GuidanceSheets]:
        job = guidance_job(
            paper, services.guidance_printing, services.issued_forms, workplace.fonts
        )
        view = PrintRunView(
            screen,
            job,
            workplace.clock,
            dialogs=workplace.dialogs,
            printers=PrinterChoice(workplace.printers),
        )
        return view, job

    return FileGuidance(
        household_id,
        services.guidance,
        services.conferences,
        workplace.staff,
        workplace.runner,
        look=workplace.look,
        dialogs=workplace.dialogs,
        today=workplace.clock.today,
        make_paper=make_paper,
    )
