"""What is searched for in a file (全文検索), and what is found: the newest first, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

#: So many are shown at once, and counted at most.
PAGE, MOST_COUNTED = 50, 1000


class SearchNoun(StrEnum):
    """What is found. Which words of it count stands in `database/search_sources.py`."""

    ENTRY = "entry"
    POLICY = "policy"
    INSTRUCTION = "instruction"
    PAPER = "paper"
    ATTACHMENT = "attachment"
    PERSON = "person"
    LIAISON = "liaison"


NOUN_LABELS: Mapping[SearchNoun, str] = {
    SearchNoun.ENTRY: "記録",
    SearchNoun.POLICY: "援助方針",
    SearchNoun.INSTRUCTION: "決裁の指示・理由",
    SearchNoun.PAPER: "受領書類",
    SearchNoun.ATTACHMENT: "添付の名前",
    SearchNoun.PERSON: "世帯員",
    SearchNoun.LIAISON: "関係先",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPlace:
    """Where a page ended: the ticket it was read with, and its last row."""

    ticket_id: UUID
    event_on: date
    row_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAsked:
    """Words (`search_text.read_query`) and what narrows them; `after` goes on where a page ended.

    `kind` is a kind of entry; `is_widened` looks for the office's words that mean the same (言い換え), too.
    """

    words: str = field(repr=False)
    case_number: str = field(default="", repr=False)
    noun: SearchNoun | None = None
    kind: str | None = None
    author_id: UUID | None = None
    first: date | None = None
    last: date | None = None
    is_widened: bool = True
    after: SearchPlace | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """Something that says what was asked for. `snippet`: parts of its text, True where the part is what was searched.

    `entry_id` is the entry that it is or that it is about; `kind_label` says what it is.
    """

    noun: SearchNoun
    row_id: UUID
    entry_id: UUID | None
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
    """A page of what was found. `total` counts up to MOST_COUNTED, and on further pages what is left.

    `also`: a word of the query and the words of the office for which it was looked, too.
    """

    hits: tuple[SearchHit, ...]
    total: int
    next: SearchPlace | None
    also: tuple[tuple[str, tuple[str, ...]], ...] = field(default=(), repr=False)

    @property
    def is_capped(self) -> bool:
        """Whether there may be more than was counted."""
        return self.total >= MOST_COUNTED


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchChoices:
    """What a search can be narrowed by: kinds of entries by their codes, and who may have written them."""

    kinds: tuple[tuple[str, str], ...]
    authors: tuple[tuple[UUID, str], ...] = field(repr=False)
