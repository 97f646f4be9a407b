"""What a row must be before its letter leaves the office, where the database has no rules of its own (SQLite).

PostgreSQL judges the same by `security/sql/59_issued_letters.sql`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from desktop.database.sharing_standing import sharing_refusal
from desktop.domain.clock import japan_day
from desktop.domain.guidance import Outcome, Step
from desktop.domain.issue_rules import IssueCondition
from desktop.domain.medical_orders import OrderStep
from desktop.domain.referrals import ReferralMove
from desktop.domain.work_estimates import EstimateKind
from desktop.domain.work_estimates_cases import CaseOutcome
from desktop.models.assessments import AssessmentRecord, SupportHoldLift
from desktop.models.guidance import GuidanceStepRecord
from desktop.models.households import Member
from desktop.models.masters import MasterValue
from desktop.models.medical_orders import ExaminationOrderRecord, ExaminationStepRecord
from desktop.models.referrals import ReferralStepRecord
from desktop.models.work_estimates import BenefitCaseRecord, BenefitDecisionRecord

#: After these a request to Hello Work is sent no more.
_NOT_SENT = (ReferralMove.DECLINED, ReferralMove.WITHDRAWN)
_ENDED = frozenset({OrderStep.RETURNED, OrderStep.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class _Asked:
    """Of which row of which office, when."""

    session: Session
    office_id: UUID
    subject_id: UUID
    at: datetime


def meet(
    session: Session,
    condition: IssueCondition,
    office_id: UUID,
    subject_ids: Collection[UUID],
    at: datetime,
) -> bool:
    """Whether all of these rows are what the condition asks for."""
    judge = _JUDGES[condition]
    return all(judge(_Asked(session, office_id, each, at)) for each in subject_ids)


def _decided(asked: _Asked, *, drafted: Step, decided: Step) -> bool:
    """The newest draft of its kind in an open case, approved since, and no question of safety open."""
    s = GuidanceStepRecord
    step = asked.session.get(s, asked.subject_id)
    if step is None or step.kind is not drafted or _is_held(asked.session, step.household_id):
        return False
    steps = asked.session.scalars(
        select(s)
        .where(s.case_id == step.case_id, s.kind.in_((drafted, decided, Step.CLOSE)))
        .order_by(s.number)
    ).all()
    newest = {each.kind: each for each in steps}
    found = newest.get(decided)
    return (
        Step.CLOSE not in newest
        and newest[drafted].id == step.id
        and found is not None
        and found.number > step.number
        and found.outcome is Outcome.APPROVED
    )


def _sanctioned(asked: _Asked) -> bool:
    """A disposition that two people decided; the office prints its notice here and says how to appeal."""
    is_decided = _decided(asked, drafted=Step.DISPOSITION, decided=Step.DISPOSITION_FINAL)
    return is_decided and _has_appeal(asked) and not _style(asked).get("sanction_elsewhere")


def _ordered(asked: _Asked) -> bool:
    """An order that another person approved, nobody withdrew, and no question of safety holds."""
    order = asked.session.get(ExaminationOrderRecord, asked.subject_id)
    s = ExaminationStepRecord
    steps = set(asked.session.scalars(select(s.step).where(s.order_id == asked.subject_id)).all())
    return (
        order is not None
        and OrderStep.APPROVED in steps
        and not steps & _ENDED
        and not _person_held(asked.session, order.person_id)
    )


def _is_sent(asked: _Asked) -> bool:
    """A request to Hello Work that was neither taken back nor refused, and of which Hello Work may still be told."""
    s = ReferralStepRecord
    ended = exists().where(s.referral_id == asked.subject_id, s.move.in_(_NOT_SENT))
    is_over = bool(asked.session.scalar(select(ended)))
    return not is_over and sharing_refusal(asked.session, asked.subject_id) is None


def _is_told(asked: _Asked, *, kind: EstimateKind) -> bool:
    """The newest decision of its case (of its month), granted or refused, and the office's 教示 is entered."""
    d = BenefitDecisionRecord
    decision = asked.session.get(d, asked.subject_id)
    if decision is None or decision.outcome is CaseOutcome.WITHDRAWN:
        return False
    case = asked.session.get_one(BenefitCaseRecord, decision.case_id)
    newest = asked.session.scalar(
        select(d.id)
        .where(d.case_id == case.id, d.month.is_not_distinct_from(decision.month))
        .order_by(d.noted_at.desc(), d.id.desc())
        .limit(1)
    )
    return case.kind is kind and newest == decision.id and _has_appeal(asked)


def _has_appeal(asked: _Asked) -> bool:
    """Whether the office entered its notice of appeal rights (教示)."""
    return bool(str(_style(asked).get("appeal") or "").strip())


def _style(asked: _Asked) -> Mapping[str, object]:
    """How the office's paper is, as it is in force."""
    m = MasterValue
    found = asked.session.scalar(
        select(m)
        .where(
            m.office_id == asked.office_id,
            m.table_name == "paper_style",
            m.key == "office",
            m.approved_at.is_not(None),
            m.valid_from <= japan_day(asked.at),
        )
        .order_by(m.valid_from.desc(), m.approved_at.desc(), m.id.desc())
        .limit(1)
    )
    return {} if found is None or found.is_retired else found.value


def _is_held(session: Session, household_id: UUID) -> bool:
    people = session.scalars(
        select(Member.person_id).where(Member.household_id == household_id).distinct()
    ).all()
    return any(_person_held(session, person_id) for person_id in people)


def _person_held(session: Session, person_id: UUID) -> bool:
    """The newest assessment of the person asks for safety first and was not lifted."""
    a = AssessmentRecord
    newest = session.scalar(
        select(a)
        .where(a.person_id == person_id)
        .order_by(a.made_on.desc(), a.saved_at.desc(), a.id.desc())
        .limit(1)
    )
    return newest is not None and newest.on_hold and session.get(SupportHoldLift, newest.id) is None


_JUDGES: Mapping[IssueCondition, Callable[[_Asked], bool]] = {
    IssueCondition.LETTER_APPROVED: partial(
        _decided, drafted=Step.LETTER, decided=Step.LETTER_DECISION
    ),
    IssueCondition.NOTICE_APPROVED: partial(
        _decided, drafted=Step.NOTICE, decided=Step.NOTICE_DECISION
    ),
    IssueCondition.SANCTION_DECIDED: _sanctioned,
    IssueCondition.ORDER_APPROVED: _ordered,
    IssueCondition.REFERRAL_OPEN: _is_sent,
    IssueCondition.JOB_SEARCH_TOLD: partial(_is_told, kind=EstimateKind.JOB_SEARCH),
    IssueCondition.INDEPENDENCE_TOLD: partial(_is_told, kind=EstimateKind.INDEPENDENCE),
    IssueCondition.STUDY_OR_WORK_TOLD: partial(_is_told, kind=EstimateKind.STUDY_OR_WORK),
}
