"""What 改正の窓 asks of the use cases."""

from __future__ import annotations

from datetime import date
from typing import Protocol
from uuid import UUID

from desktop.domain.rule_change_ticks import Concerned, RecentChanges, TickInput, TodosMade
from desktop.domain.rule_changes import RuleChange


class RecentOnes(Protocol):
    """Changes that came into force a short while ago (`services/rule_changes`)."""

    def recent(self) -> RecentChanges:
        """Those changes."""


class ChangesOfRules(RecentOnes, Protocol):
    """Changes, and the households they concern (`services/rule_changes`)."""

    def changes(self) -> tuple[RuleChange, ...]:
        """Every change, the latest first."""

    def concerned(self, key: str) -> Concerned:
        """The households that a change concerns."""

    def tick(self, given: TickInput) -> None:
        """Keep what came of looking at a household."""

    def note(self, household_id: UUID, tick_id: UUID) -> str:
        """The words to a tick."""

    def make_todos(self, key: str, due_on: date) -> TodosMade:
        """To-dos for the own households that are open."""
