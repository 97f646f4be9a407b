"""Watches every column for individual numbers (個人番号). Values are counted and never kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from desktop.domain.errors import UserError
from desktop.domain.individual_number import is_individual_number, twelve_digit_numbers

_FEWEST_DIGITS = 12


class NumberWatch:
    """Counts twelve-digit numbers, and those with a valid check digit, per column.

    One in ten of any twelve-digit numbers is valid by chance. So a column that may hold such numbers (`numbered`:
    宛名番号, ケース番号, and what is not taken in) is refused when half of them are valid; any other at the first.
    """

    def __init__(self, names: Sequence[str], numbered: Collection[int]) -> None:
        self._names = names
        self._numbered = numbered
        self._seen = [0] * len(names)
        self._valid = [0] * len(names)

    def see(self, cells: Sequence[str]) -> None:
        """Look at one row."""
        for place, cell in enumerate(cells):
            if len(cell) >= _FEWEST_DIGITS:
                self._count(place, cell)

    def refuse(self) -> None:
        """Raise UserError naming the first column that holds individual numbers."""
        for place, name in enumerate(self._names):
            if self._is_bad(place):
                raise UserError(
                    f"「{name or f'{place + 1}列目'}」の列に個人番号（マイナンバー）とみられる番号があります。"
                    "取り込めません。この番号を除いて書き出し直してください。"
                )

    def _count(self, place: int, cell: str) -> None:
        for number in twelve_digit_numbers(cell):
            self._seen[place] += 1
            self._valid[place] += is_individual_number(number)

    def _is_bad(self, place: int) -> bool:
        seen, valid = self._seen[place], self._valid[place]
        if place in self._numbered:
            return valid > 0 and valid * 2 >= seen
        return valid > 0
