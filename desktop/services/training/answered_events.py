"""The answers 見直し不要 to what happened long ago, so that only what was planted is left without one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, true
from sqlalchemy.orm import Session

from desktop.domain.clock import JAPAN
from desktop.domain.office import AssignmentKind
from desktop.domain.policy_events import EventSource, ReviewEvent
from desktop.models.households import Household
from desktop.models.office import Assignment
from desktop.models.support_policies import PolicyNoReview, PolicyNoReviewText
from desktop.services.periods import holds_on
from desktop.services.policy_events import open_events
from desktop.services.training.policy_bank import PolicyBank

#: What happened within these days is left to the caseworker's desk.
_LEFT_OPEN_DAYS = 21
_ANSWERED_WITHIN, _AFTERNOON = 14, 14
_ANSWERER = (AssignmentKind.MAIN, AssignmentKind.DEPUTY, AssignmentKind.SUPERVISOR)


def answer_events(
    session: Session, office_id: UUID, today: date, new_id: Callable[[], UUID]
) -> int:
    """Answer every event of the ledger that is older than three weeks; what a record says (影響あり) stays open.

    Returns how many were answered.
    """
    bank, people = PolicyBank(), _people(session, today)
    answers, words = list[dict[str, Any]](), list[dict[str, Any]]()
    answered = set[tuple[UUID, date]]()
    for event in open_events(session, office_id, true(), today):
        key = (event.household_id, event.happened_on)
        by = people.get(event.household_id)
        is_old = (today - event.known_on).days > _LEFT_OPEN_DAYS
        if event.source is EventSource.IMPACT or not is_old or by is None or key in answered:
            continue
        number = len(answered)
        answered.add(key)
        row = {"office_id": office_id, "household_id": event.household_id}
        answer_id = new_id()
        at = _answered_at(event, number)
        answers.append(
            row
            | {
                "id": answer_id,
                "happened_on": event.happened_on,
                "answered_by": by,
                "answered_at": at,
            }
        )
        reason = bank.no_review[number % len(bank.no_review)]
        words.append(row | {"no_review_id": answer_id, "event": event.label, "reason": reason})
    if answers:
        session.execute(insert(PolicyNoReview), answers)
        session.execute(insert(PolicyNoReviewText), words)
    return len(answers)


def _answered_at(event: ReviewEvent, number: int) -> datetime:
    """Some days after it was known, on an afternoon."""
    day = event.known_on + timedelta(days=1 + number % _ANSWERED_WITHIN)
    return datetime.combine(day, time(_AFTERNOON + number % 3, number % 60), tzinfo=JAPAN)


def _people(session: Session, today: date) -> Mapping[UUID, UUID]:
    """Household → who looks after its district today: the caseworker, else the deputy, else the supervisor."""
    a = Assignment
    found = dict[UUID, UUID]()
    for kind in reversed(_ANSWERER):
        rows = session.execute(
            select(Household.id, a.staff_id)
            .join(a, a.district_id == Household.district_id)
            .where(a.kind == kind, holds_on(a, today))
            .order_by(a.valid_from, a.id)
        )
        found.update((household_id, staff_id) for household_id, staff_id in rows)
    return found
