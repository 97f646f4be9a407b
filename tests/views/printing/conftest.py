"""The print centre with papers that wait, a log and a register."""

from __future__ import annotations

import pytest

from desktop.jobs.change_bus import ChangeBus
from desktop.reports.fonts import FontSet
from desktop.reports.records.case_record import CASE_RECORD
from desktop.resources import resource_path
from tests.reports.samples import make_form
from tests.support.fakes import CLOCK
from tests.support.fakes_desk import FakePrintQueue, make_print_row
from tests.support.fakes_printing import (
    FakeDraws,
    FakeRegister,
    FileDialogs,
    PrinterToFile,
    make_issue,
    make_log_row,
    print_screen,
)
from tests.support.qt import InlineRunner
from tests.support.screens import shown

ROWS = tuple(make_print_row(number) for number in range(1, 13))


@pytest.fixture(scope="module")
def rendered():
    fonts = FontSet.of_office(resource_path("fonts"), search=())
    return CASE_RECORD.batch_pdf([make_form(), make_form(case_number="0124")], fonts)


@pytest.fixture
def draws(rendered):
    return FakeDraws(rendered)


@pytest.fixture
def again(rendered):
    return FakeDraws(rendered)


@pytest.fixture
def register():
    return FakeRegister(make_issue(2), make_issue(1, voided_at=CLOCK.now()))


@pytest.fixture
def lists():
    return FakePrintQueue(ROWS, (make_log_row(2), make_log_row(1)))


@pytest.fixture
def changes():
    return ChangeBus()


@pytest.fixture
def dialogs(tmp_path):
    return FileDialogs(tmp_path / "保存.pdf")


@pytest.fixture
def make_screen(qtbot, look, lists, register, draws, again, changes, dialogs, tmp_path):  # noqa: PLR0917 - fixtures
    def make(runner=None):
        screen = print_screen(
            look,
            draws,
            lists=lists,
            dialogs=dialogs,
            printers=PrinterToFile(tmp_path / "paper.pdf"),
            register=register,
            again=again,
            runner=runner or InlineRunner(),
            changes=changes,
        )
        return shown(qtbot, screen, 1200, 800)

    return make


@pytest.fixture
def screen(make_screen):
    return make_screen()
