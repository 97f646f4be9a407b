"""Benefit cases at psql: other people's names, files that are not open, decisions of one's own case, words that are missing."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from desktop.domain.ids import new_id
from desktop.domain.work_estimates_aid import JobSearchAid
from tests.database.security.place import DENIED, Connection, Place, open_file, refused
from tests.support.factories import TODAY
from tests.support.work_money import A_TRIP, an_application

_TABLES = ("benefit_case", "benefit_case_text", "benefit_decision", "benefit_decision_text")
_CASE = (
    "INSERT INTO benefit_case (id, office_id, household_id, person_id, kind, asked_on, about_on, months, made_by, made_at)"
    " VALUES (%(id)s, %(office)s, %(household)s, %(person)s, %(kind)s, %(asked)s, %(asked)s, %(months)s,"
    " coalesce(%(by)s, app.me()), now())"
)
_CASE_TEXT = (
    "INSERT INTO benefit_case_text (case_id, office_id, household_id, estimate, note)"
    " VALUES (%s, %s, %s, %s, '')"
)
_DECISION = (
    "INSERT INTO benefit_decision (id, office_id, household_id, case_id, outcome, decided_on, month, noted_by, noted_at)"
    " VALUES (%(id)s, %(office)s, %(household)s, %(case)s, %(outcome)s, %(day)s, %(month)s,"
    " coalesce(%(by)s, app.me()), now())"
)
_DECISION_TEXT = (
    "INSERT INTO benefit_decision_text (decision_id, office_id, household_id, amount, reason)"
    " VALUES (%s, %s, %s, %s, %s)"
)


@pytest.fixture
def writer(place: Place) -> Connection:
    """The caseworker at psql, with the household's file open."""
    connection = place.connect(place.office.caseworker)
    open_file(connection, place.office.household_id)
    return connection


@pytest.fixture
def supervisor(place: Place) -> Connection:
    """The supervisor at psql, with the household's file open."""
    connection = place.connect(place.office.supervisor)
    open_file(connection, place.office.household_id)
    return connection


def case_row(place, /, **changes):
    office = place.office
    return {
        "id": new_id(),
        "office": office.caseworker.office_id,
        "household": office.household_id,
        "person": office.person_id,
        "kind": "travel",
        "asked": TODAY,
        "months": None,
        "by": None,
        **changes,
    }


def decision_row(place, case_id, /, **changes):
    office = place.office
    return {
        "id": new_id(),
        "office": office.caseworker.office_id,
        "household": office.household_id,
        "case": case_id,
        "outcome": "granted",
        "day": TODAY,
        "month": None,
        "by": None,
        **changes,
    }


def an_open_case(place, given=A_TRIP):
    """An application that the caseworker recorded."""
    office, service = place.office, place.desk(place.office.caseworker).estimates
    shown = service.estimate(office.household_id, office.person_id, given)
    case = an_application(office.household_id, office.person_id, shown, given)
    service.apply(case)
    return case.case_id


def test_an_application_is_one_s_own_of_an_open_file_and_of_its_people(place, writer):
    assert refused(writer, _CASE, case_row(place, by=place.office.supervisor.staff_id)) in DENIED
    assert refused(writer, _CASE, case_row(place, household=place.far_id)) in DENIED
    assert refused(writer, _CASE, case_row(place, person=place.foreign_person_id)) == "BS422"
    assert refused(writer, _CASE, case_row(place, asked=TODAY + timedelta(days=1))) == "BS422"
    records = place.connect(place.office.records)
    open_file(records, place.office.household_id)
    assert refused(records, _CASE, case_row(place)) in DENIED


def test_an_application_comes_with_what_was_shown(place, writer):
    assert refused(writer, _CASE, case_row(place)) == "BS422"
    row = case_row(place)
    owner = (row["id"], row["office"], row["household"])
    writer.execute("BEGIN")
    writer.execute(_CASE, row)
    other = json.dumps({"kind": "independence"})
    assert refused(writer, _CASE_TEXT, (*owner, other)) in DENIED
    writer.execute("ROLLBACK")
    known = an_open_case(place)
    later = (known, row["office"], row["household"], json.dumps({"kind": "travel"}))
    assert refused(writer, _CASE_TEXT, later) in (*DENIED, "23505")


def test_what_remains_in_hand_is_no_application(place, writer):
    assert refused(writer, _CASE, case_row(place, kind="earned_income")) == "23514"
    assert refused(writer, _CASE, case_row(place, kind="job_search")) == "23514"


def test_the_author_of_an_application_records_no_decision(place, writer, supervisor):
    case_id = an_open_case(place)
    assert refused(writer, _DECISION, decision_row(place, case_id)) in DENIED
    own = decision_row(place, case_id, by=place.office.head.staff_id)
    assert refused(supervisor, _DECISION, own) in DENIED
    far = decision_row(place, case_id, household=place.far_id)
    assert refused(supervisor, _DECISION, far) in DENIED


@pytest.mark.parametrize(
    "changes",
    [
        {"day": TODAY + timedelta(days=1)},
        {"day": TODAY - timedelta(days=1)},
        {"month": TODAY.replace(day=1)},
    ],
    ids=range(3),
)
def test_a_decision_is_of_its_days(place, supervisor, changes):
    case_id = an_open_case(place)
    assert refused(supervisor, _DECISION, decision_row(place, case_id, **changes)) == "BS422"


def test_months_are_those_that_were_asked_for(place, supervisor):
    case_id = an_open_case(place, JobSearchAid(on=TODAY, months=2))
    for month in (None, TODAY.replace(day=2), TODAY.replace(year=2025, day=1)):
        row = decision_row(place, case_id, month=month)
        assert refused(supervisor, _DECISION, row) == "BS422"


@pytest.mark.parametrize(
    ("outcome", "amount", "reason"),
    [("granted", None, ""), ("refused", None, "\u3000"), ("refused", 1, "要件に当たらない。")],
)
def test_a_decision_says_its_amount_or_its_reason(place, supervisor, outcome, amount, reason):
    case_id = an_open_case(place)
    row = decision_row(place, case_id, outcome=outcome)
    assert refused(supervisor, _DECISION, row) == "BS422"
    owner = (row["id"], row["office"], row["household"])
    supervisor.execute("BEGIN")
    supervisor.execute(_DECISION, row)
    assert refused(supervisor, _DECISION_TEXT, (*owner, amount, reason)) == "BS422"
    supervisor.execute("ROLLBACK")


@pytest.mark.parametrize("table", _TABLES)
def test_nothing_is_changed_or_removed(place, writer, supervisor, table):
    an_open_case(place)
    for connection in (writer, supervisor):
        assert refused(connection, f"DELETE FROM {table}") in DENIED
        assert refused(connection, f"UPDATE {table} SET office_id = office_id") in DENIED


@pytest.mark.parametrize("table", _TABLES)
def test_another_office_sees_none_of_it(place, table):
    an_open_case(place)
    stranger = place.connect(place.stranger)
    assert stranger.execute(f"SELECT * FROM {table}").fetchall() == []


def test_without_a_ticket_nobody_reads_amounts(place):
    an_open_case(place)
    closed = place.connect(place.office.head)
    assert closed.execute("SELECT * FROM benefit_case_text").fetchall() == []
    assert closed.execute("SELECT * FROM benefit_case").fetchall() != []
