"""The screen 業務と成果 over real services on both databases; nothing goes to a printer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.roles import Permission
from desktop.jobs.effort_files import EffortFiles
from desktop.override import override
from desktop.services.printing import EffortPrinting
from desktop.views.effort.effort_screen import EffortScreen
from desktop.views.effort.ports import EffortPorts
from tests.support.desk import Desk, SmallOffice, small_office
from tests.support.factories import CLOCK
from tests.support.fakes import FakeDialogs
from tests.support.qt import InlineRunner
from tests.support.screens import shown


class SavesAt(FakeDialogs):
    """Chooses the file that the test says."""

    file = Path("nowhere.csv")

    @override
    def choose_new_file(
        self,
        parent: QWidget,
        title: str,
        name: str,
        kinds: str,
        on_chosen: Callable[[Path], object],
    ) -> None:
        self.asked.append(name)
        on_chosen(self.file)


class FakeRun(QWidget):
    """Remembers what would be drawn."""

    begun, left, noted = Signal(), Signal(), Signal(str)
    is_unrecorded = False

    def __init__(self) -> None:
        super().__init__()
        self.drawn: list[object] = []

    def draw(self, subject_ids: object, mark: object, households: int) -> None:
        self.drawn.append(subject_ids)


class FakeSheet:
    """Gives back what it was told to draw."""

    def choose(self, asked: object) -> tuple[object, ...]:
        return (asked,)


@dataclass
class Seats:
    """Who sits where, and the screen of one of them."""

    office: SmallOffice
    make: Callable[[Desk], EffortScreen]
    dialogs: SavesAt

    @property
    def head(self) -> Desk:
        return self.office.desk(self.office.head)

    @property
    def supervisor(self) -> Desk:
        return self.office.desk(self.office.supervisor)


@pytest.fixture
def seats(qtbot, look, engine) -> Seats:
    office, dialogs = small_office(engine), SavesAt()

    def make(desk: Desk) -> EffortScreen:
        printing = EffortPrinting(
            *(desk.work, CLOCK, desk.staff, desk.effort, desk.kpis, desk.programme_reviews)
        )
        ports = EffortPorts(
            effort=desk.effort,
            figures=desk.kpis,
            reviews=desk.programme_reviews,
            files=EffortFiles(printing),
            clock=CLOCK,
            look=look,
            dialogs=dialogs,
            may_list=desk.staff.may(Permission.PRINT_DRAFTS),
            monthly=FakeSheet(),  # type: ignore[arg-type]
            sheet=FakeSheet(),  # type: ignore[arg-type]
            view=lambda *_: FakeRun(),  # type: ignore[arg-type]
        )
        return shown(qtbot, EffortScreen(ports, InlineRunner()))

    return Seats(office=office, make=make, dialogs=dialogs)
