"""Liaisons at psql: other people's names, closed files, versions out of turn, a bar lifted without a word."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.domain.ids import new_id
from desktop.domain.liaisons import BarReason
from tests.database.security.place import DENIED, Connection, Place, open_file, refused
from tests.support.factories import TODAY, days_ago
from tests.support.liaisons import a_liaison

_ROW = (
    "INSERT INTO liaison (id, office_id, household_id, liaison_id, version, person_id, kind, name, whom, telephone, hours,"
    " note, bar, reason, valid_from, valid_to, made_by, made_at)"
    " VALUES (%(id)s, %(office)s, %(household)s, coalesce(%(of)s, %(id)s), %(version)s, %(person)s, %(kind)s, %(name)s,"
    " %(whom)s, %(telephone)s, %(hours)s, %(note)s, %(bar)s, %(reason)s, %(from)s, %(to)s,"
    " coalesce(%(by)s, app.me()), '2000-01-01')"
)
_NOTHING = ("of", "person", "bar", "to", "by")


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
        **dict.fromkeys(("whom", "hours", "note", "reason"), ""),
        "id": new_id(),
        "office": office.caseworker.office_id,
        "household": office.household_id,
        "version": 1,
        "kind": "landlord",
        "name": "見本不動産",
        "telephone": "0721-00-0001",
        "from": days_ago(30),
        **changes,
    }


def kept(place, **changes):
    """Let the caseworker keep somebody by the program."""
    given = a_liaison(place.office.household_id, **changes)
    place.desk(place.office.caseworker).liaisons.keep(given)
    return given


def test_rows_are_one_s_own_of_an_open_file_and_the_server_says_when(place, writer):
    given = row(place)
    assert refused(writer, _ROW, given) == ""
    (made,) = writer.execute("SELECT made_at FROM liaison WHERE id = %s", [given["id"]]).fetchone()
    assert made.year > 2000
    assert refused(writer, _ROW, row(place, by=place.office.supervisor.staff_id)) in DENIED
    assert refused(writer, _ROW, row(place, household=place.far_id)) in DENIED
    assert refused(writer, _ROW, row(place, person=place.foreign_person_id)) == "BS422"
    records = place.connect(place.office.records)
    open_file(records, place.office.household_id)
    assert refused(records, _ROW, row(place)) in DENIED


@pytest.mark.parametrize(
    "changes",
    [
        {"name": " 　"},
        {"name": "あ" * 41},
        {"whom": "あ" * 61},
        {"hours": "あ" * 61},
        {"telephone": "0721 00 0001"},
        {"telephone": "12345"},
        {"bar": "other"},
        {"note": "あ" * 10_001},
        {"reason": "あ" * 10_001},
    ],
    ids=range(9),
)
def test_what_the_program_refuses_the_database_refuses(place, writer, changes):
    assert refused(writer, _ROW, row(place, **changes)) == "BS422"


@pytest.mark.parametrize(
    "changes",
    [
        {"to": days_ago(31)},
        {"kind": "friend"},
        {"bar": "mood"},
        {"version": 0},
        {"of": new_id()},
    ],
    ids=range(5),
)
def test_checks_of_the_table_hold(place, writer, changes):
    assert refused(writer, _ROW, row(place, **changes)) in {"23514", "23503", *DENIED}


def test_versions_follow_each_other_and_a_bar_is_lifted_with_a_reason(place, writer):
    given = kept(place, bar=BarReason.VIOLENCE)
    of = {"of": given.liaison_id}
    assert refused(writer, _ROW, row(place, **of, version=3)) == "BS409"
    assert refused(writer, _ROW, row(place, **of, version=1)) == "23514"
    assert refused(writer, _ROW, row(place, of=new_id(), version=2)) in DENIED
    assert refused(writer, _ROW, row(place, **of, version=2)) == "BS422"
    assert refused(writer, _ROW, row(place, **of, version=2, reason=" 　")) == "BS422"
    for shorter in ({"to": TODAY}, {"from": TODAY}):
        barred = row(place, **of, version=2, bar="violence", **shorter)
        assert refused(writer, _ROW, barred) == "BS422"
    assert refused(writer, _ROW, row(place, **of, version=2, reason="本人と確かめた")) == ""
    assert refused(writer, _ROW, row(place, **of, version=2, reason="本人と確かめた")) == "BS409"


def test_nothing_is_changed_or_removed(place, writer):
    kept(place)
    supervisor = place.connect(place.office.supervisor)
    open_file(supervisor, place.office.household_id)
    for connection in (writer, supervisor):
        assert refused(connection, "DELETE FROM liaison") in DENIED
        assert refused(connection, "UPDATE liaison SET bar = NULL") in DENIED


def test_they_are_read_with_a_ticket_only_and_by_no_other_office(place):
    given = kept(place, valid_to=TODAY + timedelta(days=1))
    read = f"SELECT name FROM liaison WHERE id = '{given.row_id}'"
    own = place.connect(place.office.caseworker)
    open_file(own, place.office.household_id)
    assert own.execute(read).fetchall() == [("見本不動産",)]
    for other in (place.stranger, place.office.head):
        assert place.connect(other).execute(read).fetchall() == []
