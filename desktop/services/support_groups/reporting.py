"""What the supervisor decided from the list since the last conference: reported to the next one. Facts only."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from desktop.domain.clock import japan_day
from desktop.domain.errors import NotPermittedError
from desktop.domain.office import SignedInStaff
from desktop.domain.support_group_lists import UnchangedRow
from desktop.domain.support_groups import DecidedBy
from desktop.models.conferences import CaseConference
from desktop.models.households import Household, Person
from desktop.models.office import Staff
from desktop.models.support_groups import SupportGroupDecision
from desktop.services.duty import duty_households


def unchanged_reported(
    session: Session, staff: SignedInStaff, conference_id: UUID
) -> tuple[UnchangedRow, ...]:
    """Decisions without a conference that this one hears of, within the person's duty: each is heard by the one that is closed next.

    Raises NotPermittedError where there is no such conference.
    """
    conference = session.get(CaseConference, conference_id)
    if conference is None or conference.office_id != staff.office_id:
        raise NotPermittedError("この会議は見つかりません。")
    d, h, p = SupportGroupDecision, Household, Person
    since, until = _last_closed(session, conference), conference.closed_at
    within = and_(
        d.how == DecidedBy.SUPERVISOR,
        *(() if since is None else (d.decided_at > since,)),
        *(() if until is None else (d.decided_at <= until,)),
    )
    rows = session.execute(
        select(d, h.case_number, p.name, Staff.name)
        .join(h, h.id == d.household_id)
        .join(p, p.id == d.person_id)
        .join(Staff, Staff.id == d.decided_by)
        .where(within, duty_households(staff))
        .order_by(d.decided_at, d.id)
    )
    return tuple(
        UnchangedRow(
            household_id=row.household_id,
            case_number=case_number,
            person_id=row.person_id,
            name=name,
            group=row.group,
            decided_on=japan_day(row.decided_at),
            decided_by=by,
            next_review_on=row.next_review_on,
        )
        for row, case_number, name, by in rows
    )


def _last_closed(session: Session, conference: CaseConference) -> datetime | None:
    """When the conference before this one was closed."""
    c = CaseConference
    earlier = select(func.max(c.closed_at)).where(
        c.office_id == conference.office_id, c.id != conference.id, c.closed_at.is_not(None)
    )
    if conference.closed_at is not None:
        earlier = earlier.where(c.closed_at < conference.closed_at)
    return session.scalar(earlier)
