"""The one door of the search (全文検索): what is looked for is committed first, then what the person may read is found.

PostgreSQL judges by itself (`security/sql/66_search.sql`); the training office looks through the same folded text here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Text,
    Uuid,
    and_,
    cast,
    func,
    insert,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session

from desktop.database.papering import on_server
from desktop.domain.errors import NotPermittedError
from desktop.domain.ids import new_id
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import TICKET_MINUTES, Purpose
from desktop.domain.search import MOST_COUNTED, PAGE, SearchAsked
from desktop.domain.search_text import Term, canonical
from desktop.models.households import Household
from desktop.models.imports import Ticket, TicketHousehold
from desktop.models.records import EntryRecord, SegmentText
from desktop.models.search import SearchText

_NO_TICKET = "検索の記録がありません。もう一度検索してください。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An entry that was found, with its texts in their order, and how many there are."""

    entry_id: UUID
    words: tuple[str, ...]
    total: int


def ask(session: Session, staff: SignedInStaff, terms: tuple[Term, ...], now: datetime) -> UUID:
    """Note what is looked for, in a transaction of its own; return the ticket."""
    if on_server(session):
        made = func.app.ask_search(canonical(terms), type_=Uuid())
        return session.scalars(select(made)).one()
    ticket_id = new_id()
    session.execute(
        insert(Ticket).values(
            id=ticket_id,
            office_id=staff.office_id,
            staff_id=staff.staff_id,
            purpose=Purpose.SEARCH.value,
            reason=canonical(terms),
            opened_at=now,
            valid_until=now + timedelta(minutes=TICKET_MINUTES),
        )
    )
    return ticket_id


def find(
    session: Session,
    staff: SignedInStaff,
    ticket_id: UUID,
    asked: SearchAsked,
    household_id: UUID | None,
    now: datetime,
) -> list[Found]:
    """A page and one more. Raises NotPermittedError without a ticket of the person's own that still holds."""
    if on_server(session):
        return _find_on_server(session, ticket_id, asked, household_id)
    return _find_here(session, staff, ticket_id, asked, household_id, now)


def _find_on_server(
    session: Session, ticket_id: UUID, asked: SearchAsked, household_id: UUID | None
) -> list[Found]:
    after = asked.after
    told = func.app.search_entries(
        cast(ticket_id, Uuid()),
        cast(household_id, Uuid()),
        cast(asked.kind, Text()),
        cast(asked.author_id, Uuid()),
        cast(asked.first, Date()),
        cast(asked.last, Date()),
        cast(after and after.event_on, Date()),
        cast(after and after.entry_id, Uuid()),
    ).table_valued("entry_id", "words", "total")
    rows = session.execute(select(told.c.entry_id, told.c.words, told.c.total)).all()
    return [Found(entry_id=row[0], words=tuple(row[1]), total=row[2]) for row in rows]


def _find_here(
    session: Session,
    staff: SignedInStaff,
    ticket_id: UUID,
    asked: SearchAsked,
    household_id: UUID | None,
    now: datetime,
) -> list[Found]:
    t, e, h = SearchText, EntryRecord, Household
    ticket = session.get(Ticket, ticket_id)
    is_own = ticket is not None and ticket.staff_id == staff.staff_id
    if ticket is None or not is_own or ticket.purpose != "search" or ticket.valid_until <= now:
        raise NotPermittedError(_NO_TICKET)
    ids = session.scalars(
        select(t.entry_id)
        .join(e, e.id == t.entry_id)
        .join(h, h.id == t.household_id)
        .where(
            t.office_id == staff.office_id,
            _near(staff, now),
            or_(
                e.state != "draft",
                e.approved_version.is_not(None),
                e.author_id == staff.staff_id,
            ),
            *_says(ticket.reason),
            *_narrowed(asked, household_id),
        )
        .order_by(t.event_on.desc(), t.entry_id.desc())
        .limit(MOST_COUNTED)
    ).all()
    return [
        Found(entry_id=each, words=_words(session, each), total=len(ids))
        for each in ids[: PAGE + 1]
    ]


def _near(staff: SignedInStaff, now: datetime) -> ColumnElement[bool]:
    """Files that the person looks after or has opened."""
    if staff.is_office_wide:
        return true()
    opened = (
        select(TicketHousehold.household_id)
        .join(Ticket, Ticket.id == TicketHousehold.ticket_id)
        .where(Ticket.staff_id == staff.staff_id, Ticket.valid_until > now)
    )
    h = Household
    return or_(
        h.district_id.in_(staff.duty_district_ids),
        h.id.in_(staff.care_household_ids),
        h.id.in_(opened),
    )


def _says(words: str) -> list[ColumnElement[bool]]:
    return [
        func.instr(SearchText.folded, word[1:]) == 0
        if word.startswith("-")
        else func.instr(SearchText.folded, word) > 0
        for word in words.split(" ")
    ]


def _narrowed(asked: SearchAsked, household_id: UUID | None) -> list[ColumnElement[bool]]:
    t, e, after = SearchText, EntryRecord, asked.after
    found = [
        condition
        for condition in (
            None if household_id is None else t.household_id == household_id,
            None if asked.kind is None else e.kind == asked.kind,
            None if asked.author_id is None else e.author_id == asked.author_id,
            None if asked.first is None else t.event_on >= asked.first,
            None if asked.last is None else t.event_on <= asked.last,
        )
        if condition is not None
    ]
    if after is not None:
        earlier = and_(t.event_on == after.event_on, t.entry_id < after.entry_id)
        found.append(or_(t.event_on < after.event_on, earlier))
    return found


def _words(session: Session, entry_id: UUID) -> tuple[str, ...]:
    s, e = SegmentText, EntryRecord
    rows = session.execute(
        select(s.text, s.source)
        .join(e, e.id == s.entry_id)
        .where(e.id == entry_id, s.version == func.coalesce(e.approved_version, e.version))
        .order_by(s.position)
    )
    return tuple(part for row in rows for part in row if part)
