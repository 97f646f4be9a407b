"""Saved searches at psql: whose they are, how long they may live, and that their words neither change nor outlive them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from desktop.database.engine import make_engine
from desktop.domain.ids import new_id
from desktop.domain.roles import Role
from desktop.models.office import Office
from tests.database.security.place import DENIED, Place, make_place, refused
from tests.support.databases import FreshDatabases
from tests.support.factories import make_staff, signed_in

_ADD = (
    "INSERT INTO saved_search (id, office_id, staff_id, name, purpose, words, case_number, is_widened, valid_until, created_at, ended_at)"
    " VALUES (%(id)s, %(office)s, coalesce(%(staff)s, app.me()), %(name)s, %(purpose)s, %(words)s, '123', true,"
    " (app.today() + %(ahead)s::interval)::date, '2001-01-01', '2001-01-01')"
)
_READ = "SELECT words FROM saved_search"


@pytest.fixture
def place(fresh_databases: FreshDatabases) -> Iterator[Place]:
    with fresh_databases.postgresql() as url:
        engine = make_engine(url)
        made = make_place(engine)
        yield made
        made.close()
        engine.dispose()


def row(place, /, **changes):
    given = {"id": new_id(), "office": place.office.caseworker.office_id, "staff": None}
    texts = {"name": "通院", "purpose": "通院を確かめる。", "words": "通院", "ahead": "3 months"}
    return {**given, **texts, **changes}


@pytest.fixture
def own(place):
    return place.connect(place.office.caseworker)


@pytest.fixture
def administrator(place):
    with place.office.work() as session:
        office = session.get(Office, place.office.caseworker.office_id)
        return signed_in(session, make_staff(session, Role.ADMINISTRATOR, office=office))


@pytest.fixture
def search_id(place, own):
    given = row(place)
    own.execute(_ADD, given)
    return given["id"]


def test_nobody_else_reads_them_not_even_who_supervises_or_administers(
    place, own, search_id, administrator
):
    assert own.execute(_READ).fetchall() == [("通院",)]
    for person in (place.office.supervisor, place.office.outsider, place.office.head):
        connection = place.connect(person)
        assert refused(connection, _READ) in DENIED or not connection.execute(_READ).fetchall()
    assert refused(place.connect(administrator), _READ) in DENIED


def test_nobody_writes_in_anothers_name(place, own, administrator):
    assert refused(own, _ADD, row(place, staff=place.office.outsider.staff_id)) in DENIED
    assert refused(place.connect(administrator), _ADD, row(place)) in DENIED


def test_time_and_end_of_a_new_one_are_the_servers(own, search_id):
    told = "SELECT extract(year FROM created_at) > 2001, ended_at FROM saved_search"
    assert own.execute(told).fetchone() == (True, None)


@pytest.mark.parametrize(
    "changes",
    [
        {"name": " "},
        {"purpose": "　"},
        {"words": ""},
        {"purpose": "長" * 201},
        {"words": "長" * 201},
        {"ahead": "-1 days"},
        {"ahead": "12 months 1 day"},
    ],
)
def test_it_has_a_purpose_and_a_last_day_within_a_year(place, own, changes):
    assert refused(own, _ADD, row(place, **changes)) == "BS422"


def test_a_year_is_allowed(place, own):
    own.execute(_ADD, row(place, ahead="12 months"))


def test_more_time_is_bounded_alike_and_needs_a_purpose(own, search_id):
    longer = "UPDATE saved_search SET purpose = %s, valid_until = (app.today() + %s::interval)::date WHERE id = %s"
    assert refused(own, longer, ("", "1 month", search_id)) == "BS422"
    assert refused(own, longer, ("まだ見る。", "13 months", search_id)) == "BS422"
    assert own.execute(longer, ("まだ見る。", "1 month", search_id)).rowcount == 1


def test_another_changes_nothing_and_the_words_stay(place, own, search_id):
    ended = "UPDATE saved_search SET ended_at = app.now()"
    assert place.connect(place.office.outsider).execute(ended).rowcount == 0
    own.execute("UPDATE saved_search SET words = '別の人', name = '別'")
    assert own.execute("SELECT words, name FROM saved_search").fetchone() == ("通院", "通院")
    for column in ("noun", "created_at", "staff_id"):
        assert refused(own, f"UPDATE saved_search SET {column} = {column}") in DENIED


def test_what_ended_keeps_no_words_and_stays_ended(own, search_id):
    own.execute("UPDATE saved_search SET ended_at = '2001-01-01', words = '残す', purpose = ''")
    told = "SELECT name, words, case_number, purpose, ended_at::date FROM saved_search"
    *texts, day = own.execute(told).fetchone()
    assert texts == ["", "", "", "通院を確かめる。"]
    assert day > date(2001, 1, 1)
    assert refused(own, "UPDATE saved_search SET ended_at = NULL") in DENIED
    assert refused(own, "DELETE FROM saved_search") in DENIED
