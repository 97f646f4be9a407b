"""Enquiries to doctors and opinions on both databases: asked with consent, kept as given, never more than that."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.assessments import HealthSource
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.medical_opinions import EnquiryStep, EnquiryStepInput
from tests.support.desk import later, small_office
from tests.support.factories import CLOCK, TODAY, days_ago
from tests.support.medical import a_trip, an_enquiry, an_opinion


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def caseworker(office):
    return office.desk(office.caseworker)


def person(desk, office):
    (found,) = desk.opinions.of_household(office.household_id).people
    return found


def a_step(enquiry, kind, **changes):
    values = {"step_id": new_id(), "done_on": TODAY, **changes}
    return EnquiryStepInput(
        enquiry_id=enquiry.enquiry_id, household_id=enquiry.household_id, kind=kind, **values
    )


def test_the_offices_questions_are_offered(office, caseworker):
    found = caseworker.opinions.of_household(office.household_id)
    assert [q.code for q in found.questions] == [f"Q{n}" for n in range(1, 9)]
    assert found.questions[0].choices[0] == "可"
    assert (found.may_note, found.may_order, found.may_decide) == (True, True, False)


def test_an_enquiry_waits_until_the_answer_is_kept_as_it_was_given(office, caseworker):
    enquiry = an_enquiry(office)
    caseworker.opinions.ask(enquiry)
    caseworker.opinions.ask(enquiry)
    (kept,) = person(caseworker, office).enquiries
    assert (kept.given, kept.is_open) == (enquiry, True)
    opinion = an_opinion(office, enquiry_id=enquiry.enquiry_id)
    caseworker.opinions.note_opinion(opinion)
    caseworker.opinions.note_opinion(opinion)
    found = person(caseworker, office)
    assert found.enquiries[0].answered_on == opinion.given_on
    assert not found.enquiries[0].is_open
    assert [o.given for o in found.opinions] == [opinion]
    assert found.newest.given.words == "座ってする仕事を一日四時間まで。"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"institution": " "}, "institution"),
        ({"consent": ""}, "consent"),
        ({"questions": ()}, "questions"),
        ({"asked_on": TODAY + timedelta(days=1)}, "asked_on"),
        ({"reply_by": days_ago(1)}, "reply_by"),
        ({"person_id": new_id()}, "person_id"),
    ],
)
def test_an_enquiry_is_complete(office, caseworker, changes, field):
    with pytest.raises(ValidationError) as refused:
        caseworker.opinions.ask(replace(an_enquiry(office), **changes))
    assert field in refused.value.fields


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"words": " ", "answers": ()}, "words"),
        ({"doctor": ""}, "doctor"),
        ({"source": HealthSource.CONTRACTED}, "papers"),
        ({"source": HealthSource.EXAMINED}, "source"),
        ({"given_on": TODAY + timedelta(days=1)}, "given_on"),
        ({"rejudge_on": days_ago(11)}, "rejudge_on"),
        ({"words": "長" * 10_001}, "words"),
    ],
)
def test_an_opinion_is_complete(office, caseworker, changes, field):
    with pytest.raises(ValidationError) as refused:
        caseworker.opinions.note_opinion(replace(an_opinion(office), **changes))
    assert field in refused.value.fields


def test_what_the_person_says_needs_no_doctor(office, caseworker):
    said = an_opinion(office, source=HealthSource.PERSON, doctor="", institution="")
    caseworker.opinions.note_opinion(said)
    assert person(caseworker, office).newest.given == said


def test_a_contracted_doctor_says_what_was_read(office, caseworker):
    advice = an_opinion(office, source=HealthSource.CONTRACTED, papers="病状照会回答書（10月）")
    caseworker.opinions.note_opinion(advice)
    assert person(caseworker, office).newest.given.papers == "病状照会回答書（10月）"


def test_reminders_are_counted_until_it_is_withdrawn(office, caseworker):
    enquiry = an_enquiry(office)
    caseworker.opinions.ask(enquiry)
    caseworker.opinions.step_enquiry(a_step(enquiry, EnquiryStep.REMINDED))
    caseworker.opinions.step_enquiry(a_step(enquiry, EnquiryStep.REMINDED))
    too_early = a_step(enquiry, EnquiryStep.REMINDED, done_on=days_ago(1))
    with pytest.raises(ValidationError) as refused:
        caseworker.opinions.step_enquiry(too_early)
    assert set(refused.value.fields) == {"done_on"}
    caseworker.opinions.step_enquiry(a_step(enquiry, EnquiryStep.WITHDRAWN))
    (kept,) = person(caseworker, office).enquiries
    assert (kept.reminders, kept.is_withdrawn, kept.is_open) == (2, True, False)
    with pytest.raises(ConflictError, match="取りやめ"):
        caseworker.opinions.step_enquiry(a_step(enquiry, EnquiryStep.REMINDED))
    with pytest.raises(ConflictError, match="取りやめ"):
        caseworker.opinions.note_opinion(an_opinion(office, enquiry_id=enquiry.enquiry_id))


def test_evidence_gets_old_by_the_offices_months(office, caseworker):
    caseworker.opinions.note_opinion(an_opinion(office))
    assert not person(caseworker, office).newest.is_old
    half_a_year_on = office.desk(office.caseworker, later(CLOCK, days=200))
    assert person(half_a_year_on, office).newest.is_old


def test_without_the_right_to_sensitive_content_only_ways_are_there(office, caseworker):
    caseworker.opinions.note_opinion(an_opinion(office))
    caseworker.hospital.note_trip(a_trip(office))
    found = office.desk(office.records).opinions.of_household(office.household_id)
    assert not found.may_read
    assert (found.people[0].opinions, len(found.people[0].trips)) == ((), 1)
    with pytest.raises(NotPermittedError):
        office.desk(office.head).opinions.ask(an_enquiry(office))
