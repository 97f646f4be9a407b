"""What one should know before the next contact with a household (訪問前のまとめ), and what a visit is for (訪問目的)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from desktop.domain.declarations import DeclarationKind
from desktop.domain.households import DatedFact, SafetyMarkKind
from desktop.domain.papers import PaperLine
from desktop.domain.policy_duties import DutyKind, DutyRow
from desktop.domain.support_policies import ACTOR, Actor, Issue


class PurposeKind(StrEnum):
    """Why a visit is made, as far as the file tells (訪問目的)."""

    ACTION = "action"
    PERSONS_ACTION = "persons_action"
    SHORT_GOAL = "short_goal"
    PROMISE = "promise"
    PAPER = "paper"
    REVIEW = "review"


PURPOSE: Mapping[PurposeKind, str] = {
    PurposeKind.ACTION: "方針の取組",
    PurposeKind.PERSONS_ACTION: "取組の様子",
    PurposeKind.SHORT_GOAL: "短期目標の確認",
    PurposeKind.PROMISE: "約束の確認",
    PurposeKind.PAPER: "書類の確認",
    PurposeKind.REVIEW: "方針の見直し",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPromise:
    """A promise of the record that was not kept yet."""

    promise_id: UUID
    entry_id: UUID
    event_on: date
    who: str = field(repr=False)
    what: str = field(repr=False)
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentEntry:
    """One of the last entries in brief: `gist` are the first words of its body."""

    entry_id: UUID
    event_on: date
    kind_label: str
    result_label: str
    gist: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiringPaper:
    """A declaration that has to come in anew soon, or should have: what the last one said runs out (申告の期限)."""

    person: str = field(repr=False)
    kind: DeclarationKind
    month: date
    due_on: date
    reminders: int = 0

    def is_late(self, today: date) -> bool:
        """Whether its day is over."""
        return self.due_on < today


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitSide:
    """What to know of a household that no policy tells. `barred` says whom nobody rings, and why.

    `vain` are the minutes of the absences in a row, `changes` the dated facts that began since the last meeting, `questions`
    the office's for this kind of household: heading and words, `expiring` the declarations to ask for, the earliest first.
    """

    marks: tuple[SafetyMarkKind, ...] = ()
    last_met_on: date | None = None
    days_since_met: int | None = None
    absences: int = 0
    vain: tuple[int | None, ...] = ()
    changes: tuple[DatedFact, ...] = field(default=(), repr=False)
    recent: tuple[RecentEntry, ...] = field(default=(), repr=False)
    questions: tuple[tuple[str, str], ...] = ()
    expiring: tuple[ExpiringPaper, ...] = field(default=(), repr=False)
    barred: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What the policy in force and the file say for the next contact. `names`: members by person.

    `issues` are those that go on; `promises` and `papers` the open ones; `visit` is what no policy tells. Without a policy in force `policy_id` is None.
    """

    household_id: UUID
    policy_id: UUID | None
    approved_on: date | None
    review_due_on: date | None
    issues: tuple[Issue, ...] = field(repr=False)
    duties: tuple[DutyRow, ...] = field(repr=False)
    promises: tuple[OpenPromise, ...] = field(repr=False)
    papers: tuple[PaperLine, ...] = field(repr=False)
    names: Mapping[UUID, str] = field(repr=False)
    visit: VisitSide | None = None

    @property
    def open_duties(self) -> tuple[DutyRow, ...]:
        """What nobody has noted a result of, the most urgent first."""
        open_ones = (duty for duty in self.duties if duty.is_open)
        return tuple(sorted(open_ones, key=lambda duty: duty.by_on or date.max))


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """One purpose of a visit: code, words, by when, and the line of the file that it comes from."""

    kind: PurposeKind
    text: str = field(repr=False)
    by_on: date | None
    source_id: UUID


def purposes_of(brief: Brief, until: date) -> tuple[Purpose, ...]:
    """What a visit up to this day is for, the most urgent first.

    Of the actions, what is due by then or has no day; the caseworker's own as something to do, others' as something
    to ask after.
    """
    found = [*_of_duties(brief, until), *_of_promises(brief), *_of_papers(brief)]
    if brief.policy_id is not None and _is_near(brief.review_due_on, until):
        found.append(
            Purpose(
                kind=PurposeKind.REVIEW,
                text="援助方針の見直しに向けた聞き取り",
                by_on=brief.review_due_on,
                source_id=brief.policy_id,
            )
        )
    return tuple(sorted(found, key=lambda p: (p.by_on or date.max, _ORDER.index(p.kind))))


_ORDER = tuple(PurposeKind)


def _of_duties(brief: Brief, until: date) -> Iterator[Purpose]:
    for duty in brief.open_duties:
        if duty.by_on is not None and duty.by_on > until:
            continue
        if duty.kind is DutyKind.SHORT_GOAL:
            kind, text = PurposeKind.SHORT_GOAL, duty.words
        elif duty.actor is Actor.CASEWORKER:
            kind, text = PurposeKind.ACTION, duty.words
        else:
            who = "" if duty.actor is None else f"{ACTOR[duty.actor]}："
            kind, text = PurposeKind.PERSONS_ACTION, f"{who}{duty.words}"
        yield Purpose(kind=kind, text=text, by_on=duty.by_on, source_id=duty.line_id)


def _of_promises(brief: Brief) -> Iterator[Purpose]:
    for promise in brief.promises:
        text = f"{promise.who}：{promise.what}" if promise.who else promise.what
        yield Purpose(
            kind=PurposeKind.PROMISE,
            text=text,
            by_on=promise.due_on,
            source_id=promise.promise_id,
        )


def _of_papers(brief: Brief) -> Iterator[Purpose]:
    for paper in brief.papers:
        yield Purpose(
            kind=PurposeKind.PAPER,
            text=f"{paper.kind_label}（{paper.label}）",
            by_on=None,
            source_id=paper.paper_id,
        )


def _is_near(day: date | None, until: date) -> bool:
    return day is not None and day <= until
