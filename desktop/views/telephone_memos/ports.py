"""What the views of telephone memos ask (`services/telephone_memos`)."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from desktop.domain.telephone_memos import MemoInput, MemoTaken, UnidentifiedCall


class TakesMemos(Protocol):
    """Keeps a call."""

    def take(self, given: MemoInput) -> MemoTaken:
        """Into the file, and onto the caseworker's desk."""


class UnidentifiedCalls(Protocol):
    """The office's calls whose household nobody knows."""

    def unidentified(self) -> tuple[UnidentifiedCall, ...]:
        """Those that are open."""

    def identify(self, memo_id: UUID, household_id: UUID) -> MemoTaken:
        """Say which household one is about."""

    def answer(self, memo_id: UUID, words: str = "") -> None:
        """Say what became of one."""
