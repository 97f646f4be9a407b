"""Hospital plans, appointments and ways on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.errors import NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.medical_forms import MedicalPaper, PaperAsked
from desktop.domain.medical_plans import ConfirmedBy, TripPurpose, VisitStatus
from desktop.services.printing import MedicalPrinting
from tests.support.desk import small_office
from tests.support.factories import CLOCK, TODAY, days_ago
from tests.support.medical import a_plan, a_trip, a_visit, an_appointment, an_opinion

V = VisitStatus


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def caseworker(office):
    return office.desk(office.caseworker)


def person(desk, office):
    (found,) = desk.opinions.of_household(office.household_id).people
    return found


def planned(office, desk):
    plan = a_plan(office)
    desk.hospital.save(plan)
    return plan


def test_a_plan_is_kept_and_the_newest_counts(office, caseworker):
    first = planned(office, caseworker)
    caseworker.hospital.save(first)
    assert person(caseworker, office).plan.given == first
    second = a_plan(office, purpose="薬を減らす", rejudge_on=TODAY + timedelta(days=60))
    caseworker.hospital.save(second)
    found = person(caseworker, office)
    assert [p.given.purpose for p in found.plans] == ["薬を減らす", first.purpose]
    assert found.plan.given == second


def test_the_paper_of_a_plan_names_the_day_on_which_a_doctor_judges_again(office, caseworker):
    sheets = MedicalPrinting(
        caseworker.work,
        CLOCK,
        caseworker.staff,
        caseworker.opinions.reading,
        caseworker.opinions,
    )

    def printed(plan):
        caseworker.hospital.save(plan)
        asked = PaperAsked(
            household_id=office.household_id,
            person_id=office.person_id,
            subject_id=plan.plan_id,
            paper=MedicalPaper.PLAN,
        )
        return sheets.plan(asked).rejudge_on

    assert printed(a_plan(office)) is None
    said, own = TODAY + timedelta(days=80), TODAY + timedelta(days=60)
    caseworker.opinions.note_opinion(an_opinion(office, rejudge_on=said))
    assert printed(a_plan(office)) == said
    assert printed(a_plan(office, rejudge_on=own)) == own


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"purpose": ""}, "purpose"),
        ({"rows": ()}, "institution"),
        ({"ends_on": days_ago(91)}, "ends_on"),
        ({"consent": ""}, "consent"),
        ({"consented_on": None}, "consent"),
        ({"consented_on": TODAY + timedelta(days=1)}, "consented_on"),
    ],
)
def test_a_plan_is_complete(office, caseworker, changes, field):
    with pytest.raises(ValidationError) as refused:
        caseworker.hospital.save(replace(a_plan(office), **changes))
    assert set(refused.value.fields) == {field}


def test_what_became_of_an_appointment_can_be_put_right_and_names_the_next(office, caseworker):
    plan = planned(office, caseworker)
    appointment = an_appointment(plan)
    caseworker.hospital.appoint(appointment)
    unknown = a_visit(appointment, V.UNKNOWN)
    caseworker.hospital.note_visit(unknown)
    attended = a_visit(
        appointment,
        V.ATTENDED,
        confirmed_by=ConfirmedBy.PHARMACY,
        note="領収書を見た",
        next_on=TODAY + timedelta(days=7),
        next_id=new_id(),
    )
    caseworker.hospital.note_visit(attended)
    caseworker.hospital.note_visit(attended)
    following, known = person(caseworker, office).appointments
    assert (following.on_day, following.status) == (TODAY + timedelta(days=7), None)
    assert following.institution == "見本病院"
    assert (known.status, known.confirmed_by) == (V.ATTENDED, ConfirmedBy.PHARMACY)
    assert known.note == "領収書を見た"


def test_only_moving_is_known_before_the_day(office, caseworker):
    plan = planned(office, caseworker)
    ahead = an_appointment(plan, on_day=TODAY + timedelta(days=1))
    caseworker.hospital.appoint(ahead)
    with pytest.raises(ValidationError) as refused:
        caseworker.hospital.note_visit(a_visit(ahead, V.MISSED))
    assert set(refused.value.fields) == {"status"}
    caseworker.hospital.note_visit(a_visit(ahead, V.MOVED))
    assert person(caseworker, office).appointments[0].status is V.MOVED


def test_missed_twice_running_asks_and_changes_nothing(office, caseworker):
    plan = planned(office, caseworker)
    for days, status in ((30, V.ATTENDED), (20, V.MISSED_TOLD), (10, V.MISSED)):
        appointment = an_appointment(plan, on_day=days_ago(days))
        caseworker.hospital.appoint(appointment)
        assert not person(caseworker, office).asks_to_go
        caseworker.hospital.note_visit(a_visit(appointment, status))
    found = person(caseworker, office)
    assert found.asks_to_go
    kept, before = found.kept(TODAY)
    assert (kept.attended, kept.missed, kept.share) == (1, 2, 33)
    assert before.share is None
    assert found.plan.given == plan


def test_ways_are_kept_and_put_right_by_a_further_row(office, caseworker):
    trip = a_trip(office)
    caseworker.hospital.note_trip(trip)
    right = a_trip(office, fare=480, replaces_id=trip.trip_id)
    caseworker.hospital.note_trip(right)
    (kept,) = person(caseworker, office).trips
    assert kept.given == right


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"from_place": ""}, "from_place"),
        ({"means": " "}, "means"),
        ({"fare": -1}, "fare"),
        ({"on_day": TODAY + timedelta(days=1)}, "on_day"),
    ],
)
def test_a_way_is_complete(office, caseworker, changes, field):
    with pytest.raises(ValidationError) as refused:
        caseworker.hospital.note_trip(a_trip(office, purpose=TripPurpose.JOB_SEARCH, **changes))
    assert set(refused.value.fields) == {field}


def test_others_appointments_and_plans_are_not_reached(office, caseworker):
    plan = planned(office, caseworker)
    with pytest.raises(NotPermittedError):
        caseworker.hospital.appoint(replace(an_appointment(plan), plan_id=new_id()))
    unknown = replace(a_visit(an_appointment(plan), V.MISSED), appointment_id=new_id())
    with pytest.raises(NotPermittedError):
        caseworker.hospital.note_visit(unknown)
    with pytest.raises(NotPermittedError):
        caseworker.hospital.note_trip(a_trip(office, replaces_id=new_id()))
    with pytest.raises(NotPermittedError):
        office.desk(office.records).hospital.save(a_plan(office))
