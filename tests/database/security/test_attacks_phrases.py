"""Own set phrases at psql: whose they are, and what may be changed in them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop.database.engine import make_engine
from desktop.domain.ids import new_id
from desktop.domain.phrases import PhraseInput
from tests.database.security.place import DENIED, Place, make_place, refused
from tests.support.databases import FreshDatabases

_ADD = (
    "INSERT INTO own_phrase (id, office_id, staff_id, code, folded, label, text, segments, is_ended, version, saved_at)"
    " VALUES (%(id)s, %(office)s, coalesce(%(staff)s, app.me()), %(code)s, 'zz', 'l', %(text)s, '', true, 7, '2001-01-01')"
)
_READ = "SELECT text FROM own_phrase"
_CHANGE = "UPDATE own_phrase SET text = %(text)s, version = %(version)s WHERE id = %(id)s"


@pytest.fixture
def place(fresh_databases: FreshDatabases) -> Iterator[Place]:
    with fresh_databases.postgresql() as url:
        engine = make_engine(url)
        made = make_place(engine)
        yield made
        made.close()
        engine.dispose()


@pytest.fixture
def phrase_id(place):
    mine = place.office.desk(place.office.caseworker).phrases
    return mine.keep(
        PhraseInput(phrase_id=new_id(), shown_version=0, code="aa", label="", text="自分の文。")
    )


def row(place, /, **changes):
    given = {"id": new_id(), "office": place.office.caseworker.office_id, "staff": None}
    return {**given, "code": "zz", "text": "文。", **changes}


def test_nobody_else_reads_them_not_even_who_supervises_or_administers(place, phrase_id):
    own = place.connect(place.office.caseworker)
    assert own.execute(_READ).fetchall() == [("自分の文。",)]
    for person in (place.office.supervisor, place.office.outsider):
        connection = place.connect(person)
        assert refused(connection, _READ) in DENIED or not connection.execute(_READ).fetchall()
    for person in (place.office.head, place.office.records):
        assert refused(place.connect(person), _READ) in DENIED


def test_nobody_writes_in_anothers_name(place):
    connection = place.connect(place.office.caseworker)
    other = place.office.outsider.staff_id
    assert refused(connection, _ADD, row(place, staff=other)) in DENIED
    assert refused(place.connect(place.office.records), _ADD, row(place)) in DENIED


def test_version_end_and_time_of_a_new_one_are_the_servers(place):
    connection = place.connect(place.office.caseworker)
    connection.execute(_ADD, row(place))
    (version, is_ended, year) = connection.execute(
        "SELECT version, is_ended, extract(year FROM saved_at) > 2001 FROM own_phrase"
    ).fetchone()
    assert (version, is_ended, year) == (1, False, True)


def test_a_phrase_has_a_code_and_a_text_that_is_not_endless(place):
    connection = place.connect(place.office.caseworker)
    for changes in ({"code": " "}, {"text": ""}, {"text": "長" * 1001}, {"code": "a" * 13}):
        assert refused(connection, _ADD, row(place, **changes)) == "BS422"


def test_another_changes_nothing_and_a_version_is_not_skipped(place, phrase_id):
    changed = {"id": phrase_id, "text": "書き換え", "version": 2}
    outsider = place.connect(place.office.outsider)
    assert outsider.execute(_CHANGE, changed).rowcount == 0
    own = place.connect(place.office.caseworker)
    assert refused(own, _CHANGE, {**changed, "version": 5}) == "BS409"
    given = "UPDATE own_phrase SET staff_id = %(other)s WHERE id = %(id)s"
    other = place.office.outsider.staff_id
    assert refused(own, given, {"id": phrase_id, "other": other}) in DENIED


def test_what_ended_stays_ended_and_nothing_is_deleted(place, phrase_id):
    place.office.desk(place.office.caseworker).phrases.end(phrase_id, 1)
    own = place.connect(place.office.caseworker)
    again = "UPDATE own_phrase SET is_ended = false, version = 3 WHERE id = %(id)s"
    assert refused(own, again, {"id": phrase_id}) in DENIED
    assert refused(own, "DELETE FROM own_phrase") in DENIED
