"""Disclosure requests where the database has no rules of its own (SQLite), in the unit of work's session."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from desktop.database import disclosing_scope_here as scope_here
from desktop.domain import disclosures as rules
from desktop.domain import disclosures_marks as marking
from desktop.domain.clock import japan_day
from desktop.domain.disclosures import MOVES, DisclosureMove, DisclosureState, RequestInput
from desktop.domain.disclosures_marks import MarkInput, Verdict
from desktop.domain.disposal import Actor
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.office import SignedInStaff
from desktop.domain.papers import fiscal_year
from desktop.domain.roles import Permission
from desktop.models.disclosures import (
    Disclosure,
    DisclosureMark,
    DisclosureMoveRow,
    DisclosureText,
)
from desktop.models.households import Household, Member
from desktop.models.imports import Ticket, TicketHousehold
from desktop.models.office import Staff
from desktop.models.records import PrintBatch
from desktop.models.support_policies import PrintedFile

#: The list of reasons stands for the whole copy in the log of prints.
FORM_CODE = "J-01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """Who acts and when, the reasons in force and the days until a copy is due; PostgreSQL takes its own word for all."""

    staff: SignedInStaff
    at: datetime
    reasons: Collection[str] = ()
    days: int = 30


def take(session: Session, acting: Acting, given: RequestInput) -> None:
    """Take a request in."""
    _need(acting, Permission.PREPARE_DISCLOSURES)
    _need_open(session, acting, given.household_id)
    if session.get(Disclosure, given.disclosure_id) is not None:
        return
    asked_by = _words(given.asked_by, "asked_by", rules.MOST_NAME)
    _check_request(session, given, acting, asked_by)
    year = fiscal_year(japan_day(acting.at))
    d = Disclosure
    last = session.scalar(
        select(func.max(d.number)).where(
            d.office_id == acting.staff.office_id, d.fiscal_year == year
        )
    )
    owner = {"office_id": acting.staff.office_id, "household_id": given.household_id}
    session.add(
        Disclosure(
            id=given.disclosure_id,
            person_id=given.person_id,
            fiscal_year=year,
            number=1 + (last or 0),
            requester=given.requester,
            asked_on=given.asked_on,
            records_from=given.records_from,
            records_to=given.records_to,
            due_on=given.asked_on + timedelta(days=acting.days),
            state=DisclosureState.PREPARING,
            prepared_by=acting.staff.staff_id,
            prepared_at=acting.at,
            content_hash="",
            **owner,
        )
    )
    session.flush()
    session.add(DisclosureText(disclosure_id=given.disclosure_id, asked_by=asked_by, **owner))
    session.flush()


def mark(session: Session, acting: Acting, given: MarkInput) -> None:
    """Decide about a part; what it replaces is lifted."""
    request = at_hand(session, acting, given.disclosure_id, Permission.PREPARE_DISCLOSURES)
    note = _words(given.note, "note", rules.MOST_WORDS)
    if session.get(DisclosureMark, given.mark_id) is not None:
        return
    _judge_mark(session, acting, request, given)
    for before in scope_here.standing(session, request.id):
        if _replaces(given, before):
            before.lifted_by, before.lifted_at = acting.staff.staff_id, acting.at
    session.add(
        DisclosureMark(
            id=given.mark_id,
            office_id=request.office_id,
            household_id=request.household_id,
            disclosure_id=request.id,
            entry_id=given.key.entry_id,
            version=given.key.version,
            part=given.key.part,
            segment_id=given.key.segment_id,
            start_at=given.start,
            end_at=given.end,
            verdict=given.verdict,
            reason=given.reason,
            note=note,
            made_by=acting.staff.staff_id,
            made_at=acting.at,
        )
    )
    session.flush()


def lift(session: Session, acting: Acting, mark_id: UUID) -> None:
    """Take a decision back."""
    found = session.get(DisclosureMark, mark_id, populate_existing=True)
    if found is None:
        raise NotPermittedError(rules.NOT_FOUND)
    request = at_hand(session, acting, found.disclosure_id, Permission.PREPARE_DISCLOSURES)
    if found.lifted_at is not None or request.state is not DisclosureState.PREPARING:
        raise ConflictError(rules.WRONG_STATE)
    found.lifted_by, found.lifted_at = acting.staff.staff_id, acting.at
    session.flush()


def move(
    session: Session,
    acting: Acting,
    disclosure_id: UUID,
    wanted: DisclosureMove,
    *,
    shown_hash: str,
    reason: str,
    batch_id: UUID | None,
) -> None:
    """Move a request on."""
    reason = _words(reason, "reason", rules.MOST_WORDS)
    rule = MOVES.get(wanted)
    if rule is None:
        raise NotPermittedError(rules.NOT_ALLOWED)
    request = at_hand(session, acting, disclosure_id, rule.permission)
    if request.state not in rule.from_states:
        raise ConflictError(rules.WRONG_STATE)
    if rule.needs_reason and not reason:
        raise ValidationError(reason=rules.REASON_MISSING)
    _judge_move(session, acting, request, wanted, shown_hash, batch_id)
    request.state = rule.to_state
    if wanted is DisclosureMove.HAND_OVER:
        request.content_hash = shown_hash
    elif wanted is DisclosureMove.REVIEW:
        request.reviewed_by, request.reviewed_at = acting.staff.staff_id, acting.at
    elif rule.to_state is DisclosureState.PREPARING:
        request.content_hash, request.reviewed_by, request.reviewed_at = "", None, None
    else:
        request.closed_by, request.closed_at = acting.staff.staff_id, acting.at
    _note(session, acting, request, wanted, reason, batch_id)


def note_draft(session: Session, acting: Acting, disclosure_id: UUID, batch_id: UUID) -> None:
    """Note that a proof went to paper."""
    request = at_hand(session, acting, disclosure_id)
    _need_run(session, acting, batch_id, "draft")
    _note(session, acting, request, DisclosureMove.DRAFT_PRINTED, "", batch_id)


def at_hand(
    session: Session,
    acting: Acting,
    disclosure_id: UUID,
    permission: Permission = Permission.SEE_DISCLOSURES,
) -> Disclosure:
    """The request, for whoever holds the permission and has the file open."""
    _need(acting, permission)
    request = session.get(Disclosure, disclosure_id, populate_existing=True)
    if request is None or request.office_id != acting.staff.office_id:
        raise NotPermittedError(rules.NOT_FOUND)
    _need_open(session, acting, request.household_id)
    return request


def may_review(session: Session, acting: Acting, disclosure_id: UUID) -> bool:
    """Whether the person may take the second look."""
    request = at_hand(session, acting, disclosure_id)
    may = acting.staff.may(Permission.REVIEW_DISCLOSURES)
    return may and not _reviewer_refusal(session, acting, request)


def _need(acting: Acting, permission: Permission) -> None:
    if not acting.staff.may(permission):
        raise NotPermittedError(rules.NOT_ALLOWED)


def _need_open(session: Session, acting: Acting, household_id: UUID) -> None:
    opened = exists().where(
        Ticket.id == TicketHousehold.ticket_id,
        Ticket.staff_id == acting.staff.staff_id,
        Ticket.valid_until > acting.at,
        TicketHousehold.household_id == household_id,
    )
    household = session.get(Household, household_id)
    is_ours = household is not None and household.office_id == acting.staff.office_id
    if not is_ours or not session.scalar(select(opened)):
        raise NotPermittedError(rules.NOT_FOUND)


def _check_request(session: Session, given: RequestInput, acting: Acting, asked_by: str) -> None:
    today = japan_day(acting.at)
    belongs = (Member.household_id == given.household_id) & (Member.person_id == given.person_id)
    if not session.scalar(select(exists().where(belongs))):
        raise ValidationError(person_id=rules.NOT_A_MEMBER)
    if not asked_by:
        raise ValidationError(asked_by=rules.NO_ASKER)
    if given.asked_on > today:
        raise ValidationError(asked_on=rules.ASKED_LATER)
    if given.records_from > given.records_to or given.records_to > today:
        raise ValidationError(records_to=rules.PERIOD)


def _judge_mark(session: Session, acting: Acting, request: Disclosure, given: MarkInput) -> None:
    if request.state is not DisclosureState.PREPARING:
        raise ConflictError(rules.WRONG_STATE)
    text = scope_here.part_text(session, request, given.key)
    if text is None:
        raise ConflictError(marking.UNKNOWN_PART)
    is_struck = given.verdict is Verdict.STRUCK
    if given.reason not in acting.reasons if is_struck else given.reason:
        raise ValidationError(reason=marking.NO_REASON)
    if given.start is None and given.end is None:
        return
    if given.key.part not in marking.WITH_SPANS or not is_struck:
        raise ValidationError(quote=marking.NO_SPAN)
    start, end = given.start, given.end
    if start is None or end is None or not 0 <= start < end <= len(text):
        raise ValidationError(quote=marking.OTHER_TEXT)
    if text[start:end] != given.quote:
        raise ValidationError(quote=marking.OTHER_TEXT)


def _replaces(given: MarkInput, before: DisclosureMark) -> bool:
    key = given.key
    of_before = (before.entry_id, before.version, before.part, before.segment_id)
    if of_before != (key.entry_id, key.version, key.part, key.segment_id):
        return False
    if Verdict.LEFT in {given.verdict, before.verdict}:
        return True
    return (before.start_at, before.end_at) == (given.start, given.end)


def _judge_move(
    session: Session,
    acting: Acting,
    request: Disclosure,
    wanted: DisclosureMove,
    shown_hash: str,
    batch_id: UUID | None,
) -> None:
    now = scope_here.content_hash(session, request)
    if wanted in {DisclosureMove.REVIEW, DisclosureMove.RETURN}:
        refusal = _reviewer_refusal(session, acting, request)
        if refusal:
            raise NotPermittedError(refusal)
    if wanted is DisclosureMove.ISSUE and request.content_hash != now:
        raise ConflictError(rules.CHANGED_SINCE_REVIEW)
    names_it = {DisclosureMove.HAND_OVER, DisclosureMove.REVIEW, DisclosureMove.ISSUE}
    is_other = wanted in names_it and shown_hash != now
    if is_other or (wanted is DisclosureMove.REVIEW and request.content_hash != now):
        raise ConflictError(rules.CHANGED)
    if wanted is DisclosureMove.HAND_OVER:
        if not scope_here.scope(session, request):
            raise ValidationError(rules.NOTHING_TO_DISCLOSE)
        count = scope_here.undecided(session, request)
        if count:
            raise ValidationError(rules.undecided_sentence(count))
    if wanted is DisclosureMove.ISSUE:
        _need_run(session, acting, batch_id, "disclosed")


def _reviewer_refusal(session: Session, acting: Acting, request: Disclosure) -> str:
    """Why this person may not take the second look; "" when he may."""
    household = session.get_one(Household, request.household_id)
    if household.district_id not in acting.staff.supervised_district_ids:
        return rules.NOT_SUPERVISOR
    me = _actor(session, acting.staff.staff_id)
    hands = {_actor(session, who) for who in _hands(session, request)}
    if any(each.staff_id == me.staff_id for each in hands):
        return rules.OWN_WORK
    return rules.SAME_NAME if any(map(me.is_namesake_of, hands)) else ""


def _hands(session: Session, request: Disclosure) -> Iterator[UUID]:
    """Everybody who marked, took a mark back, or handed the copy over."""
    m, v = DisclosureMark, DisclosureMoveRow
    yield request.prepared_by
    for made_by, lifted_by in session.execute(
        select(m.made_by, m.lifted_by).where(m.disclosure_id == request.id)
    ):
        yield from filter(None, (made_by, lifted_by))
    yield from session.scalars(
        select(v.by_id).where(v.disclosure_id == request.id, v.move == DisclosureMove.HAND_OVER)
    )


def _actor(session: Session, staff_id: UUID) -> Actor:
    person = session.get_one(Staff, staff_id)
    return Actor(staff_id=person.id, name=person.name, kana=person.kana)


def _need_run(session: Session, acting: Acting, batch_id: UUID | None, mark_name: str) -> None:
    batch = session.get(PrintBatch, batch_id) if batch_id else None
    if batch is None or (batch.printed_by, batch.mark) != (acting.staff.staff_id, mark_name):
        raise NotPermittedError(rules.OTHER_RUN)


def _note(
    session: Session,
    acting: Acting,
    request: Disclosure,
    made: DisclosureMove,
    reason: str,
    batch_id: UUID | None,
) -> None:
    session.flush()
    v = DisclosureMoveRow
    before = session.scalar(select(func.max(v.number)).where(v.disclosure_id == request.id))
    session.add(
        DisclosureMoveRow(
            id=new_id(),
            number=1 + (before or 0),
            office_id=request.office_id,
            household_id=request.household_id,
            disclosure_id=request.id,
            move=made,
            by_id=acting.staff.staff_id,
            at=acting.at,
            content_hash=scope_here.content_hash(session, request),
            reason=reason,
            batch_id=batch_id,
        )
    )
    if batch_id is not None:
        # Among the prints of the household, for its access history; once for several requests that are printed together.
        owner = {"office_id": request.office_id, "household_id": request.household_id}
        session.merge(PrintedFile(batch_id=batch_id, form=FORM_CODE, **owner))
    session.flush()


def _words(text: str, field: str, most: int) -> str:
    text = text.strip()
    if len(text) > most:
        raise ValidationError(**{field: rules.TOO_LONG})
    return text
