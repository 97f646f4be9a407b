"""Drawing from the phrase bank for one household without saying the same thing twice in a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from math import gcd
from random import Random
from typing import Generic, Protocol, TypeVar

from desktop.services.training.bank import Bank, Phrase, Scene
from desktop.services.training.cases import Case


class _Seasonal(Protocol):
    @property
    def months(self) -> frozenset[int]: ...


_Item = TypeVar("_Item", bound=_Seasonal)


class Deck(Generic[_Item]):
    """Deals its items in a mixed order, each once before any comes again.

    The order is a walk in equal steps from a chance beginning, which costs two draws rather than a shuffle.
    """

    __slots__ = ("_draw", "_items", "_left", "_place", "_step")

    def __init__(self, items: Sequence[_Item], draw: Callable[[], float]) -> None:
        self._items, self._draw = items, draw
        self._left = self._place = self._step = 0

    def deal(self, month: int) -> _Item | None:
        """The next item that suits the month, None where none does."""
        items = self._items
        count = len(items)
        for _ in range(count):
            if not self._left:
                steps = _steps(count)
                self._step = steps[int(self._draw() * len(steps))]
                self._place, self._left = int(self._draw() * count), count
            self._left -= 1
            self._place = (self._place + self._step) % count
            item = items[self._place]
            if month in item.months:
                return item
        return None


class Speech:
    """What can be said of one household."""

    def __init__(self, bank: Bank, chance: Random, case: Case) -> None:
        self._bank, self.chance, self.case = bank, chance, case
        self._known = case.known
        self._phrases: dict[str, Deck[Phrase]] = {}
        self._scenes: dict[str, Deck[Scene]] = {}

    def phrase(self, group: str, month: int) -> Phrase | None:
        """The next phrase of a group that suits the month, None where none does."""
        deck = self._phrases.get(group)
        if deck is None:
            phrases = self._bank.phrases(group, self._known)
            deck = self._phrases[group] = Deck(phrases, self.chance.random)
        return deck.deal(month)

    def draw(self, group: str, month: int) -> str:
        """The text of the next phrase; empty where none suits."""
        phrase = self.phrase(group, month)
        return phrase.text if phrase else ""

    def scene(self, kind: str, month: int) -> Scene:
        """The next scene of a household type that suits the month. Raises LookupError where the bank has none."""
        deck = self._scenes.get(kind)
        if deck is None:
            deck = self._scenes[kind] = Deck(
                self._bank.scenes(kind, self._known), self.chance.random
            )
        scene = deck.deal(month)
        if scene is None:
            raise LookupError(kind)
        return scene

    def one_of(self, texts: Sequence[str]) -> str:
        """Any of a few sentences."""
        return texts[int(self.chance.random() * len(texts))]


@cache
def _steps(count: int) -> tuple[int, ...]:
    """The steps that lead through all places before they come back."""
    return tuple(step for step in range(1, count + 1) if gcd(step, count) == 1)
