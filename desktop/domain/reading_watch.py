"""What is unusual about the reading of files: many in an hour, at other hours, many outside the duty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from desktop.domain.clock import JAPAN
from desktop.domain.thresholds import Thresholds

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One ticket: who, when, how many files, how many of them outside the duty."""

    office_id: UUID
    staff_id: UUID
    name: str = field(repr=False)
    at: datetime
    files: int
    outside: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unusual:
    """What was more than is usual, and what its person should be asked."""

    fact: str
    question: str


def unusual(readings: Sequence[Reading], limits: Thresholds) -> Iterator[Unusual]:
    """What somebody should be asked about one person's day; the readings stand in order of time."""
    most = _most_in_an_hour(readings)
    if most > limits.reading_files_an_hour:
        fact = f"1時間で{most}世帯を開いています（目安{limits.reading_files_an_hour}）。"
        yield Unusual(fact=fact, question="何のための閲覧でしたか。")
    late = [r for r in readings if _is_outside_hours(r.at, limits)]
    if late:
        first = late[0].at.astimezone(JAPAN)
        files = sum(r.files for r in late)
        fact = f"執務時間外（{first:%H:%M}ほか）に{files}世帯を開いています。"
        yield Unusual(fact=fact, question="勤務の予定と合っていますか。")
    outside = sum(r.outside for r in readings)
    if outside > limits.reading_outside_files_a_day:
        fact = f"担当外の{outside}世帯を開いています（目安{limits.reading_outside_files_a_day}）。"
        yield Unusual(fact=fact, question="理由は合っていますか。")


def _most_in_an_hour(readings: Sequence[Reading]) -> int:
    """The most files opened within any sixty minutes."""
    most = files = first = 0
    for reading in readings:
        files += reading.files
        while reading.at - readings[first].at >= _HOUR:
            files -= readings[first].files
            first += 1
        most = max(most, files)
    return most


def _is_outside_hours(at: datetime, limits: Thresholds) -> bool:
    return not limits.usual_from_hour <= at.astimezone(JAPAN).hour < limits.usual_to_hour
