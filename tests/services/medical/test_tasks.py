"""What medical matters put on a desk: somebody to look after, judgements that are due, orders that wait. On both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.domain.conference_boards import OF_ORDER
from desktop.domain.conference_sheets import PackAsked
from desktop.domain.conferences import ConferenceInput, ConferenceKind, MatterKind
from desktop.domain.ids import new_id
from desktop.domain.medical_opinions import EnquiryStep, EnquiryStepInput
from desktop.domain.medical_orders import OrderStep
from desktop.domain.medical_plans import VisitStatus
from desktop.domain.todos import TodoOrigin
from desktop.services.printing import ConferencePrinting
from desktop.services.todos import TodoService
from tests.support.assessments import assessment
from tests.support.desk import later, small_office
from tests.support.factories import CLOCK, TODAY, days_ago
from tests.support.issued_forms import issue_row
from tests.support.medical import (
    a_plan,
    a_step,
    a_visit,
    an_appointment,
    an_enquiry,
    an_opinion,
    an_order,
)


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def caseworker(office):
    return office.desk(office.caseworker)


def tasks(desk):
    service = TodoService(desk.work, CLOCK, desk.staff, desk.opinions.reading)
    return [row.text for row in service.mine() if row.origin is TodoOrigin.MEDICAL]


def visits(office, desk, *statuses):
    """Appointments ten days apart, the last one ten days ago."""
    plan = a_plan(office)
    desk.hospital.save(plan)
    for number, status in enumerate(reversed(statuses), start=1):
        appointment = an_appointment(plan, on_day=days_ago(10 * number))
        desk.hospital.appoint(appointment)
        desk.hospital.note_visit(a_visit(appointment, status))


V = VisitStatus


@pytest.mark.parametrize(
    ("statuses", "count"),
    [
        ((V.MISSED, V.MISSED_TOLD), 1),
        ((V.ATTENDED, V.MISSED, V.MISSED), 1),
        ((V.MISSED, V.ATTENDED), 0),
        ((V.MISSED, V.UNKNOWN), 0),
        ((V.MISSED, V.MOVED, V.MISSED), 0),
        ((V.MISSED,), 0),
    ],
)
def test_two_missed_running_ask_to_go_and_see(office, caseworker, statuses, count):
    visits(office, caseworker, *statuses)
    assert len(tasks(caseworker)) == count
    assert tasks(office.desk(office.outsider)) == []


def test_a_correction_takes_the_question_back(office, caseworker):
    plan = a_plan(office)
    caseworker.hospital.save(plan)
    for days in (20, 10):
        appointment = an_appointment(plan, on_day=days_ago(days))
        caseworker.hospital.appoint(appointment)
        caseworker.hospital.note_visit(a_visit(appointment, V.MISSED))
    assert "訪問・電話で様子を聞いて" in tasks(caseworker)[0]
    caseworker.hospital.note_visit(a_visit(appointment, V.ATTENDED))
    assert tasks(caseworker) == []


def test_a_doctors_day_to_judge_again_asks_for_an_assessment(office, caseworker):
    caseworker.opinions.note_opinion(an_opinion(office, rejudge_on=TODAY))
    assert tasks(caseworker) == [
        "医師の再判断の時期です。意見を聞き、アセスメントを見直してください"
    ]
    caseworker.assessments.save(assessment(office, made_on=TODAY))
    assert tasks(caseworker) == []


def test_an_answer_that_is_due_is_asked_about_until_it_comes(office, caseworker):
    enquiry = an_enquiry(office, asked_on=days_ago(31), reply_by=days_ago(1))
    caseworker.opinions.ask(enquiry)
    assert "督促しますか" in tasks(caseworker)[0]
    step = EnquiryStepInput(
        step_id=new_id(),
        enquiry_id=enquiry.enquiry_id,
        household_id=office.household_id,
        kind=EnquiryStep.WITHDRAWN,
        done_on=TODAY,
    )
    caseworker.opinions.step_enquiry(step)
    assert tasks(caseworker) == []
    later = an_enquiry(office, reply_by=TODAY + timedelta(days=1))
    caseworker.opinions.ask(later)
    assert tasks(caseworker) == []


def test_an_order_waits_on_the_desk_of_whoever_has_the_next_step(office, caseworker):
    supervisor = office.desk(office.supervisor)
    order = an_order(office)
    caseworker.orders.write(order)
    held = assessment(office, safety="死にたいと話した")
    caseworker.assessments.save(held)
    assert tasks(supervisor) == []
    supervisor.assessments.lift_hold(
        held.assessment_id, office.household_id, "本人と話し、家族が付き添うことを確かめた。"
    )
    assert tasks(supervisor) == ["検診命令：承認を待っています"]
    assert tasks(caseworker) == []
    supervisor.orders.judge(a_step(order, OrderStep.APPROVED))
    assert tasks(supervisor) == []
    assert tasks(caseworker) == ["検診命令：承認されました。交付してください"]
    issue_row(office, caseworker, "K-18", order.order_id)
    caseworker.orders.go_on(a_step(order, OrderStep.DELIVERED))
    assert tasks(caseworker) == []


def test_an_order_not_obeyed_is_proposed_to_the_next_conference_or_lies_on_the_desk(office):
    supervisor = office.desk(office.supervisor)
    caseworker = office.desk(office.caseworker)
    order = an_order(office)
    caseworker.orders.write(order)
    supervisor.orders.judge(a_step(order, OrderStep.APPROVED))
    issue_row(office, caseworker, "K-18", order.order_id)
    caseworker.orders.go_on(a_step(order, OrderStep.DELIVERED))
    clock = later(CLOCK, days=15)
    afterwards = office.desk(office.caseworker, clock)
    afterwards.orders.go_on(a_step(order, OrderStep.NOT_OBEYED, done_on=clock.today()))
    assert tasks(afterwards) == ["検診命令：受診しませんでした。会議で扱うかを決めてください"]

    second = an_order(office, due_on=clock.today() + timedelta(days=5))
    afterwards.orders.write(second)
    office.desk(office.supervisor, clock).orders.judge(
        a_step(second, OrderStep.APPROVED, done_on=clock.today())
    )
    issue_row(office, afterwards, "K-18", second.order_id, clock)
    afterwards.orders.go_on(a_step(second, OrderStep.DELIVERED, done_on=clock.today()))
    clock = later(CLOCK, days=25)
    afterwards = office.desk(office.caseworker, clock)
    conference = ConferenceInput(
        conference_id=new_id(),
        kind=ConferenceKind.CASE,
        planned_on=clock.today() + timedelta(days=3),
    )
    afterwards.conferences.call(conference)
    afterwards.orders.go_on(a_step(second, OrderStep.NOT_OBEYED, done_on=clock.today()))
    (matter,) = afterwards.conferences.matters(conference.conference_id)
    assert (matter.kind, matter.label) == (MatterKind.OTHER, OF_ORDER)
    assert tasks(afterwards) == []
    sheets = ConferencePrinting(
        afterwards.work, clock, afterwards.staff, afterwards.groups.reading, afterwards.groups
    )
    (sheet,) = sheets.pack(PackAsked(conference_id=conference.conference_id))
    assert sheet.kind == OF_ORDER
