"""The server's scheduled command (`banso-admin server tick`): what it did, and when it is late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: Seconds after which a tick is late: it runs every minute, and people are warned after ten (DESIGN section 4).
LATE_TICK_SECONDS = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class TickAge:
    """Seconds since the last whole tick; None: there was none, or the database has no server (training)."""

    seconds: int | None
    is_expected: bool

    @property
    def is_late(self) -> bool:
        """Whether people should be told."""
        return self.is_expected and (self.seconds is None or self.seconds > LATE_TICK_SECONDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class TickStep:
    """One step: what it counted, or the sentence that says why it was not done."""

    name: str
    label: str
    counts: Mapping[str, int]
    failure: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TickReport:
    """Everything one tick did; whole when no step failed."""

    steps: tuple[TickStep, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every step was done."""
        return not any(step.failure for step in self.steps)
