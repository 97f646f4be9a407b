"""What stands on a printed card of the help (手引 H-01): its Markdown as lines of paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.help_cards import CardKind, EventTask
from desktop.domain.imprint import Imprint

_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*")
_BULLET = re.compile(r"[-*+]\s+(.*)")
_NUMBERED = re.compile(r"(\d{1,3})[.)]\s+(.*)")
_QUOTE = re.compile(r"(?:>\s?)+(.*)")
_RULE = re.compile(r"(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}")
#: Between the head of a table and its rows.
_TABLE_RULE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
_CELL_ENDS = re.compile(r"(?<!\\)\|")
_LINK = re.compile(r"(?<!\\)\[((?:\\.|[^\]\\])*)\]\([^)]*\)")
_STRONG = re.compile(r"(?<!\\)(\*\*|__|~~|`)(?=\S)(.+?)(?<=[^\s\\])\1")
_SLOPED = re.compile(
    r"(?<!\\)\*(?=\S)([^*]+?)(?<=[^\s\\])\*|(?<![\\\w])_(?=\S)([^_]+?)(?<=[^\s\\])_(?!\w)"
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_SPACES_A_LEVEL = 2
_DEEPEST = 3


class LineKind(StrEnum):
    """What a line of a card is."""

    HEADING = "heading"
    TEXT = "text"
    BULLET = "bullet"
    NUMBERED = "numbered"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardLine:
    """A heading, a paragraph, or a point of a list with its `number` and how deep it stands; or a table in `cells`, row by row."""

    kind: LineKind
    text: str = ""
    number: int = 0
    level: int = 0
    cells: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSheet:
    """A card on paper as the office has it; `see` are the titles of related cards. An office's own page was checked by nobody else."""

    imprint: Imprint
    title: str
    kind: CardKind
    articles: tuple[str, ...]
    lines: tuple[CardLine, ...]
    tasks: tuple[EventTask, ...]
    see: tuple[str, ...]
    is_checked: bool
    is_own: bool
    origin: str


def lines_of(markdown: str) -> tuple[CardLine, ...]:
    """The lines of a card's Markdown; bold and links are their words alone."""
    return tuple(map(_line, _blocks(markdown.splitlines())))


def _blocks(rows: Iterable[str]) -> Iterator[list[str]]:
    """Rows that belong together: a heading, a paragraph, a point of a list, a table."""
    block: list[str] = []
    for row in rows:
        is_end = not row.strip() or _RULE.fullmatch(row.strip()) is not None
        if block and (is_end or not _goes_on(block[0], row)):
            yield block
            block = []
        if not is_end:
            block.append(row)
    if block:
        yield block


def _goes_on(first: str, row: str) -> bool:
    """Whether a row belongs to what began with `first`."""
    if _is_table(first):
        return _is_table(row)
    begins = any(sign.fullmatch(row.strip()) for sign in (_HEADING, _BULLET, _NUMBERED))
    return not begins and not _is_table(row) and not _HEADING.fullmatch(first.strip())


def _is_table(row: str) -> bool:
    return row.strip().startswith("|")


def _line(block: list[str]) -> CardLine:
    first = block[0].strip()
    if _is_table(first):
        rows = (row.strip() for row in block)
        cells = [_cells(row) for row in rows if not _TABLE_RULE.fullmatch(row)]
        width = max(map(len, cells), default=0)
        return CardLine(
            kind=LineKind.TEXT,
            cells=tuple((*row, *[""] * (width - len(row))) for row in cells),
        )
    indent = len(block[0]) - len(block[0].lstrip())
    level = min(indent // _SPACES_A_LEVEL, _DEEPEST)
    more = [_QUOTE.sub(r"\1", row.strip()) for row in block[1:]]
    if found := _HEADING.fullmatch(first):
        return CardLine(kind=LineKind.HEADING, text=_words(found[1]))
    if found := _BULLET.fullmatch(first):
        return CardLine(kind=LineKind.BULLET, text=_joined([found[1], *more]), level=level)
    if found := _NUMBERED.fullmatch(first):
        text = _joined([found[2], *more])
        return CardLine(kind=LineKind.NUMBERED, text=text, number=int(found[1]), level=level)
    return CardLine(kind=LineKind.TEXT, text=_joined([_QUOTE.sub(r"\1", first), *more]))


def _cells(row: str) -> tuple[str, ...]:
    inner = row.removeprefix("|").removesuffix("|")
    return tuple(_words(cell.strip()) for cell in _CELL_ENDS.split(inner))


def _joined(rows: Iterable[str]) -> str:
    """Rows of one paragraph: no blank between Japanese words, one between others."""
    text = ""
    for row in rows:
        is_latin = bool(text and row) and text[-1].isascii() and row[0].isascii()
        text += f" {row}" if is_latin else row
    return _words(text)


def _words(text: str) -> str:
    """What is read of Markdown within a line."""
    text = _LINK.sub(r"\1", text)
    text = _STRONG.sub(r"\2", text)
    text = _SLOPED.sub(lambda found: found[1] or found[2], text)
    return _ESCAPED.sub(r"\1", text)
