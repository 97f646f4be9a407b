"""What the section of a file's brief asks of the services."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from desktop.domain.briefs import Brief, Purpose
from desktop.domain.policy_duties import ResultInput


class BriefDesk(Protocol):
    """What the policies in force ask for (`services/support_policies`)."""

    def brief(self, household_id: UUID) -> Brief:
        """What the file says for the next contact."""

    def purposes(self, household_id: UUID) -> tuple[Purpose, ...]:
        """What the next visit is for."""

    def note(self, given: ResultInput) -> None:
        """Note what became of an action or a short goal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedBrief:
    """The brief with the purposes."""

    brief: Brief = field(repr=False)
    purposes: tuple[Purpose, ...] = field(repr=False)


def load_brief(desk: BriefDesk, household_id: UUID) -> LoadedBrief:
    """Both; runs in a job."""
    return LoadedBrief(brief=desk.brief(household_id), purposes=desk.purposes(household_id))
