"""Assessments at psql: proposals that no rule makes, parts that do not fit, changes afterwards, sensitive barriers, holds."""

from __future__ import annotations

import json

import psycopg
import pytest

from desktop.domain.ids import new_id
from tests.database.security.place import DENIED, Connection, Place, open_file, refused
from tests.support.assessments import assessment, barrier
from tests.support.factories import TODAY

_HEAD = (
    "INSERT INTO assessment (id, office_id, household_id, person_id, kind, made_on, form_on, rules_from, rule, proposed_group,"
    " on_hold, is_disputed, author_id, saved_at) VALUES (%(id)s, %(office)s, %(household)s, %(person)s, 'start', %(day)s, %(day)s,"
    " '2000-04-01', %(rule)s, %(group)s, %(hold)s, %(disputed)s, coalesce(%(by)s, app.me()), now())"
)
_ANSWERS = (
    "INSERT INTO assessment_answers (assessment_id, office_id, household_id, scope, asks_anyway, work, health, health_source,"
    " health_on, health_words, rejudge_on, barriers, motivation, motivation_on, motivation_words, drive, drive_said, job,"
    " resources, wishes, market, life, safety, view, comment, comment_on, comment_words) VALUES (%(id)s, %(office)s, %(household)s, 'in',"
    " false, 'W0', 'A1', 'treating', %(day)s, '', NULL, %(barriers)s, %(motivation)s, %(day)s, '話した', %(drive)s,"
    " %(said)s, '', '', '', '', '', '', '', %(comment)s, %(shown)s, '')"
)
_BARRIER = (
    "INSERT INTO {table} (assessment_id, barrier, office_id, household_id, state, as_of, expected_on, evidence, action, partner)"
    " VALUES (%(id)s, %(code)s, %(office)s, %(household)s, %(state)s, %(day)s, NULL, '', '', '')"
)


@pytest.fixture
def writer(place: Place) -> Connection:
    """The caseworker at psql, with the household's file open."""
    connection = place.connect(place.office.caseworker)
    open_file(connection, place.office.household_id)
    return connection


def values(place: Place, /, **changes):
    office = place.office
    return {
        "id": new_id(),
        "office": office.caseworker.office_id,
        "household": office.household_id,
        "person": office.person_id,
        "day": TODAY,
        "rule": "R11",
        "group": "G2",
        "hold": False,
        "disputed": False,
        "comment": "not_shown",
        "shown": None,
        "by": None,
        "barriers": "C0",
        "motivation": "B2",
        "drive": "E9",
        "said": json.dumps({}),
        "code": "BF00",
        "state": "C0",
        **changes,
    }


def store(by: Connection, row, table="assessment_barrier"):
    """Head, answers and one barrier, as the program stores them."""
    with by.transaction():
        by.execute(_HEAD, row)
        by.execute(_ANSWERS, row)
        by.execute(_BARRIER.format(table=table), row)


def not_stored(by: Connection, row, table="assessment_barrier") -> str:
    """The SQLSTATE with which the whole is refused; "" where it was stored."""
    try:
        store(by, row, table)
    except psycopg.Error as error:
        return error.sqlstate or "connection"
    return ""


@pytest.mark.parametrize(
    "changes", [{}, {"disputed": True, "comment": "partly", "shown": TODAY}], ids=["", "disputed"]
)
def test_what_the_program_stores_can_be_stored(place, writer, changes):
    store(writer, values(place, **changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"rule": "R10", "group": "G3"},
        {"group": "G4"},
        {"barriers": "C1"},
        {"drive": "E1"},
        {"state": "C3"},
        {"hold": True},
        {"disputed": True},
        {"comment": "disagreed", "shown": TODAY},
        {"comment": "agreed"},
        {"shown": TODAY},
        {"comment": "agreed", "shown": TODAY.replace(year=TODAY.year + 1)},
        {"motivation": "B1", "said": json.dumps({"E01": "no"})},
    ],
)
def test_a_proposal_is_what_the_table_says_of_the_parts(place, writer, changes):
    assert not_stored(writer, values(place, **changes)) == "BS422"


def test_somebody_elses_name_another_person_and_a_day_to_come(place, writer):
    other = values(place, by=place.office.supervisor.staff_id)
    assert not_stored(writer, other) in DENIED
    assert not_stored(writer, values(place, person=place.foreign_person_id)) == "BS422"
    tomorrow = values(place, day=TODAY.replace(year=TODAY.year + 1))
    assert not_stored(writer, tomorrow) == "BS422"


def test_answers_alone_and_parts_that_come_later(place, writer):
    row = values(place)
    store(writer, row)
    late = {**row, "code": "BF01", "state": "C0"}
    for table in ("assessment_barrier", "sensitive_barrier"):
        statement = _BARRIER.format(table=table)
        assert refused(writer, statement, late) in DENIED
    assert refused(writer, _HEAD, values(place)) == "BS422"


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("assessment", "proposed_group"),
        ("assessment_answers", "view"),
        ("assessment_barrier", "state"),
        ("sensitive_barrier", "state"),
    ],
)
def test_nothing_is_changed_or_removed(place, writer, table, column):
    for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
        assert refused(writer, statement) in DENIED


def test_a_sensitive_barrier_has_one_place(place, writer):
    wrong = values(place, code="BF10", state="C0")
    assert not_stored(writer, wrong) == "BS422"
    store(writer, wrong, table="sensitive_barrier")


def test_sensitive_barriers_are_read_with_their_right_and_a_ticket_alone(place):
    given = assessment(place.office, barriers=(barrier(), barrier("BF20")))
    place.desk(place.office.caseworker).assessments.save(given)
    count = "SELECT count(*) FROM sensitive_barrier WHERE assessment_id = %s"
    place.close_files_of(place.office.caseworker)
    reader = place.connect(place.office.caseworker)
    assert reader.execute(count, (given.assessment_id,)).fetchone() == (0,)
    open_file(reader, place.office.household_id)
    assert reader.execute(count, (given.assessment_id,)).fetchone() == (1,)
    clerk = place.connect(place.office.records)
    open_file(clerk, place.office.household_id)
    assert refused(clerk, count, (given.assessment_id,)) in DENIED


def test_a_hold_is_lifted_by_who_approves_and_with_words(place, writer):
    given = assessment(place.office, safety="連絡が取れない")
    place.desk(place.office.caseworker).assessments.save(given)
    row = {"id": given.assessment_id, "office": place.office.caseworker.office_id}
    row |= {"household": place.office.household_id}
    lift = (
        "INSERT INTO support_hold_lift (assessment_id, office_id, household_id, lifted_by, lifted_at)"
        " VALUES (%(id)s, %(office)s, %(household)s, app.me(), now())"
    )
    assert refused(writer, lift, row) in DENIED
    supervisor = place.connect(place.office.supervisor)
    open_file(supervisor, place.office.household_id)
    assert refused(supervisor, lift, row) == "BS422"
    ((is_held,),) = place.truth("SELECT app.is_on_hold(%s)", (place.office.person_id,))
    assert is_held
