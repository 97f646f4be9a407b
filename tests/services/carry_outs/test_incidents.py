"""A lost sheet becomes an incident with the days of the law: on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.carry_outs import CarryOutMove, CarryOutState
from desktop.domain.clock import japan_day
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from tests.support.carry_outs import (
    SHA,
    a_trip,
    an_incident,
    do,
    printing,
    set_limit,
    take_out,
    the_trip,
)
from tests.support.desk import small_office
from tests.support.factories import CLOCK, TODAY


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def caseworker(office):
    return office.desk(office.caseworker)


@pytest.fixture
def supervisor(office):
    return office.desk(office.supervisor)


@pytest.fixture
def lost(office, caseworker):
    trip = caseworker.carry_outs.make(a_trip(office)).carry_out_id
    take_out(office, office.caseworker, trip)
    do(caseworker, trip, CarryOutMove.LOSE, "帰庁したときになかった。")
    return trip


def test_a_lost_sheet_is_reported_with_its_days(caseworker, supervisor, lost):
    assert the_trip(caseworker, lost).state is CarryOutState.LOST
    given = an_incident(lost)
    assert caseworker.carry_outs.save_incident(given) == 1
    assert caseworker.carry_outs.save_incident(given) == 1  # it arrived after all
    (found,) = supervisor.carry_outs.incidents()
    day = japan_day(given.found_at)
    assert (found.quick_due_on, found.full_due_on) == (
        day + timedelta(days=5),
        day + timedelta(days=30),
    )
    assert found.waits_for == ("速報", found.quick_due_on)
    assert found.carry_label == "持6-0001"
    assert the_trip(supervisor, lost).incident_id == given.incident_id


def test_what_may_be_meant_has_more_days_and_the_office_says_how_many(office, supervisor):
    set_limit(office, "incident_malicious_days", 50)
    given = an_incident(None, is_malicious=True)
    supervisor.carry_outs.save_incident(given)
    (found,) = supervisor.carry_outs.incidents()
    assert found.full_due_on == found.found_on + timedelta(days=50)


def test_a_supervisor_says_when_it_was_reported(caseworker, supervisor, lost):
    given = an_incident(lost)
    caseworker.carry_outs.save_incident(given)
    with pytest.raises(NotPermittedError, match="報告の要否"):
        caseworker.carry_outs.save_incident(replace(given, version=1, quick_reported_on=TODAY))
    supervisor.carry_outs.save_incident(replace(given, version=1, quick_reported_on=TODAY))
    (found,) = supervisor.carry_outs.incidents()
    assert found.waits_for == ("確報", found.full_due_on)
    supervisor.carry_outs.save_incident(
        replace(given, version=2, quick_reported_on=TODAY, full_reported_on=TODAY)
    )
    assert supervisor.carry_outs.incidents()[0].waits_for is None


def test_no_report_needs_a_word(supervisor):
    given = an_incident(None, is_reportable=False)
    with pytest.raises(ValidationError) as refused:
        supervisor.carry_outs.save_incident(given)
    assert list(refused.value.fields) == ["remark"]
    supervisor.carry_outs.save_incident(replace(given, remark="未記入の用紙だけだった。"))
    assert supervisor.carry_outs.incidents()[0].waits_for is None


@pytest.mark.parametrize(
    ("forged", "field"),
    [
        ({"summary": " "}, "summary"),
        ({"found_at": CLOCK.now() + timedelta(hours=1)}, "found_at"),
        ({"persons": -1}, "persons"),
        ({"quick_reported_on": TODAY + timedelta(days=1)}, "quick_reported_on"),
        ({"full_reported_on": TODAY - timedelta(days=9)}, "full_reported_on"),
    ],
)
def test_what_cannot_be_saved_is_said_at_its_field(supervisor, forged, field):
    with pytest.raises(ValidationError) as refused:
        supervisor.carry_outs.save_incident(an_incident(None, **forged))
    assert list(refused.value.fields) == [field]


def test_only_the_carrier_and_supervisors_report(office, lost):
    colleague = office.desk(office.outsider)
    with pytest.raises(NotPermittedError):
        colleague.carry_outs.save_incident(an_incident(lost))
    with pytest.raises(NotPermittedError):
        office.desk(office.caseworker).carry_outs.save_incident(an_incident(None))
    assert colleague.carry_outs.incidents() == ()


def test_an_incident_belongs_to_one_lost_trip(office, caseworker, supervisor, lost):
    caseworker.carry_outs.save_incident(an_incident(lost))
    with pytest.raises(ConflictError, match="すでに"):
        supervisor.carry_outs.save_incident(an_incident(lost))
    other = caseworker.carry_outs.make(a_trip(office)).carry_out_id
    with pytest.raises(ConflictError, match="紛失した"):
        supervisor.carry_outs.save_incident(an_incident(other))


def test_who_saved_first_is_not_overwritten(supervisor):
    given = an_incident(None)
    supervisor.carry_outs.save_incident(given)
    supervisor.carry_outs.save_incident(replace(given, version=1, cause="鞄の口"))
    with pytest.raises(ConflictError, match="先に保存"):
        supervisor.carry_outs.save_incident(replace(given, version=1, cause="別の訳"))


def test_the_report_goes_to_paper(office, supervisor):
    given = an_incident(None)
    supervisor.carry_outs.save_incident(given)
    way = printing(office, office.supervisor)
    assert way.prepare_incident(given.incident_id).incident.given.summary == given.summary
    way.record_incident(new_id(), pages=1, sha256=SHA)
    with pytest.raises(NotPermittedError):
        printing(office, office.caseworker).prepare_incident(given.incident_id)
