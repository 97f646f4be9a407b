"""Saved searches (保存した検索): a question that is asked anew each time, for a purpose and until a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from desktop.domain.search import SearchAsked

#: How long the texts may be.
LONGEST_NAME, LONGEST_PURPOSE, LONGEST_NUMBER = 40, 200, 20
#: Longer than so many months no office lets a saved search live; PostgreSQL holds it.
MOST_MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearchInput:
    """A search to be kept: what is asked (`asked`), under which name, for what and until when (inclusive)."""

    search_id: UUID
    name: str = field(repr=False)
    purpose: str = field(repr=False)
    valid_until: date | None
    asked: SearchAsked = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedExtension:
    """More time for a saved search; it needs a purpose anew."""

    search_id: UUID
    purpose: str = field(repr=False)
    valid_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """One saved search of the signed-in person; only that person reads it. Nothing that was found is kept.

    `goes_in`: in how many days its name and words go by themselves; None while it is valid.
    """

    search_id: UUID
    name: str = field(repr=False)
    purpose: str = field(repr=False)
    valid_until: date
    is_over: bool
    goes_in: int | None = None
    asked: SearchAsked = field(repr=False)


def days_left(valid_until: date, today: date, empty_days: int) -> int | None:
    """In how many days the words of a search that is over go, 0 where that day has come; None while it is valid."""
    if valid_until >= today:
        return None
    return max(0, (valid_until - today).days + empty_days + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedShelf:
    """The person's saved searches by name, and the last day that one saved today may be valid."""

    searches: tuple[SavedSearch, ...]
    latest: date
