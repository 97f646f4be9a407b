"""What the screens of support policies ask of the services."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol
from uuid import UUID

from desktop.domain.households import CaseFile
from desktop.domain.policy_duties import DutyResult
from desktop.domain.records import Entry
from desktop.domain.review import Check
from desktop.domain.support_policies import (
    PolicyInput,
    PolicyKind,
    PolicyLine,
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

    def results(self, household_id: UUID) -> Mapping[UUID, tuple[DutyResult, ...]]:
        """What was noted of actions and short goals, by the line."""

    def blank(self, household_id: UUID, kind: PolicyKind | None = None) -> PolicyInput:
        """A new policy with the lines that go on."""

    def draft(self, policy_id: UUID) -> PolicyInput:
        """An own policy in its newest version."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyTask:
    """What the editor is opened with: the policy to write, what it follows, and what the forms offer."""

    given: PolicyInput
    names: Mapping[UUID, str] = field(repr=False)
    wording: tuple[WordingRule, ...]
    stored: SupportPolicy | None = None


def load_shelf(ports: PolicyPorts, household_id: UUID) -> Shelf:
    """The policies and the members; runs in a job."""
    members = ports.files.open_file(household_id).members
    return Shelf(
        lines=ports.policies.lines(household_id),
        names={member.person_id: member.name for member in members},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPolicy:
    """A policy to read, with what was noted of its lines."""

    policy: SupportPolicy
    results: Mapping[UUID, tuple[DutyResult, ...]] = field(repr=False)


def load_policy(ports: PolicyPorts, policy_id: UUID) -> ReadPolicy:
    """One policy and the results of the household; runs in a job."""
    policy = ports.policies.policy(policy_id)
    return ReadPolicy(policy=policy, results=ports.policies.results(policy.household_id))


def load_blank(ports: PolicyPorts, household_id: UUID, names: Mapping[UUID, str]) -> PolicyTask:
    """A new policy; runs in a job."""
    given = ports.policies.blank(household_id)
    return PolicyTask(given=given, names=names, wording=ports.records.wording())


def load_draft(ports: PolicyPorts, policy_id: UUID, names: Mapping[UUID, str]) -> PolicyTask:
    """An own policy to go on writing; runs in a job."""
    return PolicyTask(
        given=ports.policies.draft(policy_id),
        stored=ports.policies.policy(policy_id),
        names=names,
        wording=ports.records.wording(),
    )
