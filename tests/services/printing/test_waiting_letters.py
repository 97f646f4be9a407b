"""Letters in the print centre: they wait once they are approved, records staff print them, then they wait no more. Both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop.database.reading import ReadingDoor
from desktop.domain.forms import FormMark
from desktop.domain.inquiries import InquiryState
from desktop.domain.printing import WAITING_FORMS
from desktop.domain.transfers import TransferMove, TransferState
from desktop.domain.visit_plans import PlanKind, PlanMove
from desktop.domain.working_time import Half
from desktop.jobs.disclosure_printing import DisclosureJob
from desktop.jobs.household_printing import call_letter_press, visit_notice_press
from desktop.jobs.inquiry_printing import RequestJob
from desktop.jobs.transfer_printing import TransferJob
from desktop.reports.catalogue import form_titles
from desktop.reports.fonts import FontSet
from desktop.resources import resource_path
from desktop.services.printing import (
    DisclosurePrinting,
    HouseholdPrinting,
    InquiryPrinting,
    IssuedForms,
    PrintService,
    TransferPrinting,
)
from desktop.views.printing.run_view import Draws
from tests.support.desk import small_office
from tests.support.disclosures import reviewed, two_entries
from tests.support.factories import CLOCK, TODAY
from tests.support.inquiries import an_inquiry, newest
from tests.support.transfers import a_transfer, do, know_other_offices, shield, the_transfer
from tests.support.visit_plans import a_change, a_visit, visited
from tests.support.visit_plans import do as decide


def fonts() -> FontSet:
    return FontSet.of_office(resource_path("fonts"), search=())


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def desk(office):
    return office.desk(office.caseworker)


@pytest.fixture
def supervisor(office):
    return office.desk(office.supervisor)


class Room:
    """Records staff at the print centre."""

    def __init__(self, office):
        desk = office.desk(office.records)
        door = ReadingDoor(desk.work, CLOCK, desk.staff)
        given = (desk.work, CLOCK, desk.staff, door)
        self.lists = PrintService(*given)
        self.issued = IssuedForms(*given)
        self.jobs: dict[str, Draws] = {
            "K-19": RequestJob(InquiryPrinting(*given), self.issued, fonts),
            "K-26": TransferJob(TransferPrinting(*given), self.issued, fonts),
            "L-03": call_letter_press(HouseholdPrinting(*given), self.issued, fonts),
            "L-04": visit_notice_press(HouseholdPrinting(*given), self.issued, fonts),
            "J-02": DisclosureJob(DisclosurePrinting(*given), self.issued, fonts),
        }

    def waiting(self, form_code):
        return [row for row in self.lists.waiting() if row.form_code == form_code]

    def draw(self, form_code, ids):
        mark = FormMark.DISCLOSED if form_code == "J-02" else FormMark.PLAIN
        return self.jobs[form_code].draw(ids, mark)

    def print_all(self, form_code):
        run = self.draw(form_code, [row.subject_id for row in self.waiting(form_code)])
        official = run.issue(None, None)
        self.jobs[form_code].finish(official)
        return official


@pytest.fixture
def room(office):
    return Room(office)


def asked(office, desk, supervisor, **given):
    wanted = an_inquiry(office, **given)
    desk.inquiries.ask(wanted)
    newest(supervisor, office)
    supervisor.inquiries.move(wanted.inquiry_id, 1, InquiryState.APPROVED)
    return wanted.inquiry_id


def test_the_names_are_those_of_the_catalogue():
    titles = form_titles()
    assert {code: titles[code] for code in WAITING_FORMS} == WAITING_FORMS


def test_an_inquiry_waits_from_its_approval_until_it_leaves(office, desk, supervisor, room):
    wanted = an_inquiry(office)
    desk.inquiries.ask(wanted)
    assert room.waiting("K-19") == []
    newest(supervisor, office)
    supervisor.inquiries.move(wanted.inquiry_id, 1, InquiryState.APPROVED)
    (row,) = room.waiting("K-19")
    assert (row.subject_id, row.mark) == (wanted.inquiry_id, FormMark.PLAIN)
    assert row.label == newest(desk, office).line.agency_label
    room.print_all("K-19")
    assert room.waiting("K-19") == []
    assert newest(desk, office).line.state is InquiryState.SENT


def test_one_that_was_withdrawn_meanwhile_stops_no_other(office, desk, supervisor, room):
    first, second = (asked(office, desk, supervisor) for _ in range(2))
    ids = [row.subject_id for row in room.waiting("K-19")]
    desk.inquiries.move(first, 2, InquiryState.WITHDRAWN, "本人が通帳を持参した。")
    run = room.draw("K-19", ids)
    assert run.subject_ids == (second,)
    (failed,) = run.failed
    assert failed.number == f"{ids.index(first) + 1}件目"
    assert "もう進んだ" in failed.sentence
    official = run.issue(None, None)
    assert official.failed == run.failed
    room.jobs["K-19"].finish(official)
    assert room.waiting("K-19") == []
    assert len(official.documents) == 1


def test_a_transfer_waits_until_its_letter_is_on_paper(office, desk, supervisor, room):
    know_other_offices(office.work, office.caseworker)
    desk.transfers.save(a_transfer(office))
    assert room.waiting("K-26") == []
    do(supervisor, office, TransferMove.APPROVE)
    (row,) = room.waiting("K-26")
    assert row.label == "見本市福祉事務所"
    room.print_all("K-26")
    assert room.waiting("K-26") == []
    assert (
        the_transfer(desk, office).line.state is TransferState.APPROVED
    )  # sending is told by a person


def test_a_shielded_one_waits_for_the_second_look_at_its_envelope(office, desk, supervisor, room):
    know_other_offices(office.work, office.caseworker)
    desk.transfers.save(a_transfer(office))
    do(supervisor, office, TransferMove.APPROVE)
    shield(office)
    assert room.waiting("K-26") == []
    line = the_transfer(desk, office).line
    desk.transfers.confirm(line.transfer_id, line.version)
    (row,) = room.waiting("K-26")
    assert (row.label, row.address) == ("", "")


def test_a_copy_for_disclosure_waits_once_it_was_looked_at(office, room):
    two_entries(office)
    reviewed(office)
    reviewed(office)  # two requests of one household may go to paper together
    rows = room.waiting("J-02")
    assert [row.mark for row in rows] == [FormMark.DISCLOSED] * 2
    official = room.print_all("J-02")
    assert len(official.documents) == 2
    assert room.waiting("J-02") == []


def test_a_letter_of_call_waits_after_absences_in_a_row_until_it_is_printed(office, room):
    for days in (20, 10):
        visited(office, TODAY - timedelta(days=days), is_met=False)
    assert room.waiting("L-03") == []
    visited(office, TODAY - timedelta(days=1), is_met=False)
    (row,) = room.waiting("L-03")
    assert (row.household_id, row.label, row.mark) == (
        office.household_id,
        "不在3回",
        FormMark.PLAIN,
    )
    official = room.print_all("L-03")
    assert len(official.documents) == 1
    assert room.waiting("L-03") == []
    (issue,) = room.issued.of_household(office.household_id)
    assert issue.form_code == "L-03"


def test_a_household_that_was_met_since_is_not_called(office, room):
    for days in (30, 20, 10):
        visited(office, TODAY - timedelta(days=days), is_met=False)
    visited(office, TODAY - timedelta(days=5))
    assert room.waiting("L-03") == []


def test_an_announced_visit_of_an_approved_month_waits_for_its_letter(
    office, desk, supervisor, room
):
    month = date(2024, 10, 1)
    soon = replace(
        a_visit(office.household_id, month),
        day=date(2024, 10, 9),
        half=Half.PM,
        is_announced=True,
    )
    later = replace(a_visit(office.household_id, month), day=date(2024, 10, 29), half=Half.AM)
    head = desk.visit_plans.save(a_change(office, soon, later, kind=PlanKind.MONTH, first_on=month))
    assert room.waiting("L-04") == []
    decide(supervisor, decide(desk, head, PlanMove.SUBMIT), PlanMove.APPROVE)
    (row,) = room.waiting("L-04")
    assert (row.on, row.label) == (date(2024, 10, 9), "午後")
    room.print_all("L-04")
    assert room.waiting("L-04") == []
