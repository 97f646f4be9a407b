"""Dealing phrases: each once before any comes again, and only those of the month."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from desktop.services.training.bank import ALL_MONTHS, Phrase
from desktop.services.training.decks import Deck


def deck(count: int, *, seed: int = 1, months: frozenset[int] = ALL_MONTHS) -> Deck[Phrase]:
    items = [Phrase(f"{n}", frozenset(), months) for n in range(count)]
    return Deck(items, Random(seed).random)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 6, 12, 41])
def test_each_comes_once_before_any_comes_again(count: int) -> None:
    dealt = deck(count)
    for _ in range(3):
        texts = [item.text for _ in range(count) if (item := dealt.deal(5))]
        assert sorted(texts, key=int) == [str(n) for n in range(count)]


def test_households_get_different_orders() -> None:
    orders = Counter(
        tuple(item.text for _ in range(12) if (item := one.deal(1)))
        for one in (deck(12, seed=seed) for seed in range(200))
    )
    assert len(orders) > 30
    assert {order[0] for order in orders} == {str(n) for n in range(12)}


def test_only_what_suits_the_month_is_dealt() -> None:
    assert deck(5, months=frozenset({7})).deal(1) is None
    assert deck(5, months=frozenset({7})).deal(7) is not None
    assert deck(0).deal(1) is None
