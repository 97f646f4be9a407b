"""Asking for records that came back to a predecessor: of the author by whoever gives tasks, else of the supervisor. Nobody writes in another's name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain import handovers as rules
from desktop.domain.clock import japan_day
from desktop.domain.errors import ConflictError, UserError
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.domain.todos import TodoOrigin, TodoState
from desktop.models.handovers import HandoverRecord
from desktop.models.office import Staff
from desktop.models.todos import Todo
from desktop.services.todos import add_todo
from desktop.services.todos.asking import supervisor_to_ask
from desktop.services.todos.left_behind import LeftBehind, left_behind


def ask_for_returned(
    session: Session, staff: SignedInStaff, made: HandoverRecord, household_id: UUID, at: datetime
) -> str:
    """Ask for the records of a household that came back to a predecessor. Returns who is asked now.

    UserError where there is none or nobody to ask, ConflictError where the person asked already.
    """
    today = japan_day(at)
    found = [
        each
        for each in left_behind(session, {made.district_id}, today)
        if each.household_id == household_id
    ]
    if not found:
        raise UserError(rules.NOTHING_RETURNED)
    if _was_asked(session, staff, [each.entry_id for each in found]):
        raise ConflictError(rules.ASKED_BEFORE)
    if staff.may(Permission.ASSIGN_TODOS):
        return _ask_authors(session, staff, household_id, found, at)
    asked = supervisor_to_ask(session, staff, household_id, today)
    if asked is None:
        raise UserError(rules.NOBODY_TO_ASK)
    add_todo(
        session,
        staff=staff,
        owner_id=asked,
        household_id=household_id,
        origin=TodoOrigin.CONSULTATION,
        text=_to_the_supervisor(found),
        at=at,
        origin_id=found[0].entry_id,
    )
    return session.get_one(Staff, asked).name


def _ask_authors(
    session: Session,
    staff: SignedInStaff,
    household_id: UUID,
    found: Sequence[LeftBehind],
    at: datetime,
) -> str:
    here = {each.author_id: each for each in found if each.is_in_service}
    if not here:
        raise UserError(rules.AUTHOR_GONE)
    for author_id, first in here.items():
        own = [each for each in found if each.author_id == author_id]
        add_todo(
            session,
            staff=staff,
            owner_id=author_id,
            household_id=household_id,
            origin=TodoOrigin.ASSIGNED,
            text=f"引き継いだ世帯に、あなたの差戻しの記録が{len(own)}件残っています（古いものは{_day(own[0])}）。直して提出してください。",
            at=at,
            origin_id=first.entry_id,
        )
    return "・".join(each.author for each in here.values())


def _to_the_supervisor(found: Sequence[LeftBehind]) -> str:
    authors = "・".join(dict.fromkeys(each.author for each in found))
    told = (
        f"{authors}さんの差戻しの記録が{len(found)}件残っています（古いものは{_day(found[0])}）。"
    )
    if any(each.is_in_service for each in found):
        return f"{told}仕上げてもらえるよう、本人に頼んでください。"
    return f"{told}書いた職員は在職していません。どうするかを相談します。"


def _was_asked(session: Session, staff: SignedInStaff, entry_ids: Sequence[UUID]) -> bool:
    t = Todo
    asked = select(t.id).where(
        t.created_by == staff.staff_id, t.state == TodoState.OPEN, t.origin_id.in_(entry_ids)
    )
    return session.scalars(asked.limit(1)).first() is not None


def _day(each: LeftBehind) -> str:
    return f"{each.event_on.month}月{each.event_on.day}日"
