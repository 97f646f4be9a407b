"""Rules about stamps and instructions (section 5.2, R02 and R03): what waits for a person's answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.domain.approvals import ApprovalState, Move, StepKind, StepState
from desktop.domain.clock import japan_day
from desktop.domain.records import EntryOrigin, EntryState
from desktop.domain.supervision import Finding, RuleInfo
from desktop.domain.todos import TodoOrigin, TodoState
from desktop.models.approvals import Approval, ApprovalMove, ApprovalStep
from desktop.models.households import Household
from desktop.models.records import EntryRecord
from desktop.models.todos import Todo
from desktop.services.supervision.scope import HOUSEHOLD, Scope, in_words

_ENTRY = "entry"


class UnstampedEntry:
    """R02: an entry without an approver's stamp 14 days after it was first handed in, or written and never handed in.

    Taking it back and handing it in again does not start the days anew.
    """

    info = RuleInfo(
        rule="R02",
        name="押印のない記録",
        severity=2,
        basis="提出（未提出は記録した日）から、しきい値 R02 の日数を超えて押印がない記録",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """Look at open entries only: an approved one has its stamps."""
        handed_in = _first_handed_in()
        since = func.coalesce(handed_in, EntryRecord.recorded_at)
        found = (
            select(*HOUSEHOLD, EntryRecord.id, EntryRecord.state, since)
            .join(EntryRecord, EntryRecord.household_id == Household.id)
            .where(
                scope.households,
                EntryRecord.office_id == scope.office_id,
                EntryRecord.state.in_(
                    (EntryState.DRAFT, EntryState.SUBMITTED, EntryState.RETURNED)
                ),
                EntryRecord.origin == EntryOrigin.OFFICE,
                EntryRecord.is_annulled.is_(False),
                # A correction that was never handed in leaves a stamped version in force.
                or_(EntryRecord.approved_version.is_(None), handed_in.is_not(None)),
                since < scope.before(scope.limits.r02_days),
                ~_stamped(),
            )
        )
        where = {
            EntryState.DRAFT: "まだ提出されていません",
            EntryState.SUBMITTED: "押印がありません",
            EntryState.RETURNED: "差し戻されたままです",
        }
        for *household, entry_id, state, instant in session.execute(found):
            day = japan_day(instant)
            days = scope.since(day)
            yield scope.finding(
                self.info,
                household,
                f"記録が{days}日間、{where[state]}。",
                since=day,
                days=days,
                entry_id=entry_id,
            )


class UnansweredInstruction:
    """R03: a supervisor's instruction whose day for the reply has passed.

    An instruction that lies on nobody's desk counts too.
    """

    info = RuleInfo(
        rule="R03",
        name="回答のない指示",
        severity=2,
        basis="回答期限を過ぎて回答のない査察指導員の指示（期限がなければ、しきい値の日数）",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """First those on a desk, then those that never reached one."""
        reply_days = scope.limits.instruction_reply_days
        for found in (self._on_desks(scope), self._on_no_desk(scope)):
            for *household, staff_id, subject_id, given_at, due_on in session.execute(found):
                due = due_on or japan_day(given_at) + timedelta(days=reply_days)
                days = scope.since(due)
                yield scope.finding(
                    self.info,
                    household,
                    f"指示への回答期限（{in_words(due)}）から{days}日たっています。対応はどうなっていますか。",
                    since=due,
                    days=days,
                    entry_id=subject_id,
                    staff_id=staff_id,
                )

    def _on_desks(self, scope: Scope) -> Select[*tuple[Any, ...]]:
        return (
            select(*HOUSEHOLD, Todo.owner_id, Todo.origin_id, Todo.created_at, Todo.due_on)
            .join(Todo, Todo.household_id == Household.id)
            .where(
                scope.households,
                Todo.origin == TodoOrigin.INSTRUCTION,
                Todo.state == TodoState.OPEN,
                _overdue(scope, Todo.due_on, Todo.created_at),
            )
        )

    def _on_no_desk(self, scope: Scope) -> Select[*tuple[Any, ...]]:
        on_desk = exists().where(
            Todo.household_id == ApprovalMove.household_id,
            Todo.origin == TodoOrigin.INSTRUCTION,
            Todo.origin_id.in_((Approval.subject_id, ApprovalMove.id)),
        )
        return (
            select(
                *HOUSEHOLD,
                Approval.author_id,
                Approval.subject_id,
                ApprovalMove.at,
                ApprovalMove.reply_due,
            )
            .join(ApprovalMove, ApprovalMove.household_id == Household.id)
            .join(Approval, Approval.id == ApprovalMove.approval_id)
            .where(
                scope.households,
                ApprovalMove.office_id == scope.office_id,
                ApprovalMove.move == Move.APPROVE_WITH_INSTRUCTION,
                _overdue(scope, ApprovalMove.reply_due, ApprovalMove.at),
                ~on_desk,
            )
        )


def _first_handed_in() -> ColumnElement[datetime]:
    return (
        select(func.min(Approval.submitted_at))
        .where(
            Approval.subject_kind == _ENTRY,
            Approval.subject_id == EntryRecord.id,
            Approval.root_version > func.coalesce(EntryRecord.approved_version, 0),
        )
        .correlate(EntryRecord)
        .scalar_subquery()
    )


def _stamped() -> ColumnElement[bool]:
    return (
        exists()
        .where(
            Approval.subject_kind == _ENTRY,
            Approval.subject_id == EntryRecord.id,
            Approval.state.in_((ApprovalState.WAITING, ApprovalState.HELD)),
            ApprovalStep.approval_id == Approval.id,
            ApprovalStep.kind == StepKind.APPROVE,
            ApprovalStep.state != StepState.OPEN,
        )
        .correlate(EntryRecord)
    )


def _overdue(
    scope: Scope,
    due_on: InstrumentedAttribute[date | None],
    given_at: InstrumentedAttribute[datetime],
) -> ColumnElement[bool]:
    undated_until = scope.before(scope.limits.instruction_reply_days)
    return or_(due_on < scope.today, and_(due_on.is_(None), given_at < undated_until))
