"""Builds the screen 開示 with its way to paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.jobs.disclosure_printing import DisclosureJob
from desktop.views.disclosures.disclosures_screen import DisclosuresScreen
from desktop.views.printing.paper import PrinterChoice
from desktop.views.printing.run_view import PrintRunView

if TYPE_CHECKING:
    from desktop.views.workplace import Workplace


def make_disclosures_screen(workplace: Workplace) -> DisclosuresScreen:
    """The screen over the services of the signed-in person."""
    services = workplace.services
    job = DisclosureJob(services.disclosure_printing, services.issued_forms, workplace.fonts)
    return DisclosuresScreen(
        services.disclosures,
        workplace.staff,
        workplace.clock,
        workplace.runner,
        look=workplace.look,
        make_paper=lambda screen: PrintRunView(
            screen,
            job,
            workplace.clock,
            dialogs=workplace.dialogs,
            printers=PrinterChoice(workplace.printers),
        ),
    )
