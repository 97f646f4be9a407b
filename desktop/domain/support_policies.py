"""The support policy (援助方針) of a household: issues with their evidence, goals, actions, and what became of them.

Structure and words: visits-records-approval 4.2. Every line keeps its id from one policy to the next, so that a
review can say of each line whether it goes on, and a later one can be laid beside any earlier one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from desktop.domain.approvals import MoveRow, StampRow


class PolicyKind(StrEnum):
    """Why a policy is drawn up (策定区分)."""

    NEW = "new"
    YEARLY = "yearly"
    EVENT = "event"
    HANDOVER = "handover"


class PolicyState(StrEnum):
    """Where a policy stands; `approved` means frozen, and valid until the next one is approved."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


class Independence(StrEnum):
    """The three kinds of independence (自立) that a policy has room for."""

    DAILY = "daily"
    SOCIAL = "social"
    ECONOMIC = "economic"


class IssueDomain(StrEnum):
    """What an issue is about (課題の領域)."""

    HEALTH = "health"
    LIFE = "life"
    BUDGET = "budget"
    HOUSING = "housing"
    WORK = "work"
    SCHOOLING = "schooling"
    SOCIAL = "social"
    OTHER_PROGRAMMES = "other_programmes"
    ASSETS = "assets"
    KIN = "kin"
    OTHER = "other"


class Standing(StrEnum):
    """What a review says of an issue: it is new, goes on, or is ended (解決・終了)."""

    NEW = "new"
    CONTINUED = "continued"
    ENDED = "ended"


class Term(StrEnum):
    """How far a goal lies: about a year, or about three months."""

    LONG = "long"
    SHORT = "short"


class Actor(StrEnum):
    """Who does it (だれが)."""

    CASEWORKER = "caseworker"
    PERSON = "person"
    FAMILY = "family"
    EMPLOYMENT_SUPPORTER = "employment_supporter"
    HEALTH_STAFF = "health_staff"
    MEDICAL = "medical"
    AGENCY = "agency"
    OTHER = "other"


#: Why a policy is neither handed in nor approved.
ANNULLED_EVIDENCE = (
    "根拠に引いた記録の中に、取り消されたものがあります。根拠を選び直してから決裁してください。"
)


class Understanding(StrEnum):
    """How the recipient took the policy when it was explained (理解)."""

    UNDERSTOOD = "understood"
    PARTLY = "partly"
    DISAGREED = "disagreed"
    NOT_POSSIBLE = "not_possible"


POLICY_KIND: Mapping[PolicyKind, str] = {
    PolicyKind.NEW: "新規",
    PolicyKind.YEARLY: "定期",
    PolicyKind.EVENT: "随時",
    PolicyKind.HANDOVER: "担当変更",
}
INDEPENDENCE: Mapping[Independence, str] = {
    Independence.DAILY: "日常生活自立",
    Independence.SOCIAL: "社会生活自立",
    Independence.ECONOMIC: "経済的自立",
}
ISSUE_DOMAIN: Mapping[IssueDomain, str] = {
    IssueDomain.HEALTH: "健康",
    IssueDomain.LIFE: "生活",
    IssueDomain.BUDGET: "家計",
    IssueDomain.HOUSING: "住居",
    IssueDomain.WORK: "就労",
    IssueDomain.SCHOOLING: "就学・養育",
    IssueDomain.SOCIAL: "対人・社会参加",
    IssueDomain.OTHER_PROGRAMMES: "他法他施策",
    IssueDomain.ASSETS: "資産",
    IssueDomain.KIN: "扶養",
    IssueDomain.OTHER: "その他",
}
STANDING: Mapping[Standing, str] = {
    Standing.NEW: "新しい課題",
    Standing.CONTINUED: "継続",
    Standing.ENDED: "終了",
}
TERM: Mapping[Term, str] = {Term.LONG: "長期（1年）", Term.SHORT: "短期（3か月）"}
ACTOR: Mapping[Actor, str] = {
    Actor.CASEWORKER: "担当員",
    Actor.PERSON: "本人",
    Actor.FAMILY: "家族",
    Actor.EMPLOYMENT_SUPPORTER: "就労支援員",
    Actor.HEALTH_STAFF: "保健師",
    Actor.MEDICAL: "医療機関",
    Actor.AGENCY: "関係機関",
    Actor.OTHER: "その他",
}

UNDERSTANDING: Mapping[Understanding, str] = {
    Understanding.UNDERSTOOD: "理解した",
    Understanding.PARTLY: "一部理解した",
    Understanding.DISAGREED: "納得していない",
    Understanding.NOT_POSSIBLE: "説明できない事情がある",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The sentence of the record that a fact comes from: characters `start` to `end` of a segment in one version."""

    entry_id: UUID
    entry_version: int
    segment_id: UUID
    start: int
    end: int
    quote: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What is to be reached (目標)."""

    goal_id: UUID
    term: Term
    text: str = field(repr=False)
    by_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Who does what by when, and how one will see that it was done (具体的取組)."""

    action_id: UUID
    actor: Actor
    what: str = field(repr=False)
    by_on: date | None = None
    measure: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One issue (課題) of the household, or of a member by `person_id`; `result` is the evaluation at a review."""

    issue_id: UUID
    person_id: UUID | None = None
    independence: Independence
    domain: IssueDomain
    text: str = field(repr=False)
    fact: str = field(default="", repr=False)
    cause: str = field(default="", repr=False)
    wish: str = field(default="", repr=False)
    strength: str = field(default="", repr=False)
    standing: Standing = Standing.NEW
    result: str = field(default="", repr=False)
    evidence: tuple[Evidence, ...] = ()
    goals: tuple[Goal, ...] = ()
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyInput:
    """What the editor hands in. `shown_version` is the version on the screen, 0 for a new policy.

    `follows` is the policy in force when it was drawn up, whose lines it carries over. `grade` is the code of the
    visit grade (訪問格付) that it plans with, None where none is named.
    """

    policy_id: UUID
    household_id: UUID
    shown_version: int
    kind: PolicyKind
    made_on: date
    follows: UUID | None = None
    grade: str | None = None
    visits_per_year: int | None = None
    situation: str = field(default="", repr=False)
    evaluation: str = field(default="", repr=False)
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportPolicy:
    """A policy in one version, as screens and papers show it."""

    policy_id: UUID
    household_id: UUID
    kind: PolicyKind
    state: PolicyState
    version: int
    approved_version: int | None
    made_on: date
    approved_at: datetime | None
    review_due_on: date | None
    follows: UUID | None
    author_id: UUID
    author: str = field(repr=False)
    saved_at: datetime
    situation: str = field(repr=False)
    evaluation: str = field(repr=False)
    issues: tuple[Issue, ...]
    content_hash: str
    grade: str | None = None
    visits_per_year: int | None = None
    stamps: tuple[StampRow, ...] = ()
    notes: tuple[MoveRow, ...] = ()

    @property
    def goes_on(self) -> tuple[Issue, ...]:
        """The issues that are not ended."""
        return tuple(issue for issue in self.issues if issue.standing is not Standing.ENDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyLine:
    """One line of a file's list of policies, newest first."""

    policy_id: UUID
    kind: PolicyKind
    state: PolicyState
    made_on: date
    approved_at: datetime | None
    review_due_on: date | None
    author: str = field(repr=False)
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyVersionLine:
    """One stored version of a policy: when it was saved and by whom."""

    version: int
    saved_at: datetime
    by: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPolicy:
    """What a save answers."""

    policy_id: UUID
    version: int
    state: PolicyState
    saved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplanationInput:
    """That an approved policy was explained to the person: when, where, to whom, what was said and how it was taken.

    `said` are the person's words; who disagrees is quoted, and what made an explanation impossible is named.
    """

    policy_id: UUID
    explained_on: date
    understanding: Understanding
    to_whom: str = field(repr=False)
    place: str = field(default="", repr=False)
    said: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One explanation as it was recorded; never changed."""

    explained_on: date
    by: str = field(repr=False)
    understanding: Understanding
    to_whom: str = field(repr=False)
    place: str = field(repr=False)
    said: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoReviewInput:
    """The answer that an event needs no review of the policy, with its reason. It does not move the yearly day."""

    household_id: UUID
    happened_on: date
    event: str = field(repr=False)
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoReview:
    """One such answer as it was recorded."""

    happened_on: date
    event: str = field(repr=False)
    reason: str = field(repr=False)
    by: str = field(repr=False)
    answered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyAnswers:
    """What was recorded of a policy after its approval, newest first; `explain_by` is its last day for explaining."""

    explanations: tuple[Explanation, ...] = ()
    no_reviews: tuple[NoReview, ...] = ()
    explain_by: date | None = None
