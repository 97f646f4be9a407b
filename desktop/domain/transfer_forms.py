"""What goes onto the letter of a transfer (移管連絡, K-26): plain values, worded for paper."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from desktop.domain.imprint import Imprint
from desktop.domain.papers import number_label
from desktop.domain.transfers import TransferNotes, WelfareOffice

#: A letter's code begins with the form's number, so that nobody takes it for a paper of the intake book.
_CODE = re.compile(r"26(\d{4})(\d{6})")


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedMember:
    """A member of the household that moved."""

    name: str = field(repr=False)
    kana: str = field(repr=False)
    born: date | None = field(repr=False)
    relation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferLetter:
    """The letter to the other office, with the slip that comes back (受領書).

    Of a shielded household `address` is empty and `notes` is None: neither goes by post. `notes` is None, too, where
    the person did not agree. `returned_to` is this office with its address, as far as the office entered it.
    """

    imprint: Imprint
    fiscal_year: int
    number: int
    written_on: date
    destination: WelfareOffice = field(repr=False)
    case_number: str
    head_name: str = field(repr=False)
    is_shielded: bool
    moved_on: date
    has_moved: bool
    address: str = field(repr=False)
    state: str
    started_on: date | None
    household_type: str
    grade: str
    members: tuple[MovedMember, ...] = field(repr=False)
    caseworker: str = field(repr=False)
    contact: str
    phone: str
    enclosures: tuple[tuple[str, bool], ...]
    notes: TransferNotes | None = field(repr=False)
    consent: str
    returned_to: WelfareOffice

    @property
    def label(self) -> str:
        """The number as the office writes it."""
        return number_label(self.fiscal_year, self.number)

    @property
    def code(self) -> str:
        """The digits of the bar code on the slip."""
        return transfer_code(self.fiscal_year, self.number)


def transfer_code(year: int, number: int) -> str:
    """The digits of the bar code: an even count, which Code 128 packs best."""
    return f"26{year:04d}{number:06d}"


def transfer_number_of(scanned: str) -> tuple[int, int] | None:
    """Fiscal year and number of a slip that was scanned, in any width; None where it is something else."""
    found = _CODE.fullmatch(unicodedata.normalize("NFKC", scanned).strip())
    return (int(found[1]), int(found[2])) if found else None
