"""The office's words that mean the same, on both databases: found too, told in the answer, and left out on request."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select

from desktop.domain.search import SearchAsked
from desktop.domain.search_text import Term, canonical, read_canonical, widened
from desktop.models.imports import Ticket
from tests.services.search.test_search import stored
from tests.support.desk import SmallOffice, small_office

TEXTS = ("通院に付き添った。", "受診の結果を聞いた。", "診察券を見た。", "買物に行った。")


@pytest.fixture
def office(engine: Engine) -> SmallOffice:
    return small_office(engine)


def test_words_that_mean_the_same_are_found_and_told(office):
    ids = list(stored(office, TEXTS))
    for who in (office.caseworker, office.head):
        page = office.desk(who).search.find(SearchAsked(words="受診"))
        assert [hit.row_id for hit in page.hits] == ids[:3]
        assert page.also == (("受診", ("通院", "診察")),)
        assert ("診察", True) in page.hits[2].snippet
    with office.work() as session:
        assert "受診|通院|診察" in session.scalars(select(Ticket.reason)).all()


def test_a_month_without_its_era_is_found_and_told(office):
    ids = list(stored(office, ("R6.4.12に受診した。", "平成6年4月に転入した。")))
    page = office.desk(office.caseworker).search.find(SearchAsked(words="6年4月"))
    assert [hit.row_id for hit in page.hits] == ids[:1]
    assert page.also == (("6年4月", ("令和6年4月",)),)


def test_without_the_tick_only_the_word_itself_is_found(office):
    ids = list(stored(office, TEXTS))
    by = office.desk(office.caseworker)
    page = by.search.find(SearchAsked(words="受診", is_widened=False))
    assert ([hit.row_id for hit in page.hits], page.also) == (ids[1:2], ())
    page = by.search.find(SearchAsked(words="受診 -通院"))
    assert [hit.row_id for hit in page.hits] == ids[1:3]


def test_a_query_with_words_that_mean_the_same_comes_back_from_its_ticket():
    groups = (("通院", "受診"), ("受診", "診察"))
    terms = (Term(word="受診"), Term(word="通院", is_excluded=True), Term(word="家賃"))
    wide = widened(terms, groups)
    assert wide[0].also == ("通院", "診察")
    assert wide[1:] == terms[1:]
    assert read_canonical(canonical(wide)) == wide


def test_what_would_be_too_long_to_keep_is_left_as_it_was_asked():
    long = tuple(f"{'あ' * 60}{n}" for n in range(20))
    (term,) = widened((Term(word=long[0]),), (long,))
    assert term.also == ()
