"""Rows about visit grades on their way to the database: answers, decisions and proposals with their submissions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from desktop.domain.approvals import ApprovalState, Move, Shown, StepKind, StepState
from desktop.domain.canonical import digest
from desktop.domain.office import AssignmentKind
from desktop.domain.policy_events import ReviewEvent
from desktop.domain.roles import Role
from desktop.domain.visit_grades import (
    SUBJECT,
    GradeInput,
    GradeState,
    LivingPlace,
    grade_content,
)
from desktop.models.approvals import Approval, ApprovalMove, ApprovalStep
from desktop.models.base import Base
from desktop.models.households import Household
from desktop.models.office import Assignment
from desktop.models.visit_grades import (
    VisitGradeKept,
    VisitGradeKeptText,
    VisitGradeRecord,
    VisitGradeText,
)
from desktop.services.periods import holds_on

#: In the order in which they point at each other.
_TABLES: tuple[type[Base], ...] = (
    *(VisitGradeKept, VisitGradeKeptText, VisitGradeRecord, VisitGradeText),
    *(Approval, ApprovalStep, ApprovalMove),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A grade to be told of: proposed at an instant, and approved at another unless it still waits."""

    household_id: UUID
    grade: str
    visits: int
    since: date
    reason: str
    at: datetime
    approved_at: datetime | None = None
    exception: str = ""
    exception_reason: str = ""


class GradeRows:
    """Collects rows and writes them at once. Who writes is the district's caseworker, who approves its supervisor."""

    def __init__(
        self, session: Session, office_id: UUID, today: date, new_id: Callable[[], UUID]
    ) -> None:
        self._session, self._office_id, self._new_id = session, office_id, new_id
        self._rows = defaultdict[type[Base], list[dict[str, Any]]](list)
        self._caseworkers = self._people(AssignmentKind.MAIN, today)
        self._supervisors = self._people(AssignmentKind.SUPERVISOR, today)

    def has_both(self, household_id: UUID) -> bool:
        """Whether somebody looks after the household's district and another one supervises it."""
        one, other = self._caseworkers.get(household_id), self._supervisors.get(household_id)
        return one is not None and other is not None and one != other

    def keep(self, event: ReviewEvent, reason: str, at: datetime) -> bool:
        """The answer that the grade stays; False where nobody looks after the household."""
        by = self._caseworkers.get(event.household_id) or self._supervisors.get(event.household_id)
        if by is None:
            return False
        answer_id, owner = self._new_id(), self._owner(event.household_id)
        row = {"event_code": event.code, "happened_on": event.happened_on, "answered_by": by}
        self._rows[VisitGradeKept].append(owner | row | {"id": answer_id, "answered_at": at})
        self._rows[VisitGradeKeptText].append(owner | {"kept_id": answer_id, "reason": reason})
        return True

    def add(self, planned: Planned, floor: int) -> None:
        """A proposal of the household at home, its words, and its submission."""
        grade_id, owner = self._new_id(), self._owner(planned.household_id)
        author = self._caseworkers[planned.household_id]
        decider = self._supervisors[planned.household_id] if planned.approved_at else None
        given = GradeInput(
            grade_id=grade_id,
            household_id=planned.household_id,
            grade=planned.grade,
            effective_from=planned.since,
            place=LivingPlace.HOME,
            reason_code="other",
            reason=planned.reason,
            exception=planned.exception,
            exception_reason=planned.exception_reason,
        )
        content_hash = digest(grade_content(given, planned.visits, floor))
        self._rows[VisitGradeRecord].append(
            owner
            | {
                "id": grade_id,
                "grade": planned.grade,
                "visits_per_year": planned.visits,
                "effective_from": planned.since,
                "place": LivingPlace.HOME,
                "floor": floor,
                "reason_code": "other",
                "exception": planned.exception,
                "state": GradeState.APPROVED if decider else GradeState.SUBMITTED,
                "proposed_by": author,
                "proposed_at": planned.at,
                "approved_by": decider,
                "approved_at": planned.approved_at,
                "content_hash": content_hash,
            }
        )
        words = {"reason": planned.reason, "exception_reason": planned.exception_reason}
        self._rows[VisitGradeText].append(owner | words | {"grade_id": grade_id})
        self._submission(planned, grade_id, content_hash, author, decider)

    def write(self) -> dict[str, int]:
        """Write everything; how many rows of each table."""
        for model in _TABLES:
            if self._rows[model]:
                self._session.execute(insert(model), self._rows[model])
        return {str(model.__tablename__): len(self._rows[model]) for model in _TABLES}

    def _submission(
        self,
        planned: Planned,
        grade_id: UUID,
        content_hash: str,
        author: UUID,
        decider: UUID | None,
    ) -> None:
        approval_id, owner = self._new_id(), self._owner(planned.household_id)
        self._rows[Approval].append(
            owner
            | {
                "id": approval_id,
                "subject_kind": SUBJECT,
                "subject_id": grade_id,
                "round": 1,
                "root_version": 1,
                "content_hash": content_hash,
                "state": ApprovalState.APPROVED if decider else ApprovalState.WAITING,
                "position": None if decider else Role.SUPERVISOR,
                "author_id": author,
                "submitted_by": author,
                "submitted_at": planned.at,
                "decided_at": planned.approved_at,
                "waits_inspection": False,
                "version": 2 if decider else 1,
            }
        )
        self._rows[ApprovalStep].append(
            owner
            | {
                "approval_id": approval_id,
                "number": 1,
                "position": Role.SUPERVISOR,
                "kind": StepKind.APPROVE,
                "state": StepState.APPROVED if decider else StepState.OPEN,
                "decided_by": decider,
                "decided_at": planned.approved_at,
                "shown": Shown.READ if decider else None,
            }
        )
        moves: list[tuple[Move, UUID, datetime, int | None]] = [
            (Move.SUBMIT, author, planned.at, None)
        ]
        if decider and planned.approved_at:
            moves.append((Move.APPROVE, decider, planned.approved_at, 1))
        for move, by, at, step in moves:
            self._rows[ApprovalMove].append(
                owner
                | {
                    "id": self._new_id(),
                    "approval_id": approval_id,
                    "move": move,
                    "by_id": by,
                    "at": at,
                    "root_version": 1,
                    "content_hash": content_hash,
                    "step": step,
                }
            )

    def _owner(self, household_id: UUID) -> dict[str, Any]:
        return {"office_id": self._office_id, "household_id": household_id}

    def _people(self, kind: AssignmentKind, today: date) -> dict[UUID, UUID]:
        a = Assignment
        rows = self._session.execute(
            select(Household.id, a.staff_id)
            .join(a, a.district_id == Household.district_id)
            .where(a.kind == kind, holds_on(a, today))
            .order_by(a.valid_from, a.id)
        )
        return {household_id: staff_id for household_id, staff_id in rows}  # noqa: C416 - rows are not pairs to the type checker


def working_day(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(day.weekday() - 4, 0))
