"""H01 to H03 and E15: doctors' answers, orders past their day, people who were not seen, long stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from desktop.domain.assessments import HealthSource
from desktop.domain.households import ResidenceKind
from desktop.domain.ids import new_id
from desktop.domain.medical_opinions import EnquiryStep
from desktop.domain.medical_orders import Doubt, OrderStep
from desktop.domain.medical_plans import VisitStatus
from desktop.domain.records import ContactMethod
from desktop.models.households import Member
from desktop.models.ledger import ResidencePeriod
from desktop.models.medical import MedicalEnquiry, MedicalEnquiryStep, MedicalOpinion
from desktop.models.medical_orders import ExaminationOrderRecord, ExaminationStepRecord
from desktop.models.medical_plans import HospitalAppointment, HospitalPlanRecord, HospitalVisit
from tests.support.factories import CLOCK, TODAY, add, days_ago

NOW = CLOCK.now()


def owner(watched, household):
    return {"office_id": watched.office.id, "household_id": household.id}


def head(watched, household):
    found = select(Member.person_id).where(Member.household_id == household.id)
    return watched.session.scalars(found).first()


def enquiry(watched, household, days_over):
    return add(
        watched.session,
        MedicalEnquiry(
            id=new_id(),
            person_id=head(watched, household),
            asked_on=days_ago(days_over + 30),
            reply_by=days_ago(days_over),
            asked_by=watched.caseworker.id,
            asked_at=NOW,
            **owner(watched, household),
        ),
    )


def opinion(watched, household, days, **changes):
    values = {"given_by": HealthSource.TREATING, **changes}
    return add(
        watched.session,
        MedicalOpinion(
            id=new_id(),
            person_id=head(watched, household),
            given_on=days_ago(days),
            noted_by=watched.caseworker.id,
            noted_at=NOW,
            **values,
            **owner(watched, household),
        ),
    )


def order(watched, household, days_over):
    return add(
        watched.session,
        ExaminationOrderRecord(
            id=new_id(),
            person_id=head(watched, household),
            doubt=Doubt.ABILITY,
            due_on=days_ago(days_over),
            author_id=watched.caseworker.id,
            made_at=NOW - timedelta(days=days_over + 14),
            **owner(watched, household),
        ),
    )


def step(watched, household, given, kind):
    return add(
        watched.session,
        ExaminationStepRecord(
            id=new_id(),
            order_id=given.id,
            step=kind,
            done_on=days_ago(1),
            done_by=watched.caseworker.id,
            done_at=NOW,
            **owner(watched, household),
        ),
    )


def missed(watched, household, *days, status=VisitStatus.MISSED):
    """Appointments so many days ago, none of them kept."""
    person, who = head(watched, household), watched.caseworker.id
    plan = add(
        watched.session,
        HospitalPlanRecord(
            id=new_id(),
            person_id=person,
            begins_on=days_ago(100),
            ends_on=TODAY,
            author_id=who,
            made_at=NOW,
            **owner(watched, household),
        ),
    )
    for each in days:
        appointment = add(
            watched.session,
            HospitalAppointment(
                id=new_id(),
                person_id=person,
                plan_id=plan.id,
                on_day=days_ago(each),
                at="",
                made_by=who,
                made_at=NOW,
                **owner(watched, household),
            ),
        )
        add(
            watched.session,
            HospitalVisit(
                id=new_id(),
                appointment_id=appointment.id,
                status=status,
                noted_by=who,
                noted_at=NOW,
                **owner(watched, household),
            ),
        )


@pytest.mark.parametrize(("days", "count"), [(7, 0), (8, 1)])
def test_h01_asks_some_days_after_the_due_day(watched, days, count):
    enquiry(watched, watched.household(), days)
    found = watched.found("H01")
    assert [f.days for f in found] == [days] * count


def test_h01_is_quiet_once_it_is_answered_or_withdrawn(watched):
    household, other = watched.household(), watched.household()
    opinion(watched, household, 1, enquiry_id=enquiry(watched, household, 20).id)
    given = enquiry(watched, other, 20)
    add(
        watched.session,
        MedicalEnquiryStep(
            id=new_id(),
            enquiry_id=given.id,
            kind=EnquiryStep.WITHDRAWN,
            done_on=days_ago(1),
            done_by=watched.caseworker.id,
            done_at=NOW,
            **owner(watched, other),
        ),
    )
    assert watched.found("H01") == []


@pytest.mark.parametrize(("days", "count"), [(7, 0), (8, 1)])
def test_h02_asks_what_became_of_an_order(watched, days, count):
    household = watched.household()
    step(watched, household, order(watched, household, days), OrderStep.DELIVERED)
    found = watched.found("H02")
    assert len(found) == count
    assert all("事情があるかを聞きましたか" in f.reason for f in found)


@pytest.mark.parametrize("kind", [OrderStep.NOT_OBEYED, OrderStep.WITHDRAWN, OrderStep.RETURNED])
def test_h02_is_quiet_once_it_ended(watched, kind):
    household = watched.household()
    step(watched, household, order(watched, household, 30), kind)
    assert watched.found("H02") == []


def test_h02_is_quiet_once_the_result_is_there(watched):
    household = watched.household()
    given = order(watched, household, 30)
    opinion(watched, household, 1, given_by=HealthSource.EXAMINED, order_id=given.id)
    assert watched.found("H02") == []


@pytest.mark.parametrize(
    ("days", "count"), [((30, 8), 1), ((30, 7), 0), ((8,), 0)], ids=["two", "just now", "one"]
)
def test_h03_asks_after_two_missed_running(watched, days, count):
    missed(watched, watched.household(), *days)
    assert len(watched.found("H03")) == count


def test_h03_is_quiet_for_what_is_not_known(watched):
    missed(watched, watched.household(), 30, 20, status=VisitStatus.UNKNOWN)
    assert watched.found("H03") == []


@pytest.mark.parametrize(
    ("method", "days", "count"),
    [
        (ContactMethod.TELEPHONE_OUT, 15, 0),
        (ContactMethod.OFFICE, 15, 0),
        (ContactMethod.LETTER_OUT, 15, 1),
        (ContactMethod.TELEPHONE_OUT, 25, 1),
    ],
)
def test_h03_is_quiet_once_somebody_asked(watched, method, days, count):
    household = watched.household()
    missed(watched, household, 30, 20)
    watched.approved(household, event_on=days_ago(days), method=method, is_home_visit=False)
    assert len(watched.found("H03")) == count


def in_hospital(watched, days):
    household = watched.household()
    add(
        watched.session,
        ResidencePeriod(
            office_id=watched.office.id,
            person_id=head(watched, household),
            kind=ResidenceKind.HOSPITAL,
            valid_from=days_ago(days),
        ),
    )
    return household


@pytest.mark.parametrize(("days", "count"), [(180, 0), (181, 1)])
def test_e15_asks_after_half_a_year_in_hospital(watched, days, count):
    in_hospital(watched, days)
    assert len(watched.found("E15")) == count


@pytest.mark.parametrize(
    ("days", "by", "count"),
    [
        (100, HealthSource.TREATING, 0),
        (100, HealthSource.CONTRACTED, 0),
        (100, HealthSource.PERSON, 1),
        (181, HealthSource.TREATING, 1),
    ],
)
def test_e15_is_quiet_once_a_doctor_was_asked(watched, days, by, count):
    household = in_hospital(watched, 400)
    opinion(watched, household, days, given_by=by)
    assert len(watched.found("E15")) == count
