"""Slip and receipt on their way to paper: what stands on them, who prints them, and the log; on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from desktop.database.reading import ReadingDoor
from desktop.domain.errors import NotPermittedError
from desktop.domain.forms import FormMark
from desktop.domain.ids import new_id
from desktop.domain.paper_slips import SlipPart, is_code, number_of, scan_code
from desktop.jobs.slip_printing import SlipPrintJob
from desktop.models.masters import MasterValue
from desktop.models.papers import PrintedPaper
from desktop.models.records import PrintBatch
from desktop.reports.fonts import FontSet
from desktop.resources import resource_path
from desktop.services.audit import HistoryService
from desktop.services.printing import PaperPrinting
from tests.support.desk import small_office
from tests.support.factories import CLOCK
from tests.support.papers import a_paper


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def paper_id(office):
    desk = office.desk(office.outsider)
    return desk.papers.receive(a_paper(office.household_id)).paper_id


def printing(office, staff):
    return PaperPrinting(office.desk(staff).work, CLOCK, staff)


def job(office, staff):
    fonts = FontSet.of_office(resource_path("fonts"), search=())
    return SlipPrintJob(printing(office, staff), lambda: fonts)


def logged(office):
    with office.work() as session:
        found = session.execute(
            select(PrintedPaper.paper_id, PrintedPaper.part, PrintBatch.mark, PrintBatch.printed_by)
            .join(PrintBatch, PrintBatch.id == PrintedPaper.batch_id)
            .order_by(PrintBatch.printed_at, PrintBatch.id)
        )
        return [tuple(row) for row in found]


def test_whoever_took_a_paper_in_prints_it_without_opening_a_file(office, paper_id):
    forms = printing(office, office.outsider).prepare([paper_id], SlipPart.BOTH)
    assert [form.part for form in forms] == [SlipPart.RECEIPT, SlipPart.SLIP]
    assert forms[0].slip == forms[1].slip
    slip = forms[0].slip
    assert (slip.label, slip.code, slip.kind_label, slip.sheets) == (
        "6-0001",
        "2024000001",
        "給与明細",
        2,
    )
    assert (slip.received_by, slip.owner) == (office.outsider.name, office.caseworker.name)
    assert [form.is_reprint for form in forms] == [False, False]
    assert [form.is_beneath for form in forms] == [False, True]


def test_what_came_out_is_noted_once_and_the_next_is_a_reprint(office, paper_id):
    by = job(office, office.outsider)
    run = by.draw([paper_id], FormMark.ORIGINAL)
    assert logged(office) == []
    by.finish(run)
    by.finish(run)
    me = office.outsider.staff_id
    assert logged(office) == [(paper_id, SlipPart.BOTH, "original", me)]
    again = job(office, office.caseworker)
    second = again.draw([paper_id], FormMark.ORIGINAL)
    assert (second.mark, second.mark_text) == (FormMark.COPY, "再発行")
    again.finish(second)
    assert len(logged(office)) == 2


def test_a_slip_alone_makes_no_reprint_of_the_receipt(office, paper_id):
    service = printing(office, office.caseworker)
    note = {"pages": 1, "sha256": "0" * 64, "part": SlipPart.SLIP}
    service.record(new_id(), [paper_id], FormMark.ORIGINAL, **note)
    assert [f.is_reprint for f in service.prepare([paper_id], SlipPart.RECEIPT)] == [False]
    assert [f.is_reprint for f in service.prepare([paper_id], SlipPart.SLIP)] == [True]


def test_a_run_is_not_noted_again_with_other_papers_or_by_another(office, paper_id):
    other_id = office.desk(office.caseworker).papers.receive(a_paper(office.household_id)).paper_id
    service, batch = printing(office, office.caseworker), new_id()
    note = {"pages": 1, "sha256": "0" * 64, "part": SlipPart.SLIP}
    service.record(batch, [paper_id], FormMark.ORIGINAL, **note)
    service.record(batch, [paper_id], FormMark.ORIGINAL, **note)
    supervisor = printing(office, office.supervisor)
    for by, papers, part in (
        (service, [other_id], SlipPart.SLIP),
        (service, [paper_id, other_id], SlipPart.SLIP),
        (service, [paper_id, paper_id], SlipPart.SLIP),
        (service, [paper_id], SlipPart.RECEIPT),
        (supervisor, [paper_id], SlipPart.SLIP),
    ):
        with pytest.raises(NotPermittedError):
            by.record(batch, papers, FormMark.ORIGINAL, **{**note, "part": part})
    assert [row[:2] for row in logged(office)] == [(paper_id, SlipPart.SLIP)]


def test_another_team_prints_nothing_of_it(office):
    desk = office.desk(office.caseworker)
    paper_id = desk.papers.receive(a_paper(office.household_id)).paper_id
    other = printing(office, office.outsider)
    with pytest.raises(NotPermittedError):
        other.prepare([paper_id], SlipPart.BOTH)
    note = {"pages": 1, "sha256": "0" * 64, "part": SlipPart.BOTH}
    with pytest.raises(NotPermittedError):
        other.record(new_id(), [paper_id], FormMark.ORIGINAL, **note)
    with pytest.raises(NotPermittedError):
        printing(office, office.head).prepare([paper_id], SlipPart.BOTH)


def test_two_sheets_are_the_offices_choice(office, paper_id):
    with office.work() as session:
        setting = session.scalars(
            select(MasterValue).where(MasterValue.key == "paper_slip_sheets")
        ).one()
        setting.value = {**setting.value, "number": 2}
    forms = printing(office, office.outsider).prepare([paper_id], SlipPart.BOTH)
    assert not any(form.is_beneath for form in forms)
    assert job(office, office.outsider).draw([paper_id], FormMark.ORIGINAL).rendered.pages == 2


def test_the_print_stands_in_the_files_access_history(office, paper_id):
    by = job(office, office.outsider)
    by.finish(by.draw([paper_id], FormMark.ORIGINAL))
    desk = office.desk(office.supervisor)
    door = ReadingDoor(desk.work, CLOCK, office.supervisor)
    desk.households.open_file(office.household_id)
    seen = HistoryService(desk.work, office.supervisor, door).accesses(office.household_id)
    assert ("print", office.outsider.name) in [(access.purpose, access.who) for access in seen]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("2024000123", (2024, 123)),
        ("２０２４０００１２３", (2024, 123)),
        (" 6-0123 ", (2024, 123)),
        ("６－１２３", (2024, 123)),
        ("6ー123", (2024, 123)),
        ("7-1", (2025, 1)),
        ("0123", None),
        ("20240001234", None),
        ("給与", None),
        ("", None),
    ],
)
def test_a_number_is_read_however_it_is_typed(typed, number):
    assert number_of(typed) == number
    assert is_code(typed) is (
        number is not None and "-" not in typed and "－" not in typed and "ー" not in typed
    )


def test_the_code_is_the_number_again():
    assert number_of(scan_code(2031, 999_999)) == (2031, 999_999)
