"""A ledger import that brings more than a ledger: another office, forged records, a hidden trail."""

from __future__ import annotations

from uuid import UUID

import psycopg
import pytest

from desktop.database.audit_trail.day import audit_day
from desktop.domain.clock import SystemClock, japan_day
from desktop.domain.ids import new_id
from tests.database.security.place import DENIED, Connection, Place, refused, rows
from tests.database.security.test_attacks_writing import new_entry
from tests.support.factories import LONG_AGO, TODAY

OLD = {
    "origin": "legacy",
    "state": "approved",
    "version": 1,
    "approved_version": 1,
    "author_id": None,
}


@pytest.fixture
def importer(place: Place):
    """Records staff in a transaction that says it brings a file."""
    by = place.connect(place.office.records)
    by.execute("BEGIN")
    by.execute("SELECT app.begin_import(%s, 'file')", (place.office.records.office_id,))
    yield by
    by.execute("ROLLBACK")


def test_an_import_of_another_office_or_of_none(place):
    by = place.connect(place.office.records)
    for office in (place.stranger.office_id, None, new_id()):
        assert refused(by, "SELECT app.begin_import(%s, 'file')", (office,)) == "BS403"


def test_ledger_rows_outside_an_import(place):
    by = place.connect(place.office.records)
    assert by.execute("UPDATE household SET head_name = 'x'").rowcount == 0
    insert = "INSERT INTO address_period (id, office_id, household_id, address, postal_code, valid_from) VALUES (%s, %s, %s, '', '', %s)"
    values = (new_id(), place.office.records.office_id, place.office.household_id, TODAY)
    assert refused(by, insert, values) == "42501"


@pytest.mark.parametrize("office", ["own", "other"])
def test_rows_for_another_offices_household(place, importer, office):
    key: UUID = place.office.records.office_id if office == "own" else place.stranger.office_id
    insert = "INSERT INTO address_period (id, office_id, household_id, address, postal_code, valid_from) VALUES (%s, %s, %s, '', '', %s)"
    assert refused(importer, insert, (new_id(), key, place.foreign_id, TODAY)) in DENIED


def test_rows_that_point_into_another_office(place, importer):
    office = place.office.records.office_id
    for statement, values in (
        (
            "UPDATE household SET district_id = %s WHERE id = %s",
            (place.foreign_district_id, place.office.household_id),
        ),
        (
            "UPDATE member SET person_id = %s WHERE household_id = %s",
            (place.foreign_person_id, place.office.household_id),
        ),
        (
            "UPDATE member SET household_id = %s WHERE household_id = %s",
            (place.foreign_id, place.office.household_id),
        ),
        (
            "INSERT INTO household_key (office_id, word, household_id) VALUES (%s, 'x', %s)",
            (office, place.foreign_id),
        ),
        (
            "INSERT INTO person_key (office_id, word, household_id) VALUES (%s, 'x', %s)",
            (office, place.foreign_id),
        ),
    ):
        importer.execute("SAVEPOINT s")
        assert _refused_in(importer, statement, values) in DENIED, statement


def _refused_in(by: Connection, statement: str, values: tuple[object, ...]) -> str:
    try:
        by.execute(statement, values)
    except psycopg.Error as error:
        by.execute("ROLLBACK TO SAVEPOINT s")
        return error.sqlstate or ""
    return ""


FORGED: dict[str, dict[str, object]] = {
    "not approved": {"state": "draft"},
    "an office record": {"origin": "office"},
    "numbered": {"number": 1},
    "annulled": {"is_annulled": True},
    "a version of later": {"version": 3, "approved_version": 3},
    "of tomorrow": {"event_on": TODAY.replace(day=TODAY.day + 1)},
}


@pytest.mark.parametrize("what", FORGED)
def test_an_old_record_that_is_none(what, place, importer):
    assert refused(importer, *new_entry(place, **{**OLD, **FORGED[what]})) in DENIED


def test_an_old_record_in_a_living_persons_name(place, importer):
    forged = {**OLD, "author_id": place.office.caseworker.staff_id}
    assert refused(importer, *new_entry(place, **forged)) in DENIED


def test_an_old_record_in_another_offices_file(place, importer):
    assert (
        refused(importer, *new_entry(place, **{**OLD, "household_id": place.foreign_id})) in DENIED
    )


def test_an_old_record_is_dated_by_the_server(place, importer):
    entry_id = new_id()
    importer.execute(*new_entry(place, id=entry_id, **OLD))
    found = rows(importer, "SELECT recorded_at >= %s FROM entry WHERE id = %s", (TODAY, entry_id))
    assert found == [(True,)]


def test_an_author_for_a_record_that_was_there_before(place, importer):
    entry_id = place.submitted()
    insert = "INSERT INTO legacy_author (entry_id, office_id, household_id, name) VALUES (%s, %s, %s, 'x')"
    values = (entry_id, place.office.records.office_id, place.office.household_id)
    assert refused(importer, insert, values) in DENIED


@pytest.mark.parametrize("forged", ["another person", "another file"])
def test_a_forged_trace_of_the_import(place, importer, forged):
    by = place.office.caseworker if forged == "another person" else place.office.records
    sha = "other" if forged == "another file" else "file"
    insert = (
        "INSERT INTO ledger_import (id, office_id, imported_by, imported_at, sha256, taken_over_on, rows, new, changed, vanished)"
        " VALUES (%s, %s, %s, now(), %s, %s, 0, 0, 0, 0)"
    )
    values = (new_id(), by.office_id, by.staff_id, sha, LONG_AGO)
    assert refused(importer, insert, values) == "BS403"


def test_other_acts_in_an_import_are_told_one_by_one(place):
    """Printing, to-dos and tickets during an import leave their own events, with the rows' keys."""
    by = place.connect(place.office.records)
    by.execute("BEGIN")
    by.execute("SELECT app.begin_import(%s, 'file')", (place.office.records.office_id,))
    batch = new_id()
    by.execute(
        "INSERT INTO print_batch (id, office_id, printed_by, printed_at, mark, pages, sha256) VALUES (%s, %s, %s, now(), 'original', 1, '')",
        (batch, place.office.records.office_id, place.office.records.staff_id),
    )
    by.execute("COMMIT")
    found = place.truth(
        "SELECT action FROM audit.event WHERE tbl = 'print_batch' AND row_key = %s", (str(batch),)
    )
    assert found == [("insert",)]


def test_a_made_up_import_that_takes_a_shield_off_stands_in_the_trail(place):
    """Before and after, household by household, and on the daily report."""
    by = place.connect(place.office.records)
    place.truth("UPDATE household SET is_shielded = true WHERE id = %s", (place.far_id,))
    ((mark,),) = place.truth(
        "INSERT INTO safety_mark (id, office_id, household_id, kind, valid_from)"
        " VALUES (gen_random_uuid(), %s, %s, 'shielded', '2020-04-01') RETURNING id",
        (place.office.records.office_id, place.far_id),
    )
    by.execute("BEGIN")
    by.execute("SELECT app.begin_import(%s, 'made up')", (place.office.records.office_id,))
    by.execute("UPDATE safety_mark SET valid_to = '2024-09-30' WHERE id = %s", (mark,))
    by.execute("UPDATE household SET is_shielded = false")
    by.execute("COMMIT")
    told = (
        "SELECT detail -> %s FROM audit.event WHERE tbl = %s AND row_key = %s AND action = 'update'"
    )
    assert place.truth(told, ("valid_to", "safety_mark", str(mark))) == [([None, "2024-09-30"],)]
    shown = place.truth(told, ("is_shielded", "household", str(place.far_id)))
    assert ([True, False],) in shown
    now = SystemClock().now()
    with place.engine.connect() as connection:
        (line,) = audit_day(connection, japan_day(now), now).shields
    ((number,),) = place.truth("SELECT case_number FROM household WHERE id = %s", (place.far_id,))
    assert (line.case_number, line.by, line.by_import) == (number, place.office.records.name, True)


def test_contacts_are_no_part_of_an_import(place, importer):
    """Matrix and guard say the same: the grant is not there."""
    row = (place.office.records.office_id, place.office.household_id)
    insert = (
        "INSERT INTO contact (id, office_id, household_id, happened_on, method, place, result_code, is_home_visit,"
        " is_absence) VALUES (gen_random_uuid(), %s, %s, '2024-09-30', 'visit', 'home', '11', false, false)"
    )
    assert refused(importer, insert, row) == "42501"


def test_words_of_another_office_stay(place, importer):
    before = place.truth(
        "SELECT count(*) FROM household_key WHERE household_id = %s", (place.foreign_id,)
    )
    importer.execute("SELECT app.forget_words(%s)", ([place.foreign_id],))
    assert (
        place.truth(
            "SELECT count(*) FROM household_key WHERE household_id = %s", (place.foreign_id,)
        )
        == before
    )
