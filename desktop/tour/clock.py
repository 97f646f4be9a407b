"""The day on which the tour stands."""

from __future__ import annotations

from datetime import datetime

from desktop.domain.clock import JAPAN, FixedClock

#: A working Tuesday; the training office is made for this day, so the pictures are the same on every machine.
TOUR_CLOCK = FixedClock(datetime(2026, 11, 24, 10, 20, tzinfo=JAPAN))
