"""The pieces an entry is laid out in: none is ever cut by the edge of a page."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.domain.forms import Stamp
from desktop.reports.page import Style


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPiece:
    """One line of text; `label` stands before it in its own style.

    `keep`: not the last piece on a page when more follow. `tagged`: inside a small ruled frame. `boxed`: inside
    the frame of the supervisor's instruction. `spacing` (mm) between characters fills the line.
    """

    text: str = field(repr=False)
    style: Style
    height: float
    indent: float = 0.0
    spacing: float = 0.0
    label: str = ""
    label_style: Style | None = None
    struck: bool = False
    keep: bool = False
    tagged: bool = False
    boxed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StampPiece:
    """A row of electronic stamps."""

    stamps: tuple[Stamp, ...]
    height: float
    keep: bool = False


Piece = TextPiece | StampPiece
Column = tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryColumns:
    """An entry laid out: 年月日, 種別, 記事; where the entry goes on, `dates_again` and `kinds_again` stand first."""

    dates: Column
    kinds: Column
    article: Column
    dates_again: Column
    kinds_again: Column
    annulled: bool
    stamps: tuple[Stamp, ...]
