"""Ticks of changes at psql: other names, households of others, two first ones, other changes, words, taking back unseen."""

from __future__ import annotations

import pytest

from desktop.domain.ids import new_id
from tests.database.security.place import DENIED, open_file, refused
from tests.support.rule_changes import EVERYONE, LATER, NOBODY, a_tick

_ROW = (
    "INSERT INTO rule_change_tick (id, office_id, household_id, change_key, change_version, state, has_note, replaces_id,"
    " ticked_by, ticked_at) VALUES (%(id)s, %(office)s, %(household)s, %(key)s, %(version)s, %(state)s, %(has_note)s,"
    " %(replaces)s, coalesce(%(by)s, app.me()), '2020-01-01')"
)
_NOTE = (
    "INSERT INTO rule_change_note (tick_id, office_id, household_id, note)"
    " VALUES (%(id)s, %(office)s, %(household)s, %(note)s)"
)
_TABLES = ("rule_change_tick", "rule_change_note")


def row(place, /, **changes):
    office = place.office
    return {
        "id": new_id(),
        "office": office.caseworker.office_id,
        "household": office.household_id,
        "key": f"attack-{new_id()}"[:60],
        "version": 1,
        "state": "done",
        "has_note": False,
        "replaces": None,
        "by": None,
        "note": "来年のことです。",
        **changes,
    }


def tried(connection, given, *, words=True):
    """A tick with its words: "" where it is kept."""
    connection.execute("BEGIN")
    found = refused(connection, _ROW, given)
    if not found and words:
        found = refused(connection, _NOTE, given)
    found = found or refused(connection, "SET CONSTRAINTS ALL IMMEDIATE")
    connection.execute("ROLLBACK")
    return found


def kept(place, key=EVERYONE, note=""):
    given = a_tick(place.office.household_id, change_key=key, note=note)
    place.desk(place.office.caseworker).rule_changes.tick(given)
    return given


def test_a_tick_is_one_s_own_of_one_s_duty_and_once(place, writer):
    assert refused(writer, _ROW, row(place, by=place.office.head.staff_id)) in DENIED
    for household in (place.foreign_id, place.far_id):
        assert refused(writer, _ROW, row(place, household=household)) in DENIED
    for key in ("X-1", "1 OR 1", "..", "-a-", "例の改正"):
        assert refused(writer, _ROW, row(place, key=key)) in ("BS422", "23514")
    for changes in ({"version": 0}, {"state": "open_again"}, {"state": "ignored"}):
        assert refused(writer, _ROW, row(place, **changes)) == "23514"
    given = row(place)
    assert refused(writer, _ROW, given) == ""
    assert refused(writer, _ROW, row(place, key=given["key"])) == "23505"
    ((year, office),) = place.truth(
        "SELECT extract(year FROM ticked_at), office_id FROM rule_change_tick WHERE id = %s",
        (given["id"],),
    )
    assert (year, office) == (2024, place.office.caseworker.office_id)


def test_it_needs_no_ticket_but_the_right_to_write(place):
    assert refused(place.connect(place.office.caseworker), _ROW, row(place)) == ""
    assert refused(place.connect(place.office.outsider), _ROW, row(place)) in DENIED
    records = place.connect(place.office.records)
    open_file(records, place.office.household_id)
    assert refused(records, _ROW, row(place)) in DENIED
    assert refused(place.connect(place.administrator), _ROW, row(place)) in DENIED


def test_a_further_tick_is_of_the_same_household_and_change_and_of_no_older_version(place, writer):
    first = row(place, version=2)
    assert refused(writer, _ROW, first) == ""
    same = {"key": first["key"], "replaces": first["id"], "version": 2}
    assert tried(writer, row(place, **same, state="open_again"), words=False) == ""
    assert tried(writer, row(place, **{**same, "version": 3}), words=False) == ""
    assert tried(writer, row(place, **{**same, "version": 1}), words=False) == "BS409"
    assert tried(writer, row(place, **{**same, "key": "attack-other"}), words=False) in DENIED
    assert tried(writer, row(place, **{**same, "replaces": new_id()}), words=False) in DENIED
    assert refused(writer, _ROW, row(place, **same)) == ""
    assert refused(writer, _ROW, row(place, **same)) == "23505"


def test_words_come_with_their_tick_and_are_said(place, writer):
    assert tried(writer, row(place, has_note=True)) == ""
    assert tried(writer, row(place)) == "BS422"  # words that the tick does not say
    assert tried(writer, row(place, has_note=True), words=False) == "BS422"
    assert tried(writer, row(place, has_note=True, note="　")) == "BS422"
    assert tried(writer, row(place, has_note=True, note="長" * 501)) == "BS422"
    later = {**row(place), "id": kept(place).tick_id}
    assert refused(writer, _NOTE, later) in DENIED


@pytest.mark.parametrize("table", _TABLES)
def test_nothing_is_changed_or_removed_and_words_need_a_ticket(place, writer, table):
    kept(place, LATER if table == _TABLES[0] else NOBODY, note="次男のことです。")
    for change in ("UPDATE {} SET office_id = office_id", "DELETE FROM {}"):
        assert refused(writer, change.format(table)) in DENIED
    stranger, head = place.connect(place.stranger), place.connect(place.office.head)
    assert stranger.execute(f"SELECT * FROM {table}").fetchall() == []
    assert (head.execute(f"SELECT * FROM {table}").fetchall() == []) == table.endswith("_note")
