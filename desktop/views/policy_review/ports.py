"""What the review of policies asks of the services, and one household's review as it is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from desktop.domain.policy_duties import begun_with_results
from desktop.domain.policy_review import DuePolicy, ReviewCase, ReviewStage
from desktop.domain.support_policies import PolicyInput, SupportPolicy
from desktop.views.support_policies.ports import PolicyPorts

_WRITABLE = frozenset({ReviewStage.DRAFT, ReviewStage.RETURNED})


class ReviewDesk(Protocol):
    """Knows what is due and what the year said (`services/policy_review`)."""

    def due(self) -> tuple[DuePolicy, ...]:
        """The policies with a day of review, the first day first."""

    def case(self, household_id: UUID) -> ReviewCase:
        """Whose file it is, the policy in force, and the year's entries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPorts:
    """The use cases of the review; policies are written as the editor writes them."""

    reviews: ReviewDesk
    policies: PolicyPorts


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewTask:
    """One household's review: its line of the list, what stands beside it, and the policy to write.

    `stored` is the next policy as it stands, where it was begun; `is_mine` says whether this person may write it.
    """

    line: DuePolicy
    case: ReviewCase
    given: PolicyInput
    previous: SupportPolicy | None
    stored: SupportPolicy | None
    is_mine: bool = True

    @property
    def can_answer(self) -> bool:
        """Whether what happened can be answered with 見直し不要: there is a policy in force, and nothing lies with the approvers."""
        is_waiting = self.line.stage is ReviewStage.SUBMITTED
        return self.line.policy_id is not None and self.is_mine and not is_waiting

    @property
    def noted(self) -> Mapping[UUID, str]:
        """What was noted of each issue's actions and goals since the approval: its evaluation begins with these words."""
        before, results = self.previous, self.case.results
        if before is None or before.approved_at is None:
            return {}
        begun = begun_with_results(before.issues, results, before.approved_at)
        return {issue.issue_id: issue.result for issue in begun}

    @property
    def names(self) -> Mapping[UUID, str]:
        """The members' names."""
        return self.case.names


def load_review(ports: ReviewPorts, line: DuePolicy, staff_id: UUID) -> ReviewTask:
    """Everything that is in view for one household but the self-check; runs in a job."""
    desk, household_id = ports.policies.policies, line.household_id
    case = ports.reviews.case(household_id)
    stored = None if line.open_policy_id is None else desk.policy(line.open_policy_id)
    is_mine = stored is None or (line.stage in _WRITABLE and stored.author_id == staff_id)
    begins = stored is None or not is_mine
    if begins or stored is None:
        given = desk.blank(household_id, line.begins_as)
    else:
        given = desk.draft(stored.policy_id)
    previous = case.previous
    if given.follows is not None and (previous is None or previous.policy_id != given.follows):
        previous = desk.policy(given.follows)
    return ReviewTask(
        line=line, case=case, given=given, previous=previous, stored=stored, is_mine=is_mine
    )
