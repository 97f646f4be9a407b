"""A support policy as a subject of approval: its freeze rule, its line in the queue, its review card."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from desktop.database import policy_duties
from desktop.database.moving import Moved
from desktop.domain.approvals import ApprovalState
from desktop.domain.clock import japan_day
from desktop.domain.dates import months_later
from desktop.domain.errors import ConflictError, NotPermittedError
from desktop.domain.office import SignedInStaff
from desktop.domain.policy_duties import duty_lines
from desktop.domain.review import EvidenceSource, PolicyCard, SubjectRow
from desktop.domain.support_policies import ANNULLED_EVIDENCE, POLICY_KIND, PolicyState, Standing
from desktop.models.approvals import Approval, ApprovalMove
from desktop.models.households import Person
from desktop.models.records import EntryRecord
from desktop.models.support_policies import (
    PolicyAction,
    PolicyEvidence,
    PolicyIssue,
    SupportPolicyRecord,
)
from desktop.services.households.ages import ages
from desktop.services.masters import lookup
from desktop.services.support_policies.checks import checks_of
from desktop.services.support_policies.likenesses import likenesses_of, look_alikes
from desktop.services.support_policies.loading import issues_of, load_policy
from desktop.services.support_policies.visit_checks import in_order, visit_checks
from desktop.services.visit_grades import take_policy_grade

_STATES = {
    ApprovalState.WAITING: PolicyState.SUBMITTED,
    ApprovalState.HELD: PolicyState.SUBMITTED,
    ApprovalState.RETURNED: PolicyState.RETURNED,
    ApprovalState.WITHDRAWN: PolicyState.DRAFT,
    ApprovalState.APPROVED: PolicyState.APPROVED,
}


class SupportPolicySubject:
    """Support policies under approval."""

    def rows(
        self,
        session: Session,
        office_id: UUID,  # noqa: ARG002 - the office's kinds of entries need it, policies do not
        subject_ids: Collection[UUID],
        today: date,  # noqa: ARG002
    ) -> Mapping[UUID, SubjectRow]:
        """Kind and day of each policy; none is approved unread."""
        p = SupportPolicyRecord
        rows = session.execute(select(p.id, p.kind, p.made_on).where(p.id.in_(subject_ids)))
        return {
            policy_id: SubjectRow(
                kind_label=f"援助方針（{POLICY_KIND[kind]}）", event_on=made_on, in_bulk=False
            )
            for policy_id, kind, made_on in rows
        }

    def card(
        self, session: Session, staff: SignedInStaff, approval: Approval, today: date
    ) -> PolicyCard:
        """The submitted version beside the policy that it follows, with the checks and what reads nearly the same."""
        policy = load_policy(session, staff, approval.subject_id, approval.root_version)
        if policy is None:
            raise NotPermittedError("この援助方針は見つかりません。")
        previous = None if policy.follows is None else load_policy(session, staff, policy.follows)
        years = ages(session, approval.household_id, today)
        issues = [issue for one in (policy, previous) if one for issue in one.issues]
        limits = lookup.thresholds(session, staff.office_id, today)
        likenesses = likenesses_of(session, staff, policy, previous, limits, today)
        is_copy_told = any(not one.case_number for one in likenesses)
        return PolicyCard(
            policy=policy,
            previous=previous,
            checks=in_order(
                *checks_of(policy, previous, years, today, is_copy_told=is_copy_told),
                *visit_checks(session, policy, approval.office_id, today),
            ),
            people=_names(session, {i.person_id for i in issues if i.person_id}),
            sources=_sources(session, {e.entry_id for i in issues for e in i.evidence}),
            likenesses=likenesses,
        )

    def compared_with(
        self, session: Session, staff: SignedInStaff, subject_id: UUID, today: date
    ) -> frozenset[UUID]:
        """The other households whose policies the card may compare with: of the person's own duty."""
        limits = lookup.thresholds(session, staff.office_id, today)
        return frozenset(
            found.household_id for found in look_alikes(session, staff, subject_id, limits)
        )

    def begin(self, session: Session, subject_id: UUID) -> None:
        """Freeze the policy: submitted, with the count of its gaps."""
        record = session.get_one(SupportPolicyRecord, subject_id)
        _need_valid_evidence(session, record.id, record.version)
        record.state, record.gaps = PolicyState.SUBMITTED, _gaps(session, record)
        session.flush()

    def settled(self, session: Session, moved: Moved, at: datetime) -> None:
        """Carry the submission's state over; approval makes the version valid and sets the day of the next review."""
        record = session.get_one(SupportPolicyRecord, moved.subject_id)
        record.state = _STATES[moved.state]
        if moved.state is not ApprovalState.APPROVED or record.approved_version is not None:
            return
        _need_valid_evidence(session, record.id, moved.root_version)
        on = japan_day(at)
        months = lookup.thresholds(session, record.office_id, on).policy_review_months
        record.approved_version, record.approved_at = moved.root_version, at
        record.review_due_on = months_later(on, months)
        lines = duty_lines(issues_of(session, record.id, moved.root_version))
        policy_duties.renew_here(session, record, lines, on)
        by = session.get_one(ApprovalMove, moved.move_id).by_id
        take_policy_grade(session, record, moved.root_version, by=by, at=at)


def _need_valid_evidence(session: Session, policy_id: UUID, version: int) -> None:
    """What was annulled is no reason for a policy, neither when it is handed in nor when it is approved."""
    found = PolicyEvidence
    annulled = exists().where(
        found.policy_id == policy_id,
        found.version == version,
        found.entry_id == EntryRecord.id,
        EntryRecord.is_annulled,
    )
    if session.scalar(select(annulled)):
        raise ConflictError(ANNULLED_EVIDENCE)


def _names(session: Session, person_ids: Collection[UUID]) -> dict[UUID, str]:
    found = select(Person.id, Person.name).where(Person.id.in_(person_ids))
    return dict(session.execute(found).all()) if person_ids else {}


def _sources(session: Session, entry_ids: Collection[UUID]) -> dict[UUID, EvidenceSource]:
    e = EntryRecord
    found = select(e.id, e.number, e.event_on).where(e.id.in_(entry_ids))
    return {
        entry_id: EvidenceSource(number=number, event_on=event_on)
        for entry_id, number, event_on in (session.execute(found) if entry_ids else ())
    }


def _gaps(session: Session, record: SupportPolicyRecord) -> int:
    """Issues that go on without an action that says who, what and by when (rule P06)."""
    i, a = PolicyIssue, PolicyAction
    done = exists().where(
        a.policy_id == i.policy_id,
        a.version == i.version,
        a.issue_id == i.issue_id,
        a.by_on.is_not(None),
        func.trim(a.what) != "",
    )
    open_ones = select(func.count()).where(
        i.policy_id == record.id,
        i.version == record.version,
        i.standing != Standing.ENDED,
        ~done,
    )
    return session.scalars(open_ones).one()
