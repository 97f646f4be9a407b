"""What goes onto the papers about a whole household: the 保護台帳, the note for an absent person."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from desktop.domain.households import CaseFile
from desktop.domain.imprint import Imprint
from desktop.domain.office import Period
from desktop.domain.working_time import Half


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAfter:
    """Who looked after the household, from when to when (地区担当員)."""

    caseworker: str = field(repr=False)
    district: str
    period: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdSheet:
    """The 保護台帳 (K-02) as of a day. What the program does not hold is room for handwriting.

    `closed_on` is the day protection ended; `history` names the caseworkers, newest first.
    """

    imprint: Imprint
    file: CaseFile
    closed_on: date | None
    history: tuple[LookedAfter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceNote:
    """The 不在連絡票 (K-10): who came, whom to call. `came_at` is None where it is filled in at the door.

    It names neither the help nor the reason: it may be read by whoever finds it.
    """

    imprint: Imprint
    case_number: str
    name: str = field(repr=False)
    came_at: datetime | None
    contact: str
    caseworker: str = field(repr=False)
    phone: str
    hours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseworkerLetter:
    """The letter that says who looks after the household from a day on (担当者変更のお知らせ, L-02).

    It names neither the help nor any benefit: whoever opens it may be somebody else. `name` is the head's;
    `phone` and `hours` are "" where they are not known.
    """

    imprint: Imprint
    case_number: str
    postal_code: str = field(repr=False)
    address: str = field(repr=False)
    name: str = field(repr=False)
    written_on: date
    changes_on: date
    old_caseworker: str = field(repr=False)
    new_caseworker: str = field(repr=False)
    contact: str
    phone: str
    hours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLetter:
    """The letter of call (来所のお願い, 呼出通知, L-03): asks a person whom nobody met to come or to ring up by a day.

    It threatens nobody and names neither the help nor the reason (visits-records-approval 2.7).
    """

    imprint: Imprint
    case_number: str
    postal_code: str = field(repr=False)
    address: str = field(repr=False)
    name: str = field(repr=False)
    written_on: date
    come_by: date
    contact: str
    caseworker: str = field(repr=False)
    phone: str
    hours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitNotice:
    """The letter that says when somebody comes (訪問のお知らせ, L-04). Without a day it is filled in by hand.

    It names neither the help nor the reason: whoever opens it may be somebody else.
    """

    imprint: Imprint
    case_number: str
    postal_code: str = field(repr=False)
    address: str = field(repr=False)
    name: str = field(repr=False)
    written_on: date
    visit_on: date | None
    half: Half | None
    contact: str
    caseworker: str = field(repr=False)
    phone: str
    hours: str
