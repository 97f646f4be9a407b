"""What answers an instruction without words: a record of the owner about the household, handed in since."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.era import format_date
from desktop.domain.records import EntryState
from desktop.models.records import EntryRecord
from desktop.models.todos import Todo


def answering_record(session: Session, todo: Todo) -> str:
    """The newest one by its number, as a reply; "" where there is none. A draft, which nobody else reads, is none."""
    e = EntryRecord
    found = session.execute(
        select(e.number, e.event_on)
        .where(
            e.household_id == todo.household_id,
            e.author_id == todo.owner_id,
            e.recorded_at >= todo.created_at,
            e.state.in_((EntryState.SUBMITTED, EntryState.APPROVED)),
            e.is_annulled.is_(False),
            e.number.is_not(None),
            e.id != todo.origin_id,
        )
        .order_by(e.recorded_at.desc(), e.number.desc())
        .limit(1)
    ).first()
    return (
        ""
        if found is None
        else f"記録 No.{found.number}（{format_date(found.event_on)}）に書きました。"
    )
