"""Text with readings above its words (ルビ): broken into lines as all text is, drawn with the readings half as large.

A word and its reading are never parted. The wider of both gives the room; the narrower is spread over it (JIS X 4051, 5.2).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from desktop.domain.readings import Read
from desktop.reports.characters import clean, clusters, has_joins
from desktop.reports.line_breaking import break_lines
from desktop.reports.page import Sheet, Style
from desktop.reports.text_encoder import TextEncoder

#: Size of a reading in parts of the size of its word.
RUBY_SIZE = 0.5
#: From one line to the next in parts of the type size, with readings and without.
LEADING, PLAIN_LEADING = 1.85, 1.5
_RUBY_RISE = 0.98
#: What keeps the readings of neighbours apart, in parts of the type size.
_APART = 0.2
#: How much more room the parts of a word may take than the word, since no part is exactly its share.
_TOO_WIDE = 1.3
#: Halves of characters stand for words with readings while lines are broken: clean text never holds one.
_FIRST_STAND_IN, _MOST_STAND_INS = 0xD800, 0x800


class _Words:
    """Words with readings, each with one character that stands for it."""

    def __init__(self) -> None:
        self.by_stand_in: dict[str, Read] = {}
        self._stand_ins: dict[Read, str] = {}

    def stand_in(self, word: Read) -> str:
        """What stands for a word; the words themselves, reading in brackets, where there are too many of them."""
        known = self._stand_ins.get(word)
        if known is None:
            if len(self._stand_ins) >= _MOST_STAND_INS:
                return f"{word.text}（{word.reading}）"
            known = self._stand_ins[word] = chr(_FIRST_STAND_IN + len(self._stand_ins))
            self.by_stand_in[known] = word
        return known


@dataclass(frozen=True, slots=True)
class RubySetter:
    """Breaks and draws text with readings in one style."""

    encoder: TextEncoder
    style: Style

    def lines(self, pieces: Iterable[Read], width: float) -> list[tuple[Read, ...]]:
        """The pieces in lines of a width in millimetres."""
        words = _Words()
        text = ""
        for piece in self._parted(map(_cleaned, pieces), width / self.style.em):
            plain = piece.text
            last = words.by_stand_in.get(text[-1:])
            if piece.reading:
                plain = words.stand_in(piece)
            elif last and has_joins(plain[:1]):  # a mark belongs to the word before
                marked = words.stand_in(Read(last.text + plain[0], last.reading))
                text, plain = text[:-1] + marked, plain[1:]
            text += plain
        advances = self.encoder.fonts.advances(self.style.role)

        def advance(cluster: str) -> float:
            word = words.by_stand_in.get(cluster)
            return advances[cluster] if word is None else self._width(word)

        broken = break_lines(text, width / self.style.em, advance)
        return [tuple(_restored(line.text, words.by_stand_in)) for line in broken]

    def draw(self, sheet: Sheet, x: float, baseline: float, pieces: Sequence[Read]) -> float:
        """One line; the words first, then their readings, so that copied text stays whole. Returns where it ends."""
        small = Style(self.style.role, self.style.size * RUBY_SIZE, self.style.colour)
        above: list[tuple[float, float, str]] = []
        em = self.style.em
        for piece in pieces:
            width = self._width(piece) * em
            if piece.reading:
                above.append((x, width, piece.reading))
                _spread(sheet, x, baseline, width, piece.text, self.style)
            else:
                sheet.text(x, baseline, piece.text, self.style)
            x += width
        for left, width, reading in above:
            _spread(sheet, left, baseline - em * _RUBY_RISE, width, reading, small)
        return x

    def _parted(self, pieces: Iterable[Read], room: float) -> Iterator[Read]:
        """Words that no line can hold in parts, each with its part of the reading."""
        for piece in pieces:
            width = self._width(piece)
            if not piece.reading or width <= room:
                yield piece
                continue
            parts = ceil(width / room * _TOO_WIDE)
            texts, readings = (_cut(clusters(t), parts) for t in (piece.text, piece.reading))
            yield from map(Read, texts, readings)

    def _width(self, piece: Read) -> float:
        role = self.style.role
        word = self.encoder.measure(piece.text, role)
        if not piece.reading:
            return word
        return max(word, self.encoder.measure(piece.reading, role) * RUBY_SIZE + _APART)


def _cut(text: Sequence[str], parts: int) -> list[str]:
    """A text in as many parts, about equally long."""
    ends = [round(len(text) * number / parts) for number in range(parts + 1)]
    return ["".join(text[start:end]) for start, end in pairwise(ends)]


def _spread(sheet: Sheet, x: float, baseline: float, width: float, text: str, style: Style) -> None:
    """Set a text over a width: half as much room at the ends as between the characters."""
    free = max(width - sheet.measure(text, style), 0.0)
    gap = free / len(text) if text else 0.0
    sheet.text(x + gap / 2, baseline, text, style, spacing=gap)


def _cleaned(piece: Read) -> Read:
    """A word and its reading stand on one line; other text may hold line ends."""
    if not piece.reading:
        return Read(clean(piece.text))
    word, reading = (clean(text).replace("\n", " ") for text in (piece.text, piece.reading))
    return Read(word, reading)


def _restored(text: str, words: dict[str, Read]) -> Iterable[Read]:
    plain = ""
    for character in text:
        word = words.get(character)
        if word is None:
            plain += character
            continue
        if plain:
            yield Read(plain)
            plain = ""
        yield word
    if plain:
        yield Read(plain)
