"""The screen over real services on both databases, with a person whose first assessment waits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.conference_printing import group_register_job, minutes_job, pack_job
from desktop.reports.fonts import FontSet
from desktop.resources import resource_path
from desktop.services.office import OfficeService
from desktop.services.printing import ConferencePrinting
from desktop.views.conferences.conferences_screen import ConferencesScreen
from desktop.views.conferences.ports import ChoosesSheet, ConferencePaper, ConferencePorts
from desktop.views.printing.paper import PrinterChoice
from desktop.views.printing.run_view import PrintRunView
from desktop.views.screen import ScreenView
from tests.support.assessments import assessment
from tests.support.desk import Desk, SmallOffice, small_office
from tests.support.factories import CLOCK
from tests.support.fakes import FakeDialogs
from tests.support.qt import InlineRunner
from tests.support.screens import shown


@dataclass
class Seats:
    """Who sits where: makes the screen of one of them, and saves assessments as the caseworker."""

    office: SmallOffice
    make: Callable[[Desk], ConferencesScreen]
    caseworker: Desk
    supervisor: Desk
    dialogs: FakeDialogs
    changes: ChangeBus

    def assess(self, **changes):
        given = assessment(self.office, **changes)
        self.caseworker.assessments.save(given)
        return given

    def screen(self, desk: Desk) -> ConferencesScreen:
        return self.make(desk)


_JOBS: Mapping[ConferencePaper, Any] = {
    ConferencePaper.PACK: pack_job,
    ConferencePaper.MINUTES: minutes_job,
    ConferencePaper.REGISTER: group_register_job,
}


def paper_of(
    desk: Desk, dialogs: FakeDialogs, screen: ScreenView, paper: ConferencePaper
) -> tuple[PrintRunView, ChoosesSheet]:
    """Paper is drawn for real and goes nowhere."""
    service = ConferencePrinting(desk.work, CLOCK, desk.staff, desk.groups.reading, desk.groups)
    fonts = FontSet.of_office(resource_path("fonts"), search=())
    job = _JOBS[paper](service, lambda: fonts)
    return PrintRunView(screen, job, CLOCK, dialogs=dialogs, printers=PrinterChoice()), job


@pytest.fixture
def seats(qtbot, look, engine) -> Seats:
    office = small_office(engine)
    dialogs, changes = FakeDialogs(), ChangeBus()

    def make(desk: Desk) -> ConferencesScreen:
        ports = ConferencePorts(
            conferences=desk.conferences,
            groups=desk.groups,
            blind_checks=desk.blind_checks,
            office=OfficeService(desk.work, CLOCK, desk.staff),
            staff=desk.staff,
            clock=CLOCK,
            look=look,
            dialogs=dialogs,
            changes=changes,
            make_paper=partial(paper_of, desk, dialogs),
        )
        return shown(qtbot, ConferencesScreen(ports, InlineRunner()))

    return Seats(
        office=office,
        make=make,
        caseworker=office.desk(office.caseworker),
        supervisor=office.desk(office.supervisor),
        dialogs=dialogs,
        changes=changes,
    )
