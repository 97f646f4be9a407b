"""What the screens of support policies ask of the services."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol
from uuid import UUID

from desktop.domain.households import CaseFile
from desktop.domain.policy_events import ReviewDue
from desktop.domain.records import Entry
from desktop.domain.review import Check
from desktop.domain.support_policies import (
    PolicyInput,
    PolicyKind,
    PolicyLine,
    PolicyState,
    SavedPolicy,
    SupportPolicy,
)
from desktop.domain.wording import WordingRule


class SupportPolicyDesk(Protocol):
    """Reads and writes support policies (`services/support_policies`)."""

    def lines(self, household_id: UUID) -> tuple[PolicyLine, ...]:
        """The household's policies, newest first."""

    def policy(self, policy_id: UUID, version: int | None = None) -> SupportPolicy:
        """One policy in its valid version, else the newest."""

    def blank(self, household_id: UUID, kind: PolicyKind | None = None) -> PolicyInput:
        """A new policy with the lines that go on."""

    def draft(self, policy_id: UUID) -> PolicyInput:
        """An own policy in its newest version."""

    def review_due(self, household_id: UUID) -> ReviewDue:
        """By when the policy is reviewed, and the open events."""

    def checks(self, given: PolicyInput) -> tuple[Check, ...]:
        """What the self-check asks about the words so far."""

    def save(self, given: PolicyInput) -> SavedPolicy:
        """Store the next version."""

    def submit(self, policy_id: UUID, shown_version: int) -> UUID:
        """Hand in for approval."""

    def withdraw(self, policy_id: UUID) -> SavedPolicy:
        """Take back before the first stamp."""


class RecordReader(Protocol):
    """Reads the case record (`services/records`)."""

    def chronicle(self, household_id: UUID) -> tuple[Entry, ...]:
        """The file's entries."""

    def wording(self) -> tuple[WordingRule, ...]:
        """The words to reconsider."""


class Files(Protocol):
    """Opens files (`services/households`)."""

    def open_file(
        self, household_id: UUID, *, as_of: date | None = None, reason: str = ""
    ) -> CaseFile:
        """The file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPorts:
    """The use cases that the screens of support policies need."""

    policies: SupportPolicyDesk
    records: RecordReader
    files: Files


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What the section shows at the left, and the members' names."""

    lines: tuple[PolicyLine, ...]
    names: Mapping[UUID, str] = field(repr=False)
    due: ReviewDue


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyTask:
    """What the editor is opened with: the policy to write, what it follows, and what the forms offer."""

    given: PolicyInput
    names: Mapping[UUID, str] = field(repr=False)
    wording: tuple[WordingRule, ...]
    stored: SupportPolicy | None = None


def load_shelf(ports: PolicyPorts, household_id: UUID) -> Shelf:
    """The policies and the members; runs in a job."""
    names = names_of(ports.files.open_file(household_id))
    return Shelf(
        lines=ports.policies.lines(household_id),
        names=names,
        due=ports.policies.review_due(household_id),
    )


def load_blank(ports: PolicyPorts, household_id: UUID, names: Mapping[UUID, str]) -> PolicyTask:
    """A new policy; runs in a job."""
    return load_task(ports, ports.policies.blank(household_id), names)


def load_draft(ports: PolicyPorts, policy_id: UUID, names: Mapping[UUID, str]) -> PolicyTask:
    """An own policy to go on writing; runs in a job."""
    return load_task(ports, ports.policies.draft(policy_id), names)


def load_review(
    ports: PolicyPorts, household_id: UUID, staff_id: UUID, kind: PolicyKind
) -> PolicyInput | None:
    """What a review is written in: the open policy of this person, else one of this kind with the lines that go on.

    None while a policy is with the approvers, or comes back to somebody else. Runs in a job.
    """
    lines = ports.policies.lines(household_id)
    for line in (line for line in lines if line.state is not PolicyState.APPROVED):
        if line.state is PolicyState.SUBMITTED:
            return None
        is_mine = ports.policies.policy(line.policy_id).author_id == staff_id
        return ports.policies.draft(line.policy_id) if is_mine else None
    is_first = not lines
    return ports.policies.blank(household_id, PolicyKind.NEW if is_first else kind)


def load_task(ports: PolicyPorts, given: PolicyInput, names: Mapping[UUID, str]) -> PolicyTask:
    """A policy to write, new or stored; `names` are asked for where they are not known yet. Runs in a job."""
    stored = ports.policies.policy(given.policy_id) if given.shown_version else None
    return PolicyTask(
        given=given,
        stored=stored,
        names=names or names_of(ports.files.open_file(given.household_id)),
        wording=ports.records.wording(),
    )


def names_of(file: CaseFile) -> Mapping[UUID, str]:
    """The members' names by person."""
    return {member.person_id: member.name for member in file.members}
