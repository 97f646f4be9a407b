"""What goes onto the call list (電話連絡リスト, K-08T): whom a district rings up about the announced visits of an approved month.

A household under 支援措置 is its case number and the district alone: no name, no number, nobody rings it up from a list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from desktop.domain.imprint import Imprint
from desktop.domain.working_time import Half

CALL_LIST_CODE = "K-08T"


class ToldBy(StrEnum):
    """How a household learns of a visit: several may hold."""

    TELEPHONE = "telephone"
    LETTER = "letter"
    APPOINTMENT = "appointment"
    MESSAGE = "message"


TOLD_BY: Mapping[ToldBy, str] = {
    ToldBy.TELEPHONE: "電話",
    ToldBy.LETTER: "訪問のお知らせ",
    ToldBy.APPOINTMENT: "約束済",
    ToldBy.MESSAGE: "ショートメッセージ",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLine:
    """A visit that is announced. `order` is its place in the half-day's round, `letter_on` the day of the last letter about it.

    Without `may_call` there is neither a number nor a box for the result: a mark forbids it.
    """

    household_id: UUID
    case_number: str
    head_name: str = field(repr=False)
    is_shielded: bool
    day: date
    half: Half | None
    order: int | None
    told_by: tuple[ToldBy, ...]
    letter_on: date | None
    number: str = field(repr=False)
    may_call: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CallList:
    """The call list of a district's month, from the day `as_of` on."""

    imprint: Imprint
    district_code: str
    district_name: str
    caseworker: str = field(repr=False)
    month: date
    as_of: date
    lines: tuple[CallLine, ...]

    @property
    def household_ids(self) -> tuple[UUID, ...]:
        """The households of the list, each once."""
        return tuple(dict.fromkeys(line.household_id for line in self.lines))
