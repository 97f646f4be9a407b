"""Letters in the print centre: they wait once they are approved, records staff print them, then they wait no more. Both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop.database.reading import ReadingDoor
from desktop.domain.errors import ValidationError
from desktop.domain.forms import FormMark
from desktop.domain.guidance import GuidanceSubject, Step
from desktop.domain.guidance_papers import GuidancePaper
from desktop.domain.inquiries import InquiryState
from desktop.domain.master_tables import Master
from desktop.domain.medical_orders import OrderStep
from desktop.domain.printing import WAITING_FORMS
from desktop.domain.roles import Role
from desktop.domain.support_plans import ConsentMove
from desktop.domain.transfers import TransferMove, TransferState
from desktop.domain.visit_plans import PlanKind, PlanMove
from desktop.domain.work_estimates import EstimateKind
from desktop.domain.work_estimates_aid import JobSearchAid
from desktop.domain.work_estimates_grants import StudyOrWorkGrant
from desktop.domain.working_time import Half
from desktop.jobs.activity_printing import referral_press
from desktop.jobs.disclosure_printing import DisclosureJob
from desktop.jobs.guidance_printing import guidance_letter_press
from desktop.jobs.household_printing import call_letter_press, visit_notice_press
from desktop.jobs.inquiry_printing import RequestJob
from desktop.jobs.medical_printing import order_press
from desktop.jobs.transfer_printing import TransferJob
from desktop.jobs.work_estimate_printing import notice_press
from desktop.models.masters import MasterValue
from desktop.models.office import Staff, StaffRole
from desktop.reports.catalogue import form_titles
from desktop.reports.fonts import FontSet
from desktop.resources import resource_path
from desktop.services.printing import (
    ActivityPrinting,
    DisclosurePrinting,
    GuidancePrinting,
    HouseholdPrinting,
    InquiryPrinting,
    IssuedForms,
    MedicalPrinting,
    PrintService,
    TransferPrinting,
    WorkEstimatePrinting,
)
from desktop.views.printing.run_view import Draws
from tests.reports.reading import page_texts
from tests.support import factories
from tests.support.desk import small_office
from tests.support.disclosures import reviewed, two_entries
from tests.support.factories import CLOCK, TODAY, add, days_ago
from tests.support.guidance import Walk
from tests.support.inquiries import an_inquiry, newest
from tests.support.issued_forms import issue_row
from tests.support.medical import a_step, an_order
from tests.support.support_acts import a_request
from tests.support.support_plans import part_consent, participation
from tests.support.transfers import a_transfer, do, know_other_offices, shield, the_transfer
from tests.support.visit_plans import a_change, a_visit, visited
from tests.support.visit_plans import do as decide
from tests.support.work_money import a_decision, an_application


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

    def __init__(self, office, staff=None):
        desk = office.desk(staff or office.records)
        door = ReadingDoor(desk.work, CLOCK, desk.staff)
        given = (desk.work, CLOCK, desk.staff, door)
        self.lists = PrintService(*given)
        self.issued = IssuedForms(*given)
        self.jobs: dict[str, Draws] = {
            "K-19": RequestJob(InquiryPrinting(*given), self.issued, fonts),
            "K-26": TransferJob(TransferPrinting(*given), self.issued, fonts),
            "L-03": call_letter_press(HouseholdPrinting(*given), self.issued, fonts),
            "L-04": visit_notice_press(HouseholdPrinting(*given), self.issued, fonts),
            "S-10": referral_press(ActivityPrinting(*given), self.issued, fonts),
            "S-25D": notice_press(
                EstimateKind.JOB_SEARCH,
                WorkEstimatePrinting(*given, desk.estimates),
                self.issued,
                fonts,
            ),
            "S-27D": notice_press(
                EstimateKind.STUDY_OR_WORK,
                WorkEstimatePrinting(*given, desk.estimates),
                self.issued,
                fonts,
            ),
            "K-15": guidance_letter_press(
                GuidancePaper.LETTER, GuidancePrinting(*given), self.issued, fonts
            ),
            "K-18": order_press(MedicalPrinting(*given, desk.opinions), self.issued, fonts),
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


def both_duties(office):
    """A caseworker of the district who keeps the records too: the person of a small office."""
    with office.work() as session:
        row = session.get_one(Staff, office.caseworker.staff_id)
        add(
            session,
            StaffRole(
                office_id=row.office_id,
                staff_id=row.id,
                role=Role.RECORDS_STAFF,
                valid_from=days_ago(30),
            ),
        )
        return factories.signed_in(session, row)


def test_an_approved_letter_of_guidance_waits_for_whoever_guides(office, room):
    walk = Walk(office=office, subject=GuidanceSubject.REPORTING)
    walk.open()
    for step in (Step.ORAL, Step.REVIEW, Step.PLAN_WRITTEN, Step.LETTER):
        walk.take(step, 0)
    whole = Room(office, both_duties(office))
    assert whole.waiting("K-15") == []
    walk.take(Step.LETTER_DECISION, 0)
    assert room.waiting("K-15") == []  # records staff alone do not read guidance
    (row,) = whole.waiting("K-15")
    assert row.subject_id == walk.case().steps[-2].step_id
    run = whole.print_all("K-15")
    assert "第6-0001号" in "".join(page_texts(run.rendered.data))
    assert whole.waiting("K-15") == []
    walk.leave()


def test_an_approved_order_waits_for_whoever_orders(office, desk, supervisor, room):
    order = an_order(office)
    desk.orders.write(order)
    whole = Room(office, both_duties(office))
    assert whole.waiting("K-18") == []
    supervisor.orders.judge(a_step(order, OrderStep.APPROVED))
    assert room.waiting("K-18") == []
    assert [row.subject_id for row in whole.waiting("K-18")] == [order.order_id]
    whole.print_all("K-18")
    assert whole.waiting("K-18") == []


def test_a_request_to_hello_work_waits_until_it_went_out(office, desk, room):
    given = a_request(office.household_id, office.person_id)
    desk.referrals.ask(given)
    (row,) = room.waiting("S-10")
    assert row.subject_id == given.referral_id
    room.print_all("S-10")
    assert room.waiting("S-10") == []


def test_a_request_waits_no_more_once_the_partner_may_be_told_no_more(office, desk, room):
    part = participation(office, starts_on=days_ago(40), consent_on=days_ago(41))
    desk.participations.begin(part)
    desk.referrals.ask(a_request(office.household_id, office.person_id))
    note = desk.participations.note_consent
    note(part_consent(part, said_on=days_ago(9), partner="hw1", shared="職歴"))
    assert len(room.waiting("S-10")) == 1
    note(part_consent(part, ConsentMove.TAKEN_BACK, partner="hw1", said_on=days_ago(5)))
    assert room.waiting("S-10") == []
    note(part_consent(part, said_on=days_ago(2), partner="hw1", shared="職歴"))
    assert len(room.waiting("S-10")) == 1


def say_how_to_appeal(office):
    """The office enters its 教示."""
    with office.work() as session:
        value = {"calendar": "era", "honorific": "様", "appeal": "架空の教示の文です。"}
        add(
            session,
            MasterValue(
                office_id=office.caseworker.office_id,
                table_name=Master.PAPER_STYLE,
                key="office",
                valid_from=days_ago(1),
                value=value,
                entered_at=CLOCK.now(),
                approved_at=CLOCK.now(),
            ),
        )


def test_a_notice_waits_once_the_office_says_how_to_appeal(office, desk, supervisor, room):
    grant = StudyOrWorkGrant(on=TODAY, is_work=True, moves_out=False)
    shown = desk.estimates.estimate(office.household_id, office.person_id, grant)
    case = an_application(office.household_id, office.person_id, shown, grant)
    desk.estimates.apply(case)
    decision = a_decision(case)
    supervisor.estimates.record_decision(decision)
    assert room.waiting("S-27D") == []
    with pytest.raises(ValidationError):
        issue_row(office, desk, "S-27D", decision.decision_id)
    say_how_to_appeal(office)
    room = Room(office)
    assert [row.subject_id for row in room.waiting("S-27D")] == [decision.decision_id]
    with pytest.raises(ValidationError):
        issue_row(office, desk, "S-26D", decision.decision_id)
    room.print_all("S-27D")
    assert room.waiting("S-27D") == []


def test_each_month_of_aid_for_looking_for_work_has_a_notice(office, desk, supervisor):
    aid = JobSearchAid(on=TODAY, months=2)
    shown = desk.estimates.estimate(office.household_id, office.person_id, aid)
    case = an_application(office.household_id, office.person_id, shown, aid)
    desk.estimates.apply(case)
    decision = a_decision(
        case, month=TODAY.replace(day=1), interviews=1, applications=3, amount=5000
    )
    supervisor.estimates.record_decision(decision)
    say_how_to_appeal(office)
    room = Room(office)
    assert [row.subject_id for row in room.waiting("S-25D")] == [decision.decision_id]
    text = "".join(page_texts(room.print_all("S-25D").rendered.data)).replace("\n", "")
    for words in ("5,000円", "応募・採用面接 3回", "令和6年10月"):
        assert words in text
    assert room.waiting("S-25D") == []
