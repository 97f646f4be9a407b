"""Letters about visits that wait for paper: calls after absences in a row (L-03), and word of visits that were promised (L-04)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import func, select

from desktop.domain.clock import JAPAN, japan_day
from desktop.domain.working_time import HALF_LABEL
from desktop.models.households import Household
from desktop.models.issued_forms import IssuedFormRecord
from desktop.models.office import District
from desktop.services.masters import lookup
from desktop.services.printing.waiting_rows import Found, Waiting, ready_row
from desktop.services.supervision.scope import Scope
from desktop.services.supervision.visits import series_of_absences
from desktop.services.visit_plans.announced import announced_visits

CALL, NOTICE = "L-03", "L-04"
#: Households that are read at once.
_AT_ONCE = 500


def calls(waiting: Waiting) -> Iterator[Found]:
    """Households that nobody met as often in a row as rule V12 allows, and that were not written to since the last time."""
    limits = lookup.thresholds(waiting.session, waiting.staff.office_id, waiting.today)
    scope = Scope(
        office_id=waiting.staff.office_id,
        district_ids=frozenset(waiting.district_ids) if waiting.district_ids else None,
        today=waiting.today,
        limits=limits,
        caseworkers={},
    )
    found = {
        s.household_id: (s.attempts[-1][0], len(s.attempts))
        for s in series_of_absences(waiting.session, scope)
        if len(s.attempts) >= limits.v12_absences
    }
    written = _written(waiting, CALL, found)
    for household, code in _households(waiting, found):
        last, count = found[household.id]
        if written.get(household.id, date.min) < last:
            yield ready_row(
                CALL,
                household.id,
                household,
                district_code=code,
                author=None,
                label=f"不在{count}回",
                on=last,
                since=datetime.combine(last, time(), tzinfo=JAPAN),
            )


def notices(waiting: Waiting) -> Iterator[Found]:
    """Households that are to be told of a visit that is near, and were not written to within these days."""
    office_id, today = waiting.staff.office_id, waiting.today
    days = timedelta(days=lookup.thresholds(waiting.session, office_id, today).visit_letter_days)
    found = announced_visits(waiting.session, office_id, today, today + days)
    written = _written(waiting, NOTICE, found)
    for household, code in _households(waiting, found):
        visit = found[household.id]
        if written.get(household.id, date.min) < visit.day - days:
            yield ready_row(
                NOTICE,
                household.id,
                household,
                district_code=code,
                author=None,
                label=HALF_LABEL[visit.half] if visit.half else "",
                on=visit.day,
                since=visit.approved_at,
            )


def _households(waiting: Waiting, ids: Collection[UUID]) -> Iterator[tuple[Household, str]]:
    """These households of the districts looked at, with the district's code, by district and case number."""
    wanted, rows = sorted(ids), []
    for begin in range(0, len(wanted), _AT_ONCE):
        query = (
            select(Household, District.code)
            .join(District, District.id == Household.district_id)
            .where(Household.id.in_(wanted[begin : begin + _AT_ONCE]))
        )
        if waiting.district_ids:
            query = query.where(Household.district_id.in_(waiting.district_ids))
        rows += [(household, code) for household, code in waiting.session.execute(query)]
    yield from sorted(rows, key=lambda row: (row[1], row[0].case_number))


def _written(waiting: Waiting, form_code: str, ids: Collection[UUID]) -> dict[UUID, date]:
    """Household → the day of its last such letter that is in force."""
    f, wanted = IssuedFormRecord, sorted(ids)
    found: dict[UUID, date] = {}
    for begin in range(0, len(wanted), _AT_ONCE):
        rows = waiting.session.execute(
            select(f.household_id, func.max(f.issued_at))
            .where(
                f.household_id.in_(wanted[begin : begin + _AT_ONCE]),
                f.form_code == form_code,
                f.voided_at.is_(None),
            )
            .group_by(f.household_id)
        )
        found |= {household_id: japan_day(at) for household_id, at in rows}
    return found
