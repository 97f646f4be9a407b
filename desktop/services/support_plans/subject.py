"""A support plan as a subject of approval: its freeze rule, its line in the queue, its review card."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from desktop.database.moving import Moved
from desktop.database.support_plans_standing import plans_in_force
from desktop.domain.approvals import ApprovalState
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.office import SignedInStaff
from desktop.domain.review import Check, SubjectRow, SupportPlanCard
from desktop.domain.support_plan_files import PlansOfFile, ProposedPlan, SupportPlan
from desktop.domain.support_plans import ConsentMove, PlanState, unready
from desktop.models.approvals import Approval, ApprovalMove
from desktop.models.households import Household
from desktop.models.support_plans import (
    SupportPlanEnd,
    SupportPlanRecord,
    SupportPlanText,
)
from desktop.services.support_plans.loading import of_household
from desktop.services.support_plans.parts import parts_of
from desktop.services.support_plans.writing import HAS_PLAN, STALE

_STATES = {
    ApprovalState.WAITING: PlanState.SUBMITTED,
    ApprovalState.HELD: PlanState.SUBMITTED,
    ApprovalState.RETURNED: PlanState.RETURNED,
    ApprovalState.WITHDRAWN: PlanState.WITHDRAWN,
    ApprovalState.APPROVED: PlanState.APPROVED,
}


class SupportPlanSubject:
    """Support plans under approval."""

    def rows(
        self,
        session: Session,
        office_id: UUID,  # noqa: ARG002 - the office's kinds of entries need it, plans do not
        subject_ids: Collection[UUID],
        today: date,  # noqa: ARG002
    ) -> Mapping[UUID, SubjectRow]:
        """A new plan or a change of one, and its first day. Each is read."""
        p = SupportPlanRecord
        rows = session.execute(
            select(p.id, p.root_id, p.starts_on).where(p.id.in_(subject_ids))
        ).all()
        roots = {root_id for _, root_id, _ in rows}
        changed = set(
            session.scalars(
                select(p.root_id).where(p.root_id.in_(roots), p.state == PlanState.APPROVED)
            )
        )
        return {
            plan_id: SubjectRow(
                kind_label=f"個別支援計画（{'変更' if root_id in changed else '新規'}）",
                event_on=starts_on,
                in_bulk=False,
            )
            for plan_id, root_id, starts_on in rows
        }

    def card(
        self, session: Session, staff: SignedInStaff, approval: Approval, today: date
    ) -> SupportPlanCard:
        """The version beside the one in force before, and what to look at."""
        found = of_household(session, staff, approval.household_id, today)
        for person in found.people:
            for plan in person.plans:
                if plan.given.plan_id == approval.subject_id:
                    before = person.in_force if person.in_force is not plan else None
                    proposed = ProposedPlan(
                        plan=plan,
                        person=person.name,
                        before=before,
                        programmes=tuple(
                            found.programmes[code].label if code in found.programmes else code
                            for code in plan.given.programmes
                        ),
                        version=approval.root_version,
                        content_hash=approval.content_hash,
                    )
                    return SupportPlanCard(
                        proposed=proposed, checks=tuple(_checks(plan, found, today))
                    )
        raise NotPermittedError("この個別支援計画は見つかりません。")

    def begin(self, session: Session, subject_id: UUID) -> None:
        """Freeze the version: submitted. Raises ValidationError for what it lacks, ConflictError where it is not the newest."""
        record = session.get_one(SupportPlanRecord, subject_id)
        session.execute(
            select(Household.id).where(Household.id == record.household_id).with_for_update()
        )
        if record.state is not PlanState.DRAFT:
            raise ConflictError("この計画はすでに提出されています。")
        _need_newest(session, record)
        parts = parts_of(session, record.household_id, {})
        text = session.get_one(SupportPlanText, subject_id)
        errors = unready(
            parts.goals.get(subject_id, ()), parts.steps.get(subject_id, ()), text.wish
        )
        if errors:
            raise ValidationError(**errors)
        record.state = PlanState.SUBMITTED
        session.flush()

    def settled(self, session: Session, moved: Moved, at: datetime) -> None:
        """Carry the submission's state over; once approved the version is in force."""
        record = session.get_one(SupportPlanRecord, moved.subject_id)
        if moved.state is ApprovalState.APPROVED:
            _need_newest(session, record)
            record.approved_by = session.get_one(ApprovalMove, moved.move_id).by_id
            record.approved_at = at
        record.state = _STATES[moved.state]


def _need_newest(session: Session, record: SupportPlanRecord) -> None:
    p = SupportPlanRecord
    newer = exists().where(p.root_id == record.root_id, p.version > record.version)
    ended = exists().where(SupportPlanEnd.root_id == record.root_id)
    if session.scalar(select(newer)) or session.scalar(select(ended)):
        raise ConflictError(STALE)
    in_force = plans_in_force(session, [record.household_id]).get(record.person_id)
    if in_force is not None and in_force.root_id != record.root_id:
        raise ConflictError(HAS_PLAN)


def _checks(plan: SupportPlan, found: PlansOfFile, today: date) -> Iterator[Check]:
    given = plan.given
    if plan.digest is None:
        yield Check(severity=2, sentence="アセスメントがありません。何をもとにした計画ですか。")
    elif plan.digest.is_held:
        yield Check(
            severity=3,
            sentence="安全の確認が先の人です。保留が解かれていません。取組はそれに合っていますか。",
        )
    if plan.consent is None:
        wanted = any(
            found.programmes[code].needs_consent
            for code in given.programmes
            if code in found.programmes
        )
        yield Check(
            severity=3 if wanted else 2,
            sentence="本人の同意がまだ記録されていません。いつ、どのように確かめますか。",
        )
    elif plan.consent.move is not ConsentMove.GIVEN:
        yield Check(severity=3, sentence="本人はこの計画に同意していません。")
    if any(not goal.is_agreed for goal in given.goals):
        yield Check(severity=1, sentence="本人と確かめていない短期目標があります。")
    if any(goal.due_on is not None and goal.due_on > given.ends_on for goal in given.goals):
        yield Check(severity=1, sentence="期限が計画の期間のあとの短期目標があります。")
    if given.ends_on < today:
        yield Check(severity=2, sentence="計画の期間がもう過ぎています。")
