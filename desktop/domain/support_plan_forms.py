"""What goes onto the papers of support plans. None of those for the person names a support group or a motivation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from desktop.domain.imprint import Imprint
from desktop.domain.participation_consents import PartConsent
from desktop.domain.support_plans import ConsentMove, ConsentWay, PlanGoal


class PlanPaper(StrEnum):
    """The papers of one person's plan."""

    PLAN = "S-11"
    CONSENT = "S-08"
    CONFIRMATION = "S-12"


PLAN_PAPER: Mapping[PlanPaper, str] = {
    PlanPaper.PLAN: "個別支援計画書（S-11）",
    PlanPaper.CONSENT: "同意書（S-08）",
    PlanPaper.CONFIRMATION: "自立活動確認書（S-12）",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPaperAsked:
    """Which version goes onto paper."""

    household_id: UUID
    plan_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStepLine:
    """One step as it is printed: to which goal by number, and how far it is."""

    goal: int
    doer: str
    action: str = field(repr=False)
    due_on: date | None
    how_often: str = field(repr=False)
    cost_item: str = field(repr=False)
    status: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSheet:
    """個別支援計画書 (S-11). `barriers` are those that may stand on paper, `consent` what the person said to this version."""

    imprint: Imprint
    case_number: str
    name: str = field(repr=False)
    birth_date: date | None = field(repr=False)
    caseworker: str = field(repr=False)
    supporter: str = field(repr=False)
    contact: str
    phone: str
    version: int
    starts_on: date
    ends_on: date
    review_on: date
    programmes: tuple[str, ...]
    wish: str = field(repr=False)
    picture: str = field(repr=False)
    strengths: str = field(repr=False)
    barriers: tuple[str, ...] = field(repr=False)
    health: str = field(repr=False)
    long_goal: str = field(repr=False)
    goals: tuple[PlanGoal, ...] = field(repr=False)
    steps: tuple[PlanStepLine, ...] = field(repr=False)
    consent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentSheet:
    """就労支援参加同意書 (S-08): which programmes, for how long, with whom what is shared, and that consent can be taken back.

    `recorded` is what the person said so far, where anything was noted.
    """

    imprint: Imprint
    case_number: str
    name: str = field(repr=False)
    birth_date: date | None = field(repr=False)
    starts_on: date
    ends_on: date
    programmes: tuple[ProgrammeLine, ...]
    contact: str
    caseworker: str = field(repr=False)
    phone: str
    recorded: tuple[ConsentLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentLine:
    """One answer that stands: to a programme, or to a partner (`partner`) being told `shared`, which is "" unless consented to."""

    programme: str
    partner: str
    move: ConsentMove
    said_on: date
    way: ConsentWay
    shared: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeLine:
    """One programme on a paper: what it is called, who carries it, and what it is about."""

    label: str
    carrier: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationSheet:
    """自立活動確認書 (S-12): what was agreed for the months, and room for what was done in each."""

    imprint: Imprint
    case_number: str
    name: str = field(repr=False)
    birth_date: date | None = field(repr=False)
    starts_on: date
    ends_on: date
    long_goal: str = field(repr=False)
    activities: tuple[str, ...] = field(repr=False)
    help: tuple[str, ...] = field(repr=False)
    months: tuple[date, ...]
    review_on: date
    contact: str
    caseworker: str = field(repr=False)
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeRegisterAsked:
    """Which programme, from when to when."""

    programme: str
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """One participation in the register; `consent` is what the person says now, `sharing` how many partners may be told, in words."""

    case_number: str
    name: str = field(repr=False)
    caseworker: str = field(repr=False)
    consent: PartConsent | None
    sharing: str
    starts_on: date
    ended_on: date | None
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeRegister:
    """就労支援対象者名簿 (S-09): who took part in a programme in a period."""

    imprint: Imprint
    programme: str
    first: date
    last: date
    lines: tuple[RegisterLine, ...]
