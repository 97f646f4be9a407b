"""Disposal where the database has no rules of its own (SQLite, the training office), in the unit of work's session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.database.disposal_cases import closed_cases
from desktop.database.removing_here import remove_file
from desktop.domain import disposal as rules_of
from desktop.domain.canonical import digest
from desktop.domain.clock import japan_day
from desktop.domain.disposal import (
    OPEN_STATES,
    STEPS,
    Actor,
    DisposalCandidate,
    DisposalDecision,
    DisposalState,
    RetentionRule,
    decider_refusal,
    judge,
    refused_sentence,
    step_for,
)
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.holds import (
    HOLD_ENDED,
    HOLD_REASON_LENGTH,
    HOLD_REASON_MISSING,
    HOLD_SPAN,
    NewHold,
)
from desktop.domain.roles import Permission
from desktop.models.disposal import (
    DisposalDecisionRow,
    DisposalItem,
    DisposalList,
    Hold,
    HoldText,
    Tombstone,
)
from desktop.models.households import Household
from desktop.models.ledger import HouseholdStatePeriod
from desktop.models.office import Staff

_NOT_ALLOWED = "この操作はあなたの職務では認められていません。"
_NO_HOUSEHOLD = "この世帯は見つからないか、ほかの福祉事務所の世帯です。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """Who acts, when, with which permissions, and which years count; PostgreSQL takes its own word for all of it."""

    staff_id: UUID
    office_id: UUID
    at: datetime
    permissions: frozenset[Permission]
    rules: Mapping[str, RetentionRule] = field(default_factory=dict)


def draw_up(session: Session, acting: Acting, list_id: UUID, households: Sequence[UUID]) -> None:
    """Draw up a list of files that may go today."""
    _need(acting, Permission.DRAW_UP_DISPOSAL)
    wanted = frozenset(households)
    found = _judged(session, acting, wanted, list_id)
    if len(found) < len(wanted):
        raise NotPermittedError(_NO_HOUSEHOLD)
    if not wanted:
        raise ValidationError(households=rules_of.NOBODY_LISTED)
    _refuse_unless_disposable(found)
    last = session.scalar(
        select(func.max(DisposalList.number)).where(DisposalList.office_id == acting.office_id)
    )
    row = DisposalList(
        id=list_id,
        office_id=acting.office_id,
        number=1 + (last or 0),
        as_of=japan_day(acting.at),
        state=DisposalState.DRAWN_UP,
        drawn_up_by=acting.staff_id,
        drawn_up_at=acting.at,
        content_hash="",
    )
    session.add(row)
    session.flush()
    session.add_all(_item(acting, list_id, candidate) for candidate in found)
    session.flush()
    row.content_hash = _content_hash(session, row)


def decide(
    session: Session,
    acting: Acting,
    list_id: UUID,
    decision: DisposalDecision,
    shown_hash: str,
    reason: str,
) -> None:
    """Check or approve a list, or refuse it."""
    row = _shown(session, acting, list_id, Permission.CHECK_DISPOSAL, shown_hash)
    number = step_for(row.state)
    if number is None:
        raise ConflictError(rules_of.WRONG_STATE)
    _, permission, next_state = STEPS[number - 1]
    _need(acting, permission)
    refusal = decider_refusal(
        _actor(session, acting.staff_id),
        _actor(session, row.drawn_up_by),
        [_actor(session, d.decided_by) for d in _decisions(session, list_id)],
    )
    if refusal:
        raise NotPermittedError(refusal)
    if decision is DisposalDecision.REJECTED and not reason.strip():
        raise ValidationError(reason=rules_of.REASON_MISSING)
    session.add(
        DisposalDecisionRow(
            list_id=list_id,
            number=number,
            office_id=row.office_id,
            decision=decision,
            decided_by=acting.staff_id,
            decided_at=acting.at,
            content_hash=row.content_hash,
            reason=reason.strip(),
        )
    )
    row.state = next_state
    if decision is DisposalDecision.REJECTED:
        _close(row, DisposalState.REJECTED, acting)


def withdraw(session: Session, acting: Acting, list_id: UUID) -> None:
    """Take an own list back."""
    _need(acting, Permission.DRAW_UP_DISPOSAL)
    row = _list(session, acting, list_id)
    if row.drawn_up_by != acting.staff_id:
        raise NotPermittedError(rules_of.NOT_YOURS)
    if row.state not in OPEN_STATES:
        raise ConflictError(rules_of.WRONG_STATE)
    _close(row, DisposalState.WITHDRAWN, acting)


def carry_out(session: Session, acting: Acting, list_id: UUID, shown_hash: str) -> int:
    """Remove the files of an approved list, all or none."""
    row = _shown(session, acting, list_id, Permission.DRAW_UP_DISPOSAL, shown_hash)
    checked, approved = _two_approvals(session, row)
    items = _items(session, list_id)
    found = _judged(session, acting, {item.household_id for item in items}, list_id)
    _refuse_unless_disposable(found)
    if [_said(item) for item in items] != [_said(_item(acting, list_id, c)) for c in found]:
        raise ConflictError(rules_of.CHANGED)
    for item in items:
        removed, made = remove_file(session, item.household_id)
        session.add(
            Tombstone(
                office_id=row.office_id,
                list_id=list_id,
                household_id=item.household_id,
                case_number=item.case_number,
                retention_class=item.retention_class,
                protected_from=item.protected_from,
                closed_on=item.closed_on,
                kept_until=item.kept_until,
                drawn_up_by=row.drawn_up_by,
                checked_by=checked.decided_by,
                approved_by=approved.decided_by,
                carried_out_by=acting.staff_id,
                carried_out_at=acting.at,
                removed=removed,
                digest=made,
            )
        )
    _close(row, DisposalState.CARRIED_OUT, acting)
    return len(items)


def set_hold(session: Session, acting: Acting, hold_id: UUID, given: NewHold, today: date) -> None:
    """Hold a file back."""
    _need(acting, Permission.OPEN_CASE_FILES)
    household = session.get(Household, given.household_id)
    if household is None or household.office_id != acting.office_id:
        raise NotPermittedError(_NO_HOUSEHOLD)
    reason = given.reason.strip()
    if not reason or len(given.reason) > HOLD_REASON_LENGTH:
        raise ValidationError(reason=HOLD_REASON_MISSING)
    if given.valid_to is not None and given.valid_to < max(given.valid_from, today):
        raise ValidationError(valid_to=HOLD_SPAN)
    if _is_gone(session, given.household_id):
        raise ConflictError(rules_of.GONE)
    belongs = {"office_id": acting.office_id, "household_id": given.household_id}
    hold = Hold(
        id=hold_id,
        kind=given.kind,
        valid_from=given.valid_from,
        valid_to=given.valid_to,
        set_by=acting.staff_id,
        set_at=acting.at,
        **belongs,
    )
    session.add(hold)
    session.flush()
    session.add(HoldText(hold_id=hold_id, text=reason, **belongs))


def end_hold(session: Session, acting: Acting, hold_id: UUID, today: date) -> None:
    """Let a held file go."""
    _need(acting, Permission.CHECK_DISPOSAL)
    hold = session.get(Hold, hold_id)
    if hold is None or hold.office_id != acting.office_id:
        raise NotPermittedError("この保留は見つからないか、終わらせる権限がありません。")
    if hold.ended_at is not None or (hold.valid_to is not None and hold.valid_to < today):
        raise ConflictError(HOLD_ENDED)
    hold.valid_to = max(today - timedelta(days=1), hold.valid_from)
    hold.ended_by, hold.ended_at = acting.staff_id, acting.at


def _need(acting: Acting, permission: Permission) -> None:
    if permission not in acting.permissions:
        raise NotPermittedError(_NOT_ALLOWED)


def _list(session: Session, acting: Acting, list_id: UUID) -> DisposalList:
    row = session.get(DisposalList, list_id)
    if row is None or row.office_id != acting.office_id:
        raise NotPermittedError(rules_of.NOT_FOUND)
    return row


def _shown(
    session: Session, acting: Acting, list_id: UUID, permission: Permission, shown_hash: str
) -> DisposalList:
    """The list as the person saw it."""
    _need(acting, permission)
    row = _list(session, acting, list_id)
    if shown_hash != row.content_hash or row.content_hash != _content_hash(session, row):
        raise ConflictError(rules_of.CHANGED)
    return row


def _two_approvals(
    session: Session, row: DisposalList
) -> tuple[DisposalDecisionRow, DisposalDecisionRow]:
    if row.state is not DisposalState.APPROVED:
        raise ConflictError(rules_of.WRONG_STATE)
    decisions = _decisions(session, row.id)
    people = [_actor(session, who) for who in (row.drawn_up_by, *(d.decided_by for d in decisions))]
    apart = not any(a.may_be(b) for n, a in enumerate(people) for b in people[:n])
    both = [d.number for d in decisions if d.decision is DisposalDecision.APPROVED] == [1, 2]
    if not both or not apart or any(d.content_hash != row.content_hash for d in decisions):
        raise ConflictError(rules_of.CHANGED)
    checked, approved = decisions
    return checked, approved


def _decisions(session: Session, list_id: UUID) -> list[DisposalDecisionRow]:
    found = select(DisposalDecisionRow).where(DisposalDecisionRow.list_id == list_id)
    return list(session.scalars(found.order_by(DisposalDecisionRow.number)))


def _items(session: Session, list_id: UUID) -> list[DisposalItem]:
    found = select(DisposalItem).where(DisposalItem.list_id == list_id)
    return list(session.scalars(found.order_by(DisposalItem.case_number)))


def _judged(
    session: Session, acting: Acting, households: frozenset[UUID] | set[UUID], list_id: UUID
) -> list[DisposalCandidate]:
    day = japan_day(acting.at)
    cases = closed_cases(session, acting.office_id, day, households, list_id=list_id)
    return [judge(case, acting.rules, day) for case in cases]


def _refuse_unless_disposable(found: Sequence[DisposalCandidate]) -> None:
    refused = [candidate.refusal for candidate in found if candidate.refusal]
    if refused:
        raise ConflictError(refused_sentence(len(refused), refused[0]))


def _item(acting: Acting, list_id: UUID, candidate: DisposalCandidate) -> DisposalItem:
    case = candidate.case
    return DisposalItem(
        list_id=list_id,
        household_id=case.household_id,
        office_id=acting.office_id,
        case_number=case.case_number,
        retention_class=case.retention_class,
        retention_label=candidate.retention_label,
        protected_from=case.protected_from,
        closed_on=case.closed_on,
        kept_until=candidate.kept_until,
    )


def _said(item: DisposalItem) -> tuple[object, ...]:
    """What must be the same when the list is carried out."""
    return (
        item.household_id,
        item.case_number,
        item.retention_class,
        item.protected_from,
        item.closed_on,
    )


def _content_hash(session: Session, row: DisposalList) -> str:
    items = [[*_said(i), i.retention_label, i.kept_until] for i in _items(session, row.id)]
    head = [row.id, row.office_id, row.number, row.as_of, row.drawn_up_by]
    return digest({"list": head, "items": items})


def _close(row: DisposalList, state: DisposalState, acting: Acting) -> None:
    row.state = state
    row.closed_by, row.closed_at = acting.staff_id, acting.at


def _actor(session: Session, staff_id: UUID) -> Actor:
    staff = session.get_one(Staff, staff_id)
    return Actor(staff_id=staff.id, name=staff.name, kana=staff.kana)


def _is_gone(session: Session, household_id: UUID) -> bool:
    has_tombstone = select(Tombstone.id).where(Tombstone.household_id == household_id).exists()
    has_states = (
        select(HouseholdStatePeriod.id)
        .where(HouseholdStatePeriod.household_id == household_id)
        .exists()
    )
    return bool(session.scalar(select(has_tombstone & ~has_states)))
