"""What is to be printed and what was printed by whom (帳票)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, TypeVar
from uuid import UUID

from desktop.domain.forms import FormMark
from desktop.domain.issued_forms import Subject

#: The forms that wait for paper by themselves, in the order of the print centre; titles as in the catalogue.
WAITING_FORMS: Mapping[str, str] = {
    "K-04": "ケース記録票",
    "K-05": "援助方針記録票",
    "K-06": "援助方針説明書",
}
#: Those that go to the person: they carry no mark.
WITHOUT_MARK = frozenset({"K-06"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyToPrint:
    """Something approved whose valid version never went to paper as the original, or as the sheet for the person.

    `on` is the day it is about, `since` when it was approved; `address` is where the way of a messenger leads.
    """

    form_code: str
    subject_id: UUID
    version: int
    household_id: UUID
    case_number: str
    head_name: str = field(repr=False)
    district_code: str
    label: str
    on: date
    author: str = field(repr=False)
    since: datetime
    address: str = field(default="", repr=False)

    @property
    def mark(self) -> FormMark | None:
        """The only mark it may carry; None where it is chosen."""
        return FormMark.PLAIN if self.form_code in WITHOUT_MARK else None


Data = TypeVar("Data")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece(Generic[Data]):
    """One piece of a form: what goes onto it, and what it is of.

    `subject_ids` are those that were asked for, `subjects` what the register keeps; `recipient` is for whom it is.
    """

    data: Data
    household_id: UUID
    subject_ids: tuple[UUID, ...]
    subjects: tuple[Subject, ...] = ()
    recipient: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintLogRow:
    """One print run: of which forms, how many things of how many households."""

    batch_id: UUID
    printed_at: datetime
    printed_by: str = field(repr=False)
    mark: str
    forms: tuple[str, ...]
    things: int
    households: int
    pages: int
    sha256: str
    entries: int = 0
