"""What goes onto the list of rights (権限一覧表, R-01): plain values, worded for paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from desktop.domain.imprint import Imprint


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRight:
    """A role or a district that somebody holds; `held` is "" for whoever holds nothing."""

    name: str = field(repr=False)
    login: str
    is_active: bool
    kind: str
    held: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsList:
    """Everybody of the office with what is held on a day or later, by kana; those who left come last."""

    imprint: Imprint
    on: date
    people: int
    lines: tuple[HeldRight, ...]
