"""Support policies as dataclasses: one version each, with all its lines. The caller holds a ticket."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from desktop.domain.approvals import ApprovalState, MoveRow, StampRow
from desktop.domain.office import SignedInStaff
from desktop.domain.support_policies import (
    Action,
    Evidence,
    Goal,
    Issue,
    PolicyLine,
    PolicyState,
    PolicyVersionLine,
    SupportPolicy,
)
from desktop.models.approvals import Approval, ApprovalStep
from desktop.models.office import Staff
from desktop.models.support_policies import (
    PolicyAction,
    PolicyEvidence,
    PolicyGoal,
    PolicyIssue,
    PolicyText,
    SupportPolicyRecord,
    SupportPolicyVersion,
)
from desktop.services.approvals import move_history

SUBJECT = "support_policy"

P = TypeVar("P", PolicyIssue, PolicyEvidence, PolicyGoal, PolicyAction)


def visible_to(staff: SignedInStaff) -> ColumnElement[bool]:
    """Somebody else's draft is nobody's business until it is submitted."""
    return or_(
        SupportPolicyRecord.state != PolicyState.DRAFT,
        SupportPolicyRecord.author_id == staff.staff_id,
    )


def load_policy(
    session: Session, staff: SignedInStaff, policy_id: UUID, version: int | None = None
) -> SupportPolicy | None:
    """A policy in a version, by default the valid one, else the newest; None where there is none to see."""
    p, v, t = SupportPolicyRecord, SupportPolicyVersion, PolicyText
    shown = func.coalesce(p.approved_version, p.version) if version is None else version
    row = session.execute(
        select(p, v, t.situation, t.evaluation, Staff.name)
        .join(v, and_(v.policy_id == p.id, v.version == shown))
        .join(t, and_(t.policy_id == p.id, t.version == v.version))
        .join(Staff, Staff.id == p.author_id)
        .where(p.id == policy_id, visible_to(staff))
    ).one_or_none()
    if row is None:
        return None
    record, said, situation, evaluation, author = row
    return SupportPolicy(
        policy_id=record.id,
        household_id=record.household_id,
        kind=said.kind,
        state=record.state,
        version=said.version,
        approved_version=record.approved_version,
        made_on=said.made_on,
        approved_at=record.approved_at,
        review_due_on=record.review_due_on,
        follows=record.follows,
        author_id=record.author_id,
        author=author,
        saved_at=said.saved_at,
        situation=situation,
        evaluation=evaluation,
        issues=issues_of(session, record.id, said.version),
        content_hash=said.content_hash,
        grade=said.grade,
        visits_per_year=said.visits_per_year,
        stamps=_stamps(session, record.id, said.version),
        notes=_notes(session, record.id),
    )


def lines_of(session: Session, staff: SignedInStaff, household_id: UUID) -> tuple[PolicyLine, ...]:
    """The household's policies that this person may see, newest first."""
    p = SupportPolicyRecord
    rows = session.execute(
        select(p, Staff.name)
        .join(Staff, Staff.id == p.author_id)
        .where(p.household_id == household_id, visible_to(staff))
        .order_by(p.made_on.desc(), p.id.desc())
    )
    return tuple(
        PolicyLine(
            policy_id=record.id,
            kind=record.kind,
            state=record.state,
            made_on=record.made_on,
            approved_at=record.approved_at,
            review_due_on=record.review_due_on,
            author=author,
            version=record.approved_version or record.version,
        )
        for record, author in rows
    )


def versions_of(
    session: Session, staff: SignedInStaff, policy_id: UUID
) -> tuple[PolicyVersionLine, ...]:
    """The stored versions of a policy that this person may see, newest first."""
    p, v = SupportPolicyRecord, SupportPolicyVersion
    rows = session.execute(
        select(v.version, v.saved_at, Staff.name)
        .join(p, p.id == v.policy_id)
        .join(Staff, Staff.id == v.saved_by)
        .where(v.policy_id == policy_id, visible_to(staff))
        .order_by(v.version.desc())
    )
    return tuple(
        PolicyVersionLine(version=version, saved_at=saved_at, by=by)
        for version, saved_at, by in rows
    )


def in_force(session: Session, household_id: UUID) -> UUID | None:
    """The policy in force: the one approved last."""
    p = SupportPolicyRecord
    return session.scalar(
        select(p.id)
        .where(p.household_id == household_id, p.state == PolicyState.APPROVED)
        .order_by(p.approved_at.desc(), p.id.desc())
        .limit(1)
    )


def issues_of(session: Session, policy_id: UUID, version: int) -> tuple[Issue, ...]:
    """The issues of a version with all their lines, in the order of the sheet."""
    evidence, goals, actions = defaultdict(list), defaultdict(list), defaultdict(list)
    for e in _rows(session, PolicyEvidence, policy_id, version):
        evidence[e.issue_id].append(
            Evidence(
                entry_id=e.entry_id,
                entry_version=e.entry_version,
                segment_id=e.segment_id,
                start=e.start_at,
                end=e.end_at,
                quote=e.quote,
            )
        )
    for g in _rows(session, PolicyGoal, policy_id, version):
        goals[g.issue_id].append(Goal(goal_id=g.goal_id, term=g.term, text=g.text, by_on=g.by_on))
    for a in _rows(session, PolicyAction, policy_id, version):
        actions[a.issue_id].append(
            Action(
                action_id=a.action_id, actor=a.actor, what=a.what, by_on=a.by_on, measure=a.measure
            )
        )
    return tuple(
        Issue(
            issue_id=row.issue_id,
            person_id=row.person_id,
            independence=row.independence,
            domain=row.domain,
            text=row.text,
            fact=row.fact,
            cause=row.cause,
            wish=row.wish,
            strength=row.strength,
            standing=row.standing,
            result=row.result,
            evidence=tuple(evidence[row.issue_id]),
            goals=tuple(goals[row.issue_id]),
            actions=tuple(actions[row.issue_id]),
        )
        for row in _rows(session, PolicyIssue, policy_id, version)
    )


def _rows(session: Session, table: type[P], policy_id: UUID, version: int) -> Sequence[P]:
    part: Any = table
    return session.scalars(
        select(table)
        .where(part.policy_id == policy_id, part.version == version)
        .order_by(part.position)
    ).all()


def _stamps(session: Session, policy_id: UUID, version: int) -> tuple[StampRow, ...]:
    s, a = ApprovalStep, Approval
    rows = session.execute(
        select(s.position, s.decided_at, Staff.name)
        .join(a, a.id == s.approval_id)
        .join(Staff, Staff.id == s.decided_by)
        .where(
            a.subject_kind == SUBJECT,
            a.subject_id == policy_id,
            a.root_version == version,
            a.state == ApprovalState.APPROVED,
            s.decided_at.is_not(None),
        )
        .order_by(s.number)
    )
    return tuple(
        StampRow(position=position, name=name, at=at, note="")
        for position, at, name in rows
        if at is not None
    )


def _notes(session: Session, policy_id: UUID) -> tuple[MoveRow, ...]:
    a = Approval
    ids = select(a.id).where(a.subject_kind == SUBJECT, a.subject_id == policy_id)
    moves = move_history(session, ids)
    return tuple(note for history in moves.values() for note in history if note.text)
