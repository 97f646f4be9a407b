"""What screens ask of the window."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRequest:
    """Open a household's file, at a section ("overview", "members", "chronicle", "history") and an entry if given."""

    household_id: UUID
    section: str = "overview"
    entry_id: UUID | None = None
