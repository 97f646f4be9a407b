"""One day of the audit trail, for the daily report."""

# ruff: noqa: S608 - statements of our own constants
from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, text

from desktop.domain.audit_day import (
    AccountChange,
    AuditDay,
    RefusedCount,
    SavedRun,
    ShieldChange,
    tick_gaps,
)
from desktop.domain.clock import JAPAN
from desktop.domain.imprint import FormMark, Imprint
from desktop.domain.reading_watch import Reading
from desktop.domain.roles import ROLE_LABELS, Role
from desktop.domain.seals import Seal

_SPAN = "CAST(:start AS timestamptz), CAST(:end AS timestamptz)"
_COUNTS = f"SELECT * FROM app.audit_counts({_SPAN})"
_LAST_SEAL = "SELECT * FROM app.audit_last_seal(CAST(:at AS timestamptz))"
_CHANGES = f"SELECT * FROM app.audit_account_changes({_SPAN})"
_REFUSED = f"SELECT * FROM app.audit_refusals({_SPAN})"
_SHIELDS = f"SELECT * FROM app.audit_shields({_SPAN})"
_TICKS = f"SELECT * FROM app.audit_ticks({_SPAN})"
_SEARCHES = f"SELECT * FROM app.audit_searches({_SPAN})"
_READINGS = f"SELECT * FROM app.audit_readings({_SPAN})"


def audit_day(connection: Connection, day: date, now: datetime) -> AuditDay:
    """The day as it stands now; a day that is not over ends with `now`.

    For a superuser, and for whoever asked for it in a transaction before. What was unusual among the readings is
    judged by the limits of their office, so the services add it, and how the office's paper looks.
    """
    start, end = span_of(day, now)
    span = {"start": start, "end": end}
    counts = connection.execute(text(_COUNTS), span).one()
    ticks = list(connection.scalars(text(_TICKS), span))
    return AuditDay(
        imprint=Imprint(
            office_name=counts.office_name or "",
            mark=FormMark.PLAIN,
            training=False,
            printed_at=now,
            printed_by="",
        ),
        day=day,
        events=counts.events,
        unsealed=counts.unsealed,
        seals=counts.seals,
        before=_seal(connection, start),
        last=_seal(connection, end),
        changes=tuple(_change(row) for row in connection.execute(text(_CHANGES), span)),
        refused=tuple(
            RefusedCount(name=name, count=count, last_at=last_at)
            for name, count, last_at in connection.execute(text(_REFUSED), span)
        ),
        ticks=len(ticks),
        gaps=tick_gaps(ticks, start, end),
        shields=tuple(
            ShieldChange(at=at, case_number=case_number, by=by, by_import=by_import)
            for at, case_number, by, by_import in connection.execute(text(_SHIELDS), span)
        ),
        searches=tuple(
            SavedRun(name=name, aim=aim, words=words, count=count, last_at=last_at)
            for name, aim, words, count, last_at in connection.execute(text(_SEARCHES), span)
        ),
    )


def day_readings(connection: Connection, day: date, now: datetime) -> Iterator[Reading]:
    """The day's tickets in order of time."""
    start, end = span_of(day, now)
    for row in connection.execute(text(_READINGS), {"start": start, "end": end}):
        yield Reading(
            office_id=row.office_id,
            staff_id=row.staff_id,
            name=row.name,
            at=row.at,
            files=row.files,
            outside=row.outside,
        )


def span_of(day: date, now: datetime) -> tuple[datetime, datetime]:
    """From the day's midnight to the next, or to now."""
    start = datetime.combine(day, time(), tzinfo=JAPAN)
    return start, max(start, min(start + timedelta(days=1), now))


def _seal(connection: Connection, before: datetime) -> Seal | None:
    row = connection.execute(text(_LAST_SEAL), {"at": before}).first()
    return None if row is None else Seal(n=row.n, at=row.at, rows=row.rows, chain=bytes(row.chain))


def _change(row: Any) -> AccountChange:  # noqa: ANN401 - a row of SQLAlchemy
    label = ROLE_LABELS[Role(row.role)] if row.role in set(Role) else ""
    return AccountChange(
        at=row.at, action=row.action, by=row.by_name, whom=row.whom, role_label=label
    )
