"""Support policies (援助方針). What is due stands in facts; every word, also of health and work, in content."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.domain.support_policies import (
    Actor,
    Independence,
    IssueDomain,
    PolicyKind,
    PolicyState,
    Standing,
    Term,
    Understanding,
)
from desktop.models.base import Base, Keyed, code, content, facts, log


class SupportPolicyRecord(Keyed, Base):
    """One policy of a household: what it is and where it stands, without its text.

    `version` is the newest version, `approved_version` the valid one. The policy of a household in force is the one
    approved last. `gaps` counts issues without a full action (rule P06), `body_sketch` lets rule P05 compare texts.
    """

    __tablename__ = "support_policy"
    __table_args__ = facts(
        Index("ix_support_policy_file", "household_id", "made_on", "id"),
        Index("ix_support_policy_author_state", "author_id", "state"),
        Index("ix_support_policy_due", "office_id", "review_due_on"),
        Index(None, "follows"),
        Index(None, "body_sketch"),
    )

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    kind: Mapped[PolicyKind] = mapped_column(code(PolicyKind))
    state: Mapped[PolicyState] = mapped_column(code(PolicyState), default=PolicyState.DRAFT)
    made_on: Mapped[date]
    author_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    saved_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    approved_version: Mapped[int | None]
    approved_at: Mapped[datetime | None]
    review_due_on: Mapped[date | None]
    follows: Mapped[UUID | None] = mapped_column(ForeignKey("support_policy.id"))
    content_hash: Mapped[str] = mapped_column(default="")
    gaps: Mapped[int] = mapped_column(default=0)
    body_sketch: Mapped[int] = mapped_column(BigInteger, default=0)


class SupportPolicyVersion(Base):
    """A version of a policy: never changed, never removed."""

    __tablename__ = "support_policy_version"
    __table_args__ = facts(Index(None, "household_id"))

    policy_id: Mapped[UUID] = mapped_column(ForeignKey("support_policy.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    kind: Mapped[PolicyKind] = mapped_column(code(PolicyKind))
    made_on: Mapped[date]
    saved_at: Mapped[datetime]
    saved_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    content_hash: Mapped[str]
    grade: Mapped[str | None]
    visits_per_year: Mapped[int | None]


class _Part:
    """A row of one version of a policy."""

    policy_id: Mapped[UUID] = mapped_column(ForeignKey("support_policy.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))


class PolicyText(_Part, Base):
    """The household's situation (世帯の状況) and the evaluation of the policy before."""

    __tablename__ = "policy_text"
    __table_args__ = content(Index(None, "household_id"))

    situation: Mapped[str]
    evaluation: Mapped[str]


class PolicyIssue(_Part, Base):
    """One issue of a version; `issue_id` is the same in every version and in the policies that follow."""

    __tablename__ = "policy_issue"
    __table_args__ = content(Index(None, "household_id"))

    issue_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    independence: Mapped[Independence] = mapped_column(code(Independence))
    domain: Mapped[IssueDomain] = mapped_column(code(IssueDomain))
    text: Mapped[str]
    fact: Mapped[str]
    cause: Mapped[str]
    wish: Mapped[str]
    strength: Mapped[str]
    standing: Mapped[Standing] = mapped_column(code(Standing))
    result: Mapped[str]


class PolicyEvidence(_Part, Base):
    """The sentence of an entry that an issue rests on: characters of a segment in one version of the entry."""

    __tablename__ = "policy_evidence"
    __table_args__ = content(
        Index(None, "household_id"),
        Index(None, "entry_id"),
        CheckConstraint("start_at >= 0 AND end_at > start_at", name="span"),
    )

    issue_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entry.id"))
    entry_version: Mapped[int]
    segment_id: Mapped[UUID]
    start_at: Mapped[int]
    end_at: Mapped[int]
    quote: Mapped[str]


class PolicyGoal(_Part, Base):
    """One goal of an issue."""

    __tablename__ = "policy_goal"
    __table_args__ = content(Index(None, "household_id"))

    goal_id: Mapped[UUID] = mapped_column(primary_key=True)
    issue_id: Mapped[UUID]
    position: Mapped[int]
    term: Mapped[Term] = mapped_column(code(Term))
    text: Mapped[str]
    by_on: Mapped[date | None]


class PolicyAction(_Part, Base):
    """One action of an issue."""

    __tablename__ = "policy_action"
    __table_args__ = content(Index(None, "household_id"))

    action_id: Mapped[UUID] = mapped_column(primary_key=True)
    issue_id: Mapped[UUID]
    position: Mapped[int]
    actor: Mapped[Actor] = mapped_column(code(Actor))
    what: Mapped[str]
    by_on: Mapped[date | None]
    measure: Mapped[str]


class PolicyExplanation(Keyed, Base):
    """That an approved policy was explained to the person (説明): when, by whom, how it was taken."""

    __tablename__ = "policy_explanation"
    __table_args__ = facts(Index(None, "household_id"), Index(None, "policy_id"))

    policy_id: Mapped[UUID] = mapped_column(ForeignKey("support_policy.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    explained_on: Mapped[date]
    explained_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    recorded_at: Mapped[datetime]
    understanding: Mapped[Understanding] = mapped_column(code(Understanding))


class PolicyExplanationText(Base):
    """To whom and where it was explained, and what was said."""

    __tablename__ = "policy_explanation_text"
    __table_args__ = content(Index(None, "household_id"))

    explanation_id: Mapped[UUID] = mapped_column(
        ForeignKey("policy_explanation.id"), primary_key=True
    )
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    to_whom: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    said: Mapped[str]


class PolicyNoReview(Keyed, Base):
    """The answer that an event needs no review of the policy (見直し不要); the yearly day stays as it is."""

    __tablename__ = "policy_no_review"
    __table_args__ = facts(Index(None, "household_id", "happened_on"))

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    happened_on: Mapped[date]
    answered_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    answered_at: Mapped[datetime]


class PolicyNoReviewText(Base):
    """What happened, and why the policy stays as it is."""

    __tablename__ = "policy_no_review_text"
    __table_args__ = content(Index(None, "household_id"))

    no_review_id: Mapped[UUID] = mapped_column(ForeignKey("policy_no_review.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))
    event: Mapped[str]
    reason: Mapped[str]


class PrintedPolicy(Base):
    """A policy's version that went to paper in a print run, as which form (帳票番号)."""

    __tablename__ = "printed_policy"
    __table_args__ = log(Index(None, "policy_id", "version"), Index(None, "household_id"))

    batch_id: Mapped[UUID] = mapped_column(ForeignKey("print_batch.id"), primary_key=True)
    policy_id: Mapped[UUID] = mapped_column(ForeignKey("support_policy.id"), primary_key=True)
    version: Mapped[int]
    form: Mapped[str] = mapped_column(default="K-05")
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"))


class PrintedFile(Base):
    """A form about a household as a whole that went to paper in a print run, as which form (帳票番号)."""

    __tablename__ = "printed_file"
    __table_args__ = log(Index(None, "household_id"))

    batch_id: Mapped[UUID] = mapped_column(ForeignKey("print_batch.id"), primary_key=True)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    form: Mapped[str]
