"""The screen over real services on both databases, with a person whose first assessment waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from desktop.services.office import OfficeService
from desktop.views.conferences.conferences_screen import ConferencesScreen
from desktop.views.conferences.ports import ConferencePorts
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

    def assess(self, **changes):
        given = assessment(self.office, **changes)
        self.caseworker.assessments.save(given)
        return given

    def screen(self, desk: Desk) -> ConferencesScreen:
        return self.make(desk)


@pytest.fixture
def seats(qtbot, look, engine) -> Seats:
    office = small_office(engine)
    dialogs = FakeDialogs()

    def make(desk: Desk) -> ConferencesScreen:
        ports = ConferencePorts(
            conferences=desk.conferences,
            groups=desk.groups,
            office=OfficeService(desk.work, CLOCK, desk.staff),
            staff=desk.staff,
            clock=CLOCK,
            look=look,
            dialogs=dialogs,
        )
        return shown(qtbot, ConferencesScreen(ports, InlineRunner()))

    return Seats(
        office=office,
        make=make,
        caseworker=office.desk(office.caseworker),
        supervisor=office.desk(office.supervisor),
        dialogs=dialogs,
    )
