"""Seals of the audit trail (封印) and what their verification finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

#: Minutes after which an event that is not sealed is a finding: the tick seals every minute.
LATEST_SEAL_MINUTES = 60


class Fault(StrEnum):
    """What is wrong with the trail."""

    CHANGED = "changed"
    MISSING = "missing"
    ADDED = "added"
    SEAL_ALTERED = "seal_altered"
    SEAL_MISSING = "seal_missing"
    CHAIN_REWRITTEN = "chain_rewritten"
    OLDER_THAN_LIST = "older_than_list"
    UNSEALED = "unsealed"
    TOMBSTONE = "tombstone"
    JUDGE_ALTERED = "judge_altered"


@dataclass(frozen=True, slots=True, kw_only=True)
class SealFault:
    """One fault: the seal it lies in, the event's number where one is named, and the sentence that says it."""

    fault: Fault
    sentence: str
    seal: int | None = None
    seq: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """One seal: what it covers is named by number and count, its value by the chain (SHA-256)."""

    n: int
    at: datetime
    rows: int
    chain: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Restore:
    """A restore into another server (復元): the seal with which its epoch begins, and when."""

    seal: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What a verification looked at and found; no fault means that nothing was changed."""

    events: int
    seals: int
    unsealed: int
    disposed: int
    last: Seal | None
    restores: tuple[Restore, ...]
    faults: tuple[SealFault, ...]


def hex_groups(chain: bytes) -> str:
    """The value of a seal as it is printed and read aloud: 16 groups of 4 hexadecimal digits."""
    digits = chain.hex().upper()
    return " ".join(digits[i : i + 4] for i in range(0, len(digits), 4))
