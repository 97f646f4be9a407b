"""The legal finding on use of ability (稼働能力の活用、法4条1項): ability, will, opportunity, each with facts and dated evidence.

A record of its own: never filled from a support group, and never showing or naming one (employment-support 0.5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from desktop.domain.guidance_letters import group_refusal


class Element(StrEnum):
    """The three elements (局長通知 第4)."""

    ABILITY = "ability"
    WILL = "will"
    OPPORTUNITY = "opportunity"


class ElementState(StrEnum):
    """What the facts say of an element; unknown is shown as unknown."""

    THERE = "there"
    LACKING = "lacking"
    UNKNOWN = "unknown"


class FindingOutcome(StrEnum):
    """What a conference or the head found."""

    USED = "used"
    NOT_USED = "not_used"
    UNDECIDED = "undecided"


class FoundBy(StrEnum):
    """Who decided."""

    CONFERENCE = "conference"
    HEAD = "head"


ELEMENT: Mapping[Element, str] = {
    Element.ABILITY: "稼働能力があるか",
    Element.WILL: "その能力を活用する意思があるか",
    Element.OPPORTUNITY: "実際に活用する場を得られるか",
}
ELEMENT_STATE: Mapping[ElementState, str] = {
    ElementState.THERE: "ある",
    ElementState.LACKING: "ない",
    ElementState.UNKNOWN: "分からない",
}
FINDING_OUTCOME: Mapping[FindingOutcome, str] = {
    FindingOutcome.USED: "活用の要件を満たしている",
    FindingOutcome.NOT_USED: "活用の要件を満たしていない",
    FindingOutcome.UNDECIDED: "まだ判断できない",
}
FOUND_BY: Mapping[FoundBy, str] = {FoundBy.CONFERENCE: "会議", FoundBy.HEAD: "所長・課長"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementFinding:
    """One element: what the facts say, the facts, the evidence and its day."""

    element: Element
    state: ElementState
    facts: str = field(repr=False)
    evidence: str = field(repr=False)
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingInput:
    """A finding that is put forward; decided by somebody else."""

    finding_id: UUID
    household_id: UUID
    person_id: UUID
    found_on: date
    elements: tuple[ElementFinding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingDecisionInput:
    """The decision on a finding: by a conference (`matter_id`) or by the head."""

    finding_id: UUID
    household_id: UUID
    outcome: FindingOutcome
    how: FoundBy
    reason: str = field(repr=False)
    matter_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingDecision:
    """What was decided, by whom."""

    outcome: FindingOutcome
    how: FoundBy
    reason: str = field(repr=False)
    decided_by: str = field(repr=False)
    decided_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkFinding:
    """A finding as it stands; without `decision` it is a proposal and nothing more."""

    finding_id: UUID
    person_id: UUID
    person: str = field(repr=False)
    found_on: date
    elements: tuple[ElementFinding, ...]
    author: str = field(repr=False)
    is_own: bool
    decision: FindingDecision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingMatter:
    """A matter of a conference with minutes about somebody's use of ability."""

    matter_id: UUID
    person_id: UUID
    held_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsOfFile:
    """The findings of a household, newest first, and what the person may do."""

    people: Mapping[UUID, str] = field(repr=False)
    findings: tuple[WorkFinding, ...]
    matters: tuple[FindingMatter, ...]
    may_decide: bool
    may_decide_alone: bool


def finding_errors(given: FindingInput, today: date) -> dict[str, str]:
    """Why a finding cannot be put forward, by field (`<element>.facts` and so on)."""
    found = dict[str, str]()
    if given.found_on > today:
        found["found_on"] = "今日までの日付にしてください。"
    if tuple(each.element for each in given.elements) != tuple(Element):
        found["elements"] = "3つの要素をすべて入れてください。"
    for each in given.elements:
        if not each.facts.strip():
            found[f"{each.element}.facts"] = "事実を入力してください。"
        if not each.evidence.strip():
            found[f"{each.element}.evidence"] = "根拠（だれの・何の資料か）を入力してください。"
        if each.as_of > today:
            found[f"{each.element}.as_of"] = "今日までの日付にしてください。"
        for name, text in (("facts", each.facts), ("evidence", each.evidence)):
            refusal = group_refusal(text)
            if refusal:
                found[f"{each.element}.{name}"] = refusal
    return found
