"""The words by which a household is found: made here alone, so that what is stored and what is typed fold alike."""

from __future__ import annotations

import re
from datetime import date

from desktop.domain.kana import fold, fold_address, sort_key

_SPACES = re.compile(r"[\s　]+")
_TOWN = re.compile(r"^(?:.+?[都道府県])?(?:.+?[市区町村])?(?:.+?区)?")


def directory_words(case_number: str, head_name: str, head_kana: str) -> frozenset[str]:
    """What the whole office may find a household by: its number, the head's name and kana.

    Shielded households (支援措置) hand in empty names.
    """
    number = fold(case_number)
    return _without_beginnings(
        {number, number.lstrip("0"), *_name_words(head_name), *_name_words(head_kana)}
    )


def person_words(name: str, kana: str, birth_date: date | None, address: str) -> frozenset[str]:
    """What those on duty find a household by as well: a member's names, date of birth (YYYYMMDD) and address."""
    born = {birth_date.strftime("%Y%m%d")} if birth_date else set()
    return frozenset(
        {*_name_words(name), *_name_words(kana), *_address_words(address), *born} - {""}
    )


def beyond(person: frozenset[str], directory: frozenset[str]) -> frozenset[str]:
    """Of a household's person words those that find it where the directory does not yet."""
    return _without_beginnings(person | directory) - directory


def _without_beginnings(words: set[str] | frozenset[str]) -> frozenset[str]:
    """Without the words another one begins with: a search by beginning finds that one just as well."""
    kept: list[str] = []
    for word in sorted(words - {""}, reverse=True):
        if not (kept and kept[-1].startswith(word)):
            kept.append(word)
    return frozenset(kept)


def _name_words(name: str) -> set[str]:
    """The whole name, and each part of it: family name first, given name, middle names."""
    return {fold(name), *(fold(part) for part in _SPACES.split(name.strip()))}


def _address_words(address: str) -> set[str]:
    """The address from its beginning, and from the town name on (without prefecture, city, ward)."""
    whole = fold(fold_address(address))
    town = fold(fold_address(_TOWN.sub("", address, count=1)))
    return {whole, town}


def list_order(case_number: str, head_kana: str) -> str:
    """The household's place in the list (`sort_key`): dictionary order of the kana, the number where none is shown."""
    return sort_key(head_kana) if head_kana else fold(case_number)
