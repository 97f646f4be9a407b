"""Readings (ふりがな) of words, from the office's table and from the kana of people's names.

A run of kanji gets readings only where words of the table cover all of it: a wrong reading is worse than none. Numbers
with their counters (年 月 日 回 …) are read by rule. There is no free library of readings that is small, permissively
licensed and kept up, so the words are data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

#: A variation selector belongs to the kanji before it.
KANJI = re.compile(
    "[々〆\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
_WORD = re.compile(f"(?:{KANJI.pattern})[^\\s]*")
_READING = re.compile("[ぁ-ゖー]+")
_PIECES = re.compile(f"(?:{KANJI.pattern})+|(?:(?!{KANJI.pattern}).)+", re.DOTALL)
_BLANKS = re.compile("\\s+")
_NUMBER = re.compile("[0-9]+")
_DAYS = {
    1: "ついたち",
    2: "ふつか",
    3: "みっか",
    4: "よっか",
    5: "いつか",
    6: "むいか",
    7: "なのか",
    8: "ようか",
    9: "ここのか",
    10: "とおか",
    14: "じゅうよっか",
    20: "はつか",
    24: "にじゅうよっか",
}
_DAY = re.compile("(?<![0-9])([0-9]{1,2})日(?!間)")
_PEOPLE = {1: "ひとり", 2: "ふたり"}
_PERSON = re.compile("(?<![0-9])([12])人")
#: Reading of what follows a number.
_COUNTERS = {
    "年": "ねん",
    "月": "がつ",
    "日": "にち",
    "日間": "にちかん",
    "回": "かい",
    "時": "じ",
    "時間": "じかん",
    "人": "にん",
    "歳": "さい",
    "円": "えん",
    "枚": "まい",
    "週間": "しゅうかん",
    "年間": "ねんかん",
    "度": "ど",
}
#: A word of more parts is no word; trying all ways to read it would take for ever.
_MOST_PARTS = 12
_MONTHS_LONG = re.compile("(?<=[0-9])(か|カ|ヶ|ケ|箇)月")


@dataclass(frozen=True, slots=True)
class Read:
    """A piece of text with its reading, "" where it needs none or none is known."""

    text: str = field(repr=False)
    reading: str = field(default="", repr=False)

    @property
    def is_unread(self) -> bool:
        """Whether kanji stand here that nobody has given a reading for."""
        return not self.reading and KANJI.search(self.text) is not None


def is_word(text: str) -> bool:
    """Whether a text can be a word of the table: it begins with a kanji and has no spaces."""
    return _WORD.fullmatch(text) is not None


def is_reading(text: str) -> bool:
    """Whether a text is a reading in hiragana."""
    return _READING.fullmatch(text) is not None


class Readings:
    """The words of the table, longest first where several fit."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = {word: reading for word, reading in words.items() if is_word(word)}
        self._longest = max(map(len, self._words), default=0)

    def read(self, text: str) -> tuple[Read, ...]:
        """The text in pieces, each with its reading."""
        pieces: list[Read] = []
        at = 0
        while at < len(text):
            found = self._at(text, at)
            pieces += found
            at += sum(len(piece.text) for piece in found)
        return tuple(_joined(pieces))

    def _at(self, text: str, at: int) -> tuple[Read, ...]:
        counted = self._counted(text, at)
        if counted:
            return (counted,)
        long_month = _MONTHS_LONG.match(text, at)
        if long_month:
            return (Read(long_month[1]), Read("月", "げつ"))
        if not KANJI.match(text, at):
            return (Read(text[at]),)
        end = at
        while end < len(text) and KANJI.match(text, end):
            end += 1
        return self._counter(text, at, end) or self._covered(text, at, end) or (Read(text[at:end]),)

    def _counted(self, text: str, at: int) -> Read | None:
        """Numbers that are read together with their counter: 10日, 1人. 1日 is a date after a month, else a length."""
        for rule, known in ((_DAY, _DAYS), (_PERSON, _PEOPLE)):
            found = rule.match(text, at)
            reading = known.get(int(found[1])) if found else None
            if found and reading and (found[0] != "1日" or text[at - 1 : at] == "月"):
                return Read(found[0], reading)
        return None

    def _counter(self, text: str, at: int, end: int) -> tuple[Read, ...] | None:
        """What follows a number, and words that cover the rest of the run of kanji."""
        if at == 0 or not _NUMBER.fullmatch(text[at - 1]):
            return None
        for counter in sorted(_COUNTERS, key=len, reverse=True):
            if text.startswith(counter, at):
                rest = at + len(counter)
                words = () if rest == end else self._covered(text, rest, end)
                if words is not None:
                    return (Read(counter, _COUNTERS[counter]), *words)
        return None

    def _covered(self, text: str, at: int, end: int) -> tuple[Read, ...] | None:
        """The fewest words that cover a run of kanji without a gap; the last may go on into kana."""
        best: dict[int, tuple[str, ...]] = {at: ()}
        for start in range(at, end):
            if start not in best:
                continue
            for word in self._words_at(text, start):
                if len(word) == 1 < end - at:
                    continue  # a lone kanji is read otherwise inside of other words
                stop = start + len(word)
                if stop not in best or len(best[stop]) > len(best[start]) + 1:
                    best[stop] = (*best[start], word)
        covering = [(len(words), -stop) for stop, words in best.items() if stop >= end]
        if not covering:
            return None
        _, stop = min(covering)
        return tuple(piece for word in best[-stop] for piece in _split(word, self._words[word]))

    def _words_at(self, text: str, at: int) -> Iterator[str]:
        for length in range(min(self._longest, len(text) - at), 0, -1):
            if text[at : at + length] in self._words:
                yield text[at : at + length]


def _split(word: str, reading: str) -> Iterator[Read]:
    """話し合い／はなしあい → 話(はな) し 合(あ) い: kana stand for themselves."""
    parts = _PIECES.findall(word)
    if len(parts) > _MOST_PARTS:
        yield Read(word, reading)
        return
    pattern = "".join("(.+)" if KANJI.match(p) else f"({re.escape(_hiragana(p))})" for p in parts)
    found = re.fullmatch(pattern, reading)
    if found is None:
        yield Read(word, reading)
        return
    for part, said in zip(parts, found.groups(), strict=True):
        yield Read(part, said if KANJI.match(part) else "")


def _hiragana(text: str) -> str:
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in text)


def _joined(pieces: list[Read]) -> Iterator[Read]:
    """Neighbours without a reading become one piece, unless they are kanji that nobody read."""
    plain = ""
    for piece in pieces:
        if piece.reading or piece.is_unread:
            if plain:
                yield Read(plain)
                plain = ""
            yield piece
        else:
            plain += piece.text
    if plain:
        yield Read(plain)


def read_name(name: str, kana: str) -> tuple[Read, ...]:
    """A person's name by its parts, or as one where name and kana are not written in as many."""
    parts, said = name.split(), kana.split()
    if not said:
        return (Read(name),)
    if len(parts) != len(said):
        return (Read(name, _hiragana("".join(said))),)
    blanks = [*_BLANKS.findall(name.strip()), ""]
    pieces: list[Read] = []
    for part, reading, blank in zip(parts, said, blanks, strict=True):
        pieces.append(Read(part, _hiragana(reading)) if KANJI.search(part) else Read(part))
        pieces += [Read(blank)] if blank else []
    return tuple(pieces)


def words_of_name(name: str, kana: str) -> dict[str, str]:
    """The parts of a name as words of a table; a part of one character would be found in other words."""
    pieces = read_name(name, kana)
    return {p.text: p.reading for p in pieces if p.reading and len(p.text) > 1}
