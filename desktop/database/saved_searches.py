"""Saved searches (保存した検索) where no server keeps them: running one, and emptying what is long over.

PostgreSQL does both by itself (`security/sql/59_saved_searches.sql`), the emptying in its scheduled command.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from desktop.database.papering import on_server
from desktop.domain.clock import japan_day
from desktop.domain.errors import NotPermittedError
from desktop.domain.office import SignedInStaff
from desktop.models.saved_searches import SavedSearchRow

_GONE = "この保存した検索は見つかりません。"
_OVER = "期限を過ぎているので探しませんでした（「目的を書いて延ばす」で、また使えます）。"


def aim(session: Session, staff: SignedInStaff, search_id: UUID, now: datetime) -> str:
    """What the person's own search is for. Raises NotPermittedError where it is another's, ended or over."""
    row = session.get(SavedSearchRow, search_id)
    if row is None or row.staff_id != staff.staff_id or row.ended_at is not None:
        raise NotPermittedError(_GONE)
    if row.valid_until < japan_day(now):
        raise NotPermittedError(_OVER)
    return row.purpose


def empty_old(session: Session, staff: SignedInStaff, days: int, now: datetime) -> None:
    """End the person's searches that are over for more than so many days, in the training office: there is no scheduled command."""
    if on_server(session):
        return
    r = SavedSearchRow
    session.execute(
        update(r)
        .where(
            r.staff_id == staff.staff_id,
            r.ended_at.is_(None),
            r.valid_until < japan_day(now) - timedelta(days=days),
        )
        .values(name="", words="", case_number="", ended_at=now)
    )
