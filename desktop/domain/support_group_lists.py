"""Lists of support groups: what waits to be decided and why, what stays as it is, and who is reviewed when (employment-support 1.10, 1.11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from desktop.domain.support_groups import DecidedBy, SupportGroup


class Why(StrEnum):
    """Why a person's newest assessment has to be decided."""

    FIRST = "first"
    PROVISIONAL = "provisional"
    CHANGE = "change"
    OVERRIDDEN = "overridden"
    DISPUTED = "disputed"
    UNCHANGED = "unchanged"


WHY: Mapping[Why, str] = {
    Why.FIRST: "初めて決める",
    Why.PROVISIONAL: "仮の区分を決める",
    Why.CHANGE: "提案が変わった",
    Why.OVERRIDDEN: "前回、提案と違う区分に決めた",
    Why.DISPUTED: "本人の異議",
    Why.UNCHANGED: "変わりなし",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The decision in force, as far as it says why another one is due. `proposed` is what it was decided on."""

    assessment_id: UUID
    group: SupportGroup
    proposed: SupportGroup
    how: DecidedBy
    expires_on: date | None = None


def why(
    assessment_id: UUID,
    proposed: SupportGroup,
    standing: Standing | None,
    *,
    is_disputed: bool = False,
) -> Why | None:
    """What the newest assessment asks for; None where it has been decided.

    A conference that did not follow the table is asked again when the next assessment proposes what it had refused, and
    hears of a dispute (異議) although nothing changes.
    """
    if standing is None:
        return Why.FIRST
    if standing.how is DecidedBy.PROVISIONAL:
        return Why.PROVISIONAL
    if standing.assessment_id == assessment_id:
        return None
    if standing.group is proposed:
        return Why.DISPUTED if is_disputed else Why.UNCHANGED
    return Why.OVERRIDDEN if standing.proposed is proposed else Why.CHANGE


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenProposal:
    """A person whose newest assessment is not decided. `agenda_on` is the day of the open meeting on whose agenda it stands."""

    household_id: UUID
    case_number: str
    person_id: UUID
    name: str = field(repr=False)
    assessment_id: UUID
    made_on: date
    proposed: SupportGroup
    rule: str
    why: Why
    standing: Standing | None = None
    is_held: bool = False
    is_disputed: bool = False
    is_own: bool = False
    agenda_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """A person with the group in force and the day of the next review (支援区分一覧・見直し予定表)."""

    household_id: UUID
    case_number: str
    person_id: UUID
    name: str = field(repr=False)
    district: str
    group: SupportGroup
    how: DecidedBy
    effective_from: date
    next_review_on: date
    expires_on: date | None
    assessment_id: UUID
    assessed_on: date

    @property
    def due_on(self) -> date:
        """When it is looked at again: the day of the review, or the last one of a provisional group where that comes first."""
        return min(self.next_review_on, self.expires_on or self.next_review_on)

    def is_overdue(self, today: date) -> bool:
        """Whether that day is over."""
        return self.due_on < today


@dataclass(frozen=True, slots=True, kw_only=True)
class UnchangedRow:
    """A group that the supervisor left as it was without a conference: the next one hears of it (変わりなしの報告)."""

    household_id: UUID
    case_number: str
    person_id: UUID
    name: str = field(repr=False)
    group: SupportGroup
    decided_on: date
    decided_by: str = field(repr=False)
    next_review_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class UnchangedReport:
    """What one conference hears of, and what the office calls its groups."""

    rows: tuple[UnchangedRow, ...]
    labels: Mapping[SupportGroup, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRegister:
    """The register, the longest overdue first, and what the office calls its groups."""

    on: date
    rows: tuple[RegisterRow, ...]
    labels: Mapping[SupportGroup, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenProposals:
    """What waits to be decided, and what the office calls its groups."""

    on: date
    rows: tuple[OpenProposal, ...]
    labels: Mapping[SupportGroup, str]
