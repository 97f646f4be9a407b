"""Medical matters at psql: gates of the order to be examined, other people's names, words that are missing, rights to read."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from desktop.domain.assessments import HealthSource
from desktop.domain.ids import new_id
from desktop.domain.medical_orders import OrderStep
from desktop.domain.medical_plans import VisitStatus
from desktop.domain.office import SignedInStaff
from tests.database.security.place import DENIED, Connection, Place, open_file, refused
from tests.support.assessments import assessment
from tests.support.desk import also_supervises, later
from tests.support.factories import CLOCK, TODAY
from tests.support.issued_forms import issue_row
from tests.support.medical import (
    ELSEWHERE,
    REASON,
    a_plan,
    a_step,
    a_trip,
    a_visit,
    an_appointment,
    an_enquiry,
    an_opinion,
    an_order,
)

S = OrderStep
_TEXTS = (
    *("medical_enquiry_text", "medical_opinion_text", "examination_order_text"),
    *("examination_step_text", "hospital_plan_text", "hospital_plan_row"),
    *("hospital_appointment_text", "hospital_visit_text"),
)
_FACTS = (
    *("medical_enquiry", "medical_opinion", "examination_order", "examination_step"),
    *("hospital_plan", "hospital_appointment", "hospital_visit"),
)
_ORDER = (
    "INSERT INTO examination_order (id, office_id, household_id, person_id, doubt, due_on, author_id, made_at)"
    " VALUES (%(id)s, %(office)s, %(household)s, %(person)s, 'ability', %(due)s, coalesce(%(by)s, app.me()), now())"
)
_ORDER_TEXT = (
    "INSERT INTO examination_order_text (order_id, office_id, household_id, reason, elsewhere, institution, address,"
    " department, items, bring) VALUES (%(id)s, %(office)s, %(household)s, %(reason)s, %(elsewhere)s, %(where)s, '', '', '', '')"
)
_STEP = (
    "INSERT INTO examination_step (id, office_id, household_id, order_id, step, done_on, done_by, done_at)"
    " VALUES (%(id)s, %(office)s, %(household)s, %(order)s, %(step)s, %(day)s, coalesce(%(by)s, app.me()), now())"
)
_STEP_TEXT = "INSERT INTO examination_step_text (step_id, office_id, household_id, words) VALUES (%s, %s, %s, %s)"
_OPINION = (
    "INSERT INTO medical_opinion (id, office_id, household_id, person_id, given_by, enquiry_id, order_id, given_on,"
    " rejudge_on, noted_by, noted_at) VALUES (%(id)s, %(office)s, %(household)s, %(person)s, %(source)s, %(enquiry)s,"
    " %(order)s, %(day)s, NULL, coalesce(%(by)s, app.me()), now())"
)
_OPINION_TEXT = (
    "INSERT INTO medical_opinion_text (opinion_id, office_id, household_id, institution, doctor, answers, words, papers,"
    " interpretation) VALUES (%(id)s, %(office)s, %(household)s, '', %(doctor)s, %(answers)s, %(words)s, '', '')"
)
_ENQUIRY = (
    "INSERT INTO medical_enquiry (id, office_id, household_id, person_id, asked_on, reply_by, asked_by, asked_at)"
    " VALUES (%(id)s, %(office)s, %(household)s, %(person)s, %(day)s, %(day)s, coalesce(%(by)s, app.me()), now())"
)
_VISIT = (
    "INSERT INTO hospital_visit (id, office_id, household_id, appointment_id, status, noted_by, noted_at)"
    " VALUES (%s, %s, %s, %s, %s, app.me(), now())"
)


@pytest.fixture
def writer(place: Place) -> Connection:
    """The caseworker at psql, with the household's file open."""
    return at_psql(place, place.office.caseworker)


@pytest.fixture
def supervisor(place: Place) -> Connection:
    """The supervisor at psql, with the household's file open."""
    return at_psql(place, place.office.supervisor)


def at_psql(place: Place, staff: SignedInStaff, now: datetime | None = None) -> Connection:
    connection = place.connect(staff, now)
    open_file(connection, place.office.household_id)
    return connection


def row(place, /, **changes):
    office = place.office
    return {
        "id": new_id(),
        "office": office.caseworker.office_id,
        "household": office.household_id,
        "person": office.person_id,
        "due": TODAY + timedelta(days=14),
        "day": TODAY,
        "source": "treating",
        "enquiry": None,
        "order": None,
        "by": None,
        **changes,
    }


def an_order_of(place):
    """An order that the caseworker wrote."""
    order = an_order(place.office)
    place.desk(place.office.caseworker).orders.write(order)
    return order


def step(place, order, kind, **changes):
    return row(place, order=order.order_id, step=kind, **changes)


def everything(place):
    """One row in every table."""
    office, desk = place.office, place.desk(place.office.caseworker)
    enquiry, order, plan = an_enquiry(office), an_order_of(place), a_plan(office)
    desk.opinions.ask(enquiry)
    desk.opinions.note_opinion(an_opinion(office, enquiry_id=enquiry.enquiry_id))
    place.desk(office.supervisor).orders.judge(a_step(order, S.APPROVED))
    desk.hospital.save(plan)
    appointment = an_appointment(plan)
    desk.hospital.appoint(appointment)
    desk.hospital.note_visit(a_visit(appointment, VisitStatus.MISSED))
    desk.hospital.note_trip(a_trip(office))


def test_an_order_is_one_s_own_of_an_open_file_and_of_its_people(place, writer):
    assert refused(writer, _ORDER, row(place, by=place.office.supervisor.staff_id)) in DENIED
    assert refused(writer, _ORDER, row(place, household=place.far_id)) in DENIED
    assert refused(writer, _ORDER, row(place, person=place.foreign_person_id)) == "BS422"
    assert refused(writer, _ORDER, row(place, due=TODAY)) == "BS422"
    for staff in (place.office.records, place.office.head):
        assert refused(at_psql(place, staff), _ORDER, row(place)) in DENIED


@pytest.mark.parametrize(
    "changes",
    [{"reason": "疑わしい。"}, {"elsewhere": "　" * 30}, {"where": " "}],
    ids=["reason", "elsewhere", "where"],
)
def test_an_order_is_nothing_without_its_reasons(place, writer, changes):
    given = row(place)
    assert refused(writer, _ORDER, given) == "BS422"
    words = {"reason": REASON, "elsewhere": ELSEWHERE, "where": "指定検診病院", **changes}
    writer.execute("BEGIN")
    writer.execute(_ORDER, given)
    assert refused(writer, _ORDER_TEXT, {**given, **words}) == "BS422"
    writer.execute("ROLLBACK")


def test_the_author_approves_nothing_whatever_role_he_gets(place, writer):
    order = an_order_of(place)
    assert refused(writer, _STEP, step(place, order, "approved")) in DENIED
    office = place.office
    again = at_psql(place, also_supervises(office.work, office.caseworker, office.household_id))
    assert refused(again, _STEP, step(place, order, "approved")) in DENIED
    assert refused(again, _STEP, step(place, order, "returned")) in DENIED


def test_no_gate_is_skipped(place, writer, supervisor):
    order = an_order_of(place)
    for kind in ("delivered", "not_obeyed"):
        assert refused(writer, _STEP, step(place, order, kind)) == "BS409"
    result = row(place, source="examined", order=order.order_id)
    assert refused(writer, _OPINION, result) == "BS409"
    assert refused(supervisor, _STEP, step(place, order, "approved")) == "BS422"  # without words
    place.desk(place.office.supervisor).orders.judge(a_step(order, S.APPROVED))
    assert refused(writer, _OPINION, result) == "BS409"
    assert refused(writer, _STEP, step(place, order, "not_obeyed")) == "BS409"
    late = step(place, order, "delivered", day=TODAY + timedelta(days=1))
    assert refused(writer, _STEP, late) == "BS422"
    other = step(place, order, "delivered", by=place.office.supervisor.staff_id)
    assert refused(writer, _STEP, other) in DENIED
    desk = place.desk(place.office.caseworker)
    issue_row(place.office, desk, "K-18", order.order_id)
    desk.orders.go_on(a_step(order, S.DELIVERED))
    assert refused(writer, _STEP, step(place, order, "not_obeyed")) == "BS409"
    assert refused(writer, _STEP, step(place, order, "approved")) in (*DENIED, "BS409")


def test_nothing_comes_after_the_last_step(place, writer):
    order = an_order_of(place)
    place.desk(place.office.supervisor).orders.judge(a_step(order, S.APPROVED))
    desk = place.desk(place.office.caseworker)
    issue_row(place.office, desk, "K-18", order.order_id)
    desk.orders.go_on(a_step(order, S.DELIVERED))
    day = later(CLOCK, days=15)
    place.office.desk(place.office.caseworker, day).orders.go_on(
        a_step(order, S.NOT_OBEYED, done_on=day.today())
    )
    afterwards = at_psql(place, place.office.caseworker, day.now())
    given = step(place, order, "withdrawn", day=day.today())
    assert refused(afterwards, _STEP, given) == "BS409"


def test_while_safety_comes_first_no_order_is_written_or_goes_on(place, writer, supervisor):
    order = an_order_of(place)
    held = assessment(place.office, safety="死にたいと話した")
    place.desk(place.office.caseworker).assessments.save(held)
    assert refused(writer, _ORDER, row(place)) == "BS409"
    assert refused(supervisor, _STEP, step(place, order, "approved")) == "BS409"
    writer.execute("BEGIN")
    ending = step(place, order, "withdrawn")
    writer.execute(_STEP, ending)
    words = (ending["id"], ending["office"], ending["household"], "安全の確認が先だから。")
    writer.execute(_STEP_TEXT, words)
    writer.execute("COMMIT")
    place.desk(place.office.supervisor).assessments.lift_hold(
        held.assessment_id, place.office.household_id, "本人と話し、家族が付き添うことを確かめた。"
    )


def test_an_opinion_has_the_doctors_words_and_name(place, writer):
    assert refused(writer, _OPINION, row(place, by=place.office.head.staff_id)) in DENIED
    assert refused(writer, _OPINION, row(place, household=place.far_id)) in DENIED
    assert refused(writer, _OPINION, row(place, day=TODAY + timedelta(days=1))) == "BS422"
    assert refused(writer, _OPINION, row(place, source="examined")) == "23514"
    assert refused(writer, _OPINION, row(place, enquiry=new_id())) in DENIED
    nothing = {"doctor": "模擬　医師", "answers": json.dumps({"rows": []}), "words": "　"}
    for words in (nothing, {**nothing, "doctor": "", "words": "可"}):
        given = row(place)
        writer.execute("BEGIN")
        writer.execute(_OPINION, given)
        assert refused(writer, _OPINION_TEXT, {**given, **words}) == "BS422"
        writer.execute("ROLLBACK")


def test_an_enquiry_comes_with_its_questions(place, writer):
    assert refused(writer, _ENQUIRY, row(place)) == "BS422"
    assert refused(writer, _ENQUIRY, row(place, by=place.office.head.staff_id)) in DENIED


def test_what_became_of_an_appointment_is_not_known_before(place, writer):
    desk, plan = place.desk(place.office.caseworker), a_plan(place.office)
    desk.hospital.save(plan)
    ahead = an_appointment(plan, on_day=TODAY + timedelta(days=3))
    desk.hospital.appoint(ahead)
    owner = (place.office.caseworker.office_id, place.office.household_id)
    given = (new_id(), *owner, ahead.appointment_id, "missed")
    assert refused(writer, _VISIT, given) == "BS422"
    assert refused(writer, _VISIT, (new_id(), *owner, new_id(), "missed")) in DENIED


@pytest.mark.parametrize("table", [*_FACTS, *_TEXTS, "travel_trip"])
def test_nothing_is_changed_or_removed(place, writer, supervisor, table):
    everything(place)
    for connection in (writer, supervisor):
        assert refused(connection, f"DELETE FROM {table}") in DENIED
        assert refused(connection, f"UPDATE {table} SET office_id = office_id") in DENIED


def test_words_are_read_with_a_ticket_and_the_right_alone(place, supervisor):
    everything(place)
    place.close_files_of(place.office.head)
    closed = place.connect(place.office.head)
    records = at_psql(place, place.office.records)
    stranger = place.connect(place.stranger)
    for table in _TEXTS:
        count = f"SELECT count(*) FROM {table}"
        assert supervisor.execute(count).fetchone() != (0,), table
        assert closed.execute(count).fetchone() == (0,), table
        assert refused(records, count) in DENIED or records.execute(count).fetchone() == (0,), table
    for table in (*_FACTS, *_TEXTS, "travel_trip"):
        assert stranger.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table


def test_the_result_of_an_order_comes_once(place, writer, supervisor):
    order = an_order_of(place)
    place.desk(place.office.supervisor).orders.judge(a_step(order, S.APPROVED))
    desk = place.desk(place.office.caseworker)
    issue_row(place.office, desk, "K-18", order.order_id)
    desk.orders.go_on(a_step(order, S.DELIVERED))
    result = an_opinion(
        place.office, source=HealthSource.EXAMINED, given_on=TODAY, order_id=order.order_id
    )
    desk.opinions.note_opinion(result)
    again = row(place, source="examined", order=order.order_id)
    assert refused(writer, _OPINION, again) == "BS409"
    assert refused(writer, _STEP, step(place, order, "withdrawn")) == "BS409"
