"""Saved searches at psql: whose they are, how long they may live, and that their words neither change nor outlive them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from desktop.database.engine import make_engine
from desktop.domain.clock import SystemClock
from desktop.domain.ids import new_id
from desktop.domain.roles import Role
from desktop.domain.search_text import read_query
from desktop.models.office import Office
from desktop.models.saved_searches import SavedSearchRow
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


_RUN = "SELECT app.ask_saved_search(%s, %s)"


def told_of(place):
    """The tickets of searches, with their words and what they were for."""
    return place.truth("SELECT reason, aim FROM ticket WHERE purpose = 'search' ORDER BY opened_at")


def test_the_ticket_of_a_run_takes_the_purpose_that_was_written(place, own, search_id):
    own.execute(_RUN, (search_id, "通院|受診"))
    own.execute("SELECT app.ask_search('通院')")
    assert told_of(place) == [("通院|受診", "通院を確かめる。"), ("通院", None)]
    for statement in ("UPDATE ticket SET aim = 'x'", "SELECT app.note_search('通院', '別の目的')"):
        assert refused(own, statement) in DENIED


@pytest.mark.parametrize("words", ["別の人", "受診|通院", "通院 別の人", "-通院", "", None])
def test_a_purpose_covers_no_other_words(place, own, search_id, words):
    assert refused(own, _RUN, (search_id, words)) in {"BS403", "BS422"}
    assert told_of(place) == []


def test_nobody_runs_anothers_nor_what_has_ended(place, own, search_id):
    for person in (place.office.supervisor, place.office.outsider, place.office.head):
        assert refused(place.connect(person), _RUN, (search_id, "通院")) == "BS403"
    own.execute("UPDATE saved_search SET ended_at = app.now()")
    assert refused(own, _RUN, (search_id, "通院")) == "BS403"
    assert told_of(place) == []


def let_go_by(place, days, today=None):
    """The last day of every saved search was so many days ago, by the server's clock or on the person's `today`."""
    today = today or SystemClock().today()
    with place.office.work() as session:
        session.execute(update(SavedSearchRow).values(valid_until=today - timedelta(days=days)))


def test_what_is_over_is_not_run(place, own, search_id):
    (today,) = own.execute("SELECT app.today()").fetchone()
    let_go_by(place, 0, today)
    own.execute(_RUN, (search_id, "通院"))
    let_go_by(place, 1, today)
    assert refused(own, _RUN, (search_id, "通院")) == "BS403"
    assert len(told_of(place)) == 1


def test_the_scheduled_command_alone_empties_what_is_long_over(place, own, search_id):
    told = "SELECT name, words, case_number, purpose, ended_at IS NOT NULL FROM saved_search"
    empty = "SELECT app.empty_saved_searches(%s, 14)"
    office_id = place.office.caseworker.office_id
    let_go_by(place, 14)
    assert refused(own, empty, (office_id,)) in DENIED
    assert place.truth(empty, (office_id,)) == [(0,)]
    let_go_by(place, 15)
    assert place.truth(empty, (office_id,)) == [(1,)]
    assert place.truth(empty, (office_id,)) == [(0,)]
    assert place.truth(told) == [("", "", "", "通院を確かめる。", True)]
    longer = "UPDATE saved_search SET purpose = '見る。', valid_until = app.today()"
    assert refused(own, longer) in DENIED


@pytest.mark.parametrize(
    "query",
    [
        "通院",
        "ﾂｳｲﾝ　-入院 通院",
        '"糖尿病 の" -"入院 した"後 ―',
        "通院 通院 -通院 --通院",
        '- -x"y" "z',
        '"a"b c"d" ""',
        "「訪問 した」『電話』 R6.4 −除く",
        "“引用 符”と „下„ 100% _ \\",
    ],
)
def test_words_are_read_as_the_program_reads_them(place, query):
    terms = read_query(query)
    told = ["-" * term.is_excluded + term.word for term in terms]
    assert place.truth("SELECT app.search_terms(%s)", (query,)) == [(told,)]
