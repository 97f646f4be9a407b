"""Nobody is at two doors at once: the times of visits of one person on one day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from desktop.domain.records import ContactMethod
from desktop.services.training.contacts import Meeting

_FIRST, _LAST, _STEP = 9 * 60, 17 * 60 + 30, 5
#: Minutes between two visits.
_WAY = 15


class VisitTimes:
    """Moves a visit to where its visitor is free."""

    def __init__(self) -> None:
        self._taken: dict[tuple[str, date], list[tuple[int, int]]] = defaultdict(list)

    def fit(self, staff_id: str, day: date, meeting: Meeting) -> None:
        """Keep the times where they suit, else take the nearest free ones; where there are none, none are told."""
        if meeting.method is not ContactMethod.VISIT or meeting.started_at is None:
            return
        length = (meeting.ended_at or meeting.started_at) - meeting.started_at
        taken = self._taken[staff_id, day]
        wanted = meeting.started_at
        near = sorted(range(_FIRST, _LAST - length, _STEP), key=lambda start: abs(start - wanted))
        for start in (wanted, *near):
            if all(start >= end + _WAY or start + length + _WAY <= begin for begin, end in taken):
                meeting.started_at, meeting.ended_at = start, start + length
                taken.append((start, start + length))
                return
        meeting.started_at = meeting.ended_at = None
