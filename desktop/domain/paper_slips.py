"""What comes out at the counter: the slip that stays with the paper (受付票), the receipt for the person (受領証).

The code on both is the number of the intake book in digits, so that a scanner types it: four of the fiscal year, six
of the number. Whoever types the number by hand may write it as it stands on the paper (6-0123).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from desktop.domain.imprint import FormMark, Imprint
from desktop.domain.papers import number_label

_CODE = re.compile(r"(\d{4})(\d{6})")
_LABEL = re.compile(r"(\d{1,2})\s*[-‐‑–—−ー]\s*(\d{1,6})")
_REIWA = 2018


class SlipPart(StrEnum):
    """What is printed of a paper."""

    BOTH = "both"
    SLIP = "slip"
    RECEIPT = "receipt"

    @property
    def pieces(self) -> tuple[SlipPart, ...]:
        """What comes out, from top to bottom."""
        return (SlipPart.RECEIPT, SlipPart.SLIP) if self is SlipPart.BOTH else (self,)


SLIP_PART = {
    SlipPart.BOTH: "受付票と受領証",
    SlipPart.SLIP: "受付票",
    SlipPart.RECEIPT: "受領証",
}


def scan_code(year: int, number: int) -> str:
    """The digits of the bar code: an even count, which Code 128 packs best."""
    return f"{year:04d}{number:06d}"


def is_code(typed: str) -> bool:
    """Whether a whole bar code was typed, in any width."""
    return _CODE.fullmatch(_plain(typed)) is not None


def number_of(typed: str) -> tuple[int, int] | None:
    """Fiscal year and number of what was scanned or typed, in any width; None where it is something else."""
    text = _plain(typed)
    found = _CODE.fullmatch(text)
    if found:
        return int(found[1]), int(found[2])
    found = _LABEL.fullmatch(text)
    return (_REIWA + int(found[1]), int(found[2])) if found else None


def _plain(typed: str) -> str:
    return unicodedata.normalize("NFKC", typed).strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSlip:
    """One paper as it stands on slip and receipt: facts of the intake book, no name of the household."""

    paper_id: UUID
    fiscal_year: int
    number: int
    case_number: str
    kind_label: str
    sheets: int
    received_at: datetime
    received_by: str = field(repr=False)
    owner: str = field(repr=False)

    @property
    def label(self) -> str:
        """The number as the office writes it."""
        return number_label(self.fiscal_year, self.number)

    @property
    def code(self) -> str:
        """The digits under the bars."""
        return scan_code(self.fiscal_year, self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipForm:
    """A slip or a receipt (U-01): half a sheet of A4. `is_beneath`: it shares the sheet with the piece before it."""

    imprint: Imprint
    slip: PaperSlip
    part: SlipPart
    is_reprint: bool
    is_beneath: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintNote:
    """What is noted of a print run of slips and receipts."""

    batch_id: UUID
    part: SlipPart
    mark: FormMark
    pages: int
    sha256: str
