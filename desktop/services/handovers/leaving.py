"""What the former caseworker still has in the households of a handover. Facts only."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.handovers import Leaving
from desktop.domain.papers import PaperState
from desktop.domain.records import EntryState
from desktop.domain.todos import TodoState
from desktop.models.handovers import HandoverHousehold, HandoverRecord
from desktop.models.papers import PaperRecord
from desktop.models.records import EntryRecord
from desktop.models.todos import Todo
from desktop.services.handovers.unsettled import written_by


def leaving(session: Session, made: HandoverRecord) -> Leaving:
    """Own records that are not through, and open to-dos and papers: those go to the new caseworker on the day."""
    e, t, p = EntryRecord, Todo, PaperRecord
    households = select(HandoverHousehold.household_id).where(
        HandoverHousehold.handover_id == made.id
    )
    states = (EntryState.DRAFT, EntryState.RETURNED, EntryState.SUBMITTED)
    found = session.execute(
        select(e.state, func.count())
        .where(e.household_id.in_(households), written_by(made.from_id), e.state.in_(states))
        .group_by(e.state)
    )
    by_state = {state: count for state, count in found}  # noqa: C416 - rows are not pairs to the type checker
    todos = select(func.count()).where(
        t.household_id.in_(households), t.owner_id == made.from_id, t.state == TodoState.OPEN
    )
    papers = select(func.count()).where(
        p.household_id.in_(households),
        p.owner_id == made.from_id,
        p.state != PaperState.SETTLED,
    )
    return Leaving(
        drafts=by_state.get(EntryState.DRAFT, 0),
        returned=by_state.get(EntryState.RETURNED, 0),
        submitted=by_state.get(EntryState.SUBMITTED, 0),
        todos=session.scalar(todos) or 0,
        papers=session.scalar(papers) or 0,
    )
