"""Builds the screen 持出 with its ways to paper."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from desktop.jobs.carry_out_printing import CarrySheetJob, carry_out_register_job, incident_job
from desktop.views.carry_outs.carry_outs_screen import CarryOutsScreen
from desktop.views.carry_outs.pack_acts import PackActs
from desktop.views.printing.paper import PrinterChoice
from desktop.views.printing.run_view import PrintRunView

if TYPE_CHECKING:
    from desktop.views.printing.run_view import Draws
    from desktop.views.screen import ScreenView
    from desktop.views.workplace import Workplace


def make_carry_outs_screen(workplace: Workplace) -> CarryOutsScreen:
    """The register over the services of the signed-in person."""
    printing, fonts = workplace.services.carry_out_printing, workplace.fonts
    sheet = CarrySheetJob(printing, fonts)
    register, incident = carry_out_register_job(printing, fonts), incident_job(printing, fonts)
    screen = CarryOutsScreen(
        workplace.services.carry_outs,
        workplace.staff,
        workplace.clock,
        workplace.runner,
        changes=workplace.changes,
        look=workplace.look,
        sheet=(sheet, partial(_paper, workplace, draws=sheet)),
        register=(register, partial(_paper, workplace, draws=register)),
        incident=(incident, partial(_paper, workplace, draws=incident)),
    )
    PackActs(screen, workplace.services.reading_packs, workplace.clock, workplace.dialogs)
    return screen


def _paper(workplace: Workplace, screen: ScreenView, draws: Draws) -> PrintRunView:
    return PrintRunView(
        screen,
        draws,
        workplace.clock,
        dialogs=workplace.dialogs,
        printers=PrinterChoice(workplace.printers),
    )
