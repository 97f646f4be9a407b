"""Everything a signed-in person works with, handed to the screens' factories."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.domain.clock import Clock
from desktop.domain.office import SignedInStaff
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.runner import JobRunner
from desktop.reports.office_fonts import OfficeFonts
from desktop.services.desk import Services
from desktop.services.workstation.incoming import WatchedFolder
from desktop.views.dialogs import Dialogs
from desktop.views.look import Look
from desktop.views.printing.printer_memory import PrinterMemory


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """Services and the means of the desk. Factories in `navigation` take out what their screen needs."""

    services: Services
    runner: JobRunner
    changes: ChangeBus
    look: Look
    dialogs: Dialogs
    fonts: OfficeFonts
    watched: WatchedFolder = field(default_factory=WatchedFolder)
    printers: PrinterMemory = field(default_factory=PrinterMemory)

    @property
    def clock(self) -> Clock:
        """The office's clock: the server's, where there is one."""
        return self.services.clock

    @property
    def staff(self) -> SignedInStaff:
        """Who sits here."""
        return self.services.staff
