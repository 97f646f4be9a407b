from dataclasses import replace

import pytest

from desktop.domain.help_cards import visit_cards
from desktop.domain.households import HouseholdType, ResidenceKind
from desktop.services.help_cards import shipped_cards
from desktop.viewmodels.help_cards import card_line, card_markdown, cards_at, find_cards
from tests.support.factories import TODAY
from tests.support.fakes import make_case_file, make_household_row

CARDS = shipped_cards()


def card(key):
    return next(card for card in CARDS if card.key == key)


def keys(cards):
    return [card.key for card in cards]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("弁明", "article-062"),
        ("べんめい", None),
        ("弁明の機会", "hearing"),
        ("27条の2", "article-027-2"),
        ("第27条の2", "article-027-2"),
        ("法第27条の2", "article-027-2"),
        ("２７条の２", "article-027-2"),
        ("ハローワーク", "start-work-support"),
        ("ﾊﾛｰﾜｰｸ", "start-work-support"),
        ("はろーわーく", "start-work-support"),
        ("預金 使いみち", "asset-declaration"),
        ("離職票", "event-job-loss"),
        ("どこにもないことば", None),
    ],
)
def test_cards_are_found_by_words_and_numbers(text, first):
    found = keys(find_cards(CARDS, text))
    assert (found[0] if found else None) == first


def test_titles_come_before_other_names_and_those_before_texts():
    found = find_cards(CARDS, "返還")
    ranks = [
        0 if "返還" in c.title else 1 if "返還" in "".join((*c.words, *c.articles)) else 2
        for c in found
    ]
    assert ranks == sorted(ranks)
    assert {0, 1, 2} <= set(ranks)


def test_every_word_must_be_found():
    both = keys(find_cards(CARDS, "弁明 検診"))
    assert set(both) == set(keys(find_cards(CARDS, "弁明"))) & set(keys(find_cards(CARDS, "検診")))


def test_a_place_has_its_cards():
    assert "article-062" in keys(cards_at(CARDS, "section:guidance"))
    assert cards_at(CARDS, "section:nowhere") == ()


def test_a_line_says_kind_title_and_number():
    assert card_line(card("article-061")) == "条文　届出の義務（法61条）"
    assert card_line(card("article-078")) == "条文　費用徴収（78条）"
    assert card_line(card("write-record")) == "手続　記録の書き方"


def test_a_card_says_what_it_rests_on_where_to_read_on_and_that_nobody_checked_it():
    text = card_markdown(card("article-061"), CARDS)
    assert text.startswith("## 届出の義務\n\n**根拠**　法61条\n\n")
    assert "[費用返還（63条）](card:article-063)" in text
    assert text.endswith("原文を確かめてください。*")
    assert "未確認" in text


@pytest.mark.parametrize(
    ("household_type", "first"),
    [
        (HouseholdType.ELDERLY, "visit-elderly"),
        (HouseholdType.MOTHER_CHILD, "visit-mother-child"),
        (HouseholdType.DISABLED, "visit-disabled"),
        (HouseholdType.ILL, "visit-disabled"),
        (HouseholdType.OTHER, "visit-working"),
    ],
)
def test_what_is_asked_on_a_visit_follows_the_household(household_type, first):
    file = make_case_file(make_household_row(1), TODAY, household_type=household_type)
    at_home = tuple(replace(m, residence=ResidenceKind.HOME) for m in file.members)
    assert visit_cards(replace(file, members=at_home)) == (first, "visit-common")
    away = tuple(replace(m, residence=ResidenceKind.HOSPITAL) for m in file.members)
    assert visit_cards(replace(file, members=away)) == ("visit-institution", "visit-common")
    assert {first, "visit-common", "visit-institution"} <= {card.key for card in CARDS}


def test_a_household_without_a_type_is_asked_what_everybody_is():
    file = make_case_file(make_household_row(1), TODAY, household_type=None)
    at_home = tuple(replace(m, residence=ResidenceKind.HOME) for m in file.members)
    assert visit_cards(replace(file, members=at_home)) == ("visit-common",)


def test_cards_that_fit_the_household_come_first_and_once():
    found = cards_at(CARDS, "section:brief", ("visit-elderly", "visit-common", "nowhere"))
    keys = [card.key for card in found]
    assert keys[:2] == ["visit-elderly", "visit-common"]
    assert len(set(keys)) == len(keys) > 2
    assert set(keys) == {card.key for card in cards_at(CARDS, "section:brief")}


def test_a_page_says_whose_word_it_is_and_a_title_is_no_markdown():
    card = replace(CARDS[0], title="[題](x) *字*", is_own=True, origin="地域のきまり　第2版")
    text = card_markdown(card, CARDS)
    assert text.startswith("## \\[題\\]\\(x\\) \\*字\\*")
    assert text.endswith("*地域のきまり　第2版*")
    assert "未確認" not in text
