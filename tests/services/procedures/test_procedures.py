"""Procedures on both databases: what each kind asks for, what comes next of one, and what is put right with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.procedure_surveys import begun_survey, closed_survey
from desktop.domain.procedures import ProcedureKind as Kind
from tests.support.desk import small_office
from tests.support.factories import TODAY, days_ago
from tests.support.procedures import a_procedure

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def caseworker(office):
    return office.desk(office.caseworker)


def kept(office, desk):
    return desk.procedures.of_household(office.household_id).procedures


def further(given, /, **changes):
    """A row that stands for another one."""
    facts = {name: changes.pop(name) for name in tuple(changes) if hasattr(given.facts, name)}
    return replace(
        given,
        procedure_id=new_id(),
        replaces_id=given.procedure_id,
        facts=replace(given.facts, **facts),
        **changes,
    )


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_is_kept_once(office, caseworker, kind):
    person = office.person_id if kind is Kind.PENSION else None
    given = a_procedure(office.household_id, kind, person_id=person)
    caseworker.procedures.keep(given)
    caseworker.procedures.keep(given)
    (found,) = kept(office, caseworker)
    assert (found.kind, found.facts, found.who) == (kind, given.facts, given.who)
    assert found.counts
    assert found.is_done is (kind is Kind.PENSION)


def test_what_comes_next_needs_no_reason_and_stands_for_the_earlier_row(office, caseworker):
    given = a_procedure(office.household_id, Kind.TAX_SURVEY)
    caseworker.procedures.keep(given)
    closed = further(given, ended_on=days_ago(3), yen=120_000)
    caseworker.procedures.keep(closed)
    old, new = sorted(kept(office, caseworker), key=lambda p: p.counts)
    assert (old.is_old, new.counts, new.is_done) == (True, True, True)
    with pytest.raises(ConflictError):
        caseworker.procedures.keep(further(given, ended_on=TODAY))


def test_what_was_known_changes_only_with_a_reason(office, caseworker):
    given = a_procedure(office.household_id, Kind.KEPT, note="金庫で保管")
    caseworker.procedures.keep(given)
    for changes in (
        {"begun_on": days_ago(29)},
        {"choice": "c2"},
        {"note": ""},
        {"is_void": True},
    ):
        with pytest.raises(ValidationError) as refused:
            caseworker.procedures.keep(further(given, **changes))
        assert set(refused.value.fields) == {"reason"}
    caseworker.procedures.keep(further(given, is_void=True, reason="別の世帯の預り品でした。"))
    assert not any(each.counts for each in kept(office, caseworker))


def test_kind_and_person_stay(office, caseworker):
    given = a_procedure(office.household_id, Kind.DUTY, person_id=office.person_id)
    caseworker.procedures.keep(given)
    for changes in ({"person_id": None}, {"kind": Kind.WITHDRAWAL}, {"replaces_id": new_id()}):
        with pytest.raises(NotPermittedError):
            caseworker.procedures.keep(replace(further(given), **changes))


@pytest.mark.parametrize(
    ("kind", "changes", "field"),
    [
        (Kind.DUTY, {"begun_on": TOMORROW}, "begun_on"),
        (Kind.DUTY, {"confirmed_on": days_ago(31)}, "confirmed_on"),
        (Kind.DUTY, {"ended_on": TODAY}, "ended_on"),
        (Kind.DUTY, {"choice": "c1"}, "choice"),
        (Kind.DUTY, {"year": 2024}, "year"),
        (Kind.DUTY, {"yen": 1}, "yen"),
        (Kind.TAX_SURVEY, {"year": None}, "year"),
        (Kind.TAX_SURVEY, {"year": TODAY.year + 1}, "year"),
        (Kind.TAX_SURVEY, {"yen": -1}, "yen"),
        (Kind.TAX_SURVEY, {"who": "架空"}, "who"),
        (Kind.KEPT, {"choice": ""}, "choice"),
        (Kind.KEPT, {"choice": "p60"}, "choice"),
        (Kind.KIN, {"who": "　"}, "who"),
        (Kind.PENSION, {}, "person_id"),
        (Kind.RETURN, {"person_id": new_id()}, "person_id"),
    ],
)
def test_what_a_procedure_may_not_look_like(office, caseworker, kind, changes, field):
    given = a_procedure(office.household_id, kind, **changes)
    with pytest.raises(ValidationError) as refused:
        caseworker.procedures.keep(given)
    assert field in refused.value.fields
    assert kept(office, caseworker) == ()


def test_who_writes_no_records_only_reads(office):
    desk = office.desk(office.records)
    assert not desk.procedures.of_household(office.household_id).may_write
    with pytest.raises(NotPermittedError):
        desk.procedures.keep(a_procedure(office.household_id, Kind.DUTY))


def survey(desk, year=TODAY.year):
    (row,) = desk.procedures.surveys_of(year).surveys
    return row


def test_a_survey_is_begun_and_closed_from_the_list(office, caseworker):
    year = TODAY.year
    row = survey(caseworker)
    assert (row.household_id, row.survey) == (office.household_id, None)
    begun = begun_survey(new_id(), row, year, days_ago(5))
    assert begun is not None
    caseworker.procedures.keep(begun)
    row = survey(caseworker)
    assert begun_survey(new_id(), row, year, TODAY) is None
    closed = closed_survey(new_id(), row, year, TODAY)
    assert closed is not None
    caseworker.procedures.keep(closed)
    row = survey(caseworker)
    assert row.is_closed
    assert row.survey is not None
    assert (row.survey.begun_on, row.survey.yen) == (days_ago(5), 0)
    assert closed_survey(new_id(), row, year, TODAY) is None
    assert survey(caseworker, year - 1).survey is None


def test_a_difference_is_not_closed_by_the_list_and_void_counts_for_nothing(office, caseworker):
    given = a_procedure(office.household_id, Kind.TAX_SURVEY, yen=1)
    caseworker.procedures.keep(given)
    assert closed_survey(new_id(), survey(caseworker), TODAY.year, TODAY) is None
    caseworker.procedures.keep(further(given, is_void=True, reason="別の年の調査"))
    assert survey(caseworker).survey is None


def test_the_list_is_of_the_own_duty(office):
    assert office.desk(office.outsider).procedures.surveys_of(TODAY.year).surveys == ()
    assert survey(office.desk(office.supervisor)).household_id == office.household_id
