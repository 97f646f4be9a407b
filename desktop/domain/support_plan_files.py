"""Support plans as they are read in a file, and what is recorded of them since they were written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from desktop.domain.activities import Partner
from desktop.domain.participations import MarkRow, Outcome, ParticipationRow, Programme
from desktop.domain.support_groups import SupportGroup
from desktop.domain.support_plans import (
    ConsentMove,
    ConsentWay,
    GoalResult,
    NextCourse,
    PlanInput,
    PlanState,
    StepStatus,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentInput:
    """What the person said to a version of a plan."""

    consent_id: UUID
    plan_id: UUID
    household_id: UUID
    move: ConsentMove
    said_on: date
    way: ConsentWay
    copy_given: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StepResultInput:
    """How far a step is."""

    result_id: UUID
    stem_id: UUID
    household_id: UUID
    status: StepStatus
    done_on: date | None = None
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalReview:
    """How one goal stands at a review."""

    goal_id: UUID
    result: GoalResult
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReviewInput:
    """A review that was held. `next_review_on` where the plan goes on or is changed."""

    review_id: UUID
    root_id: UUID
    household_id: UUID
    held_on: date
    next_course: NextCourse
    next_review_on: date | None
    attendees: str = field(repr=False)
    note: str = field(default="", repr=False)
    goals: tuple[GoalReview, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEndInput:
    """The end of a plan: outcome by the office's code, what came of it, what the person says, until when somebody looks after it."""

    root_id: UUID
    household_id: UUID
    ended_on: date
    outcome: str
    summary: str = field(repr=False)
    comment: str = field(default="", repr=False)
    follow_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentDigest:
    """What a plan shows of its assessment; nothing of it is typed again.

    `barriers` are those that the reader may see, `printed_barriers` those that may stand on paper.
    """

    assessment_id: UUID
    made_on: date
    strengths: str = field(repr=False)
    issues: str = field(repr=False)
    barriers: tuple[str, ...] = field(repr=False)
    printed_barriers: tuple[str, ...] = field(repr=False)
    health: str = field(repr=False)
    health_source: str = field(repr=False)
    is_held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReview:
    """A review as it is read."""

    given: PlanReviewInput
    noted_by: str = field(repr=False)
    noted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEnd:
    """The end as it is read."""

    given: PlanEndInput
    outcome_label: str
    ended_by: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportPlan:
    """A version as it is read. `group_label` is for the office alone; `results` are the newest of each step, by its stem."""

    given: PlanInput
    version: int
    state: PlanState
    author: str = field(repr=False)
    saved_at: datetime
    content_hash: str
    is_own: bool = False
    is_newest: bool = False
    is_in_force: bool = False
    supporter: str = field(default="", repr=False)
    group_label: str = ""
    digest: AssessmentDigest | None = None
    approved_by: str = field(default="", repr=False)
    approved_at: datetime | None = None
    returned_words: str = field(default="", repr=False)
    consent: ConsentInput | None = None
    results: Mapping[UUID, StepResultInput] = field(default_factory=dict)
    reviews: tuple[PlanReview, ...] = ()
    end: PlanEnd | None = None

    @property
    def review_due_on(self) -> date:
        """The day of the next review: what the last review since the approval said, else the version's own."""
        for review in self.reviews:
            since = self.approved_at is None or review.noted_at >= self.approved_at
            if since and review.given.next_review_on is not None:
                return review.given.next_review_on
        return self.given.review_on


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPerson:
    """One member of a household with the plans, newest version first, and the programmes taken part in.

    `group` is the decided one today, `group_label` its name ("" where none is), `digest` that of the newest assessment;
    `marks` say since when somebody can take part, the newest first.
    """

    person_id: UUID
    name: str = field(repr=False)
    birth_date: date | None = field(repr=False)
    plans: tuple[SupportPlan, ...] = ()
    participations: tuple[ParticipationRow, ...] = ()
    group_label: str = ""
    digest: AssessmentDigest | None = None
    group: SupportGroup | None = None
    marks: tuple[MarkRow, ...] = ()

    @property
    def can_join(self) -> bool:
        """Whether the newest mark says that the person can take part."""
        return bool(self.marks) and self.marks[0].can_join

    @property
    def in_force(self) -> SupportPlan | None:
        """The version in force."""
        return next((plan for plan in self.plans if plan.is_in_force), None)

    @property
    def in_hand(self) -> SupportPlan | None:
        """The newest version, where it is not approved yet and its plan has not ended."""
        newest = self.plans[0] if self.plans else None
        if newest is None or newest.state is PlanState.APPROVED or newest.end is not None:
            return None
        return newest


@dataclass(frozen=True, slots=True, kw_only=True)
class PlansOfFile:
    """The plans of one opened file, and what they are made of."""

    people: tuple[PlannedPerson, ...]
    programmes: Mapping[str, Programme]
    outcomes: Mapping[str, Outcome]
    supporters: tuple[tuple[UUID, str], ...] = field(repr=False)
    may_write: bool
    is_receiving: bool
    may_mark: bool = False
    partners: Mapping[str, Partner] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedPlan:
    """A version as its approver reads it, beside the version in force before."""

    plan: SupportPlan
    person: str = field(repr=False)
    before: SupportPlan | None
    programmes: tuple[str, ...]
    version: int
    content_hash: str
