"""Procedures at psql: other people's names, closed files, fields that a kind does not have, changes without a reason."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import bindparam, func, select

from desktop.domain.ids import new_id
from desktop.domain.procedures import PROCEDURE_SHAPE, ProcedureKind
from tests.database.security.place import DENIED, Connection, Place, open_file, refused
from tests.support.factories import TODAY, days_ago
from tests.support.procedures import a_procedure

_TABLES = ("procedure_record", "procedure_text")
_TOMORROW = TODAY + timedelta(days=1)
_ROW = (
    "INSERT INTO procedure_record (id, office_id, household_id, person_id, kind, begun_on, confirmed_on, ended_on, year, yen,"
    " choice, replaces_id, is_void, made_by, made_at)"
    " VALUES (%(id)s, %(office)s, %(household)s, %(person)s, %(kind)s, %(begun)s, %(confirmed)s, %(ended)s, %(year)s, %(yen)s,"
    " %(choice)s, %(replaces)s, %(void)s, coalesce(%(by)s, app.me()), now())"
)
_TEXT = (
    "INSERT INTO procedure_text (procedure_id, office_id, household_id, who, note, reason)"
    " VALUES (%(id)s, %(office)s, %(household)s, %(who)s, %(note)s, %(reason)s)"
)
_NOTHING = ("confirmed", "ended", "year", "yen", "replaces", "by", "person")


@pytest.fixture
def writer(place: Place) -> Connection:
    """The caseworker at psql, with the household's file open."""
    connection = place.connect(place.office.caseworker)
    open_file(connection, place.office.household_id)
    return connection


def row(place, /, **changes):
    office = place.office
    return {
        **dict.fromkeys(_NOTHING),
        "id": new_id(),
        "office": office.caseworker.office_id,
        "household": office.household_id,
        "kind": "kept",
        "begun": days_ago(30),
        "choice": "c1",
        "void": False,
        **changes,
    }


def duty(place, /, **changes):
    return row(place, **{"kind": "duty", "choice": "", **changes})


def kept(place, **changes):
    """Let the caseworker keep something for somebody by the program."""
    given = a_procedure(place.office.household_id, ProcedureKind.KEPT, note="金庫", **changes)
    place.desk(place.office.caseworker).procedures.keep(given)
    return given


def tried(connection, *statements):
    """What statements of one transaction end with; deferred checks are asked for at its end."""
    connection.execute("BEGIN")
    found = ""
    for statement, given in (*statements, ("SET CONSTRAINTS ALL IMMEDIATE", None)):
        found = refused(connection, statement, given)
        if found:
            break
    connection.execute("ROLLBACK")
    return found


def test_rows_are_one_s_own_of_an_open_file_and_of_its_people(place, writer):
    assert tried(writer, (_ROW, row(place))) == ""
    assert refused(writer, _ROW, row(place, by=place.office.supervisor.staff_id)) in DENIED
    assert refused(writer, _ROW, row(place, household=place.far_id)) in DENIED
    assert refused(writer, _ROW, row(place, person=place.foreign_person_id)) == "BS422"
    records = place.connect(place.office.records)
    open_file(records, place.office.household_id)
    assert refused(records, _ROW, row(place)) in DENIED


@pytest.mark.parametrize(
    "changes",
    [
        {"begun": _TOMORROW},
        {"choice": ""},
        {"choice": "p60"},
        {"choice": "xx"},
        {"kind": "pension", "choice": "p60"},
        {"kind": "duty", "choice": "", "ended": TODAY},
        {"kind": "duty", "choice": "", "yen": 1},
        {"kind": "tax_survey", "choice": "", "year": TODAY.year + 1},
        {"kind": "tax_survey", "choice": "", "year": 1900},
        {"kind": "kin", "choice": ""},
    ],
    ids=range(10),
)
def test_a_kind_has_its_fields_and_the_office_s_choices(place, writer, changes):
    assert tried(writer, (_ROW, row(place, **changes))) == "BS422"


@pytest.mark.parametrize(
    "changes",
    [{"year": 2024}, {"confirmed": days_ago(31)}, {"void": True}, {"yen": -1, "kind": "return"}],
    ids=range(4),
)
def test_checks_of_the_table_hold(place, writer, changes):
    assert refused(writer, _ROW, duty(place, **changes)) in {"23514", "BS422"}


def test_the_fields_of_each_kind_are_the_program_s(place):
    names = ("confirmed_on", "ended_on", "year", "yen", "choice", "who")
    has = select(func.app.procedure_has(bindparam("kind"), bindparam("field")))
    with place.engine.connect() as owner:
        for kind, shape in PROCEDURE_SHAPE.items():
            for name in names:
                told = owner.scalar(has, {"kind": kind.value, "field": name})
                assert told is bool(getattr(shape, name.removesuffix("_on"))), (kind, name)


def test_what_was_known_changes_only_with_a_reason(place, writer):
    given = kept(place)
    of = {"replaces": given.procedure_id}
    words = {"who": "", "note": "金庫", "reason": ""}
    for changes in ({"choice": "c2"}, {"begun": days_ago(29)}, {"void": True}):
        changed = row(place, **of, **changes)
        assert tried(writer, (_ROW, changed), (_TEXT, changed | words)) == "BS422"
        said = changed | words | {"reason": "書き誤り"}
        assert tried(writer, (_ROW, changed), (_TEXT, said)) == ""
    more = row(place, **of, ended=TODAY)
    assert tried(writer, (_ROW, more), (_TEXT, more | words)) == ""
    assert tried(writer, (_ROW, more)) == "BS422"  # the note would be gone
    assert tried(writer, (_ROW, more), (_TEXT, more | words | {"note": "机の中"})) == "BS422"
    assert refused(writer, _ROW, duty(place, **of)) in DENIED
    assert refused(writer, _ROW, row(place, replaces=new_id())) in DENIED


def test_words_come_with_their_row(place, writer):
    given = kept(place)
    words = {"who": "", "note": "", "reason": ""}
    assert refused(writer, _TEXT, row(place, id=given.procedure_id) | words) in DENIED
    fresh = row(place, kind="tax_survey", choice="", year=2024)
    assert tried(writer, (_ROW, fresh), (_TEXT, fresh | words | {"who": "架空"})) == "BS422"


def test_nothing_is_changed_or_removed(place, writer):
    kept(place)
    supervisor = place.connect(place.office.supervisor)
    open_file(supervisor, place.office.household_id)
    for connection in (writer, supervisor):
        for table in _TABLES:
            assert refused(connection, f"DELETE FROM {table}") in DENIED
            assert refused(connection, f"UPDATE {table} SET office_id = office_id") in DENIED


def test_another_office_sees_none_of_it_and_words_need_a_ticket(place):
    kept(place)
    stranger, head = place.connect(place.stranger), place.connect(place.office.head)
    for table in _TABLES:
        assert stranger.execute(f"SELECT * FROM {table}").fetchall() == []
        assert (head.execute(f"SELECT * FROM {table}").fetchall() == []) == (table in _TABLES[1:])
