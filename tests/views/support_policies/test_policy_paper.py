"""A policy on its way to paper from the section: seen first, noted when it was saved, named without a name."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from desktop.database.reading import ReadingDoor
from desktop.jobs.policy_printing import PolicyPrintJob
from desktop.models.support_policies import PrintedPolicy
from desktop.reports.fonts import FontSet
from desktop.resources import resource_path
from desktop.services.printing import PolicyPrinting
from desktop.views.printing.paper import PrinterChoice
from desktop.views.printing.run_view import PrintRunView
from tests.support.factories import CLOCK
from tests.support.fakes_printing import FileDialogs
from tests.support.policies import written

Key = Qt.Key


@pytest.fixture
def dialogs(tmp_path):
    return FileDialogs(tmp_path / "方針.pdf")


@pytest.fixture
def section_of(make_section, bench, dialogs):
    def make(staff):
        desk = bench.office.desk(staff)
        service = PolicyPrinting(desk.work, CLOCK, staff, ReadingDoor(desk.work, CLOCK, staff))
        fonts = FontSet.of_office(resource_path("fonts"), search=())

        def paper(screen):
            job = PolicyPrintJob(service, lambda: fonts)
            return PrintRunView(screen, job, CLOCK, dialogs=dialogs, printers=PrinterChoice())

        return make_section(desk, paper=paper)

    return make


def printed(bench) -> int:
    with bench.office.work() as session:
        return len(session.scalars(select(PrintedPolicy.policy_id)).all())


def test_records_staff_print_the_original_and_it_is_noted(section_of, bench, dialogs, qtbot):
    bench.approved(written(bench.desk, bench.office.household_id))
    section = section_of(bench.office.records)
    assert section.shelf.print_button.text() == "正本を印刷 (P)"
    qtbot.keyClick(section.shelf.table, Key.Key_P)
    assert section.paper.isVisible()
    assert printed(bench) == 0
    qtbot.mouseClick(section.paper.preview.save_button, Qt.MouseButton.LeftButton)
    assert printed(bench) == 1
    assert dialogs.proposed == ["援助方針記録票_正本_20241001.pdf"]
    assert section.shelf.isVisible()


def test_a_caseworker_prints_a_draft(section_of, bench):
    bench.desk.policies.save(written(bench.desk, bench.office.household_id))
    section = section_of(bench.office.caseworker)
    assert section.shelf.print_button.text() == "案を印刷 (P)"


def test_who_prints_nothing_is_offered_nothing(section_of, bench):
    bench.approved(written(bench.desk, bench.office.household_id))
    section = section_of(bench.office.head)
    assert section.shelf.print_button.isHidden()
