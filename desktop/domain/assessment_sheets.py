"""What goes onto the paper of an assessment (S-01), in the words of the version that it was made with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from desktop.domain.imprint import Imprint


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentAsked:
    """Which assessment goes to paper. `is_whole`: also what is sensitive, which is asked for on purpose."""

    household_id: UUID
    assessment_id: UUID
    is_whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BarrierLine:
    """One barrier in words; `expected_on` is the month (its first day) by which it should be gone."""

    label: str
    state: str
    expected_on: date | None
    evidence: str = field(repr=False)
    action: str = field(repr=False)
    partner: str
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DriveLine:
    """One item of the self-drive check list with its answer and the help that it names."""

    label: str
    is_essential: bool
    said: str
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPerson:
    """Who is assessed, as sheets say it at their head."""

    case_number: str
    district: str
    name: str = field(repr=False)
    birth_date: date | None = field(repr=False)
    age: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentSheet:
    """稼働能力・就労支援アセスメント票 (S-01). It says no group; months are their first day.

    `is_whole`: with the barriers marked sensitive and what was written about safety, which do not print by themselves.
    """

    imprint: Imprint
    person: SheetPerson
    kind: str
    made_on: date
    form_on: date
    author: str = field(repr=False)
    scope: str
    work: str
    job: str = field(repr=False)
    health: str
    health_source: str
    health_on: date | None
    health_words: str = field(repr=False)
    rejudge_on: date | None
    barriers_whole: str
    barriers: tuple[BarrierLine, ...]
    motivation: str
    motivation_on: date | None
    motivation_words: str = field(repr=False)
    drive: str
    drive_lines: tuple[DriveLine, ...]
    resources: str = field(repr=False)
    wishes: str = field(repr=False)
    market: str = field(repr=False)
    life: str = field(repr=False)
    safety: str = field(repr=False)
    view: str = field(repr=False)
    comment: str
    comment_on: date | None
    comment_words: str = field(repr=False)
    is_whole: bool
