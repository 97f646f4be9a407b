"""What goes onto the letters and the register of inquiries (K-19): plain values, worded for paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from desktop.domain.imprint import Imprint
from desktop.domain.inquiries import InquiryLine


@dataclass(frozen=True, slots=True, kw_only=True)
class LivedAt:
    """Where the person lived from a day to a day; no end means still."""

    address: str = field(repr=False)
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLetter:
    """A letter that asks an agency about a person (調査依頼書). It says no more of the person than the agency needs.

    `step` is the inquiry's step that is printed, `number` that of the register; `addresses` are the present one first, and empty where they must not be told.
    """

    inquiry_id: UUID
    household_id: UUID
    step: int
    imprint: Imprint
    number: str
    written_on: date
    postal_code: str
    address: str
    agency: str
    honorific: str
    basis: str
    name: str = field(repr=False)
    kana: str = field(repr=False)
    born_on: date | None = field(repr=False)
    addresses: tuple[LivedAt, ...] = field(repr=False)
    items: tuple[str, ...] = field(repr=False)
    has_consent: bool
    answer_by: date
    contact: str
    caseworker: str = field(repr=False)
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryRegister:
    """The 回答管理簿: what was asked of whom, and what came of it. `scope` says whose and of when."""

    imprint: Imprint
    scope: str
    lines: tuple[InquiryLine, ...]
