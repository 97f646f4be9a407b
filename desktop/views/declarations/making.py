"""Builds the screen 申告 with its two ways to paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.jobs.declaration_printing import ReminderJob, follow_up_job
from desktop.views.declarations.declarations_screen import DeclarationsScreen
from desktop.views.printing.paper import PrinterChoice
from desktop.views.printing.run_view import PrintRunView

if TYPE_CHECKING:
    from desktop.views.printing.run_view import Draws
    from desktop.views.screen import ScreenView
    from desktop.views.workplace import Workplace


def make_declarations_screen(workplace: Workplace) -> DeclarationsScreen:
    """The screen over the services of the signed-in person."""
    printing, fonts = workplace.services.declaration_printing, workplace.fonts
    letters = ReminderJob(printing, workplace.services.issued_forms, fonts)
    table = follow_up_job(printing, fonts)

    def paper(job: Draws, screen: ScreenView) -> PrintRunView:
        return PrintRunView(
            screen,
            job,
            workplace.clock,
            dialogs=workplace.dialogs,
            printers=PrinterChoice(workplace.printers),
        )

    return DeclarationsScreen(
        workplace.services.declarations,
        workplace.staff,
        workplace.clock,
        workplace.runner,
        look=workplace.look,
        dialogs=workplace.dialogs,
        letters=(letters, lambda screen: paper(letters, screen)),
        table=(table, lambda screen: paper(table, screen)),
    )
