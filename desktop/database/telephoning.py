"""The one door through which telephone memos (電話メモ) are answered, and a household that nobody knew is put in.

PostgreSQL judges by itself (`security/sql/59_telephone_memos.sql`); the training office does the same in the unit of work.
Whoever calls has looked that the memo is before the person, and that the files are open.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Text, Uuid, cast, func
from sqlalchemy.orm import Session

from desktop.database.papering import call, on_server
from desktop.domain.errors import ConflictError
from desktop.domain.office import SignedInStaff
from desktop.models.telephone_memos import TelephoneMemo, TelephoneMemoText

_ANSWERED = "この電話メモには、ほかの人がもう答えています。"
_IDENTIFIED = "この電話メモの世帯は、ほかの人がもう決めています。"


def answer(
    session: Session,
    staff: SignedInStaff,
    memo_id: UUID,
    words: str,
    entry_id: UUID | None,
    at: datetime,
) -> None:
    """Say once what became of a call. Raises ConflictError where somebody was faster."""
    if on_server(session):
        call(session, func.app.answer_memo(memo_id, cast(words, Text), cast(entry_id, Uuid)))
        return
    memo = _open(session, memo_id)
    memo.answered_by, memo.answered_at, memo.answer_entry_id = staff.staff_id, at, entry_id
    session.get_one(TelephoneMemoText, memo_id).answer = words


def identify(
    session: Session,
    staff: SignedInStaff,
    memo_id: UUID,
    household_id: UUID,
    entry_id: UUID | None,
    at: datetime,
) -> None:
    """Put in the household of an unidentified call, and what it became there. ConflictError where it has one."""
    if on_server(session):
        call(session, func.app.identify_memo(memo_id, household_id, cast(entry_id, Uuid)))
        return
    memo = _open(session, memo_id)
    if memo.household_id is not None:
        raise ConflictError(_IDENTIFIED)
    memo.household_id, memo.entry_id = household_id, entry_id
    memo.identified_by, memo.identified_at = staff.staff_id, at
    session.get_one(TelephoneMemoText, memo_id).household_id = household_id


def _open(session: Session, memo_id: UUID) -> TelephoneMemo:
    memo = session.get_one(TelephoneMemo, memo_id, with_for_update=True)
    if memo.answered_at is not None:
        raise ConflictError(_ANSWERED)
    return memo
