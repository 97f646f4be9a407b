"""Inquiries where the database has no rules of its own (SQLite, the training office), in the unit of work's session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from desktop.database.paper_access import is_before
from desktop.domain import inquiries as rules
from desktop.domain.clock import japan_day
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.inquiries import (
    WITH_MORE,
    Agency,
    AnswerInput,
    InquiryDraft,
    InquiryInput,
    InquiryItem,
    InquiryMove,
    InquiryState,
    move_of,
)
from desktop.domain.office import SignedInStaff
from desktop.domain.papers import fiscal_year
from desktop.domain.roles import Permission
from desktop.models.households import Household, Member
from desktop.models.imports import Ticket, TicketHousehold
from desktop.models.inquiries import (
    Inquiry,
    InquiryBook,
    InquiryItemRecord,
    InquiryStepRecord,
    InquiryStepText,
    InquiryText,
)
from desktop.models.papers import PaperRecord

_YEAR = timedelta(days=366)
_Tables = tuple[Mapping[str, Agency], Mapping[str, InquiryItem]]


def ask(
    session: Session, staff: SignedInStaff, given: InquiryInput, tables: _Tables, at: datetime
) -> None:
    """Draft an inquiry."""
    household = session.get(Household, given.household_id)
    if household is None or household.office_id != staff.office_id:
        raise NotPermittedError(rules.NOT_BEFORE_YOU)
    if not is_before(session, staff, household, at):
        raise NotPermittedError(rules.NOT_BEFORE_YOU)
    known = session.get(Inquiry, given.inquiry_id)
    if known is not None:
        if (known.asked_by, known.household_id, known.person_id, known.agency) != (
            *(staff.staff_id, given.household_id, given.person_id, given.agency),
        ):
            raise NotPermittedError(rules.NO_INQUIRY)
        return
    belongs = (Member.household_id == given.household_id) & (Member.person_id == given.person_id)
    if not session.scalar(select(exists().where(belongs))):
        raise ValidationError(person_id=rules.NOT_A_MEMBER)
    items = _checked(given.draft, given.agency, tables, at)
    year = fiscal_year(japan_day(at))
    number = _next_number(session, staff.office_id, year)
    inquiry = Inquiry(
        id=given.inquiry_id,
        office_id=staff.office_id,
        household_id=given.household_id,
        fiscal_year=year,
        number=number,
        person_id=given.person_id,
        agency=given.agency,
        basis=rules.basis_of(items),
        consent=given.draft.consent,
        state=InquiryState.DRAFTED,
        step=0,
        asked_by=staff.staff_id,
        asked_at=at,
        due_on=given.draft.due_on,
        reminders=0,
    )
    session.add(inquiry)
    _write(session, staff, inquiry, given.draft, items, at)


def redraft(
    session: Session,
    staff: SignedInStaff,
    inquiry_id: UUID,
    shown: int,
    draft: InquiryDraft,
    tables: _Tables,
    *,
    at: datetime,
) -> None:
    """Draft a returned inquiry anew."""
    inquiry, _ = _at_hand(session, staff, inquiry_id, shown, InquiryState.DRAFTED, at)
    items = _checked(draft, inquiry.agency, tables, at)
    inquiry.consent, inquiry.due_on = draft.consent, draft.due_on
    inquiry.basis = rules.basis_of(items)
    _write(session, staff, inquiry, draft, items, at)


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
    inquiry, rule = _at_hand(session, staff, inquiry_id, shown, to, at)
    if (inquiry.state, to) in WITH_MORE:
        raise ConflictError(rules.NO_MOVE)
    missing = f"{rule.words_label}を入力してください。" if rule.words_label else ""
    words = _words(words, "words", missing)
    match to:
        case InquiryState.APPROVED:
            inquiry.approved_by, inquiry.approved_at = staff.staff_id, at
        case InquiryState.SENT:
            inquiry.reminders, inquiry.reminded_at = inquiry.reminders + 1, at
        case InquiryState.CHECKED:
            inquiry.checked_at = at
        case _:
            pass
    _step(session, staff, inquiry, to, at, words)


def send(
    session: Session,
    staff: SignedInStaff,
    inquiry_id: UUID,
    shown: int,
    batch_id: UUID,
    at: datetime,
) -> None:
    """Note that the letter leaves the office."""
    inquiry, _ = _at_hand(session, staff, inquiry_id, shown, InquiryState.SENT, at)
    if inquiry.state is not InquiryState.APPROVED:
        raise ConflictError(rules.NO_MOVE)
    inquiry.sent_at, inquiry.batch_id = at, batch_id
    _step(session, staff, inquiry, InquiryState.SENT, at)


def answer(session: Session, staff: SignedInStaff, given: AnswerInput, at: datetime) -> None:
    """Take an answer down."""
    inquiry, _ = _at_hand(session, staff, given.inquiry_id, given.shown, InquiryState.ANSWERED, at)
    words = _words(given.words, "words", rules.NO_ANSWER)
    sent_on = japan_day(inquiry.sent_at) if inquiry.sent_at else japan_day(at)
    if not sent_on <= given.answered_on <= japan_day(at):
        raise ValidationError(answered_on=rules.NOT_YET)
    if given.paper_id is not None:
        paper = session.get(PaperRecord, given.paper_id)
        if paper is None or paper.household_id != inquiry.household_id:
            raise NotPermittedError(rules.OTHER_PAPER)
    inquiry.answered_on, inquiry.answered_at = given.answered_on, at
    inquiry.paper_id = given.paper_id
    _step(session, staff, inquiry, InquiryState.ANSWERED, at, words)


def _at_hand(
    session: Session,
    staff: SignedInStaff,
    inquiry_id: UUID,
    shown: int,
    to: InquiryState,
    at: datetime,
) -> tuple[Inquiry, InquiryMove]:
    """The inquiry as it was shown, for a step that the person may take."""
    inquiry = session.get(Inquiry, inquiry_id, populate_existing=True)
    if inquiry is None or inquiry.office_id != staff.office_id:
        raise NotPermittedError(rules.NO_INQUIRY)
    household = session.get_one(Household, inquiry.household_id)
    if not is_before(session, staff, household, at):
        raise NotPermittedError(rules.NO_INQUIRY)
    if inquiry.step != shown:
        raise ConflictError(rules.MOVED_ON)
    rule = move_of(inquiry.state, to)
    if rule is None:
        raise ConflictError(rules.NO_MOVE)
    if not staff.may(rule.permission):
        raise NotPermittedError(rules.NOT_ALLOWED)
    if rule.permission is Permission.DECIDE_APPROVALS:
        _judge(session, staff, inquiry, household)
    return inquiry, rule


def _judge(session: Session, staff: SignedInStaff, inquiry: Inquiry, household: Household) -> None:
    """A second person's word: of a position over the household, who drafted nothing of it and read what is drafted."""
    s = InquiryStepRecord
    drafts = session.execute(
        select(s.by_id, s.at).where(s.inquiry_id == inquiry.id, s.state == InquiryState.DRAFTED)
    ).all()
    if any(by_id == staff.staff_id for by_id, _ in drafts):
        raise NotPermittedError(rules.NOT_ONESELF)
    if not staff.positions_in(household.district_id):
        raise NotPermittedError(rules.NOT_YOUR_WORD)
    opened = exists().where(
        Ticket.id == TicketHousehold.ticket_id,
        Ticket.staff_id == staff.staff_id,
        Ticket.opened_at >= max(at for _, at in drafts),
        TicketHousehold.household_id == household.id,
    )
    if not session.scalar(select(opened)):
        raise NotPermittedError(rules.READ_FIRST)


def _checked(
    draft: InquiryDraft, agency: str, tables: _Tables, at: datetime
) -> tuple[InquiryItem, ...]:
    """The items of a draft that can be asked. Raises ValidationError per field."""
    agencies, items = tables
    _words(draft.purpose, "purpose", rules.NO_PURPOSE)
    more = _words(draft.more, "more", "")
    place = agencies.get(agency)
    if place is None:
        raise ValidationError(agency=rules.UNKNOWN_AGENCY)
    if len(draft.items) > rules.MOST_ITEMS:
        raise ValidationError(items=rules.TOO_LONG)
    found = tuple(items[item] for item in draft.items if item in items)
    if len(found) < len(draft.items) or any(item.kind is not place.kind for item in found):
        raise ValidationError(items=rules.UNKNOWN_ITEM)
    if not found and not more:
        raise ValidationError(items=rules.NO_ITEMS)
    today = japan_day(at)
    if not today <= draft.due_on <= today + _YEAR:
        raise ValidationError(due_on=rules.BAD_DUE)
    return found


def _write(
    session: Session,
    staff: SignedInStaff,
    inquiry: Inquiry,
    draft: InquiryDraft,
    items: Sequence[InquiryItem],
    at: datetime,
) -> None:
    """The next step of an inquiry, with the words and items of its draft."""
    _step(session, staff, inquiry, InquiryState.DRAFTED, at)
    key = {
        "inquiry_id": inquiry.id,
        "number": inquiry.step,
        "office_id": inquiry.office_id,
        "household_id": inquiry.household_id,
    }
    session.add(InquiryText(purpose=draft.purpose.strip(), more=draft.more.strip(), **key))
    session.add_all(
        InquiryItemRecord(
            place=place,
            code=item.code,
            label=item.label,
            wording=item.wording,
            basis=item.basis,
            **key,
        )
        for place, item in enumerate(items, start=1)
    )
    session.flush()


def _step(
    session: Session,
    staff: SignedInStaff,
    inquiry: Inquiry,
    to: InquiryState,
    at: datetime,
    words: str = "",
) -> None:
    inquiry.state, inquiry.step = to, inquiry.step + 1
    key = {
        "inquiry_id": inquiry.id,
        "number": inquiry.step,
        "office_id": inquiry.office_id,
        "household_id": inquiry.household_id,
    }
    session.flush()
    session.add(InquiryStepRecord(state=to, by_id=staff.staff_id, at=at, **key))
    session.flush()
    if words:
        session.add(InquiryStepText(words=words, **key))
        session.flush()


def _next_number(session: Session, office_id: UUID, year: int) -> int:
    book = session.get(InquiryBook, (office_id, year), populate_existing=True)
    if book is None:
        used = session.scalar(
            select(func.max(Inquiry.number)).where(
                Inquiry.office_id == office_id, Inquiry.fiscal_year == year
            )
        )
        book = InquiryBook(office_id=office_id, fiscal_year=year, last_number=used or 0)
        session.add(book)
    book.last_number += 1
    session.flush()
    return book.last_number


def _words(text: str, field: str, missing: str) -> str:
    text = text.strip()
    if len(text) > rules.MOST_WORDS:
        raise ValidationError(**{field: rules.TOO_LONG})
    if not text and missing:
        raise ValidationError(**{field: missing})
    return text
