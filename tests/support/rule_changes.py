"""Changes of the rules for tests, all made up. The tests' day is 1 October 2024."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from desktop.domain.ids import new_id
from desktop.domain.rule_change_ticks import RecentChanges, TickInput, TickState
from desktop.domain.rule_changes import RuleChange, read_change

_FILE = """+++
title = "{title}"
effective = {effective}
version = {version}
where = ["section:members", "screen:desk"]
cards = ["event-65"]
checked = false
example = {example}
{more}+++
**練習用の文です。**"""
_TASK = '[task]\ntext = "説明したかを確かめる"\ndays = 30\n'
EVERYONE = "trial-everyone"
LATER = "trial-later"
NOBODY = "trial-nobody"


def a_change(
    key: str = EVERYONE, concerns: str = 'query = "everyone"', /, **changes: Any
) -> RuleChange:
    """A change in force since ten days, with a task, that concerns everyone."""
    values = {
        "title": "例：みなの改正",
        "effective": "2024-09-21",
        "version": 1,
        "example": "true",
        "more": f"[concerns]\n{concerns}\n{_TASK}" if concerns else "",
        **changes,
    }
    return read_change(key, _FILE.format(**values))


def trial_changes() -> tuple[RuleChange, ...]:
    """One that is to come, one in force, and one that concerns no household by name."""
    return (
        a_change(LATER, title="例：来月の改正", effective="2024-11-01"),
        a_change(),
        a_change(NOBODY, "", title="例：文だけの改正", effective="2024-04-01"),
    )


def a_tick(household_id: UUID, /, **changes: Any) -> TickInput:
    """A first tick: looked at and done."""
    values: dict[str, Any] = {
        "tick_id": new_id(),
        "change_key": EVERYONE,
        "household_id": household_id,
        "state": TickState.DONE,
        **changes,
    }
    return TickInput(**values)


class NoNewChanges:
    """Nothing changed lately, or what is given did."""

    def __init__(self, *changes: RuleChange) -> None:
        self._changes = changes

    def recent(self) -> RecentChanges:
        return RecentChanges(changes=self._changes, days=60)
