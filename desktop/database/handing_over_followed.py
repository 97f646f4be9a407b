"""What follows to the new caseworker, goes back, and stands against taking back, in the training office."""

from __future__ import annotations

from datetime import datetime, time
from uuid import UUID

from sqlalchemy import Select, delete, exists, insert, literal, or_, select
from sqlalchemy.orm import Session

from desktop.domain.clock import JAPAN
from desktop.domain.dates import months_later
from desktop.domain.handovers import LOOKED_AFTER, FollowedKind
from desktop.domain.papers import PaperState
from desktop.domain.todos import TodoState
from desktop.domain.visit_plans import PlanKind
from desktop.models.handovers import (
    HandoverFault,
    HandoverFollowed,
    HandoverHousehold,
    HandoverRecord,
)
from desktop.models.households import Household
from desktop.models.papers import PaperRecord, PaperStepRecord
from desktop.models.records import EntryRecord
from desktop.models.support_policies import SupportPolicyRecord
from desktop.models.todos import Todo
from desktop.models.visit_plans import VisitPlanRecord


def follow(session: Session, made: HandoverRecord, at: datetime) -> None:
    """Give the new caseworker what lay with the former one: open to-dos and papers from before the day."""
    take_list(session, made)
    households, since = _households(made.id), _since(made)
    todos = select(Todo).where(
        Todo.owner_id == made.from_id,
        Todo.state == TodoState.OPEN,
        Todo.created_at <= since,
        Todo.household_id.in_(households),
    )
    for todo in session.scalars(todos):
        todo.owner_id = made.to_id
        todo.version += 1
        _note(session, made, todo.id, FollowedKind.TODO, todo.household_id)
    papers = select(PaperRecord).where(
        PaperRecord.owner_id == made.from_id,
        PaperRecord.state != PaperState.SETTLED,
        PaperRecord.received_at <= since,
        PaperRecord.household_id.in_(households),
    )
    for paper in session.scalars(papers):
        paper.owner_id = made.to_id
        _note(session, made, paper.id, FollowedKind.PAPER, paper.household_id)
    for plan in session.scalars(_plans(made)):
        plan.staff_id = made.to_id
    made.settled_at = at
    session.flush()


def take_list(session: Session, made: HandoverRecord) -> None:
    """The households that the district has now: some came and went since the handover was planned."""
    of, h = HandoverHousehold, Household
    own = (h.district_id == made.district_id) & (h.office_id == made.office_id)
    now = own & h.state.in_(LOOKED_AFTER)
    session.execute(
        delete(of).where(of.handover_id == made.id, of.household_id.not_in(select(h.id).where(now)))
    )
    there = select(of.household_id).where(of.handover_id == made.id)
    session.execute(
        insert(of).from_select(
            ["handover_id", "household_id", "office_id"],
            select(literal(made.id, HandoverRecord.id.type), h.id, h.office_id).where(
                now, h.id.not_in(there)
            ),
        )
    )


def take_back(session: Session, made: HandoverRecord) -> None:
    """Give the former caseworker back what followed and still lies open with the new one."""
    if made.from_id is None:
        return
    ids = select(HandoverFollowed.subject_id).where(HandoverFollowed.handover_id == made.id)
    for todo in session.scalars(
        select(Todo).where(
            Todo.id.in_(ids), Todo.owner_id == made.to_id, Todo.state == TodoState.OPEN
        )
    ):
        todo.owner_id = made.from_id
        todo.version += 1
    for paper in session.scalars(
        select(PaperRecord).where(
            PaperRecord.id.in_(ids),
            PaperRecord.owner_id == made.to_id,
            PaperRecord.state != PaperState.SETTLED,
        )
    ):
        paper.owner_id = made.from_id
    for plan in session.scalars(_plans(made)) if made.settled_at is not None else ():
        if plan.staff_id == made.to_id:
            plan.staff_id = made.from_id


def was_acted_on(session: Session, made: HandoverRecord) -> bool:
    """Whether the new caseworker has done anything in one of its households since the day."""
    of, since, to = _households(made.id), _since(made), made.to_id
    e, p, s = EntryRecord, SupportPolicyRecord, PaperStepRecord
    acts = (
        exists().where(
            HandoverHousehold.handover_id == made.id, HandoverHousehold.taken_at.is_not(None)
        ),
        exists().where(
            e.household_id.in_(of),
            or_(e.author_id == to, e.changed_by == to),
            e.saved_at >= since,
        ),
        exists().where(p.household_id.in_(of), p.author_id == to, p.saved_at >= since),
        exists().where(s.household_id.in_(of), s.by_id == to, s.at >= since),
        exists().where(HandoverFault.handover_id == made.id, HandoverFault.ticked_by == to),
        exists().where(
            HandoverFollowed.handover_id == made.id,
            HandoverFollowed.kind == FollowedKind.TODO,
            Todo.id == HandoverFollowed.subject_id,
            Todo.state == TodoState.DONE,
        ),
    )
    return any(session.scalar(select(act)) for act in acts)


def _households(handover_id: UUID) -> Select[UUID]:
    return select(HandoverHousehold.household_id).where(
        HandoverHousehold.handover_id == handover_id
    )


def _plans(made: HandoverRecord) -> Select[VisitPlanRecord]:
    """The district's plans whose time has not passed by the day: whoever has the district has them."""
    p, day = VisitPlanRecord, made.effective_on
    is_year = (p.kind == PlanKind.YEAR) & (p.first_on > months_later(day, -12))
    is_month = (p.kind == PlanKind.MONTH) & (p.first_on > months_later(day, -1))
    return select(p).where(p.district_id == made.district_id, or_(is_year, is_month))


def _since(made: HandoverRecord) -> datetime:
    """The instant from which what happens is the new caseworker's."""
    return max(datetime.combine(made.effective_on, time(), tzinfo=JAPAN), made.made_at)


def _note(
    session: Session,
    made: HandoverRecord,
    subject_id: UUID,
    kind: FollowedKind,
    household_id: UUID | None,
) -> None:
    session.add(
        HandoverFollowed(
            handover_id=made.id,
            subject_id=subject_id,
            kind=kind,
            office_id=made.office_id,
            household_id=household_id,
        )
    )
