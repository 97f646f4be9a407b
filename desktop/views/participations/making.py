"""Builds the screen 事業参加."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.roles import Permission
from desktop.jobs.support_plan_printing import register_job
from desktop.views.participations.participations_screen import (
    ChoosesRegister,
    ParticipationsScreen,
)
from desktop.views.printing.paper import PrinterChoice
from desktop.views.printing.run_view import PrintRunView
from desktop.views.screen import ScreenView

if TYPE_CHECKING:
    from desktop.views.workplace import Workplace


def make_participations_screen(workplace: Workplace) -> ParticipationsScreen:
    """The screen over the services of the signed-in person."""
    services = workplace.services

    def make_paper(screen: ScreenView) -> tuple[PrintRunView, ChoosesRegister]:
        job = register_job(services.support_plan_printing, workplace.fonts)
        view = PrintRunView(
            screen,
            job,
            workplace.clock,
            dialogs=workplace.dialogs,
            printers=PrinterChoice(workplace.printers),
        )
        return view, job

    return ParticipationsScreen(
        services.participations,
        workplace.clock,
        workplace.runner,
        look=workplace.look,
        may_print=workplace.staff.may(Permission.PRINT_DRAFTS),
        make_paper=make_paper,
    )
