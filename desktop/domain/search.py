"""What is searched for in the entries (全文検索), and what is found: the newest first, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

#: So many are shown at once, and counted at most.
PAGE, MOST_COUNTED = 50, 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPlace:
    """Where a page ended: the ticket it was read with, and its last entry."""

    ticket_id: UUID
    event_on: date
    entry_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAsked:
    """Words (`search_text.read_query`) and what narrows them; `after` goes on where a page ended."""

    words: str = field(repr=False)
    case_number: str = field(default="", repr=False)
    kind: str | None = None
    author_id: UUID | None = None
    first: date | None = None
    last: date | None = None
    after: SearchPlace | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """An entry that says what was asked for. `snippet`: parts of its text, True where the part is what was searched."""

    entry_id: UUID
    household_id: UUID
    case_number: str = field(repr=False)
    head_name: str = field(repr=False)
    event_on: date
    kind_label: str
    author: str = field(repr=False)
    is_annulled: bool
    is_draft: bool
    snippet: tuple[tuple[str, bool], ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """A page of what was found. `total` counts up to MOST_COUNTED, and on further pages what is left."""

    hits: tuple[SearchHit, ...]
    total: int
    next: SearchPlace | None

    @property
    def is_capped(self) -> bool:
        """Whether there may be more than was counted."""
        return self.total >= MOST_COUNTED


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchChoices:
    """What a search can be narrowed by: kinds of entries by their codes, and who may have written them."""

    kinds: tuple[tuple[str, str], ...]
    authors: tuple[tuple[UUID, str], ...] = field(repr=False)
