"""Rules about the reading of files: bulk, unusual hours, many files outside the duty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, func, select, text
from sqlalchemy.orm import Session

from desktop.domain.clock import japan_day
from desktop.domain.office import AssignmentKind
from desktop.domain.reading_watch import Reading, unusual
from desktop.domain.supervision import Finding, RuleInfo
from desktop.models.imports import Ticket, TicketHousehold
from desktop.models.office import Assignment, Staff
from desktop.services.periods import holds_on
from desktop.services.supervision.scope import Scope, in_words

#: Days back that are asked about: what happened on a Friday evening is still seen on Monday.
_LOOK_BACK_DAYS = 7
_CASEWORK = (AssignmentKind.MAIN, AssignmentKind.DEPUTY)


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
        days = defaultdict[tuple[UUID, object], list[Reading]](list)
        for reading in sorted(_readings(session, scope), key=lambda reading: reading.at):
            days[reading.staff_id, japan_day(reading.at)].append(reading)
        for readings in days.values():
            for found in unusual(readings, scope.limits):
                yield self._finding(scope, readings[0], f"{found.fact}{found.question}")

    def _finding(self, scope: Scope, reading: Reading, sentence: str) -> Finding:
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


def _readings(session: Session, scope: Scope) -> Iterable[Reading]:
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
        yield Reading(
            office_id=scope.office_id,
            staff_id=staff_id,
            name=name,
            at=at,
            files=files,
            outside=outside,
        )


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
