"""An absence is entered: by its own screen, or with the re-planning that it was the reason for."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.domain.errors import NotPermittedError, ValidationError
from desktop.domain.office import SignedInStaff
from desktop.domain.working_time import MOST_WEEKS, WEEKDAYS, AwayInput
from desktop.models.working_time import WorkingAbsence
from desktop.services.working_time import team


def enter_away(
    session: Session, staff: SignedInStaff, given: AwayInput, today: date, at: datetime
) -> None:
    """Store it; a retry stores once. Raises ValidationError per field, NotPermittedError for somebody else's time."""
    _check(given)
    team.refuse_unless_kept(session, staff, given.staff_id, today)
    if (known := session.get(WorkingAbsence, given.away_id)) is not None:
        if known.entered_by != staff.staff_id or known.staff_id != given.staff_id:
            raise NotPermittedError(team.NOT_YOURS)
        return
    session.add(
        WorkingAbsence(
            id=given.away_id,
            office_id=staff.office_id,
            staff_id=given.staff_id,
            kind=given.kind,
            first_on=given.first_on,
            last_on=given.last_on,
            half=given.half,
            weekday=given.weekday,
            every_weeks=given.every_weeks,
            entered_by=staff.staff_id,
            entered_at=at,
        )
    )


def is_entered(session: Session, given: AwayInput) -> bool:
    """Whether an absence that stands covers all of it already."""
    a = WorkingAbsence
    found = session.scalars(
        select(a.id)
        .where(
            a.staff_id == given.staff_id,
            a.struck_at.is_(None),
            a.weekday.is_(None),
            a.first_on <= given.first_on,
            a.last_on >= given.last_on,
            a.half.is_(None) if given.half is None else or_(a.half.is_(None), a.half == given.half),
        )
        .limit(1)
    )
    return found.first() is not None


def _check(given: AwayInput) -> None:
    if given.last_on is None and given.weekday is None:
        raise ValidationError(last_on="終わりの日を入力してください。")
    if given.last_on is not None and given.last_on < given.first_on:
        raise ValidationError(last_on="終わりの日は、初めの日より後にしてください。")
    if given.weekday is not None and not 0 <= given.weekday < len(WEEKDAYS):
        raise ValidationError(weekday="月曜から金曜の中から選んでください。")
    if not 1 <= given.every_weeks <= MOST_WEEKS:
        raise ValidationError(every_weeks=f"1週から{MOST_WEEKS}週ごとまでにしてください。")
