"""The one door of the search (全文検索): what is looked for is committed first, then what the person may read is found.

PostgreSQL judges by itself (`security/sql/66_search.sql`); the training office asks the same text here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Text,
    Uuid,
    and_,
    bindparam,
    cast,
    func,
    insert,
    not_,
    or_,
    select,
    text,
    true,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import TextualSelect

from desktop.database import saved_searches
from desktop.database.papering import on_server
from desktop.database.search_here import PAIRS, matching, words_of
from desktop.domain.errors import NotPermittedError
from desktop.domain.ids import new_id
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import TICKET_MINUTES, Purpose
from desktop.domain.search import MOST_COUNTED, PAGE, SearchAsked, SearchNoun
from desktop.domain.search_text import Term, canonical, read_canonical
from desktop.models.households import Household
from desktop.models.imports import Ticket, TicketHousehold
from desktop.models.search import SearchText

_NO_TICKET = "検索の記録がありません。もう一度検索してください。"
#: What PostgreSQL tells of each thing.
_COLUMNS = (
    *("noun", "row_id", "household_id", "event_on", "author_id", "kind"),
    *("is_draft", "words", "total"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A thing that was found, with its texts in their order, and how many there are."""

    noun: SearchNoun
    row_id: UUID
    household_id: UUID
    event_on: date
    author_id: UUID | None
    kind: str | None
    is_draft: bool
    words: tuple[str, ...] = field(repr=False)
    total: int


def ask(
    session: Session,
    staff: SignedInStaff,
    terms: tuple[Term, ...],
    now: datetime,
    saved_id: UUID | None = None,
) -> UUID:
    """Note what is looked for, in a transaction of its own; return the ticket.

    For a saved search (`saved_id`) the ticket takes its purpose. Raises NotPermittedError where it is not the person's own or is over.
    """
    if on_server(session):
        words = canonical(terms)
        made = (
            func.app.ask_search(words, type_=Uuid())
            if saved_id is None
            else func.app.ask_saved_search(cast(saved_id, Uuid()), words, type_=Uuid())
        )
        return session.scalars(select(made)).one()
    ticket_id = new_id()
    aim = None if saved_id is None else saved_searches.aim(session, staff, saved_id, now)
    session.execute(
        insert(Ticket).values(
            id=ticket_id,
            office_id=staff.office_id,
            staff_id=staff.staff_id,
            purpose=Purpose.SEARCH.value,
            reason=canonical(terms),
            opened_at=now,
            valid_until=now + timedelta(minutes=TICKET_MINUTES),
            aim=aim,
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
    told = func.app.search_texts(
        cast(ticket_id, Uuid()),
        cast(asked.noun, Text()),
        cast(household_id, Uuid()),
        cast(asked.kind, Text()),
        cast(asked.author_id, Uuid()),
        cast(asked.first, Date()),
        cast(asked.last, Date()),
        cast(after and after.event_on, Date()),
        cast(after and after.row_id, Uuid()),
    ).table_valued(*_COLUMNS)
    rows = session.execute(select(*(told.c[name] for name in _COLUMNS)))
    return [
        Found(
            noun=SearchNoun(row.noun),
            row_id=row.row_id,
            household_id=row.household_id,
            event_on=row.event_on,
            author_id=row.author_id,
            kind=row.kind,
            is_draft=row.is_draft,
            words=tuple(row.words),
            total=row.total,
        )
        for row in rows
    ]


def _find_here(
    session: Session,
    staff: SignedInStaff,
    ticket_id: UUID,
    asked: SearchAsked,
    household_id: UUID | None,
    now: datetime,
) -> list[Found]:
    t, h = SearchText, Household
    ticket = session.get(Ticket, ticket_id)
    is_own = ticket is not None and ticket.staff_id == staff.staff_id
    if ticket is None or not is_own or ticket.purpose != "search" or ticket.valid_until <= now:
        raise NotPermittedError(_NO_TICKET)
    terms = read_canonical(ticket.reason)
    rows = session.scalars(
        select(t)
        .join(h, h.id == t.household_id)
        .where(
            t.place.in_(_candidates(terms)),
            t.office_id == staff.office_id,
            _near(staff, now),
            or_(t.only_for.is_(None), t.only_for == staff.staff_id),
            *map(_says, terms),
            *_narrowed(asked, household_id),
        )
        .order_by(t.event_on.desc(), t.row_id.desc())
        .limit(MOST_COUNTED)
    ).all()
    return [
        Found(
            noun=SearchNoun(row.noun),
            row_id=row.row_id,
            household_id=row.household_id,
            event_on=row.event_on,
            author_id=row.author_id,
            kind=row.kind,
            is_draft=row.only_for is not None,
            words=words_of(session.connection(), row.noun, row.row_id),
            total=len(rows),
        )
        for row in rows[: PAGE + 1]
    ]


def _candidates(terms: tuple[Term, ...]) -> TextualSelect:
    """Places of texts that have all pairs of the words."""
    asked = text(f"SELECT rowid AS place FROM {PAIRS} WHERE {PAIRS} MATCH :pairs")  # noqa: S608
    return asked.bindparams(bindparam("pairs", matching(terms))).columns(SearchText.place)


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


def _says(term: Term) -> ColumnElement[bool]:
    """Whether a folded text has the word, or one that means the same."""
    has = or_(*(func.instr(SearchText.folded, word) > 0 for word in term.words))
    return not_(has) if term.is_excluded else has


def _narrowed(asked: SearchAsked, household_id: UUID | None) -> list[ColumnElement[bool]]:
    t, after = SearchText, asked.after
    found = [
        condition
        for condition in (
            None if household_id is None else t.household_id == household_id,
            None if asked.noun is None else t.noun == asked.noun,
            None if asked.kind is None else and_(t.kind == asked.kind, t.noun == SearchNoun.ENTRY),
            None if asked.author_id is None else t.author_id == asked.author_id,
            None if asked.first is None else t.event_on >= asked.first,
            None if asked.last is None else t.event_on <= asked.last,
        )
        if condition is not None
    ]
    if after is not None:
        earlier = and_(t.event_on == after.event_on, t.row_id < after.row_id)
        found.append(or_(t.event_on < after.event_on, earlier))
    return found
