"""Storing second answers, and laying both beside each other. The caller holds a ticket."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.blind_checks import (
    MOST_WORDS,
    BlindInput,
    BlindItem,
    BothAnswers,
    CheckRow,
)
from desktop.domain.errors import ValidationError
from desktop.domain.todos import TodoState
from desktop.models.assessments import AssessmentAnswers, AssessmentRecord
from desktop.models.blind_checks import BlindAnswers, BlindCheck, BlindCheckAssignment
from desktop.models.office import Staff
from desktop.models.todos import Todo
from desktop.services.masters.lookup_assessments import assessment_tables


def store(
    session: Session, given: BlindInput, row: BlindCheckAssignment, at: datetime, today: date
) -> None:
    """Keep the answers, and that they are in; the to-do that asked for them is done."""
    if len(given.words) > MOST_WORDS:
        raise ValidationError(words="文字が多すぎます。短くしてください。")
    session.add(
        BlindAnswers(
            assignment_id=row.id,
            office_id=row.office_id,
            household_id=row.household_id,
            words=given.words,
            form_on=today,
            **{item.value: getattr(given, item.value) for item in BlindItem},
        )
    )
    session.flush()
    row.answered_at = at
    todo = session.scalar(
        select(Todo).where(
            Todo.origin_id == row.id, Todo.owner_id == row.second_id, Todo.state == TodoState.OPEN
        )
    )
    if todo is not None:
        todo.state, todo.closed_at = TodoState.DONE, at
        todo.version += 1
    session.flush()


def both(session: Session, office_id: UUID, row: CheckRow) -> BothAnswers:
    """Both answers in the words of the form that each was made with."""
    c, a, r, w = BlindCheck, AssessmentAnswers, AssessmentRecord, BlindAnswers
    first, record, second, author = session.execute(
        select(a, r, w, Staff.name)
        .join(r, r.id == a.assessment_id)
        .join(c, c.assessment_id == a.assessment_id)
        .join(Staff, Staff.id == r.author_id)
        .join(BlindCheckAssignment, BlindCheckAssignment.check_id == c.id)
        .join(w, w.assignment_id == BlindCheckAssignment.id)
        .where(c.id == row.check_id)
    ).one()
    then = assessment_tables(session, office_id, record.form_on)
    now = assessment_tables(session, office_id, second.form_on)
    return BothAnswers(
        row=row,
        answers=tuple(
            (
                item,
                _words(then.anchors, getattr(first, item.value)),
                _words(now.anchors, getattr(second, item.value)),
            )
            for item in BlindItem
        ),
        first_by=author,
        words=second.words,
    )


def _words(anchors: Mapping[str, tuple[str, str]], code: str) -> str:
    label, _ = anchors.get(code, ("", ""))
    return f"{code} {label}".strip()
