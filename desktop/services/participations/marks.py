"""Who of G1a and G1b can take part (参加できる人の印), by household and for figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from desktop.domain.errors import NotPermittedError, ValidationError
from desktop.domain.households import HouseholdState
from desktop.domain.office import SignedInStaff
from desktop.domain.participations import MARK_WORDS, MarkInput, MarkRow
from desktop.models.households import Household, Member
from desktop.models.office import Staff
from desktop.models.participations import ParticipationMark, ParticipationMarkText
from desktop.services.periods import holds_on


def marks_of(session: Session, household_id: UUID) -> Mapping[UUID, tuple[MarkRow, ...]]:
    """Person → marks, the newest first. The caller holds a ticket."""
    m, t = ParticipationMark, ParticipationMarkText
    rows = session.execute(
        select(m, t.reason, Staff.name)
        .join(t, t.mark_id == m.id)
        .join(Staff, Staff.id == m.noted_by)
        .where(m.household_id == household_id)
        .order_by(m.since.desc(), m.noted_at.desc(), m.id.desc())
    )
    found: dict[UUID, list[MarkRow]] = defaultdict(list)
    for row, reason, by in rows:
        found[row.person_id].append(
            MarkRow(can_join=row.can_join, since=row.since, reason=reason, noted_by=by)
        )
    return {person_id: tuple(each) for person_id, each in found.items()}


def mark_days(
    session: Session, where: ColumnElement[bool]
) -> Mapping[UUID, tuple[tuple[date, bool], ...]]:
    """Person → since when somebody can or cannot take part, in order of time. Facts only."""
    m = ParticipationMark
    rows = session.execute(
        select(m.person_id, m.since, m.can_join)
        .join(Household, Household.id == m.household_id)
        .where(where)
        .order_by(m.since, m.noted_at, m.id)
    )
    found: dict[UUID, list[tuple[date, bool]]] = defaultdict(list)
    for person_id, since, can_join in rows:
        found[person_id].append((since, can_join))
    return {person_id: tuple(each) for person_id, each in found.items()}


def mark(
    session: Session, given: MarkInput, staff: SignedInStaff, at: datetime, today: date
) -> None:
    """Store a mark with its reason. Raises ValidationError per field."""
    state = session.scalar(select(Household.state).where(Household.id == given.household_id))
    if state is None or state is HouseholdState.CLOSED:
        raise NotPermittedError("廃止した世帯には記録できません。")
    is_member = exists().where(
        Member.household_id == given.household_id,
        Member.person_id == given.person_id,
        holds_on(Member, today),
    )
    errors = {}
    if not session.scalar(select(is_member)):
        errors["person_id"] = "いまこの世帯にいる人を選んでください。"
    if given.since > today:
        errors["since"] = "日付は今日までにしてください。"
    if not given.reason:
        errors["reason"] = "理由を入力してください。"
    if len(given.reason) > MARK_WORDS:
        errors["reason"] = "文字が多すぎます。短くしてください。"
    if errors:
        raise ValidationError(**errors)
    owner = {"office_id": staff.office_id, "household_id": given.household_id}
    session.add(
        ParticipationMark(
            id=given.mark_id,
            person_id=given.person_id,
            can_join=given.can_join,
            since=given.since,
            noted_by=staff.staff_id,
            noted_at=at,
            **owner,
        )
    )
    session.flush()
    session.add(ParticipationMarkText(mark_id=given.mark_id, reason=given.reason, **owner))
