"""What the review pane shows beside a submission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from desktop.domain.approvals import Move, MoveRow, QueueRow
from desktop.domain.households import Identity
from desktop.domain.records import Entry, SegmentKind
from desktop.domain.support_plan_files import ProposedPlan
from desktop.domain.support_policies import SupportPolicy
from desktop.domain.visit_grades import ProposedGrade
from desktop.domain.visit_plan_proposals import VisitReason
from desktop.domain.visit_plan_views import MonthPlan, PlanHead, YearPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Something the checks found about what is to be approved: a question, with severity 1–3."""

    severity: int
    sentence: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectRow:
    """What the queue says of a subject."""

    kind_label: str
    event_on: date | None
    in_bulk: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """That a record reads nearly as another one: a question to its author, never a verdict.

    `percent` of what people wrote themselves: set phrases, sentences of ticks and lines of templates are taken out before, `left_out`
    characters of this record. `passage` is the longest stretch that both have, `part` where it stands in this record. `case_number` is ""
    for a record of the same file; `is_by_another`: the two records have different authors.
    """

    other: Entry
    percent: int
    passage: str = field(repr=False)
    part: SegmentKind
    left_out: int = 0
    case_number: str = field(default="", repr=False)
    is_by_another: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyLikeness:
    """The same of a support policy: that it reads nearly as the one it follows (`case_number` ""), or as another household's.

    `part` is the label of the part of this policy in which the passage stands.
    """

    other: SupportPolicy
    percent: int
    passage: str = field(repr=False)
    part: str
    left_out: int = 0
    case_number: str = field(default="", repr=False)
    is_by_another: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCard:
    """An entry to be read: the submitted version, the version last decided, the household's last entries, and records that read nearly the same."""

    entry: Entry
    previous: Entry | None
    recent: tuple[Entry, ...]
    checks: tuple[Check, ...]
    likenesses: tuple[Likeness, ...] = ()

    @property
    def version(self) -> int:
        """The version that is read."""
        return self.entry.version

    @property
    def content_hash(self) -> str:
        """What an approval of it stands for."""
        return self.entry.content_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceSource:
    """The entry that evidence was quoted from, as far as a reader needs it to find it again."""

    number: int | None
    event_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyCard:
    """A support policy to be read: the submitted version, the policy that it follows, and policies that read nearly the same.

    `people` are the names of those whom an issue is about, `sources` the entries that evidence was quoted from.
    """

    policy: SupportPolicy
    previous: SupportPolicy | None
    checks: tuple[Check, ...]
    people: Mapping[UUID, str] = field(default_factory=dict, repr=False)
    sources: Mapping[UUID, EvidenceSource] = field(default_factory=dict)
    likenesses: tuple[PolicyLikeness, ...] = ()

    @property
    def version(self) -> int:
        """The version that is read."""
        return self.policy.version

    @property
    def content_hash(self) -> str:
        """What an approval of it stands for."""
        return self.policy.content_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeCard:
    """A visit grade to be read: the proposal beside the grade before."""

    proposed: ProposedGrade
    checks: tuple[Check, ...]

    @property
    def version(self) -> int:
        """The version that is read."""
        return self.proposed.version

    @property
    def content_hash(self) -> str:
        """What an approval of it stands for."""
        return self.proposed.content_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportPlanCard:
    """A support plan of a person to be read: the version beside the one in force before."""

    proposed: ProposedPlan
    checks: tuple[Check, ...]

    @property
    def version(self) -> int:
        """The version that is read."""
        return self.proposed.version

    @property
    def content_hash(self) -> str:
        """What an approval of it stands for."""
        return self.proposed.content_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCard:
    """A plan of visits to be read to its end: a district's year or month, with the reason of each visit."""

    head: PlanHead
    plan: YearPlan | MonthPlan
    reasons: Mapping[UUID, VisitReason] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()

    @property
    def version(self) -> int:
        """The version that is read."""
        return self.head.version

    @property
    def content_hash(self) -> str:
        """What an approval of it stands for."""
        return self.head.content_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewCard:
    """Everything beside one row of the queue; `subject` is the card of the row's kind.

    A plan of visits has neither an identity bar nor a household.
    """

    row: QueueRow
    identity: Identity | None
    subject: EntryCard | PolicyCard | GradeCard | SupportPlanCard | PlanCard
    history: tuple[MoveRow, ...]
    allowed: tuple[Move, ...]
    household_id: UUID | None
