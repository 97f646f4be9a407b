"""The review work of one person: what `services/approvals` has, and the plans of visits beside it in one queue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.approvals import ApprovalState, Decision, Move, MoveRow, QueueRow
from desktop.domain.clock import Clock, japan_day
from desktop.domain.era import fiscal_year, fiscal_year_label, format_month
from desktop.domain.errors import NotPermittedError
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.review import PlanCard, ReviewCard
from desktop.domain.roles import APPROVING_POSITIONS, Permission
from desktop.domain.visit_plan_views import MonthPlan, PlanHead, YearPlan
from desktop.domain.visit_plans import (
    NO_MOVE,
    PLAN_KIND,
    PlanKind,
    PlanMove,
    PlanMoveInput,
    PlanState,
)
from desktop.models.visit_plans import VisitPlanRecord
from desktop.services.approvals import ApprovalService
from desktop.services.permission import needs
from desktop.services.visit_plans import heads
from desktop.services.visit_plans.service import VisitPlanService
from desktop.services.visit_plans.waiting import times_returned, waiting_plans

#: The kind of subject by which a line of the queue is known as a plan.
VISIT_PLAN = "visit_plan"
_MOVES = {Move.APPROVE: PlanMove.APPROVE, Move.RETURN: PlanMove.RETURN}
_AFTER = {
    PlanState.SUBMITTED: Move.SUBMIT,
    PlanState.DRAFT: Move.WITHDRAW,
    PlanState.RETURNED: Move.RETURN,
    PlanState.APPROVED: Move.APPROVE,
}


@dataclass(frozen=True, slots=True)
class ReviewService:
    """One queue for the review pane and the desk. A plan is decided by the same rules as on its own screen."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor
    approvals: ApprovalService
    plans: VisitPlanService

    @needs(Permission.DECIDE_APPROVALS)
    def queue(self) -> tuple[QueueRow, ...]:
        """What waits for this person, oldest first; nothing that the person had a hand in."""
        rows = [*self.approvals.queue(), *self._plan_rows()]
        return tuple(sorted(rows, key=lambda row: (row.submitted_at, row.approval_id)))

    @needs(Permission.DECIDE_APPROVALS)
    def card(self, approval_id: UUID) -> ReviewCard:
        """Everything to read beside one row. The files of what is read are opened first.

        A plan's exceptions have words of the households' files: those files are opened for it.
        """
        head = self._plan(approval_id)
        if head is None:
            return self.approvals.card(approval_id)
        plan = self._read(head)
        excepted = [h.household_id for h in plan.excepted] if isinstance(plan, YearPlan) else []
        if excepted:
            self.reading.open(Purpose.QUEUE, excepted)
            plan = self._read(head)
        now = plan.head or head
        return ReviewCard(
            row=self._row(now, returned=_returned(plan)),
            identity=None,
            subject=PlanCard(head=now, plan=plan, reasons=self.plans.reasons(now.plan_id)),
            history=_history(plan),
            allowed=tuple(move for move, of_plan in _MOVES.items() if of_plan in plan.moves),
            household_id=None,
        )

    @needs(Permission.DECIDE_APPROVALS)
    def decide(self, decision: Decision) -> ApprovalState:
        """Make one move on what was displayed. Of a plan: approve or return it, as its own screen does."""
        if self._plan(decision.approval_id) is None:
            return self.approvals.decide(decision)
        move = _MOVES.get(decision.move)
        if move is None:
            raise NotPermittedError(NO_MOVE)
        given = PlanMoveInput(
            plan_id=decision.approval_id,
            version=decision.root_version,
            content_hash=decision.content_hash,
            move=move,
            words=decision.text,
        )
        self.plans.move(given)
        return ApprovalState.APPROVED if move is PlanMove.APPROVE else ApprovalState.RETURNED

    @needs(Permission.DECIDE_APPROVALS)
    def approve_listed(self, decisions: Sequence[Decision]) -> tuple[tuple[UUID, str], ...]:
        """Approve several rows of the list at once; a plan is never among them."""
        return self.approvals.approve_listed(decisions)

    def _plan_rows(self) -> list[QueueRow]:
        with self.work() as session:
            found = waiting_plans(session, self.staff, self.clock.today())
            returned = times_returned(session, [head.plan_id for head in found])
        return [self._row(head, returned=returned.get(head.plan_id, 0)) for head in found]

    def _plan(self, plan_id: UUID) -> PlanHead | None:
        """The plan of that identity in reach, None where it is another kind of subject."""
        with self.work() as session:
            found = heads.heads(session, self.staff, VisitPlanRecord.id == plan_id)
            return found[0] if found else None

    def _read(self, head: PlanHead) -> YearPlan | MonthPlan:
        if head.kind is PlanKind.YEAR:
            return self.plans.year(head.plan_id)
        return self.plans.month(head.district_id, head.first_on)

    def _row(self, head: PlanHead, *, returned: int) -> QueueRow:
        at = head.submitted_at or head.state_at
        positions = self.staff.positions_in(head.district_id)
        return QueueRow(
            approval_id=head.plan_id,
            subject_kind=VISIT_PLAN,
            subject_id=head.plan_id,
            household_id=None,
            case_number=head.district_code,
            head_name=head.district_name,
            kind_label=f"{PLAN_KIND[head.kind]}　{_span(head.kind, head.first_on)}",
            event_on=None,
            author=head.submitted_by or head.caseworker,
            submitted_at=at,
            age_days=(japan_day(self.clock.now()) - japan_day(at)).days,
            state=ApprovalState.WAITING,
            root_version=head.version,
            content_hash=head.content_hash,
            position=next(
                (p for p in APPROVING_POSITIONS if p in positions), APPROVING_POSITIONS[0]
            ),
            round=returned + 1,
        )


def _returned(plan: YearPlan | MonthPlan) -> int:
    return sum(step.state is PlanState.RETURNED for step in plan.steps)


def _history(plan: YearPlan | MonthPlan) -> tuple[MoveRow, ...]:
    return tuple(
        MoveRow(
            move=_AFTER[step.state],
            by=step.by,
            at=step.at,
            root_version=step.version,
            text=step.words,
        )
        for step in plan.steps
    )


def _span(kind: PlanKind, first_on: date) -> str:
    return (
        format_month(first_on)
        if kind is PlanKind.MONTH
        else fiscal_year_label(fiscal_year(first_on))
    )
