"""What goes onto the letters and the register of declarations: plain values, worded for paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from desktop.domain.declarations import DeclarationKind, Due
from desktop.domain.imprint import Imprint


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderLetter:
    """A letter that asks a person for declarations (申告のお願い). It threatens nobody and names no benefit.

    `wanted` are the declarations with their months; `answer_by` is the day asked for; `phone` may be unknown.
    """

    imprint: Imprint
    case_number: str
    postal_code: str = field(repr=False)
    address: str = field(repr=False)
    name: str = field(repr=False)
    wanted: tuple[tuple[DeclarationKind, date], ...]
    written_on: date
    answer_by: date
    contact: str
    caseworker: str = field(repr=False)
    phone: str
    hours: str
    dues: tuple[Due, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpLine:
    """One due declaration in the 申告書 受領・督促管理表 (K-21)."""

    case_number: str
    person: str = field(repr=False)
    kind: DeclarationKind
    cycle_label: str
    month: date
    due_on: date
    received_on: date | None
    paper_label: str
    reminded_on: tuple[date, ...]
    checked_on: date | None
    needs_change: bool | None
    drafted_on: date | None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpTable:
    """The K-21 of one caseworker and month."""

    imprint: Imprint
    caseworker: str = field(repr=False)
    month: date
    lines: tuple[FollowUpLine, ...]
