"""Individual numbers (個人番号, マイナンバー): recognised only so that they can be refused. None is ever stored."""

from __future__ import annotations

import re
import unicodedata

_DASHES = "\\-‐‑‒–—―−ー"
_CANDIDATE = re.compile(
    rf"(?<![0-9])[0-9]{{12}}(?![0-9])|(?<![0-9])[0-9]{{4}}([ {_DASHES}])[0-9]{{4}}\1[0-9]{{4}}(?![0-9])"
)
_TWELVE = re.compile(r"[0-9]{12}")
#: Q of the ordinance: 2 to 7 for the six lowest digits, then 2 to 6, here from the highest digit on.
_WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_MODULUS = 11
_FEWEST_DIGITS = 12


def is_individual_number(digits: str) -> bool:
    """Whether twelve digits carry the right check digit (番号法施行の省令 平成26年総務省令85号 5条).

    About one in ten of all twelve-digit numbers does by chance.
    """
    if not _TWELVE.fullmatch(digits):
        return False
    total = sum(int(d) * q for d, q in zip(digits, _WEIGHTS, strict=False))
    remainder = total % _MODULUS
    return int(digits[-1]) == (0 if remainder <= 1 else _MODULUS - remainder)


def twelve_digit_numbers(text: str) -> tuple[str, ...]:
    """All twelve-digit numbers in a text, of either width, also written in groups of four."""
    if len(text) < _FEWEST_DIGITS:
        return ()
    plain = unicodedata.normalize("NFKC", text)
    return tuple(re.sub("[^0-9]", "", found[0]) for found in _CANDIDATE.finditer(plain))
