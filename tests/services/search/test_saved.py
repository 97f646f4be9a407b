"""Saved searches over both databases: whose they are, that they stay live, and that they end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, text

from desktop.database.engine import is_postgresql
from desktop.domain.dates import months_later
from desktop.domain.errors import NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.roles import Role
from desktop.domain.saved_searches import SavedExtension, SavedSearchInput
from desktop.domain.search import SearchAsked, SearchNoun
from desktop.models.imports import Ticket
from desktop.models.office import Office
from desktop.models.saved_searches import SavedSearchRow
from tests.services.search.test_search import TEXTS, stored
from tests.support.desk import later, small_office
from tests.support.factories import CLOCK, TODAY, make_staff, signed_in

LATEST = months_later(TODAY, 3)
ASKED = SearchAsked(words="通院", noun=SearchNoun.ENTRY, kind="home_visit", first=date(2001, 1, 1))


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def saved(office):
    return office.desk(office.caseworker).saved_searches


def given(**changes):
    blank = SavedSearchInput(
        search_id=new_id(),
        name="通院の様子",
        purpose="通院が続いているかを毎月確かめる。",
        valid_until=LATEST,
        asked=ASKED,
    )
    return replace(blank, **changes)


def asked_again(search_id, **changes):
    blank = SavedExtension(search_id=search_id, purpose="次の見直しまで見る。", valid_until=LATEST)
    return replace(blank, **changes)


def test_it_is_given_back_as_it_was_asked(saved):
    kept = given()
    assert saved.keep(kept) == kept.search_id
    assert saved.keep(kept) == kept.search_id
    shelf = saved.shelf()
    (one,) = shelf.searches
    assert (one.name, one.purpose, one.valid_until) == (kept.name, kept.purpose, LATEST)
    assert (one.asked, one.is_over, shelf.latest) == (ASKED, False, LATEST)


def test_it_is_live_and_each_run_is_a_ticket(office, saved):
    stored(office, TEXTS[:1])
    search_id = saved.keep(given())
    assert saved.run(search_id).total == 1
    stored(office, TEXTS[1:2])
    assert saved.run(search_id).total == 2
    assert [aim for _, aim in tickets(office)] == [given().purpose] * 2
    assert all("通院" in reason for reason, _ in tickets(office))


def test_the_purpose_is_the_one_last_written_and_an_ordinary_search_has_none(office, saved):
    search_id = saved.keep(given(asked=replace(ASKED, words="通院 -入院 “糖尿 病”")))
    saved.run(search_id)
    saved.extend(asked_again(search_id))
    saved.run(search_id)
    saved.search.find(ASKED)
    aims = {aim for _, aim in tickets(office)}
    assert aims == {given().purpose, "次の見直しまで見る。", None}


def tickets(office):
    """The words of each search, and what it was for."""
    with office.work() as session:
        t = Ticket
        found = session.execute(select(t.reason, t.aim).where(t.purpose == "search"))
        return [tuple(row) for row in found]


def emptied(office, days):
    """What is left of the searches so many days later, after the server's scheduled command where there is one."""
    clock = later(CLOCK, days=days)
    if is_postgresql(office.work.engine):
        with office.work() as session:
            session.execute(text(f"SET LOCAL test.now = '{clock.now().isoformat()}'"))
            session.execute(
                text("SELECT app.empty_saved_searches(:office, 14)"),
                {"office": office.caseworker.office_id},
            )
    return office.desk(office.caseworker, clock).saved_searches


def test_its_words_go_by_themselves_some_days_after_its_last_day(office, saved):
    search_id = saved.keep(given(valid_until=TODAY))
    kept = saved.keep(given(name="まだ使う", valid_until=TODAY + timedelta(days=1)))
    for days, left in ((0, None), (1, 14), (14, 1)):
        one = next(s for s in emptied(office, days).shelf().searches if s.search_id == search_id)
        assert (one.goes_in, one.name) == (left, "通院の様子")
    then = emptied(office, 15)
    assert [s.search_id for s in then.shelf().searches] == [kept]
    with pytest.raises(NotPermittedError):
        then.run(search_id)
    with pytest.raises(NotPermittedError):
        then.extend(replace(asked_again(search_id), valid_until=TODAY + timedelta(days=20)))
    with office.work() as session:
        row = session.get_one(SavedSearchRow, search_id)
        assert (row.name, row.words, row.purpose) == ("", "", given().purpose)
        assert row.ended_at is not None


def test_what_was_given_more_time_stays(office, saved):
    search_id = saved.keep(given(valid_until=TODAY))
    emptied(office, 10).extend(asked_again(search_id))
    (one,) = emptied(office, 40).shelf().searches
    assert (one.goes_in, one.asked) == (None, ASKED)


def test_what_narrows_is_kept(office, saved):
    stored(office, TEXTS[:1])
    search_id = saved.keep(given(asked=replace(ASKED, kind="telephone")))
    assert saved.run(search_id).total == 0


def test_nobody_else_has_runs_or_ends_it(office, saved):
    search_id = saved.keep(given())
    for person in (office.supervisor, office.outsider):
        theirs = office.desk(person).saved_searches
        assert theirs.shelf().searches == ()
        with pytest.raises(NotPermittedError):
            theirs.run(search_id)
        with pytest.raises(NotPermittedError):
            theirs.end(search_id)
        with pytest.raises(NotPermittedError):
            theirs.extend(asked_again(search_id))


def test_after_its_last_day_it_asks_nothing_and_says_so(office, saved):
    search_id = saved.keep(given(valid_until=TODAY))
    assert saved.run(search_id).total == 0
    then = office.desk(office.caseworker, later(CLOCK, days=1)).saved_searches
    (one,) = then.shelf().searches
    assert one.is_over
    with pytest.raises(NotPermittedError, match="目的を書いて延ばす"):
        then.run(search_id)
    with office.work() as session:
        asked = session.scalar(select(func.count()).where(Ticket.purpose == "search"))
    assert asked == 1


def test_more_time_needs_a_purpose_again(saved):
    search_id = saved.keep(given(valid_until=TODAY))
    with pytest.raises(ValidationError) as refused:
        saved.extend(asked_again(search_id, purpose=" "))
    assert set(refused.value.fields) == {"purpose"}
    saved.extend(asked_again(search_id))
    (one,) = saved.shelf().searches
    assert (one.purpose, one.valid_until) == ("次の見直しまで見る。", LATEST)
    assert one.asked == ASKED


def test_what_ended_is_gone_with_its_words(saved):
    search_id = saved.keep(given(asked=replace(ASKED, case_number="１２３")))
    saved.end(search_id)
    assert saved.shelf().searches == ()
    with pytest.raises(NotPermittedError):
        saved.run(search_id)
    with saved.work() as session:
        row = session.scalars(select(SavedSearchRow)).one()
        assert (row.name, row.words, row.case_number) == ("", "", "")
        assert row.purpose


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "長" * 41}, "name"),
        ({"purpose": ""}, "purpose"),
        ({"purpose": "長" * 201}, "purpose"),
        ({"valid_until": None}, "valid_until"),
        ({"valid_until": TODAY - timedelta(days=1)}, "valid_until"),
        ({"valid_until": LATEST + timedelta(days=1)}, "valid_until"),
        ({"asked": SearchAsked(words="-通院")}, "words"),
        ({"asked": replace(ASKED, last=date(2000, 1, 1))}, "last"),
    ],
)
def test_what_cannot_be_kept_is_refused_beside_its_field(saved, changes, field):
    with pytest.raises(ValidationError) as refused:
        saved.keep(given(**changes))
    assert set(refused.value.fields) == {field}
    assert saved.shelf().searches == ()


def test_who_opens_no_files_saves_no_searches(office):
    with office.work() as session:
        of_office = session.get(Office, office.caseworker.office_id)
        person = make_staff(session, Role.ADMINISTRATOR, office=of_office)
        administrator = signed_in(session, person)
    with pytest.raises(NotPermittedError):
        office.desk(administrator).saved_searches.shelf()
