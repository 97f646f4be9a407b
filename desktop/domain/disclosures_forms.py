"""What goes onto the redacted copy (開示用の写し) and its list of reasons: plain values, struck text replaced."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from desktop.domain.disclosures import DisclosureReason, LeftOut
from desktop.domain.disclosures_redaction import Bar
from desktop.domain.forms import CaseRecordForm
from desktop.domain.imprint import Imprint


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonsList:
    """The 不開示理由一覧: every bar of the copy by its number, and what is not in the copy at all."""

    imprint: Imprint
    case_number: str
    request_label: str
    asked_on: date
    records_from: date
    records_to: date
    entries: int
    bars: tuple[Bar, ...]
    reasons: tuple[DisclosureReason, ...]
    left_out: LeftOut


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureCopy:
    """The copy and its list. `content_hash` is what both were made of; the imprint is that of every sheet."""

    imprint: Imprint
    disclosure_id: UUID
    household_id: UUID
    content_hash: str
    record: CaseRecordForm = field(repr=False)
    reasons: ReasonsList = field(repr=False)
