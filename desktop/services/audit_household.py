"""Who opened or changed the file of a case number, for the auditor and for whoever answers for the office.

Asked first and read then, in two transactions (`services/audit.py`). No ticket is taken and nothing of the file comes
with it: who, when, from which workstation, which kind of row, and the reason a reader gave.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from desktop.database.engine import is_postgresql
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.audit import Access
from desktop.domain.clock import JAPAN, japan_day
from desktop.domain.errors import ValidationError
from desktop.domain.kana import fold_digits
from desktop.domain.office import SignedInStaff
from desktop.models.households import Household
from desktop.services.audit import accesses_from_tickets

_NO_NUMBER = "ケース番号を入力してください。"
_UNKNOWN = "このケース番号の世帯はありません。番号を確かめてください。"
_TURNED = "終わりの日は、始まりの日と同じ日か後の日にしてください。"


def household_accesses(
    work: UnitOfWork,
    staff: SignedInStaff,
    case_number: str,
    since: date | None,
    until: date | None,
) -> tuple[Access, ...]:
    """Everything from the day `since` to the end of the day `until` (None: without bound), newest first.

    Raises ValidationError (case_number, until). The training office has openings and prints only.
    """
    number = fold_digits(case_number).strip()
    if not number:
        raise ValidationError(case_number=_NO_NUMBER)
    if since and until and until < since:
        raise ValidationError(until=_TURNED)
    if not is_postgresql(work.engine):
        with work() as session:
            return _of_training(session, staff, number, since, until)
    with work() as session:
        household_id = session.scalars(select(func.app.ask_household_audit(number))).one()
    with work() as session:
        return _from_trail(session, household_id, since, until)


def _from_trail(
    session: Session, household_id: UUID, since: date | None, until: date | None
) -> tuple[Access, ...]:
    bounds = {
        "since": _start(since),
        "until": _start(until and until + timedelta(days=1)),
    }
    found = session.execute(
        text(
            "SELECT * FROM app.household_audit(:household,"
            " CAST(:since AS timestamptz), CAST(:until AS timestamptz))"
        ),
        {"household": household_id, **bounds},
    )
    return tuple(
        Access(
            at=row.at,
            who=row.who or "",
            purpose=row.purpose,
            reason=row.reason,
            outside_duty=row.outside_duty,
            client=row.client or "",
            parts=tuple(row.parts),
        )
        for row in found
    )


def _of_training(
    session: Session, staff: SignedInStaff, number: str, since: date | None, until: date | None
) -> tuple[Access, ...]:
    household_id = session.scalars(
        select(Household.id).where(
            Household.case_number == number, Household.office_id == staff.office_id
        )
    ).one_or_none()
    if household_id is None:
        raise ValidationError(case_number=_UNKNOWN)
    return tuple(
        access
        for access in accesses_from_tickets(session, staff, household_id)
        if (since is None or japan_day(access.at) >= since)
        and (until is None or japan_day(access.at) <= until)
    )


def _start(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), tzinfo=JAPAN) if day else None
