"""What is shipped of changes: places, cards, lengths, and that every question of the catalogue is met once at least."""

import re

import pytest

from desktop.domain.rule_change_concerns import Concern
from desktop.services.help_cards import shipped_cards
from desktop.services.rule_changes import shipped_changes
from tests.services.help_cards.test_shelf import PLACES

CHANGES = shipped_changes()
CARDS = {card.key: card for card in shipped_cards()}
EVERY_CHANGE = pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.key)


def test_they_stand_by_their_days_and_have_titles_of_their_own():
    days = [change.effective_on for change in CHANGES]
    assert days == sorted(days, reverse=True)
    assert len({change.title for change in CHANGES}) == len(CHANGES) >= 8


def test_questions_of_many_kinds_are_shown():
    kinds = {type(change.concerns) for change in CHANGES}
    assert len(kinds & set(Concern.__args__)) >= 6


@EVERY_CHANGE
def test_places_and_cards_are_there(change):
    assert set(change.where) <= PLACES
    assert change.where
    assert change.cards
    assert set(change.cards) <= CARDS.keys()


@EVERY_CHANGE
def test_a_text_is_short_and_leads_nowhere_else(change):
    assert len(change.text) < 700
    assert not re.search(r"<\w|!\[|://|\]\((?!card:)", change.text)
    assert all(key in CARDS for key in re.findall(r"\]\(card:([^)]*)\)", change.text))


@EVERY_CHANGE
def test_nothing_is_called_checked_that_is_not(change):
    assert not change.is_checked


def test_a_to_do_of_an_example_says_so():
    tasks = [change.task for change in CHANGES if change.is_example and change.task]
    assert tasks
    assert all(task.text.startswith("例：") for task in tasks)
