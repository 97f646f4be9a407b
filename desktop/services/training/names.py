"""Names of invented people, with their kana (`resources/training/names.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from desktop.resources import resource_path

OLD, YOUNG = 60, 22
_RARE_SHARE, _FOREIGN_SHARE = 0.03, 0.05
_NUMERALS = "〇一二三四五六七八九"
_SPACE = "　"


@dataclass(frozen=True, slots=True)
class Name:
    """A name and its kana, each with a full-width space between family and given name."""

    name: str
    kana: str

    @property
    def family(self) -> tuple[str, str]:
        """Family name and its kana."""
        return self.name.split(_SPACE)[0], self.kana.split(_SPACE)[0]


class NameBook:
    """Draws names. Some are frequent, so that several households share one (同姓同名)."""

    def __init__(self) -> None:
        with resource_path("training", "names.toml").open("rb") as file:
            self._lists: dict[str, list[list[str]]] = tomllib.load(file)
        firsts, seconds = self._lists["family_first"], self._lists["family_second"]
        self._families = [(a + c, b + d) for c, d in seconds for a, b in firsts]
        self._weights = list(accumulate(1 / (n + 4) for n in range(len(self._families))))

    def head(self, chance: Random, *, is_woman: bool, age: int) -> Name:
        """A head of household: mostly an ordinary name, sometimes one with rare characters or a foreign one."""
        draw = chance.random()
        sex = "female" if is_woman else "male"
        if draw < _RARE_SHARE:
            return _joined(
                chance.choice(self._lists["family_rare"]),
                chance.choice(self._lists[f"given_rare_{sex}"]),
            )
        if draw < _FOREIGN_SHARE and age < OLD:
            return Name(*chance.choice(self._lists[f"foreign_{sex}"]))
        family = chance.choices(self._families, cum_weights=self._weights)[0]
        return _joined(family, self._given(chance, sex, age))

    def relative(self, chance: Random, head: Name, *, is_woman: bool, age: int) -> Name:
        """Another member with the head's family name."""
        return _joined(head.family, self._given(chance, "female" if is_woman else "male", age))

    def namesake(self) -> Name:
        """The name that many heads share."""
        return _joined(self._families[0], self._lists["given_female_old"][2])

    def staff(self, number: int) -> Name:
        """The name of the n-th member of staff; no two are alike."""
        families, givens = self._lists["staff_family"], self._lists["staff_given"]
        round_, place = divmod(number, len(families) * len(givens))
        family = families[place % len(families)]
        given = givens[place // len(families)]
        name = _joined(family, given)
        if not round_:
            return name
        written = "".join(_NUMERALS[int(digit)] for digit in str(round_ + 1))
        return Name(f"{name.name}{written}", name.kana)

    def _given(self, chance: Random, sex: str, age: int) -> Sequence[str]:
        era = "old" if age >= OLD else "young" if age < YOUNG else "middle"
        givens = self._lists[f"given_{sex}_{era}"]
        # The smaller of two draws: the first of the list are the frequent ones.
        return givens[min(chance.randrange(len(givens)), chance.randrange(len(givens)))]


def _joined(family: Sequence[str], given: Sequence[str]) -> Name:
    return Name(f"{family[0]}{_SPACE}{given[0]}", f"{family[1]}{_SPACE}{given[1]}")
