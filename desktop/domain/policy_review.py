"""The yearly review of support policies (方針見直し): which are due, and what is decided of each line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from desktop.domain.households import Identity
from desktop.domain.records import Entry
from desktop.domain.support_policies import Issue, PolicyState, Standing, SupportPolicy


class ReviewStage(StrEnum):
    """How far a review has come; what was approved leaves the list."""

    OPEN = "open"
    DRAFT = "draft"
    RETURNED = "returned"
    SUBMITTED = "submitted"


class LineDecision(StrEnum):
    """What the caseworker decides of a line: it goes on as it is, it goes on changed, it has ended, or it is new."""

    CONTINUE = "continue"
    CHANGE = "change"
    END = "end"
    ADD = "add"


REVIEW_STAGE: Mapping[ReviewStage, str] = {
    ReviewStage.OPEN: "未着手",
    ReviewStage.DRAFT: "書きかけ",
    ReviewStage.RETURNED: "差戻し",
    ReviewStage.SUBMITTED: "決裁待ち",
}
LINE_DECISION: Mapping[LineDecision, str] = {
    LineDecision.CONTINUE: "続ける",
    LineDecision.CHANGE: "変える",
    LineDecision.END: "達成・終了",
    LineDecision.ADD: "新しい課題",
}
_STAGES = {
    PolicyState.DRAFT: ReviewStage.DRAFT,
    PolicyState.RETURNED: ReviewStage.RETURNED,
    PolicyState.SUBMITTED: ReviewStage.SUBMITTED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePolicy:
    """A household whose policy is to be reviewed by a day. `policy_id` is None where only the ledger knows of one.

    `open_policy_id` is the next policy, once somebody has begun it; others' drafts are not told.
    """

    household_id: UUID
    case_number: str
    head_name: str = field(repr=False)
    due_on: date
    approved_on: date | None
    policy_id: UUID | None
    stage: ReviewStage
    open_policy_id: UUID | None = None

    def left(self, today: date) -> int:
        """Days until the review is due; negative when it is overdue."""
        return (self.due_on - today).days

    @property
    def urgency(self) -> tuple[date, str]:
        """Sorts what is due first to the front."""
        return self.due_on, self.case_number


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewCase:
    """What stands beside a household's review: whose file it is, the policy in force, and the entries since `since`."""

    identity: Identity
    names: Mapping[UUID, str] = field(repr=False)
    previous: SupportPolicy | None
    since: date | None
    entries: tuple[Entry, ...]


def stage_of(state: PolicyState | None) -> ReviewStage:
    """How far the review has come, from the state of the next policy."""
    return ReviewStage.OPEN if state is None else _STAGES[state]


def decision_on(
    issue: Issue, before: Issue | None, *, is_settled: bool = False
) -> LineDecision | None:
    """What was decided of a line; None while nothing was.

    A line that says what it said last year goes on only when somebody said so (`is_settled`) or evaluated it.
    """
    if before is None:
        return LineDecision.ADD
    if issue.standing is Standing.ENDED:
        return LineDecision.END
    if words_of_line(issue) != words_of_line(before):
        return LineDecision.CHANGE
    return LineDecision.CONTINUE if is_settled or issue.result else None


def words_of_line(issue: Issue) -> Issue:
    """The line without what a review says of it; a further quotation alone is no decision either."""
    return replace(issue, standing=Standing.CONTINUED, result="", evidence=())
