"""Where blocks stand: room between them, a fixed place, a new sheet, kept together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.reports.setter import Block, Setter


@dataclass(frozen=True, slots=True)
class Space:
    """Empty room."""

    height: float

    def set(self, setter: Setter) -> None:
        """Move on."""
        setter.y += self.height


@dataclass(frozen=True, slots=True)
class Rule:
    """A level rule here: between parts, or to write on. `indent` and `short` are what it leaves free at its ends."""

    indent: float = 0.0
    short: float = 0.0

    def set(self, setter: Setter) -> None:
        """Draw it."""
        setter.sheet.rule(
            setter.left + self.indent, setter.y, setter.paper.right - self.short, setter.y
        )


@dataclass(frozen=True, slots=True)
class At:
    """What follows begins at a place of the sheet, or below what stands there already."""

    y: float

    def set(self, setter: Setter) -> None:
        """Move there."""
        setter.y = max(setter.y, self.y)


@dataclass(frozen=True, slots=True)
class NewSheet:
    """What follows begins on a further sheet."""

    def set(self, setter: Setter) -> None:
        """Begin it."""
        setter.new_sheet()


@dataclass(frozen=True, slots=True)
class Together:
    """Blocks that stand on one sheet, where `height` millimetres hold them."""

    height: float
    blocks: Sequence[Block]

    def set(self, setter: Setter) -> None:
        """Begin a further sheet first, where this one has too little room."""
        setter.need(self.height)
        for block in self.blocks:
            block.set(setter)


@dataclass(frozen=True, slots=True)
class Beside:
    """Blocks at the left and blocks at the right of one another, which both begin here; the longer side ends it.

    `share` is the part of the width at the left. `height` millimetres are on this sheet, else on the next.
    """

    left: Sequence[Block]
    right: Sequence[Block]
    share: float = 0.5
    height: float = 30.0

    def set(self, setter: Setter) -> None:
        """Draw both sides."""
        setter.need(self.height)
        paper, y = setter.paper, setter.y
        middle = paper.left + paper.room * self.share
        ends = []
        for blocks, side in (
            (self.left, replace(paper, right=middle)),
            (self.right, replace(paper, left=middle)),
        ):
            setter.paper, setter.y = side, y
            for block in blocks:
                block.set(setter)
            ends.append(setter.y)
        setter.paper, setter.y = paper, max(ends)
