"""What is to be printed and what was printed by whom (帳票)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintQueueRow:
    """An approved entry whose valid version was never printed as the original."""

    entry_id: UUID
    version: int
    household_id: UUID
    case_number: str
    head_name: str = field(repr=False)
    district_code: str
    kind_label: str
    event_on: date
    author: str = field(repr=False)
    approved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintLogRow:
    """One print run."""

    batch_id: UUID
    printed_at: datetime
    printed_by: str = field(repr=False)
    mark: str
    entries: int
    households: int
    pages: int
    sha256: str
