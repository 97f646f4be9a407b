"""Where blocks stand: room between them, a fixed place, a new sheet, kept together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.reports.setter import Block, Setter


@dataclass(frozen=True, slots=True)
class Space:
    """Empty room."""

    height: float

    def set(self, setter: Setter) -> None:
        """Move on."""
        setter.y += self.height


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
