"""A policy on its way to paper from the section: seen first, noted when it was saved, named without a name."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from desktop.database.reading import ReadingDoor
from desktop.jobs.policy_printing import (
    explanation_press,
    other_programmes_press,
    policy_press,
)
from desktop.models.issued_forms import IssuedFormRecord
from desktop.reports.fonts import FontSet
from desktop.resources import resource_path
from desktop.services.printing import IssuedForms, OtherProgrammesPrinting, PolicyPrinting
from desktop.views.printing.paper import PrinterChoice
from desktop.views.printing.run_view import Draws, PrintRunView
from desktop.views.support_policies.section_papers import PolicyPaper
from tests.support.factories import CLOCK
from tests.support.fakes_printing import FileDialogs
from tests.support.policies import issue, written

Key = Qt.Key


@pytest.fixture
def dialogs(tmp_path):
    return FileDialogs(tmp_path / "方針.pdf")


@pytest.fixture
def section_of(make_section, bench, dialogs):
    def make(staff):
        desk = bench.office.desk(staff)
        reading = ReadingDoor(desk.work, CLOCK, staff)
        service = PolicyPrinting(desk.work, CLOCK, staff, reading)
        programmes = OtherProgrammesPrinting(desk.work, CLOCK, staff, reading)
        issued = IssuedForms(desk.work, CLOCK, staff, reading)
        fonts = FontSet.of_office(resource_path("fonts"), search=())
        jobs: dict[PolicyPaper, Draws] = {
            PolicyPaper.SHEET: policy_press(service, issued, lambda: fonts),
            PolicyPaper.FOR_PERSON: explanation_press(
                service, issued, lambda: fonts, with_readings=False
            ),
            PolicyPaper.FOR_PERSON_READ: explanation_press(
                service, issued, lambda: fonts, with_readings=True
            ),
            PolicyPaper.OTHER_PROGRAMMES: other_programmes_press(programmes, issued, lambda: fonts),
        }

        def paper(screen, wanted):
            return PrintRunView(
                screen, jobs[wanted], CLOCK, dialogs=dialogs, printers=PrinterChoice()
            )

        return make_section(desk, paper=paper)

    return make


def issued(bench) -> list[str]:
    with bench.office.work() as session:
        return list(session.scalars(select(IssuedFormRecord.form_code)))


def save_as_file(section, paper, qtbot) -> None:
    view = section.papers.view(paper)
    qtbot.mouseClick(view.preview.save_button, Qt.MouseButton.LeftButton)


def test_records_staff_print_the_original_and_it_is_noted(section_of, bench, dialogs, qtbot):
    bench.approved(written(bench.desk, bench.office.household_id))
    section = section_of(bench.office.records)
    assert section.shelf.print_button.text() == "正本を印刷（P）"
    qtbot.keyClick(section.shelf.table, Key.Key_P)
    assert section.papers.view(PolicyPaper.SHEET).isVisible()
    assert issued(bench) == []
    save_as_file(section, PolicyPaper.SHEET, qtbot)
    assert issued(bench) == ["K-05"]
    assert dialogs.proposed == ["援助方針記録票_正本_20241001.pdf"]
    assert section.shelf.isVisible()


def test_a_caseworker_prints_a_draft(section_of, bench):
    bench.desk.policies.save(written(bench.desk, bench.office.household_id))
    section = section_of(bench.office.caseworker)
    assert section.shelf.print_button.text() == "案を印刷（P）"


def test_who_prints_nothing_is_offered_nothing(section_of, bench):
    bench.approved(written(bench.desk, bench.office.household_id))
    section = section_of(bench.office.head)
    assert section.shelf.print_button.isHidden()


def test_the_sheet_for_the_person_is_noted_and_leads_to_the_explanation(
    section_of, bench, dialogs, qtbot
):
    bench.approved(written(bench.desk, bench.office.household_id))
    section = section_of(bench.office.caseworker)
    qtbot.keyClick(section.shelf.table, Key.Key_H)
    save_as_file(section, PolicyPaper.FOR_PERSON, qtbot)
    assert issued(bench) == ["K-06"]
    assert dialogs.proposed == ["援助方針説明書_20241001.pdf"]
    assert section.reading.explanation.isVisible()
    assert "説明書を出しました" in section.reading.explanation.hint.text()


def test_leaving_the_sheet_without_printing_asks_nothing(section_of, bench, qtbot):
    bench.approved(written(bench.desk, bench.office.household_id))
    section = section_of(bench.office.caseworker)
    qtbot.keyClick(section.shelf.table, Key.Key_H)
    qtbot.keyClick(section.papers.view(PolicyPaper.FOR_PERSON).preview, Key.Key_Escape)
    assert issued(bench) == []
    assert section.reading.panel is None
    assert section.shelf.table.hasFocus()


def test_readings_are_asked_for_by_one_key_and_what_has_none_is_named(section_of, bench, qtbot):
    bench.approved(written(bench.desk, bench.office.household_id, issue("欝屈している")))
    section = section_of(bench.office.caseworker)
    qtbot.keyClick(section.shelf.table, Key.Key_F)
    qtbot.keyClick(section.shelf.table, Key.Key_H)
    preview = section.papers.view(PolicyPaper.FOR_PERSON_READ).preview
    assert "ふりがなのない言葉：" in preview.mark_note.text()
    assert "欝屈" in preview.mark_note.text()


def test_the_sheet_for_the_person_is_of_an_approved_policy_only(section_of, bench):
    bench.desk.policies.save(written(bench.desk, bench.office.household_id))
    section = section_of(bench.office.caseworker)
    assert section.shelf.for_person_button.isHidden()
    assert section.shelf.readings.isHidden()


def test_the_list_of_other_laws_needs_no_policy(section_of, bench, qtbot):
    section = section_of(bench.office.caseworker)
    qtbot.mouseClick(section.programmes_button, Qt.MouseButton.LeftButton)
    save_as_file(section, PolicyPaper.OTHER_PROGRAMMES, qtbot)
    assert issued(bench) == ["K-24"]
    assert "まだありません" in section.empty_sentence()
