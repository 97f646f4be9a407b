"""What goes onto the papers of a conference: the sheet of a matter (S-02), the minutes (K-14), the register of groups (S-34).

They are the office's own; none is for the person.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from desktop.domain.assessment_sheets import BarrierLine, SheetPerson
from desktop.domain.imprint import Imprint


@dataclass(frozen=True, slots=True, kw_only=True)
class PackAsked:
    """Which matters of a meeting go to paper; without any, all of them."""

    conference_id: UUID
    matter_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterAsked:
    """Which part of the register goes to paper, and how that part is called."""

    person_ids: tuple[UUID, ...]
    scope: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicalLine:
    """What was heard of somebody's health in one assessment: whose word, of which day, what it says."""

    source: str
    seen_on: date | None
    answer: str
    words: str = field(repr=False)
    rejudge_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceHead:
    """Which meeting: its kind, the day it was called for, the day it was held, the place."""

    kind: str
    planned_on: date
    held_on: date | None
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What the office's table proposed of an assessment, by which rule of which version, and what nobody knows yet."""

    group: str
    rule: str
    valid_from: date
    reason: str = field(repr=False)
    unknown: str
    also: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterSheet:
    """会議資料・検討票 (S-02): one matter in short. Barriers marked sensitive are not on it; `kind` is what it is about.

    Without an assessment `proposed` is None and the rest of it is empty. `options` are the groups, to be ticked by hand.
    """

    imprint: Imprint
    conference: ConferenceHead
    number: int
    person: SheetPerson
    kind: str
    assessed: str
    proposed: Proposed | None
    flags: str
    standing: str = field(repr=False)
    work: str = field(repr=False)
    medical: tuple[MedicalLine, ...]
    barriers: tuple[BarrierLine, ...]
    motivation: str = field(repr=False)
    drive: str
    wishes: str = field(repr=False)
    comment: str = field(repr=False)
    view: str = field(repr=False)
    is_held: bool
    is_disputed: bool
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutedMatter:
    """One matter as the minutes have it; what was not written or decided is empty."""

    number: int
    person: SheetPerson
    kind: str
    papers: str = field(repr=False)
    discussion: str = field(repr=False)
    persons_view: str = field(repr=False)
    dissent: str = field(repr=False)
    written_by: str = field(repr=False)
    proposed: str
    decided: str
    is_different: bool
    reason: str = field(repr=False)
    decided_by: str = field(repr=False)
    next_review_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnchangedLine:
    """A group that the supervisor left as it was since the last meeting (変わりなしの報告)."""

    case_number: str
    name: str = field(repr=False)
    group: str
    decided_on: date
    decided_by: str = field(repr=False)
    next_review_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesSheet:
    """会議録 (K-14): who met, matter by matter what was said and decided, and what was decided from the list meanwhile.

    `is_whole`: of all matters; else a copy for the file of whom it is about.
    """

    imprint: Imprint
    conference: ConferenceHead
    members: tuple[str, ...] = field(repr=False)
    matters: tuple[MinutedMatter, ...]
    unchanged: tuple[UnchangedLine, ...]
    is_whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """Somebody with a group, and when it is looked at again."""

    due_on: date
    is_overdue: bool
    case_number: str
    name: str = field(repr=False)
    district: str
    group: str
    how: str
    effective_from: date
    expires_on: date | None
    assessed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterSheet:
    """支援区分一覧・見直し予定表 (S-34). `scope` says which part of the register it is."""

    imprint: Imprint
    on: date
    scope: str
    lines: tuple[RegisterLine, ...]
