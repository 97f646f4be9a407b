"""What goes onto an official form (帳票): plain values, already worded for paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from desktop.domain.imprint import FormMark
from desktop.domain.other_programmes import PersonToCheck
from desktop.domain.readings import Read
from desktop.domain.support_policies import Issue, SupportPolicy

__all__ = [
    "CaseRecordForm",
    "ExplanationSheet",
    "FormMark",
    "OtherProgrammesForm",
    "PolicyForm",
    "PrintedEntry",
    "PrintedSegment",
    "Stamp",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """One electronic stamp of the approval route (決裁印); without a day the position has not stamped yet.

    `note` says how it was given when that is not the plain case: 代決, 後閲.
    """

    position_label: str
    name: str = field(repr=False)
    stamped_on: date | None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedSegment:
    """One labelled part of an entry; `struck` text was corrected and is printed under a double line (二重線)."""

    label: str
    text: str = field(repr=False)
    source: str = field(default="", repr=False)
    struck: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedEntry:
    """One entry of the case record as it is printed.

    `late` prints the mark 遡及記録; `correction` is the line that names a correction and its reason;
    an `annulled` entry (誤記載取消) is crossed out but stays readable.
    """

    event_on: date
    time_text: str
    kind_label: str
    place_label: str = field(repr=False)
    met: str = field(repr=False)
    author: str = field(repr=False)
    recorded_on: date
    late: bool
    subject: str = field(repr=False)
    segments: tuple[PrintedSegment, ...] = field(repr=False)
    stamps: tuple[Stamp, ...]
    instruction: str = field(default="", repr=False)
    correction: str = field(default="", repr=False)
    annulled: bool = False
    version: int = 1
    entry_number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRecordForm:
    """The ケース記録票 (K-04) of one household.

    `printed_at` is an aware instant; `position_labels` are the stamp boxes from left to right;
    `first_page` continues the page numbers of sheets printed earlier.
    """

    office_name: str
    case_number: str
    head_name: str = field(repr=False)
    district_name: str
    entries: tuple[PrintedEntry, ...]
    mark: FormMark
    training: bool
    printed_at: datetime
    printed_by: str = field(repr=False)
    position_labels: tuple[str, ...]
    first_page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyForm:
    """The 援助方針記録票 (K-05) of one policy.

    `previous_on` is the day of the policy before it; `names` are those of the members by person, for issues of one
    of them; `stamps` are the boxes from left to right.
    """

    office_name: str
    case_number: str
    head_name: str = field(repr=False)
    district_name: str
    policy: SupportPolicy
    previous_on: date | None
    names: Mapping[UUID, str] = field(repr=False)
    stamps: tuple[Stamp, ...]
    mark: FormMark
    training: bool
    printed_at: datetime
    printed_by: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplanationSheet:
    """The 援助方針説明書 for the person himself (K-06), of an approved policy.

    `names` are the members' names by person, with their readings; `head` is the head's. `words` are the readings of
    the office's table and of the names, None where no readings are asked for.
    """

    office_name: str
    case_number: str
    head: tuple[Read, ...] = field(repr=False)
    caseworker: tuple[Read, ...] = field(repr=False)
    policy: SupportPolicy
    names: Mapping[UUID, tuple[Read, ...]] = field(repr=False)
    words: Mapping[str, str] | None = field(repr=False)
    training: bool
    printed_at: datetime
    printed_by: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherProgrammesForm:
    """The 他法他施策点検表 (K-24) of one household: who is to be checked for what, and what the policy says of it.

    `issues` are the issues 他法他施策 of the policy in force that go on.
    """

    office_name: str
    case_number: str
    head_name: str = field(repr=False)
    district_name: str
    checked_on: date
    people: tuple[PersonToCheck, ...] = field(repr=False)
    issues: tuple[Issue, ...] = field(repr=False)
    names: Mapping[UUID, str] = field(repr=False)
    training: bool
    printed_at: datetime
    printed_by: str = field(repr=False)
