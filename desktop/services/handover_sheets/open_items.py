"""What waits in a household today: to-dos whoever holds them, calls, papers, inquiries, what is over its day, unapproved records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.briefs import Brief, VisitSide
from desktop.domain.declarations import DECLARATION_KIND
from desktop.domain.era import DateStyle, format_date
from desktop.domain.handover_sheets import GIVEN, HandoverLine, line_of
from desktop.domain.inquiries import INQUIRY_TASK
from desktop.domain.labels import ENTRY_STATE
from desktop.domain.office import SignedInStaff
from desktop.domain.records import EntryState
from desktop.domain.telephone_memos import desk_words
from desktop.domain.todos import TodoState
from desktop.domain.transfers import TRANSFER_TODO
from desktop.models.inquiries import Inquiry
from desktop.models.records import EntryRecord
from desktop.models.telephone_memos import TelephoneMemo, TelephoneMemoText
from desktop.models.todos import Todo, TodoText
from desktop.models.transfers import TransferRecord
from desktop.services.masters import lookup


def open_lines(
    session: Session,
    staff: SignedInStaff,
    household_id: UUID,
    brief: Brief,
    side: VisitSide,
    today: date,
) -> Iterator[HandoverLine]:
    """Everything that somebody has to do now, or should have done."""
    yield from _given(session, household_id, today)
    yield from _calls(session, household_id, today)
    yield from _late(brief, today)
    for paper in brief.papers:
        words = f"{paper.kind_label}（受領番号 {paper.label}、{paper.age}日経過）"
        yield line_of("受領書類", None, words, today)
    for declaration in side.expiring:
        words = f"{DECLARATION_KIND[declaration.kind]}（{declaration.person}）"
        yield line_of("申告", declaration.due_on, words, today)
    yield from _inquiries(session, staff, household_id, today)
    yield from _unapproved(session, household_id, today)


def _given(session: Session, household_id: UUID, today: date) -> Iterator[HandoverLine]:
    rows = session.execute(
        select(Todo.origin, Todo.due_on, TodoText.text)
        .join(TodoText, TodoText.todo_id == Todo.id)
        .where(Todo.household_id == household_id, Todo.state == TodoState.OPEN)
    )
    for origin, due_on, text in rows:
        yield line_of(GIVEN.get(origin, "やること"), due_on, text, today)


def _calls(session: Session, household_id: UUID, today: date) -> Iterator[HandoverLine]:
    m, t = TelephoneMemo, TelephoneMemoText
    rows = session.execute(
        select(m.due_on, t.who, t.what, m.call_back)
        .join(t, t.memo_id == m.id)
        .where(m.household_id == household_id, m.answered_at.is_(None))
    )
    for due_on, who, what, call_back in rows:
        yield line_of("電話メモ", due_on, desk_words(who, what, call_back), today)


def _late(brief: Brief, today: date) -> Iterator[HandoverLine]:
    """What the policy and the record promised and the day of which is over; promises without a day as well."""
    for duty in brief.open_duties:
        if duty.by_on is not None and duty.by_on < today:
            yield line_of("方針の取組", duty.by_on, duty.words, today)
    for promise in brief.promises:
        if promise.due_on is None or promise.due_on < today:
            words = f"{promise.who}：{promise.what}" if promise.who else promise.what
            yield line_of("約束", promise.due_on, words, today)
    if brief.review_due_on is not None and brief.review_due_on < today:
        yield line_of("見直し", brief.review_due_on, "援助方針の見直しの期日を過ぎています", today)


def _inquiries(
    session: Session, staff: SignedInStaff, household_id: UUID, today: date
) -> Iterator[HandoverLine]:
    agencies = lookup.inquiry_agencies(session, staff.office_id, today)
    found = session.scalars(
        select(Inquiry).where(
            Inquiry.household_id == household_id, Inquiry.state.in_(set(INQUIRY_TASK))
        )
    )
    for inquiry in found:
        agency = agencies.get(inquiry.agency)
        words = f"{INQUIRY_TASK[inquiry.state]}：{agency.name if agency else inquiry.agency}"
        yield line_of("照会", inquiry.due_on, words, today)
    moves = session.scalars(
        select(TransferRecord.state).where(
            TransferRecord.household_id == household_id,
            TransferRecord.state.in_(set(TRANSFER_TODO)),
        )
    )
    for state in moves:
        yield line_of("移管", None, TRANSFER_TODO[state], today)


def _unapproved(session: Session, household_id: UUID, today: date) -> Iterator[HandoverLine]:
    """Records that nobody has approved: how many, in which state, since when."""
    e = EntryRecord
    states = (EntryState.DRAFT, EntryState.RETURNED, EntryState.SUBMITTED)
    rows = session.execute(
        select(e.state, func.count(), func.min(e.event_on))
        .where(
            e.household_id == household_id,
            e.state.in_(states),
            e.is_annulled.is_(False),
        )
        .group_by(e.state)
        .order_by(e.state)
    )
    for state, count, oldest in rows:
        since = format_date(oldest, DateStyle.SHORT)
        words = f"{ENTRY_STATE[state]} {count}件（古いものは{since}）"
        yield line_of("記録", None, words, today)
