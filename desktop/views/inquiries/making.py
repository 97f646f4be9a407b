"""Builds the register and the section 照会・調査 with their ways to paper."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from desktop.jobs.inquiry_printing import RequestJob, inquiry_register_job
from desktop.views.inquiries.file_inquiries import FileInquiries
from desktop.views.inquiries.inquiries_screen import InquiriesScreen
from desktop.views.printing.paper import PrinterChoice
from desktop.views.printing.run_view import PrintRunView

if TYPE_CHECKING:
    from desktop.views.printing.run_view import Draws
    from desktop.views.screen import ScreenView
    from desktop.views.workplace import Workplace


def make_inquiries_screen(workplace: Workplace) -> InquiriesScreen:
    """The register over the services of the signed-in person."""
    printing, fonts = workplace.services.inquiry_printing, workplace.fonts
    letters = RequestJob(printing, workplace.services.issued_forms, fonts)
    register = inquiry_register_job(printing, fonts)
    return InquiriesScreen(
        workplace.services.inquiries,
        workplace.staff,
        workplace.clock,
        workplace.runner,
        changes=workplace.changes,
        look=workplace.look,
        letters=lambda screen: _paper(workplace, screen, letters),
        register=(register, lambda screen: _paper(workplace, screen, register)),
    )


def make_file_inquiries(workplace: Workplace, household_id: UUID) -> FileInquiries:
    """The section of a case file."""
    services = workplace.services
    job = RequestJob(services.inquiry_printing, services.issued_forms, workplace.fonts)
    return FileInquiries(
        household_id,
        workplace.services.inquiries,
        workplace.staff,
        workplace.clock,
        workplace.runner,
        changes=workplace.changes,
        look=workplace.look,
        dialogs=workplace.dialogs,
        make_paper=lambda screen: _paper(workplace, screen, job),
    )


def _paper(workplace: Workplace, screen: ScreenView, draws: Draws) -> PrintRunView:
    return PrintRunView(
        screen,
        draws,
        workplace.clock,
        dialogs=workplace.dialogs,
        printers=PrinterChoice(workplace.printers),
    )
