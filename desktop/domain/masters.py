"""Dated office data (設定値): kinds, routes, thresholds, holidays. A rule of an office is a row, never a constant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class FieldKind(StrEnum):
    """How a master's field is entered."""

    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes_no"
    CODES = "codes"
    CHOICE = "choice"
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class MasterField:
    """One field of a master table: its name in the value, label, kind, unit and allowed codes.

    `lines` is how many lines a text has room for; one means that it takes no line breaks.
    """

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = True
    lines: int = 1

    @property
    def blank(self) -> object:
        """The value of a field that was left empty."""
        match self.kind:
            case FieldKind.CODES:
                return []
            case FieldKind.YES_NO:
                return False
            case _:
                return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MasterTable:
    """A registered table of office data: what its rows hold, what they affect, whether a second person must approve."""

    name: str
    label: str
    key_label: str
    fields: tuple[MasterField, ...]
    affects: str
    needs_second: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MasterRow:
    """One dated row. `confirmed` False shows 未確認.

    `approved_at` None means it waits for the second person, unless it was rejected. `value` maps field names to text, int, bool or a list of codes.
    """

    row_id: UUID
    table: str
    key: str
    valid_from: date
    value: Mapping[str, object]
    source: str
    confirmed: bool
    is_retired: bool
    entered_by: str = field(repr=False)
    entered_at: datetime
    approved_by: str = field(default="", repr=False)
    approved_at: datetime | None = None
    entered_by_me: bool = False
    rejected_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MasterInput:
    """A new dated row for a key; `is_retired` ends the key from that day."""

    table: str
    key: str
    valid_from: date
    value: Mapping[str, object]
    source: str
    confirmed: bool
    is_retired: bool = False
