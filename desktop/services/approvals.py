"""Approvals (決裁) of any subject: the queue, the review card, and the decisions.

A new kind of subject is added by one object with its freeze rule (`settled`), its queue line and its card;
everything else here stays as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol, runtime_checkable
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from desktop.database import moving
from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.approvals import (
    MOVES,
    ApprovalState,
    Decision,
    Move,
    MoveRow,
    QueueRow,
    Shown,
    StepKind,
    StepState,
    refusal,
)
from desktop.domain.clock import Clock, japan_day
from desktop.domain.errors import NotPermittedError, UserError
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.review import (
    EntryCard,
    GradeCard,
    PolicyCard,
    ReviewCard,
    SubjectRow,
    SupportPlanCard,
)
from desktop.domain.roles import APPROVING_POSITIONS, Permission, Role
from desktop.domain.todos import TodoOrigin
from desktop.models.approvals import Approval, ApprovalMove, ApprovalNote, ApprovalStep
from desktop.models.households import Household
from desktop.models.office import Staff
from desktop.services.households.identity import identities
from desktop.services.masters import lookup
from desktop.services.permission import needs
from desktop.services.todos import add_todo

#: Why files are opened that a card compares with.
_COMPARED = "決裁で文面を比べるため"
_OPEN = (ApprovalState.WAITING, ApprovalState.HELD)
_CAME_BACK = frozenset({ApprovalState.RETURNED, ApprovalState.WITHDRAWN})


class Subject(moving.Freezing, Protocol):
    """A kind of thing that is approved: its freeze rule, its queue line, its review card."""

    def rows(
        self, session: Session, office_id: UUID, subject_ids: Collection[UUID], today: date
    ) -> Mapping[UUID, SubjectRow]:
        """What the queue says of these subjects."""

    def card(
        self, session: Session, staff: SignedInStaff, approval: Approval, today: date
    ) -> EntryCard | PolicyCard | GradeCard | SupportPlanCard:
        """What the review pane shows."""


@runtime_checkable
class Comparing(Protocol):
    """A kind whose card compares with other files."""

    def compared_with(
        self, session: Session, staff: SignedInStaff, subject_id: UUID, today: date
    ) -> frozenset[UUID]:
        """The other households whose content the card shows: such as the person opens without a reason."""


@dataclass(frozen=True, slots=True)
class ApprovalService:
    """The signed-in person's review work. `subjects` maps a subject kind to its object."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor
    subjects: Mapping[str, Subject]

    @needs(Permission.DECIDE_APPROVALS)
    def queue(self) -> tuple[QueueRow, ...]:
        """What waits for this person, oldest first; nothing the person wrote."""
        with self.work() as session:
            found = session.execute(
                select(Approval, Household, Staff.name)
                .join(Household, Household.id == Approval.household_id)
                .join(Staff, Staff.id == Approval.author_id)
                .where(*self._mine())
                .order_by(Approval.submitted_at, Approval.id)
            ).all()
            return self._queue_rows(session, [(a, h, name) for a, h, name in found])

    @needs(Permission.DECIDE_APPROVALS)
    def card(self, approval_id: UUID) -> ReviewCard:
        """Everything to read beside one row. Tickets for the household, and for others that the card compares with, are committed first."""
        self.reading.open(Purpose.QUEUE, [self._household_of(approval_id)])
        self._open_compared(approval_id)
        with self.work() as session:
            approval, household, author = session.execute(
                select(Approval, Household, Staff.name)
                .join(Household, Household.id == Approval.household_id)
                .join(Staff, Staff.id == Approval.author_id)
                .where(Approval.id == approval_id)
            ).one()
            today = self.clock.today()
            bar = identities(session, self.staff, [household.id], today, opened=True)[household.id]
            return ReviewCard(
                row=self._queue_rows(session, [(approval, household, author)])[0],
                identity=bar,
                subject=self.subjects[approval.subject_kind].card(
                    session, self.staff, approval, today
                ),
                history=move_history(session, [approval.id])[approval.id],
                allowed=self._allowed(session, approval, household.district_id),
                household_id=household.id,
            )

    @needs(Permission.DECIDE_APPROVALS)
    def decide(self, decision: Decision) -> ApprovalState:
        """Make one move on what was displayed and return the new state.

        Raises ConflictError where the content changed since it was shown, NotPermittedError where the move
        table forbids it, ValidationError where words are missing.
        """
        with self.work() as session:
            return self._decide(session, decision)

    @needs(Permission.DECIDE_APPROVALS)
    def approve_listed(self, decisions: Sequence[Decision]) -> tuple[tuple[UUID, str], ...]:
        """Approve several rows of the list at once: only kinds the office marks for it.

        Each is a unit of work of its own. Returns the refused ones with the sentence why.
        """
        refused: list[tuple[UUID, str]] = []
        for decision in decisions:
            try:
                with self.work() as session:
                    self._refuse_unless_in_bulk(session, decision)
                    self._decide(session, decision)
            except UserError as error:
                refused.append((decision.approval_id, error.sentence))
        return tuple(refused)

    def _mine(self) -> list[ColumnElement[bool]]:
        positions = self.staff.roles & frozenset(APPROVING_POSITIONS)
        waits = Approval.state.in_(_OPEN) & Approval.position.in_(positions)
        inspects = Approval.waits_inspection & _step_exists(
            StepState.APPROVED_FOR, StepKind.APPROVE, positions, self
        )
        reads = _step_exists(StepState.OPEN, StepKind.CIRCULATE, positions, self)
        found = [
            Approval.office_id == self.staff.office_id,
            waits | inspects | reads,
            Approval.author_id != self.staff.staff_id,
            Approval.submitted_by != self.staff.staff_id,
        ]
        if positions == {Role.SUPERVISOR}:
            found.append(Household.district_id.in_(self.staff.supervised_district_ids))
        elif Role.SUPERVISOR in positions:
            supervised = Household.district_id.in_(self.staff.supervised_district_ids)
            found.append(
                supervised | Approval.position.is_(None) | (Approval.position != Role.SUPERVISOR)
            )
        return found

    def _queue_rows(
        self, session: Session, found: Sequence[tuple[Approval, Household, str]]
    ) -> tuple[QueueRow, ...]:
        now, today = self.clock.now(), self.clock.today()
        lines: dict[UUID, SubjectRow] = {}
        for kind in {a.subject_kind for a, _, _ in found}:
            ids = [a.subject_id for a, _, _ in found if a.subject_kind == kind]
            lines.update(self.subjects[kind].rows(session, self.staff.office_id, ids, today))
        tries = _tries(session, [a for a, _, _ in found])
        shielded = {h.id for _, h, _ in found if h.is_shielded}
        bars = identities(session, self.staff, shielded, today) if shielded else {}
        return tuple(
            QueueRow(
                approval_id=a.id,
                subject_kind=a.subject_kind,
                subject_id=a.subject_id,
                household_id=h.id,
                case_number=h.case_number,
                head_name=bars[h.id].head_name if h.id in bars else h.head_name,
                kind_label=lines[a.subject_id].kind_label,
                event_on=lines[a.subject_id].event_on,
                author=author,
                submitted_at=a.submitted_at,
                age_days=(japan_day(now) - japan_day(a.submitted_at)).days,
                state=a.state,
                root_version=a.root_version,
                content_hash=a.content_hash,
                position=a.position or APPROVING_POSITIONS[0],
                in_bulk=lines[a.subject_id].in_bulk,
                round=tries[a.id],
                needs_inspection=a.waits_inspection,
            )
            for a, h, author in found
        )

    def _household_of(self, approval_id: UUID) -> UUID:
        with self.work() as session:
            household_id = session.scalar(
                select(Approval.household_id).where(
                    Approval.id == approval_id, Approval.office_id == self.staff.office_id
                )
            )
        if household_id is None:
            raise NotPermittedError("この案件は見つからないか、見る権限がありません。")
        return household_id

    def _open_compared(self, approval_id: UUID) -> None:
        """Open the files that the card compares with: not for the queue, since no stamp of theirs is given by it."""
        with self.work() as session:
            approval = session.get_one(Approval, approval_id)
            subject = self.subjects[approval.subject_kind]
            others = (
                subject.compared_with(session, self.staff, approval.subject_id, self.clock.today())
                if isinstance(subject, Comparing)
                else frozenset()
            )
        if others:
            self.reading.open(Purpose.FILE, others, reason=_COMPARED)

    def _allowed(self, session: Session, approval: Approval, district_id: UUID) -> tuple[Move, ...]:
        steps = session.scalars(
            select(ApprovalStep).where(ApprovalStep.approval_id == approval.id)
        ).all()
        submission = moving.as_submission(approval, steps)
        positions = self.staff.positions_in(district_id)
        moves = (m for m in MOVES if m not in {Move.SUBMIT, Move.WITHDRAW})
        return tuple(
            m
            for m in moves
            if refusal(submission, m, staff_id=self.staff.staff_id, positions=positions) is None
        )

    def _decide(self, session: Session, decision: Decision) -> ApprovalState:
        now = self.clock.now()
        positions = self.staff.positions_in(self._district_of(session, decision.approval_id))
        if decision.move is Move.APPROVE_WITH_INSTRUCTION and decision.reply_due is None:
            decision = replace(decision, reply_due=self._usual_reply_day(session))
        moved = moving.decide(
            session,
            self.subjects[self._kind_of(session, decision.approval_id)],
            decision,
            by=self.staff.staff_id,
            positions=positions,
            at=now,
        )
        if decision.move is Move.APPROVE_WITH_INSTRUCTION:
            add_todo(
                session,
                staff=self.staff,
                owner_id=moved.author_id,
                household_id=moved.household_id,
                origin=TodoOrigin.INSTRUCTION,
                origin_id=moved.subject_id,
                text=decision.text,
                due_on=decision.reply_due,
                at=now,
            )
        return moved.state

    def _kind_of(self, session: Session, approval_id: UUID) -> str:
        return session.scalars(
            select(Approval.subject_kind).where(Approval.id == approval_id)
        ).one()

    def _usual_reply_day(self, session: Session) -> date:
        """The day by which an instruction is answered when the approver names none."""
        today = self.clock.today()
        days = lookup.thresholds(session, self.staff.office_id, today).instruction_reply_days
        return today + timedelta(days=days)

    def _district_of(self, session: Session, approval_id: UUID) -> UUID:
        district_id = session.scalar(
            select(Household.district_id)
            .join(Approval, Approval.household_id == Household.id)
            .where(Approval.id == approval_id, Household.office_id == self.staff.office_id)
        )
        if district_id is None:
            raise NotPermittedError("この案件は見つからないか、見る権限がありません。")
        return district_id

    def _refuse_unless_in_bulk(self, session: Session, decision: Decision) -> None:
        if decision.move is not Move.APPROVE or decision.shown is not Shown.LIST:
            raise NotPermittedError("一覧からまとめてできるのは承認だけです。")
        approval = session.get_one(Approval, decision.approval_id)
        subject = self.subjects[approval.subject_kind]
        lines = subject.rows(
            session, self.staff.office_id, [approval.subject_id], self.clock.today()
        )
        if not lines[approval.subject_id].in_bulk:
            raise NotPermittedError("この記録種別は1件ずつ読んで承認します。")


def _tries(session: Session, approvals: Sequence[Approval]) -> dict[UUID, int]:
    """Which try each submission is: 2 for what came back once. A correction begins again at 1."""
    again = [a.subject_id for a in approvals if a.round > 1]
    ended = {
        (subject_id, round_): state
        for subject_id, round_, state in session.execute(
            select(Approval.subject_id, Approval.round, Approval.state).where(
                Approval.subject_kind.in_({a.subject_kind for a in approvals}),
                Approval.subject_id.in_(again),
            )
        )
    }
    found: dict[UUID, int] = {}
    for approval in approvals:
        before = approval.round - 1
        while ended.get((approval.subject_id, before)) in _CAME_BACK:
            before -= 1
        found[approval.id] = approval.round - before
    return found


def move_history(
    session: Session, approval_ids: Collection[UUID] | Select[UUID]
) -> dict[UUID, tuple[MoveRow, ...]]:
    """The moves of these submissions, oldest first, with their words. The caller holds a ticket."""
    found: dict[UUID, list[MoveRow]] = {}
    m = ApprovalMove
    rows = session.execute(
        select(m.approval_id, m.move, m.at, m.root_version, Staff.name, ApprovalNote.text)
        .join(Staff, Staff.id == m.by_id)
        .outerjoin(ApprovalNote, ApprovalNote.move_id == m.id)
        .where(m.approval_id.in_(approval_ids))
        .order_by(m.at, m.id)
    )
    for approval_id, move, at, version, name, text in rows:
        row = MoveRow(move=move, by=name, at=at, root_version=version, text=text or "")
        found.setdefault(approval_id, []).append(row)
    return {approval_id: tuple(moves) for approval_id, moves in found.items()}


def _step_exists(
    state: StepState, kind: StepKind, positions: Collection[Role], service: ApprovalService
) -> ColumnElement[bool]:
    return (
        select(ApprovalStep.approval_id)
        .where(
            ApprovalStep.approval_id == Approval.id,
            ApprovalStep.state == state,
            ApprovalStep.kind == kind,
            ApprovalStep.position.in_(positions),
            ApprovalStep.decided_by.is_distinct_from(service.staff.staff_id),
        )
        .exists()
    )
