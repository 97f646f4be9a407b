"""Papers that the supporter's log stands for (支援記録で代える書類): which, for whom, by how many acts of which kinds.

The office decides it by its table; as shipped no act stands for anything. The log is counted anew whenever it is asked, so an act
taken back lets the paper be due again, and a paper that came counts before any log.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desktop.domain.support_groups import SupportGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedAct:
    """An act of support that counts: its day, its kind, and whether an employment supporter did it."""

    done_on: date
    kind: str
    by_supporter: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """Why a paper is not asked for: the days of the acts of its month, and how many were enough."""

    days: tuple[date, ...]
    enough: int

    @property
    def since(self) -> date:
        """The day on which the log was enough."""
        return self.days[self.enough - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperReplacement:
    """One row of the office's table. `acts` 0 lets nothing stand for the paper; no `kinds` are all kinds."""

    paper: str
    groups: frozenset[str]
    kinds: frozenset[str]
    acts: int
    only_supporters: bool

    def applies(self, paper: str, group: SupportGroup | None) -> bool:
        """Whether the row is about a paper of somebody of this decided group."""
        is_among = group is not None and bool({group.value, group.main} & self.groups)
        return self.acts > 0 and paper == self.paper and is_among

    def found(self, acts: Iterable[LoggedAct]) -> Replaced | None:
        """What the acts of a month stand for: None where they are too few."""
        days = sorted(act.done_on for act in acts if self._counts(act))
        return Replaced(days=tuple(days), enough=self.acts) if len(days) >= self.acts else None

    def _counts(self, act: LoggedAct) -> bool:
        return (not self.kinds or act.kind in self.kinds) and (
            act.by_supporter or not self.only_supporters
        )
