"""The register's screen with packs, and windows of packs, over real services."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.domain.clock import Clock, japan_day
from desktop.domain.office import SignedInStaff
from desktop.override import override
from desktop.views.carry_outs.carry_outs_screen import CarryOutsScreen
from desktop.views.carry_outs.pack_acts import PackActs
from tests.support.carry_out_screens import CarryOutScreens
from tests.support.desk import SmallOffice
from tests.support.factories import CLOCK
from tests.support.fakes import FakeDialogs


@dataclass
class MovingClock:
    """A clock that the test moves."""

    instant: datetime

    def now(self) -> datetime:
        """The instant at hand."""
        return self.instant

    def today(self) -> Any:
        """Its day in the office."""
        return japan_day(self.instant)


class PackDialogs(FakeDialogs):
    """Chooses one folder and one file, and answers as the test says."""

    def __init__(self, folder: Path, file: Path | None = None, *, answer: bool = True) -> None:
        super().__init__(answer=answer)
        self.folder, self.file = folder, file

    @override
    def choose_folder(self, parent: Any, title: str, on_chosen: Callable[[Path], object]) -> None:
        """This one."""
        self.asked.append(title)
        on_chosen(self.folder)

    @override
    def choose_file(
        self, parent: Any, title: str, kinds: str, on_chosen: Callable[[Path], object]
    ) -> None:
        """This one, or none."""
        self.asked.append(title)
        if self.file is not None:
            on_chosen(self.file)


def open_with_packs(
    screens: CarryOutScreens,
    office: SmallOffice,
    staff: SignedInStaff,
    dialogs: PackDialogs,
    clock: Clock = CLOCK,
) -> CarryOutsScreen:
    """The screen of one of the office, with what it does about packs."""
    screen = screens.open(staff, clock)
    PackActs(screen, office.desk(staff, clock).packs, clock, dialogs)
    return screen
