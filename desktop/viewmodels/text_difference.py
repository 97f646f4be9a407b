"""What changed between two texts, in pieces that a person can read."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from rapidfuzz.distance import Indel

#: An unchanged stretch this short between two changes is no help to the reader and joins them.
_SHORTEST_SAME = 3
#: Above this product of lengths, whole lines are compared: single characters would take memory and time.
_MOST_CELLS = 40_000_000


class Change(Enum):
    """What happened to a piece."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text that stayed, went or came."""

    change: Change
    text: str = field(repr=False)


_Edit = tuple[str, str, bool]


def difference(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces from the old text to the new one; of a replaced stretch the old words come first."""
    edits = _by_lines(old, new) if len(old) * len(new) > _MOST_CELLS else _by_characters(old, new)
    return tuple(_pieces(_joined(edits)))


def replaced(old: str, new: str) -> tuple[Piece, ...]:
    """The whole old text and the whole new one, where they differ at all."""
    if old == new:
        return (Piece(change=Change.SAME, text=old),)
    both = ((Change.REMOVED, old), (Change.ADDED, f" {new}" if old else new))
    return tuple(Piece(change=change, text=text) for change, text in both if text.strip())


def is_changed(pieces: Iterable[Piece]) -> bool:
    """Whether anything went or came."""
    return any(piece.change is not Change.SAME for piece in pieces)


def old_side(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """What the old text says, with what went marked."""
    return tuple(piece for piece in pieces if piece.change is not Change.ADDED)


def new_side(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """What the new text says, with what came marked."""
    return tuple(piece for piece in pieces if piece.change is not Change.REMOVED)


def _by_characters(old: str, new: str) -> Iterator[_Edit]:
    for step in Indel.opcodes(old, new):
        before = old[step.src_start : step.src_end]
        after = new[step.dest_start : step.dest_end]
        yield before, after, step.tag == "equal"


def _by_lines(old: str, new: str) -> Iterator[_Edit]:
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        yield "".join(before[i1:i2]), "".join(after[j1:j2]), tag == "equal"


def _joined(edits: Iterable[_Edit]) -> list[_Edit]:
    """Join changes that lie next to each other or only a few characters apart."""
    found: list[_Edit] = []
    for before, after, is_same in edits:
        found.append((before, after, is_same))
        if is_same:
            continue
        if len(found) > 1 and not found[-2][2]:
            _merge_last(found, 2)
        elif len(found) > 2 and len(found[-2][0]) < _SHORTEST_SAME:  # noqa: PLR2004
            _merge_last(found, 3)
    return found


def _merge_last(found: list[_Edit], count: int) -> None:
    last = found[-count:]
    del found[-count:]
    found.append(("".join(e[0] for e in last), "".join(e[1] for e in last), False))


def _pieces(edits: Iterable[_Edit]) -> Iterator[Piece]:
    for before, after, is_same in edits:
        if is_same:
            yield Piece(change=Change.SAME, text=before)
            continue
        if before:
            yield Piece(change=Change.REMOVED, text=before)
        if after:
            yield Piece(change=Change.ADDED, text=after)
