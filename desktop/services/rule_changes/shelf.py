"""The changes of an office: those shipped with the program (`resources/help/changes/`), over them those of an imported package."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.office import SignedInStaff
from desktop.domain.rule_changes import RuleChange, read_change
from desktop.resources import resource_path
from desktop.services.help_cards.shelf import standing_package


@cache
def shipped_changes() -> tuple[RuleChange, ...]:
    """Every shipped change, the latest day of coming into force first: files of the program, so they are read once.

    Raises CardError, which is a bug of what was shipped.
    """
    return _in_order(
        read_change(path.stem, path.read_text(encoding="utf-8"))
        for path in sorted(resource_path("help", "changes").glob("*.md"))
    )


@dataclass(frozen=True, slots=True)
class OfficeChanges:
    """Answers with every change as the person's office has it."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff

    def __call__(self) -> tuple[RuleChange, ...]:
        """The shipped changes with those of the package in their place, and without those that it withdraws."""
        with self.work() as session:
            standing = standing_package(session, self.staff.office_id, self.clock.today())
        package = standing.package if standing is not None else None
        if package is None:
            return shipped_changes()
        found = {change.key: change for change in (*shipped_changes(), *package.changes)}
        return _in_order(c for key, c in found.items() if key not in package.withdrawn)


def _in_order(changes: Iterable[RuleChange]) -> tuple[RuleChange, ...]:
    by_key = sorted(changes, key=lambda change: change.key)
    return tuple(sorted(by_key, key=lambda change: change.effective_on, reverse=True))
