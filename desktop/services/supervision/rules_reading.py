"""Rules about the reading of files: bulk, unusual hours, many files outside the duty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, func, select, text
from sqlalchemy.orm import Session

from desktop.domain.clock import JAPAN, japan_day
from desktop.domain.office import AssignmentKind
from desktop.domain.supervision import Finding, RuleInfo
from desktop.models.imports import Ticket, TicketHousehold
from desktop.models.office import Assignment, Staff
from desktop.services.periods import holds_on
from desktop.services.supervision.scope import Scope, in_words

#: Days back that are asked about: what happened on a Friday evening is still seen on Monday.
_LOOK_BACK_DAYS = 7
_HOUR = timedelta(hours=1)
_CASEWORK = (AssignmentKind.MAIN, AssignmentKind.DEPUTY)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """One ticket: who, when, how many files, how many of them outside the duty."""

    staff_id: UUID
    name: str = field(repr=False)
    at: datetime
    files: int
    outside: int


class UnusualReading:
    """A01: more files in an hour, files at other hours, or more files outside the duty in a day than is usual.

    Asked about the day it happens. There may be a good reason; the finding names numbers, not households.
    """

    info = RuleInfo(
        rule="A01",
        name="通常と異なる閲覧",
        severity=2,
        basis="直近7日間に、しきい値 A01〜A03 を超えて世帯を開いた職員（1時間の世帯数、執務時間外、担当外の世帯数）",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """Look at each person's days."""
        days = defaultdict[tuple[UUID, object], list[_Reading]](list)
        for reading in sorted(_readings(session, scope), key=lambda reading: reading.at):
            days[reading.staff_id, japan_day(reading.at)].append(reading)
        for readings in days.values():
            for sentence in _unusual(readings, scope):
                yield self._finding(scope, readings[0], sentence)

    def _finding(self, scope: Scope, reading: _Reading, sentence: str) -> Finding:
        day = japan_day(reading.at)
        return Finding(
            rule=self.info.rule,
            severity=self.info.severity,
            household_id=None,
            staff_id=reading.staff_id,
            case_number="",
            head_name="",
            caseworker=reading.name,
            reason=f"{in_words(day)}に{sentence}",
            since=day,
            days=scope.since(day),
        )


def _unusual(readings: Sequence[_Reading], scope: Scope) -> Iterator[str]:
    limits = scope.limits
    most = _most_in_an_hour(readings)
    if most > limits.reading_files_an_hour:
        yield f"1時間で{most}世帯を開いています（目安{limits.reading_files_an_hour}）。何のための閲覧でしたか。"
    late = [r for r in readings if _is_outside_hours(r.at, scope)]
    if late:
        first = late[0].at.astimezone(JAPAN)
        files = sum(r.files for r in late)
        yield f"執務時間外（{first:%H:%M}ほか）に{files}世帯を開いています。勤務の予定と合っていますか。"
    outside = sum(r.outside for r in readings)
    if outside > limits.reading_outside_files_a_day:
        yield f"担当外の{outside}世帯を開いています（目安{limits.reading_outside_files_a_day}）。理由は合っていますか。"


def _most_in_an_hour(readings: Sequence[_Reading]) -> int:
    """The most files opened within any sixty minutes; the readings stand in order of time."""
    most = files = first = 0
    for reading in readings:
        files += reading.files
        while reading.at - readings[first].at >= _HOUR:
            files -= readings[first].files
            first += 1
        most = max(most, files)
    return most


def _is_outside_hours(at: datetime, scope: Scope) -> bool:
    return (
        not scope.limits.usual_from_hour <= at.astimezone(JAPAN).hour < scope.limits.usual_to_hour
    )


def _readings(session: Session, scope: Scope) -> Iterable[_Reading]:
    since = scope.before(_LOOK_BACK_DAYS)
    if session.get_bind().dialect.name == "postgresql":
        found = session.execute(
            text(
                "SELECT staff_id, name, opened_at, files, outside FROM app.reading_facts(:office, :since)"
            ),
            {"office": scope.office_id, "since": since},
        ).all()
    else:
        found = session.execute(_from_tickets(scope, since)).all()
    for staff_id, name, at, files, outside in found:
        yield _Reading(staff_id=staff_id, name=name, at=at, files=files, outside=outside)


def _from_tickets(scope: Scope, since: datetime) -> Select[*tuple[Any, ...]]:
    """Each ticket of the people in reach."""
    found = (
        select(
            Ticket.staff_id,
            Staff.name,
            Ticket.opened_at,
            func.count(),
            func.sum(case((TicketHousehold.outside_duty, 1), else_=0)),
        )
        .join(TicketHousehold, TicketHousehold.ticket_id == Ticket.id)
        .join(Staff, Staff.id == Ticket.staff_id)
        .where(Ticket.office_id == scope.office_id, Ticket.opened_at >= since)
        .group_by(Ticket.id, Ticket.staff_id, Staff.name, Ticket.opened_at)
    )
    if scope.district_ids is None:
        return found
    return found.where(
        Ticket.staff_id.in_(
            select(Assignment.staff_id).where(
                scope.covers(Assignment.district_id),
                Assignment.kind.in_(_CASEWORK),
                holds_on(Assignment, scope.today),
            )
        )
    )
