"""The yearly review of support policies (方針見直し): which are due, and what is decided of each line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from desktop.domain.dates import months_later
from desktop.domain.households import Identity
from desktop.domain.policy_duties import DutyResult
from desktop.domain.policy_events import EventSource, ReviewEvent
from desktop.domain.records import Entry
from desktop.domain.support_policies import (
    Issue,
    PolicyAnswers,
    PolicyKind,
    PolicyState,
    Standing,
    SupportPolicy,
)


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
#: A policy in force for so long without a new one has outlived two of its years.
_LONG_MONTHS = 24
_STAGES = {
    PolicyState.DRAFT: ReviewStage.DRAFT,
    PolicyState.RETURNED: ReviewStage.RETURNED,
    PolicyState.SUBMITTED: ReviewStage.SUBMITTED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePolicy:
    """A household whose policy is to be reviewed, or written at all, by a day: `due_on` is the first day of all reasons.

    `policy_id` is None where only the ledger knows of a policy, or nobody (`is_missing`, rule P01; `protected_since` is
    the day from which that counts). `events` are the open ones, the most urgent first. `same_since` is the day since
    which the words are the same; None where they are younger. `open_policy_id` is the next policy, once somebody has
    begun it; others' drafts are not told.
    """

    household_id: UUID
    case_number: str
    head_name: str = field(repr=False)
    due_on: date
    approved_on: date | None
    policy_id: UUID | None
    stage: ReviewStage
    open_policy_id: UUID | None = None
    events: tuple[ReviewEvent, ...] = ()
    is_missing: bool = False
    protected_since: date | None = None
    same_since: date | None = None

    @property
    def event(self) -> ReviewEvent | None:
        """The event that sets the day; None where the year does, or the want of any policy."""
        first = next(iter(self.events), None)
        return first if first is not None and first.due_on == self.due_on else None

    @property
    def begins_as(self) -> PolicyKind | None:
        """The kind of policy that a review for this reason begins; None leaves it to whether there is one in force."""
        if self.is_missing:
            return PolicyKind.NEW
        if self.policy_id is None or self.event is None:
            return None
        is_handover = self.event.source is EventSource.HANDOVER
        return PolicyKind.HANDOVER if is_handover else PolicyKind.EVENT

    def left(self, today: date) -> int:
        """Days until the review is due; negative when it is overdue."""
        return (self.due_on - today).days

    @property
    def urgency(self) -> tuple[date, str]:
        """Sorts what is due first to the front."""
        return self.due_on, self.case_number


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewCase:
    """What stands beside a household's review: whose file it is, the policy in force, and the entries since `since`.

    `answers` say whether that policy was explained, and what needed no review; None where none is in force. `results`
    are those noted of its actions and goals since `since`, by the line.
    """

    identity: Identity
    names: Mapping[UUID, str] = field(repr=False)
    previous: SupportPolicy | None
    since: date | None
    entries: tuple[Entry, ...]
    answers: PolicyAnswers | None = None
    results: Mapping[UUID, tuple[DutyResult, ...]] = field(default_factory=dict, repr=False)


def stage_of(state: PolicyState | None) -> ReviewStage:
    """How far the review has come, from the state of the next policy."""
    return ReviewStage.OPEN if state is None else _STAGES[state]


def decision_on(
    issue: Issue, before: Issue | None, *, is_settled: bool = False, noted: str = ""
) -> LineDecision | None:
    """What was decided of a line; None while nothing was.

    A line that says what it said last year goes on only when somebody said so (`is_settled`) or evaluated it; words
    that only repeat what was `noted` of its actions before the review are no evaluation.
    """
    if before is None:
        return LineDecision.ADD
    if issue.standing is Standing.ENDED:
        return LineDecision.END
    if words_of_line(issue) != words_of_line(before):
        return LineDecision.CHANGE
    is_evaluated = not set(issue.result.splitlines()) <= set(noted.splitlines())
    return LineDecision.CONTINUE if is_settled or is_evaluated else None


def same_since(approvals: Sequence[tuple[date, int]], most_bits: int, today: date) -> date | None:
    """Since when a policy says the same: `approvals` are day and sketch of it and of those that it follows, newest first.

    Words count as the same as rule P05 compares them (sketches that differ in `most_bits` at most). A policy that was
    written anew counts from its own approval, once two years have passed; one that repeats its forerunner at once.
    """
    if not approvals:
        return None
    since, sketch = approvals[0]
    for day, earlier in approvals[1:]:
        if (sketch ^ earlier).bit_count() > most_bits:
            break
        since, sketch = day, earlier
    is_copied = since != approvals[0][0]
    return since if is_copied or months_later(since, _LONG_MONTHS) <= today else None


def words_of_line(issue: Issue) -> Issue:
    """The line without what a review says of it; a further quotation alone is no decision either."""
    return replace(issue, standing=Standing.CONTINUED, result="", evidence=())
