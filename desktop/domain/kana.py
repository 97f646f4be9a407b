"""Kana, width and old characters: search keys, sort keys and the forms in which kana is stored.

Everything is found by `fold`: the stored key and the typed text pass through the same function and are compared
character by character (`prefix_range`), so what it treats alike is found alike.
"""

from __future__ import annotations

import re
import unicodedata

import jaconv

from desktop.domain.old_forms import EVERYDAY_FORMS

_VARIATION_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_DASHES = "\\-‐‑‒–—―−─"
_DIGIT_DASH = re.compile(rf"(?<=\d)\s*[{_DASHES}ー]\s*(?=\d)")
_DROPPED = re.compile(rf"[\s・·.,'’=゠{_DASHES}]|(?<![ぁ-ゖァ-ヺー])ー")
_REPEATED = re.compile("(.)々")
_WITH_MARK = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)} | {
    ord("ヵ"): ord("か"),
    ord("ヶ"): ord("け"),
}
_FOLDED = str.maketrans(EVERYDAY_FORMS) | _TO_HIRAGANA
_KANA = re.compile("[ぁ-ゖァ-ヺー・ヽヾゝゞ\\s]+")
_HYPHEN_AFTER_KANA = re.compile(rf"(?<=[ァ-ヺー])[{_DASHES}]")
_SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎ", "あいうえおつやゆよわ")
_ROWS = (
    "あかさたなはまやらわ",
    "いきしちにひみりゐ",
    "うくすつぬふむゆる",
    "えけせてねへめれゑ",
    "おこそとのほもよろを",
)
_VOWELS = {kana: row[0] for row in _ROWS for kana in row}
_SOUND_MARKS = re.compile("[\u3099\u309a]")
_LAST_BEFORE_SURROGATES, _FIRST_AFTER_SURROGATES = 0xD7FF, 0xE000
_HIGHEST = "\U0010ffff"
_NUMERALS = "〇一二三四五六七八九"
_UNITS = {"十": 10, "百": 100}
_KANJI_NUMBER = re.compile(r"[〇一二三四五六七八九十百]+(?=丁目|番地|番(?!町)|号(?:室)?(?:\s|$))")
_BLOCK = re.compile(r"(?<=\d)\s*(?:丁目|番地の|番地|番(?!町)|号室|号(?!線)|[のノ](?=\s*\d))")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s-]+(?=\d)")
_PART = re.compile(r"(?<=\d)-(?=\d)")


def fold(text: str) -> str:
    """Return the search key: one width, hiragana, lower case, everyday characters, no spaces, dots or hyphens.

    Variation selectors and Latin accents go, 々 is written out, ヶ is ケ; long-vowel marks and other small kana stay.
    """
    plain = unicodedata.normalize("NFKC", _VARIATION_SELECTORS.sub("", text)).casefold()
    plain = _WITH_MARK.sub(_without_mark, plain)
    return _REPEATED.sub(r"\1\1", _DROPPED.sub("", plain).translate(_FOLDED))


def fold_digits(text: str) -> str:
    """Return case and telephone numbers in plain digits: half width, any dash between digits as `-`, no spaces around."""
    return _DIGIT_DASH.sub("-", unicodedata.normalize("NFKC", text)).strip()


def fold_address(text: str) -> str:
    """Return the search key of an address (一丁目2番3号 = １－２－３): digits with `-` between the blocks, everything else as `fold` has it."""
    digits = _KANJI_NUMBER.sub(lambda found: str(_number(found[0])), fold_digits(text))
    blocks = _BETWEEN_DIGITS.sub("-", _BLOCK.sub("-", fold_digits(digits)))
    return "-".join(fold(part) for part in _PART.split(blocks))


def to_full_width_kana(text: str) -> str:
    """Return kana as stored: full-width katakana, one full-width space between names, a typed hyphen as ー."""
    katakana = jaconv.hira2kata(jaconv.h2z(unicodedata.normalize("NFKC", text), kana=True))
    return "　".join(_HYPHEN_AFTER_KANA.sub("ー", katakana).split())


def is_kana(text: str) -> bool:
    """Whether the text is nothing but kana of either kind and width, ー, ・ and spaces (and not empty)."""
    plain = unicodedata.normalize("NFKC", text)
    return bool(plain.strip()) and _KANA.fullmatch(plain) is not None


def sort_key(kana: str) -> str:
    """Return the key of dictionary order (五十音順) for a comparison by code points.

    First without voicing marks, small kana as large, ー as the vowel it lengthens; ties by the exact reading.
    """
    exact = fold(kana)
    base = unicodedata.normalize("NFC", _SOUND_MARKS.sub("", unicodedata.normalize("NFD", exact)))
    return f"{_long_vowels_written_out(base.translate(_SMALL))} {exact}"


def is_variation_selector(sign: str) -> bool:
    """Whether a character is a variation selector: it has no shape, it chooses that of the character before it."""
    return _VARIATION_SELECTORS.fullmatch(sign) is not None


def has_variation_sequences(text: str) -> bool:
    """Whether a character is followed by a variation selector, which the screen cannot draw by itself."""
    return _VARIATION_SELECTORS.search(text) is not None


def prefix_range(key: str) -> tuple[str, str]:
    """Return `(lower, upper)` with lower <= x < upper for exactly the texts x that begin with `key`.

    The order is that of code points, which is the byte order of UTF-8 (SQLite BINARY, PostgreSQL "C").
    """
    stem = key.rstrip(_HIGHEST)
    if not stem:
        return key, _HIGHEST * (len(key) + 1)
    following = ord(stem[-1]) + 1
    if following == _LAST_BEFORE_SURROGATES + 1:
        following = _FIRST_AFTER_SURROGATES
    return key, stem[:-1] + chr(following)


def _without_mark(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFD", found[0])[0]


def _long_vowels_written_out(text: str) -> str:
    written: list[str] = []
    for kana in text:
        written.append(_VOWELS.get(written[-1], kana) if kana == "ー" and written else kana)
    return "".join(written)


def _number(kanji: str) -> int:
    """Read 三, 二十三, 百二 or 二三 as a number."""
    total = pending = 0
    for sign in kanji:
        if sign in _UNITS:
            total += (pending or 1) * _UNITS[sign]
            pending = 0
        else:
            pending = pending * 10 + _NUMERALS.index(sign)
    return total + pending
