"""Taking over the ledger (台帳取込): how a vendor's file is read, and what a run reports."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from desktop.domain.ledger_columns import LedgerColumn, RecordColumn
from desktop.domain.roles import Permission

#: First cell of the first line of a ledger that our own training office exported.
TRAINING_WORD = "研修用台帳"
#: How many problems, notices and samples a report holds; their totals are always given.
MOST_SHOWN = 200

#: `progress(done, total, what)`; `cancelled()` asks whether to stop.
ReportProgress = Callable[[int, int, str], object]
AskCancelled = Callable[[], bool]


def training_marker(office_code: str) -> str:
    """The 研修用 marker of a training office: it stands in the first line of every ledger the office exports."""
    return hashlib.sha256(f"banso-training-ledger|{office_code}".encode()).hexdigest()[:16]


def training_line(office_code: str) -> str:
    """The first line of an exported training ledger, without its line end."""
    return f"{TRAINING_WORD},{office_code},{training_marker(office_code)}"


def is_training_line(cells: list[str]) -> bool:
    """Whether the cells of a first line are a genuine 研修用 marker."""
    match cells:
        case [word, office_code, marker, *rest]:
            genuine = marker == training_marker(office_code)
            return word == TRAINING_WORD and genuine and not any(rest)
        case _:
            return False


class LedgerChangeKind(StrEnum):
    """What happens to a household."""

    NEW = "new"
    CHANGED = "changed"
    VANISHED = "vanished"


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerMapping:
    """How a vendor's columns and codes are read.

    `columns` and `record_columns`: our column → accepted header names. `codes`: column → cell → our code.
    `blank_dates` are cells that mean "no date". `encoding` is "auto", "utf-8" or "cp932".
    """

    name: str
    encoding: str
    delimiter: str
    columns: Mapping[LedgerColumn, tuple[str, ...]]
    record_columns: Mapping[RecordColumn, tuple[str, ...]]
    codes: Mapping[LedgerColumn, Mapping[str, str]]
    blank_dates: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerProblem:
    """Something in the file that cannot be taken in, or is worth knowing; `line` 0 means the whole file.

    The sentence never repeats names or numbers of people.
    """

    line: int
    column: str
    sentence: str

    @property
    def full_sentence(self) -> str:
        """The sentence with its place before it."""
        place = f"{self.line}行目" if self.line else ""
        column = f"「{self.column}」" if self.column else ""
        return f"{place}{column}：{self.sentence}" if place or column else self.sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerChange:
    """One line of the preview: a household and what changes. `line` 0 means it is not in the file."""

    kind: LedgerChangeKind
    case_number: str
    line: int
    what: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerReport:
    """What a run did, or would do. Rows are members; samples are capped, totals are not."""

    applied: bool
    imported_on: date
    encoding: str
    is_training: bool
    rows: int
    households: int
    new_households: int = 0
    changed_households: int = 0
    vanished_households: int = 0
    new_rows: int = 0
    changed_rows: int = 0
    left_members: int = 0
    new_districts: int = 0
    problem_total: int = 0
    notice_total: int = 0
    problems: tuple[LedgerProblem, ...] = ()
    notices: tuple[LedgerProblem, ...] = ()
    changes: tuple[LedgerChange, ...] = field(default=(), repr=False)

    @property
    def changes_nothing(self) -> bool:
        """Whether the file says what is already stored."""
        counts = (self.new_rows, self.changed_rows, self.left_members, self.new_districts)
        return not any(counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsReport:
    """What taking over old records did, or would do; `known` were already there."""

    applied: bool
    encoding: str
    is_training: bool
    rows: int
    new: int
    known: int
    problem_total: int = 0
    problems: tuple[LedgerProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficeSetup:
    """Who acts when the office is set up from the command line: nobody who signed in, with the right to import."""

    def may(self, permission: Permission) -> bool:
        """Only the import is the set-up's business."""
        return permission is Permission.IMPORT_LEDGER
