"""What is shipped: every place, number, link and length of the cards."""

import re
from collections import Counter

import pytest

from desktop.domain.help_cards import FILE_KINDS, CardKind
from desktop.services.help_cards import shipped_cards
from desktop.views.file_sections import FILE_SECTIONS
from desktop.views.navigation import SCREENS

CARDS = shipped_cards()
KEYS = {card.key for card in CARDS}
#: The case file brings these sections itself.
OWN_SECTIONS = ("overview", "members", "history")
PLACES = {
    *(f"section:{key}" for key in OWN_SECTIONS),
    *(f"section:{section.key}" for section in FILE_SECTIONS),
    *(f"screen:{screen.key}" for screen in SCREENS),
}
#: A screen and a half: lines, and characters of about 28 a line.
MOST_LINES, MOST_CHARACTERS = 30, 700
EVERY_CARD = pytest.mark.parametrize("card", CARDS, ids=lambda card: card.key)


def test_there_are_cards_of_every_kind_and_each_has_a_key_of_its_own():
    kinds = Counter(card.kind for card in CARDS)
    assert set(kinds) == set(FILE_KINDS)
    assert kinds[CardKind.ARTICLE] >= 15
    assert kinds[CardKind.PROCEDURE] >= 20
    assert len(KEYS) == len(CARDS)
    assert len({card.title for card in CARDS}) == len(CARDS)


def test_every_section_and_every_screen_has_a_card():
    assert {place for card in CARDS for place in card.where} == PLACES


@EVERY_CARD
def test_related_cards_are_there_and_are_others(card):
    assert set(card.see) <= KEYS - {card.key}
    assert len(set(card.see)) == len(card.see) > 0


@EVERY_CARD
def test_a_card_has_no_html_no_pictures_and_no_addresses(card):
    assert not re.search(r"<\w|!\[|://|\]\((?!card:)", card.text)
    assert all(key in KEYS for key in re.findall(r"\]\(card:([^)]*)\)", card.text))


@EVERY_CARD
def test_a_card_is_read_at_a_glance(card):
    assert card.text.count("\n") < MOST_LINES
    assert len(card.text) < MOST_CHARACTERS


@EVERY_CARD
def test_an_article_names_its_number(card):
    assert card.kind is not CardKind.ARTICLE or card.articles


@EVERY_CARD
def test_tasks_stand_in_the_order_of_their_days_and_only_once(card):
    days = [task.days for task in card.tasks]
    assert days == sorted(days)
    assert len({task.text for task in card.tasks}) == len(days)
