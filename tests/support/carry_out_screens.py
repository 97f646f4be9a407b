"""The screen 持出 over real services, with a printer that writes files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.domain.clock import Clock
from desktop.domain.office import SignedInStaff
from desktop.jobs.carry_out_printing import CarrySheetJob, carry_out_register_job, incident_job
from desktop.jobs.change_bus import ChangeBus
from desktop.views.carry_outs.carry_outs_screen import CarryOutsScreen
from desktop.views.look import Look
from desktop.views.printing.paper import PrinterChoice
from desktop.views.printing.run_view import PrintRunView
from desktop.views.screen import ScreenView
from tests.support.carry_outs import printing
from tests.support.desk import SmallOffice
from tests.support.factories import CLOCK
from tests.support.inquiry_screens import FileDialogs, fonts
from tests.support.qt import InlineRunner


class CarryOutScreens:
    """Opens the screen for people of a small office."""

    def __init__(self, qtbot: Any, look: Look, office: SmallOffice, folder: Path) -> None:
        self._qtbot, self._look, self._office = qtbot, look, office
        self.dialogs = FileDialogs(folder / "持出.pdf")
        self.changes = ChangeBus()

    def open(self, staff: SignedInStaff, clock: Clock = CLOCK) -> CarryOutsScreen:
        """The screen of one of them."""
        way = printing(self._office, staff, clock)
        sheet = CarrySheetJob(way, fonts)
        register, incident = carry_out_register_job(way, fonts), incident_job(way, fonts)
        screen = CarryOutsScreen(
            self._office.desk(staff, clock).carry_outs,
            staff,
            clock,
            InlineRunner(),
            changes=self.changes,
            look=self._look,
            sheet=(sheet, lambda screen: self._paper(screen, sheet, clock)),
            register=(register, lambda screen: self._paper(screen, register, clock)),
            incident=(incident, lambda screen: self._paper(screen, incident, clock)),
        )
        self._qtbot.addWidget(screen)
        screen.resize(1250, 800)
        screen.show()
        with self._qtbot.waitActive(screen):
            screen.activateWindow()
        screen.activate()
        return screen

    def _paper(self, screen: ScreenView, job: Any, clock: Clock) -> PrintRunView:
        return PrintRunView(screen, job, clock, dialogs=self.dialogs, printers=PrinterChoice())
