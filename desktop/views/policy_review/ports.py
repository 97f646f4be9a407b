"""What the review of policies asks of the services, and one household's review as it is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol
from uuid import UUID

from desktop.domain.clock import japan_day
from desktop.domain.households import Identity
from desktop.domain.policy_review import DuePolicy, ReviewStage
from desktop.domain.records import Entry
from desktop.domain.review import Check
from desktop.domain.support_policies import PolicyInput, SupportPolicy
from desktop.views.support_policies.ports import PolicyPorts

_WRITABLE = frozenset({ReviewStage.DRAFT, ReviewStage.RETURNED})


class ReviewDesk(Protocol):
    """Knows what is due and what the year said (`services/policy_review`)."""

    def due(self) -> tuple[DuePolicy, ...]:
        """The policies with a day of review, the first day first."""

    def year(self, household_id: UUID, since: date | None) -> tuple[Entry, ...]:
        """The entries from a day on, with earlier ones whose promises were open then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPorts:
    """The use cases of the review; policies are written as the editor writes them."""

    reviews: ReviewDesk
    policies: PolicyPorts


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewTask:
    """One household's review: whose it is, the policy in force, the one to write, and the year's entries.

    `stored` is the next policy as it stands, where it was begun; `is_mine` says whether this person may write it.
    """

    line: DuePolicy
    identity: Identity
    names: Mapping[UUID, str] = field(repr=False)
    previous: SupportPolicy | None
    given: PolicyInput
    stored: SupportPolicy | None
    since: date | None
    entries: tuple[Entry, ...]
    checks: tuple[Check, ...]
    is_mine: bool = True


def load_review(ports: ReviewPorts, line: DuePolicy, staff_id: UUID) -> ReviewTask:
    """Everything that is in view for one household; runs in a job."""
    desk, household_id = ports.policies.policies, line.household_id
    file = ports.policies.files.open_file(household_id)
    stored = None if line.open_policy_id is None else desk.policy(line.open_policy_id)
    is_mine = stored is None or (line.stage in _WRITABLE and stored.author_id == staff_id)
    begins = stored is None or not is_mine
    given = desk.blank(household_id) if begins or stored is None else desk.draft(stored.policy_id)
    previous = None if given.follows is None else desk.policy(given.follows)
    approved_at = previous.approved_at if previous else None
    since = japan_day(approved_at) if approved_at else line.approved_on
    return ReviewTask(
        line=line,
        identity=file.identity,
        names={member.person_id: member.name for member in file.members},
        previous=previous,
        given=given,
        stored=stored,
        since=since,
        entries=ports.reviews.year(household_id, since),
        checks=desk.checks(given),
        is_mine=is_mine,
    )
