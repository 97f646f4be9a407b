"""What time it is in the office. Injected everywhere, so that tests and the tour can choose the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

JAPAN = timezone(timedelta(hours=9), "JST")


class Clock(Protocol):
    """The source of "now"; instants are aware UTC, days are the office's (Japan Standard Time)."""

    def now(self) -> datetime:
        """The instant, aware, in UTC."""

    def today(self) -> date:
        """The office's calendar day."""


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The workstation's clock."""

    def now(self) -> datetime:
        """The instant, aware, in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The office's calendar day."""
        return japan_day(self.now())


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still, for tests and the tour."""

    instant: datetime

    def now(self) -> datetime:
        """The instant it was set to."""
        return self.instant

    def today(self) -> date:
        """The office's day of that instant."""
        return japan_day(self.instant)


@dataclass(frozen=True, slots=True)
class ServerClock:
    """The database server's clock, as this workstation knows it: its own clock and how far that one is off."""

    base: Clock
    offset: timedelta

    def now(self) -> datetime:
        """The instant, aware, in UTC."""
        return self.base.now() + self.offset

    def today(self) -> date:
        """The office's calendar day."""
        return japan_day(self.now())


def japan_day(instant: datetime) -> date:
    """The office's calendar day of an aware instant."""
    return instant.astimezone(JAPAN).date()
