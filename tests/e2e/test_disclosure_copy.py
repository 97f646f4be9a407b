"""A copy for disclosure from the request to the PDF that goes out, by the keys of both people."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from typing_extensions import override

from desktop.domain.disclosures import DisclosureState
from desktop.jobs.disclosure_printing import DisclosureJob
from desktop.reports.fonts import FontSet
from desktop.resources import resource_path
from desktop.services.printing import DisclosurePrinting, IssuedForms
from desktop.views.disclosures.disclosures_screen import DisclosuresScreen
from desktop.views.look import Look
from desktop.views.printing.paper import PrinterChoice
from desktop.views.printing.run_view import PrintRunView
from tests.reports.reading import page_texts
from tests.support.desk import small_office
from tests.support.disclosures import taken, two_entries
from tests.support.factories import CLOCK
from tests.support.fakes import FakeDialogs
from tests.support.qt import InlineRunner
from tests.support.screens import shown
from tests.support.typing_in import commit_text

K = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


class SaveTo(FakeDialogs):
    """Every file goes to one place."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path

    @override
    def choose_new_file(self, parent, title, name, kinds, on_chosen) -> None:
        assert "架空" not in name
        on_chosen(self.path)


@pytest.fixture
def office(engine):
    office = small_office(engine)
    two_entries(office)
    return office


@pytest.fixture
def screen_of(qtbot, qapp, office, tmp_path):
    look = Look(qapp)

    def make(staff):
        desk = office.desk(staff)
        printing = DisclosurePrinting(desk.work, CLOCK, staff, desk.disclosures.reading)
        issued = IssuedForms(desk.work, CLOCK, staff, desk.disclosures.reading)
        job = DisclosureJob(
            printing, issued, lambda: FontSet.of_office(resource_path("fonts"), search=())
        )
        screen = DisclosuresScreen(
            desk.disclosures,
            staff,
            CLOCK,
            InlineRunner(),
            look=look,
            make_paper=lambda screen: PrintRunView(
                screen,
                job,
                CLOCK,
                dialogs=SaveTo(tmp_path / f"{staff.login}.pdf"),
                printers=PrinterChoice(),
            ),
        )
        shown(qtbot, screen)
        qtbot.keyClick(screen.table, K.Key_Return)
        return screen

    return make


def test_a_copy_goes_from_the_request_to_whoever_asked(qtbot, office, screen_of, tmp_path):
    records = office.desk(office.records)
    taken(office, records)
    screen = screen_of(office.records)
    parts = screen.marking.parts
    box = screen.marking.bar.reason.editor()
    qtbot.keyClick(box, K.Key_Down)
    qtbot.keyClick(box, K.Key_Down)
    qtbot.keyClick(parts.table, K.Key_F)
    commit_text(parts.word, "見本")
    qtbot.keyClick(parts.word, K.Key_Return)
    qtbot.keyClick(parts.found_table, K.Key_A)
    qtbot.keyClick(parts.found_table, K.Key_Escape)
    while screen.marking.waiting:
        qtbot.keyClick(parts.table, K.Key_N)
        qtbot.keyClick(parts.table, K.Key_O)
    qtbot.keyClick(parts.table, K.Key_Return, CONTROL)

    second = screen_of(office.supervisor)
    qtbot.keyClick(second.marking.parts.table, K.Key_Return, CONTROL)
    assert "確認済み" in second.heading.text()

    screen = screen_of(office.records)
    qtbot.keyClick(screen.marking.parts.table, K.Key_Return, CONTROL)
    qtbot.waitUntil(screen.paper.preview.isVisible)
    qtbot.keyClick(screen.paper.preview, K.Key_S, CONTROL)
    (row,) = records.disclosures.requests()
    assert row.state is DisclosureState.ISSUED
    text = "".join(page_texts((tmp_path / f"{office.records.login}.pdf").read_bytes()))
    assert "隣室の■■■" in text.replace("\n", "")
    assert "見本" not in text.replace("見本市", "").replace(office.records.name, "")
    assert "不開示理由一覧" in text
    assert "交付済み" in screen.heading.text()
