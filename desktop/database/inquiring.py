"""The one door through which inquiries (関係先調査) are asked, moved on, sent and answered.

PostgreSQL judges by itself (`security/sql/52_inquiries.sql`); the training office does the same in the unit of work.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Date, Integer, Text, Uuid, cast, func
from sqlalchemy.orm import Session

from desktop.database import inquiring_here
from desktop.database.papering import call, on_server
from desktop.domain.inquiries import (
    Agency,
    AnswerInput,
    InquiryDraft,
    InquiryInput,
    InquiryItem,
    InquiryState,
)
from desktop.domain.office import SignedInStaff

#: Agencies and items in force by code; PostgreSQL looks them up itself.
Tables = tuple[Mapping[str, Agency], Mapping[str, InquiryItem]]


def ask(
    session: Session, staff: SignedInStaff, given: InquiryInput, tables: Tables, at: datetime
) -> None:
    """Draft an inquiry; the same once more changes nothing."""
    if on_server(session):
        whose = (given.inquiry_id, given.household_id, given.person_id, _text(given.agency))
        call(session, func.app.ask_inquiry(*whose, *_draft(given.draft)))
    else:
        inquiring_here.ask(session, staff, given, tables, at)


def redraft(
    session: Session,
    staff: SignedInStaff,
    inquiry_id: UUID,
    shown: int,
    draft: InquiryDraft,
    tables: Tables,
    *,
    at: datetime,
) -> None:
    """Draft a returned inquiry anew."""
    if on_server(session):
        call(session, func.app.redraft_inquiry(*_shown(inquiry_id, shown), *_draft(draft)))
    else:
        inquiring_here.redraft(session, staff, inquiry_id, shown, draft, tables, at=at)


def move(
    session: Session,
    staff: SignedInStaff,
    inquiry_id: UUID,
    shown: int,
    to: InquiryState,
    words: str,
    *,
    at: datetime,
) -> None:
    """Approve, return, remind, check or withdraw."""
    if on_server(session):
        said = (_text(to.value), _text(words))
        call(session, func.app.move_inquiry(*_shown(inquiry_id, shown), *said))
    else:
        inquiring_here.move(session, staff, inquiry_id, shown, to, words, at=at)


def send(
    session: Session,
    staff: SignedInStaff,
    inquiry_id: UUID,
    shown: int,
    batch_id: UUID,
    at: datetime,
) -> None:
    """Note that the letter of this unit of work's print run leaves the office."""
    if on_server(session):
        call(session, func.app.send_inquiry(*_shown(inquiry_id, shown), batch_id))
    else:
        inquiring_here.send(session, staff, inquiry_id, shown, batch_id, at)


def answer(session: Session, staff: SignedInStaff, given: AnswerInput, at: datetime) -> None:
    """Take an answer down."""
    if on_server(session):
        what = (_day(given.answered_on), cast(given.paper_id, Uuid), _text(given.words))
        call(session, func.app.answer_inquiry(*_shown(given.inquiry_id, given.shown), *what))
    else:
        inquiring_here.answer(session, staff, given, at)


def _draft(draft: InquiryDraft) -> tuple[ColumnElement[Any], ...]:
    return (
        cast(list(draft.items), ARRAY(Text)),
        *(_text(draft.more), _text(draft.purpose), _text(draft.consent.value), _day(draft.due_on)),
    )


def _shown(inquiry_id: UUID, shown: int) -> tuple[Any, ...]:
    return inquiry_id, cast(shown, Integer)


def _text(value: str) -> ColumnElement[str]:
    return cast(value, Text)


def _day(value: date) -> ColumnElement[date]:
    return cast(value, Date)
