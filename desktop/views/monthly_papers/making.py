"""Builds the screen 毎月の書類 with its two ways to paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.jobs.monthly_paper_printing import CardJob, PersonFormJob
from desktop.views.monthly_papers.monthly_papers_screen import MonthlyPapersScreen
from desktop.views.printing.paper import PrinterChoice
from desktop.views.printing.run_view import PrintRunView

if TYPE_CHECKING:
    from desktop.views.printing.run_view import Draws
    from desktop.views.screen import ScreenView
    from desktop.views.workplace import Workplace


def make_monthly_papers_screen(workplace: Workplace) -> MonthlyPapersScreen:
    """The screen over the services of the signed-in person."""
    services, fonts = workplace.services, workplace.fonts
    cards = CardJob(services.monthly_paper_printing, services.issued_forms, fonts)
    forms = PersonFormJob(services.monthly_paper_printing, fonts)

    def paper(job: Draws, screen: ScreenView) -> PrintRunView:
        return PrintRunView(
            screen,
            job,
            workplace.clock,
            dialogs=workplace.dialogs,
            printers=PrinterChoice(workplace.printers),
        )

    return MonthlyPapersScreen(
        services.monthly_papers,
        services.declarations,
        workplace.staff,
        workplace.clock,
        workplace.runner,
        look=workplace.look,
        incomes=services.income_months,
        cards=(cards, lambda screen: paper(cards, screen)),
        forms=(forms, lambda screen: paper(forms, screen)),
    )
