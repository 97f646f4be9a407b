"""One day of the audit trail, for the daily report."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, text

from desktop.database.audit_trail.digests import WAITING
from desktop.domain.audit_day import (
    AccountChange,
    AuditDay,
    RefusedCount,
    ShieldChange,
    tick_gaps,
)
from desktop.domain.clock import JAPAN
from desktop.domain.roles import ROLE_LABELS, Role
from desktop.domain.seals import Seal

_COUNTS = f"""
SELECT (SELECT string_agg(o.name, '、' ORDER BY o.code) FROM public.office o),
       (SELECT count(*) FROM audit.event e WHERE e.at >= :start AND e.at < :end),
       (SELECT count(*) FROM audit.event e WHERE e.at >= :start AND e.at < :end
           AND {WAITING}),
       (SELECT count(*) FROM audit.seal s WHERE s.at >= :start AND s.at < :end)
"""  # noqa: S608 - a constant of ours
_LAST_SEAL = "SELECT n, at, rows, chain FROM audit.seal WHERE at < :at ORDER BY n DESC LIMIT 1"
#: Who a change is about: the staff row itself, or the person of the role's row.
_CHANGES = """
SELECT e.at, CASE WHEN e.action IN ('insert', 'update', 'delete') THEN e.action || ' ' || e.tbl ELSE e.action END AS action,
       coalesce(b.name, e.login) AS by, coalesce(w.name, '') AS whom,
       coalesce(e.detail -> 'new' ->> 'role', e.detail -> 'old' ->> 'role', r.role::text,
                substr(e.detail ->> 'group', 7), '') AS role
  FROM audit.event e
  LEFT JOIN public.staff b ON b.id = e.staff_id
  LEFT JOIN public.staff_role r ON e.tbl = 'staff_role' AND r.id::text = e.row_key
  LEFT JOIN public.staff w ON w.id::text = CASE WHEN e.tbl = 'staff' THEN e.row_key ELSE
    coalesce(e.detail -> 'new' ->> 'staff_id', e.detail -> 'old' ->> 'staff_id', r.staff_id::text) END
 WHERE e.at >= :start AND e.at < :end AND e.tbl IN ('staff', 'staff_role')
 ORDER BY e.at, e.seq
"""
_REFUSED = """
SELECT coalesce(s.name, '') AS name, count(*) AS count, max(r.at) AS last_at
  FROM audit.refused_login r LEFT JOIN public.staff s ON s.id = r.staff_id
 WHERE r.at >= :start AND r.at < :end GROUP BY s.id, s.name ORDER BY count(*) DESC, s.name
"""
#: The newest of a household's day. A new shield is no reason to look twice.
_SHIELDS = """
SELECT DISTINCT ON (h.id) e.at, h.case_number, coalesce(b.name, e.login) AS by,
       EXISTS (SELECT FROM audit.bulk k WHERE k.xid = e.xid) AS by_import
  FROM audit.event e JOIN public.household h ON h.id = e.household_id
  LEFT JOIN public.staff b ON b.id = e.staff_id
  LEFT JOIN public.safety_mark m ON e.tbl = 'safety_mark' AND m.id::text = e.row_key
 WHERE e.at >= :start AND e.at < :end AND (
       e.tbl = 'household' AND e.action = 'update' AND e.detail -> 'is_shielded' ->> 1 = 'false'
    OR e.tbl = 'safety_mark' AND e.action = 'update' AND 'shielded' IN (m.kind::text, e.detail -> 'kind' ->> 0)
    OR e.tbl = 'safety_mark' AND e.action = 'delete' AND e.detail -> 'old' ->> 'kind' = 'shielded')
 ORDER BY h.id, e.at DESC
"""
_TICKS = "SELECT at FROM audit.tick WHERE is_whole AND at >= :start AND at < :end ORDER BY at"


def audit_day(engine: Engine, day: date, now: datetime) -> AuditDay:
    """The day as it stands now; a day that is not over ends with `now`. Needs a superuser."""
    start = datetime.combine(day, time(), tzinfo=JAPAN)
    end = min(start + timedelta(days=1), now)
    span = {"start": start, "end": end}
    with engine.connect() as connection:
        office_name, events, unsealed, seals = connection.execute(text(_COUNTS), span).one()
        ticks = list(connection.scalars(text(_TICKS), span))
        return AuditDay(
            office_name=office_name or "",
            day=day,
            printed_at=now,
            events=events,
            unsealed=unsealed,
            seals=seals,
            before=_seal(connection, start),
            last=_seal(connection, end),
            changes=tuple(_change(row) for row in connection.execute(text(_CHANGES), span)),
            refused=tuple(
                RefusedCount(name=row.name, count=row[1], last_at=row.last_at)
                for row in connection.execute(text(_REFUSED), span)
            ),
            ticks=len(ticks),
            gaps=tick_gaps(ticks, start, end),
            shields=tuple(
                ShieldChange(
                    at=row.at, case_number=row.case_number, by=row.by, by_import=row.by_import
                )
                for row in sorted(connection.execute(text(_SHIELDS), span), key=lambda r: r.at)
            ),
        )


def _seal(connection: Connection, before: datetime) -> Seal | None:
    row = connection.execute(text(_LAST_SEAL), {"at": before}).first()
    return None if row is None else Seal(n=row.n, at=row.at, rows=row.rows, chain=bytes(row.chain))


def _change(row: Any) -> AccountChange:  # noqa: ANN401 - a row of SQLAlchemy
    label = ROLE_LABELS[Role(row.role)] if row.role in set(Role) else ""
    return AccountChange(at=row.at, action=row.action, by=row.by, whom=row.whom, role_label=label)
