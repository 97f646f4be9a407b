"""What a form's function answers."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingCharacter:
    """A character that no font here can draw as written.

    `place` says where it stands (case number and field, no personal data). `drawn` is what the paper shows instead: the
    geta 〓, or the plain form of the character when only the variant is missing. Copied text keeps the character itself.
    """

    place: str
    character: str = field(repr=False)
    drawn: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedPdf:
    """A finished PDF: its bytes, its pages, and what could not be drawn as written.

    `unread` are the words that stand without a reading (ふりがな) on a sheet that was to have them.
    """

    data: bytes = field(repr=False)
    pages: int
    missing: tuple[MissingCharacter, ...] = ()
    unread: tuple[str, ...] = field(default=(), repr=False)
