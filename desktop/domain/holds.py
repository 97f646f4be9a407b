"""Holds (保留): why a case file must not be disposed of, and from when to when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

HOLD_REASON_MISSING = "保留の理由を400字までで入力してください。"
HOLD_SPAN = "終わりの日は、始まりの日以後で今日以後にしてください。"
HOLD_ENDED = "この保留はすでに終わっています。"
HOLD_REASON_LENGTH = 400


class HoldKind(StrEnum):
    """Why a file must not be disposed of (保留)."""

    DEBT = "debt"
    APPEAL = "appeal"
    LAWSUIT = "lawsuit"
    OTHER = "other"


HOLD_LABELS: Mapping[HoldKind, str] = {
    HoldKind.DEBT: "債務（63条・78条など）",
    HoldKind.APPEAL: "不服申立",
    HoldKind.LAWSUIT: "訴訟",
    HoldKind.OTHER: "その他",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRow:
    """A hold (保留) on a household; `is_open` or `is_over` on the day it was asked for.

    `reason` is content: it comes with the open file alone.
    """

    hold_id: UUID
    household_id: UUID
    case_number: str
    kind: HoldKind
    valid_from: date
    valid_to: date | None
    set_by: str = field(repr=False)
    is_open: bool
    is_over: bool = False
    reason: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHold:
    """A hold to be set; `reason` is text about people and stands with the contents of the file."""

    household_id: UUID
    kind: HoldKind
    valid_from: date
    valid_to: date | None = None
    reason: str = field(default="", repr=False)
