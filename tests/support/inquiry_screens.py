"""The register and the file section of inquiries over real services, with a printer that writes files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop.database.reading import ReadingDoor
from desktop.domain.office import SignedInStaff
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.inquiry_printing import RequestJob, inquiry_register_job
from desktop.override import override
from desktop.reports.fonts import FontSet
from desktop.resources import resource_path
from desktop.services.printing import InquiryPrinting, IssuedForms
from desktop.views.inquiries.file_inquiries import FileInquiries
from desktop.views.inquiries.inquiries_screen import InquiriesScreen
from desktop.views.look import Look
from desktop.views.printing.paper import PrinterChoice
from desktop.views.printing.run_view import PrintRunView
from desktop.views.screen import ScreenView
from tests.support.desk import SmallOffice
from tests.support.factories import CLOCK
from tests.support.fakes import FakeDialogs
from tests.support.qt import InlineRunner


class FileDialogs(FakeDialogs):
    """Chooses one file for whatever is saved."""

    def __init__(self, path: Path, *, answer: bool = True) -> None:
        super().__init__(answer=answer)
        self.path = path

    @override
    def choose_new_file(
        self, parent: Any, title: str, name: str, kinds: str, on_chosen: Callable[[Path], object]
    ) -> None:
        """This one."""
        self.asked.append(name)
        on_chosen(self.path)


def fonts() -> FontSet:
    """The shipped fonts."""
    return FontSet.of_office(resource_path("fonts"), search=())


class InquiryScreens:
    """Opens the screens for people of a small office."""

    def __init__(self, qtbot: Any, look: Look, office: SmallOffice, folder: Path) -> None:
        self._qtbot, self._look, self._office = qtbot, look, office
        self.dialogs = FileDialogs(folder / "照会.pdf")
        self.changes = ChangeBus()

    def file(self, staff: SignedInStaff) -> FileInquiries:
        """The section of the household's file."""
        desk = self._office.desk(staff)
        job = RequestJob(self._printing(staff), self._issued(staff), fonts)
        view = FileInquiries(
            self._office.household_id,
            desk.inquiries,
            staff,
            CLOCK,
            InlineRunner(),
            changes=self.changes,
            look=self._look,
            dialogs=self.dialogs,
            make_paper=lambda screen: self._paper(screen, job),
        )
        self._show(view)
        return view

    def register(self, staff: SignedInStaff) -> InquiriesScreen:
        """The register."""
        printing = self._printing(staff)
        letters = RequestJob(printing, self._issued(staff), fonts)
        register = inquiry_register_job(printing, fonts)
        screen = InquiriesScreen(
            self._office.desk(staff).inquiries,
            staff,
            CLOCK,
            InlineRunner(),
            changes=self.changes,
            look=self._look,
            letters=lambda screen: self._paper(screen, letters),
            register=(register, lambda screen: self._paper(screen, register)),
        )
        self._show(screen)
        return screen

    def _issued(self, staff: SignedInStaff) -> IssuedForms:
        work = self._office.desk(staff).work
        return IssuedForms(work, CLOCK, staff, ReadingDoor(work, CLOCK, staff))

    def _printing(self, staff: SignedInStaff) -> InquiryPrinting:
        work = self._office.desk(staff).work
        return InquiryPrinting(work, CLOCK, staff, ReadingDoor(work, CLOCK, staff))

    def _paper(self, screen: ScreenView, job: Any) -> PrintRunView:
        return PrintRunView(screen, job, CLOCK, dialogs=self.dialogs, printers=PrinterChoice())

    def _show(self, screen: ScreenView) -> None:
        self._qtbot.addWidget(screen)
        screen.resize(1250, 760)
        screen.show()
        with self._qtbot.waitActive(screen):
            screen.activateWindow()
        screen.activate()
