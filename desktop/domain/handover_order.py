"""Whom a new caseworker meets first, and what the supervisor is told at 30, 60 and 90 days: in words, never as a number of a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from desktop.domain.era import DateStyle, format_date
from desktop.domain.handovers import PROGRESS_DAYS, HandoverRow, contact_due
from desktop.domain.households import SafetyMarkKind
from desktop.domain.labels import SAFETY_MARK

#: Marks that make a first contact pressing: somebody is protected, or two people must be arranged for.
PRESSING_MARKS = (
    SafetyMarkKind.SHIELDED,
    SafetyMarkKind.VIOLENCE,
    SafetyMarkKind.VISIT_IN_PAIRS,
)
#: A household visited at least so often a year is met early.
OFTEN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstFacts:
    """What is known of a household when it is handed over; None and () where nothing is."""

    marks: tuple[SafetyMarkKind, ...] = ()
    grade: str = ""
    visits_per_year: int = 0
    children: int = 0
    last_met_on: date | None = None
    visit_due_on: date | None = None
    deadline_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One item of the file check (総点検): what the radar asked about, and whether it was ticked off."""

    fault_id: UUID
    household_id: UUID
    rule: str
    name: str
    ticked_at: datetime | None
    ticked_by: str = field(repr=False, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverLine:
    """One household of a handover. `reasons` say why it comes where it comes; `contact_on` is the first contact made.

    `returned` are records that came back to somebody who no longer looks after the household: their author alone finishes them.
    """

    household_id: UUID
    case_number: str
    head_name: str = field(repr=False)
    given_at: datetime | None
    taken_at: datetime | None
    contact_on: date | None
    contact_due_on: date
    has_entry: bool
    reasons: tuple[str, ...]
    returned: tuple[UUID, ...]
    open_faults: int
    faults: int


def reasons_of(facts: FirstFacts, today: date) -> tuple[str, ...]:
    """Why this household comes early, the most pressing first; () where nothing presses."""
    return tuple(_reasons(facts, today))


def first_key(facts: FirstFacts, today: date, case_number: str) -> tuple[object, ...]:
    """Sorts households by need: safety, level, children, overdue visit, open deadline, then the longest unseen."""
    is_pressing = any(mark in PRESSING_MARKS for mark in facts.marks)
    return (
        not is_pressing,
        -facts.visits_per_year,
        not facts.children,
        not _is_overdue(facts, today),
        facts.deadline_on or date.max,
        facts.last_met_on or date.min,
        case_number,
    )


def _reasons(facts: FirstFacts, today: date) -> Iterator[str]:
    marks = [SAFETY_MARK[mark] for mark in PRESSING_MARKS if mark in facts.marks]
    if marks:
        yield f"安全の注意があります（{'・'.join(marks)}）"
    if facts.visits_per_year >= OFTEN:
        yield f"訪問が多い世帯です（{facts.grade}　年{facts.visits_per_year}回）"
    if facts.children:
        yield f"18歳未満の人が{facts.children}人います"
    if facts.visit_due_on is not None and _is_overdue(facts, today):
        yield f"訪問の期日を過ぎています（{_short(facts.visit_due_on)}）"
    elif facts.last_met_on is None:
        yield "会った記録がありません"
    if facts.deadline_on is not None:
        late = "を過ぎています" if facts.deadline_on < today else "が近づいています"
        yield f"約束・見直しの期日{late}（{_short(facts.deadline_on)}）"


def _is_overdue(facts: FirstFacts, today: date) -> bool:
    return facts.visit_due_on is not None and facts.visit_due_on < today


def progress_words(row: HandoverRow, today: date) -> str:
    """What is behind at 30, 60 and 90 days, as a sentence; "" where nothing is, or before its first day of looking."""
    if row.is_undone or not row.has_begun(today):
        return ""
    passed = [d for d in PROGRESS_DAYS if today >= row.effective_on + timedelta(days=d)]
    late = list(_late(row, passed, today))
    return f"引継ぎから{_days(row, today)}日：{'、'.join(late)}" if late else ""


def _late(row: HandoverRow, passed: Sequence[int], today: date) -> Iterator[str]:
    if passed and row.given < row.households and row.from_id is not None:
        yield f"前の担当者の確認がまだ {row.households - row.given}世帯"
    if passed and row.taken < row.households:
        yield f"新しい担当者の確認がまだ {row.households - row.taken}世帯"
    if today > contact_due(row.effective_on) and row.contacted < row.households:
        yield f"初回の接触がまだ {row.households - row.contacted}世帯"
    if passed and row.checked_at is None:
        yield "総点検をしていない"
    if PROGRESS_DAYS[-1] in passed and row.closed_faults < row.faults:
        yield f"総点検の残り {row.faults - row.closed_faults}件"


def _days(row: HandoverRow, today: date) -> int:
    return (today - row.effective_on).days


def _short(day: date) -> str:
    return format_date(day, DateStyle.SHORT)
