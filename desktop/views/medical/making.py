"""Makes the section 通院・病状 of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from desktop.domain.medical_forms import MedicalPaper
from desktop.jobs.medical_printing import medical_job
from desktop.views.medical.file_medical import FileMedical
from desktop.views.medical.papers import MedicalPapers, PaperOnScreen
from desktop.views.medical.ports import MedicalPorts
from desktop.views.printing.paper import PrinterChoice
from desktop.views.printing.run_view import PrintRunView
from desktop.views.screen import ScreenView

if TYPE_CHECKING:
    from desktop.views.workplace import Workplace


def make_file_medical(workplace: Workplace, household_id: UUID) -> FileMedical:
    """The section for the household's file."""
    services = workplace.services

    def papers(screen: ScreenView) -> MedicalPapers:
        def make(paper: MedicalPaper) -> tuple[PrintRunView, PaperOnScreen]:
            job = medical_job(
                paper, services.medical_printing, services.issued_forms, workplace.fonts
            )
            view = PrintRunView(
                screen,
                job,
                workplace.clock,
                dialogs=workplace.dialogs,
                printers=PrinterChoice(workplace.printers),
            )
            return view, job

        return MedicalPapers(household_id, make)

    return FileMedical(
        household_id,
        MedicalPorts(
            opinions=services.medical_opinions,
            orders=services.examination_orders,
            plans=services.hospital_plans,
        ),
        workplace.runner,
        look=workplace.look,
        dialogs=workplace.dialogs,
        today=workplace.clock.today,
        papers=papers,
    )
