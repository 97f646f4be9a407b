"""Letters about work and guidance that wait for paper: approved letters (K-15, K-16, S-32), orders (K-18), requests (S-10), notices (S-25D to S-27D).

Whoever may not read what a letter is about does not see it waiting either: he could not draw it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased

from desktop.database.sharing_standing import is_sharing_refused
from desktop.domain.clock import JAPAN
from desktop.domain.guidance import SUBJECT, Outcome, Step
from desktop.domain.medical_orders import DOUBT, OrderStep
from desktop.domain.roles import Permission
from desktop.domain.work_estimates import EstimateKind
from desktop.domain.work_estimates_cases import CASE_OUTCOME, CaseOutcome
from desktop.models.guidance import GuidanceCaseRecord, GuidanceStepRecord
from desktop.models.medical_orders import ExaminationOrderRecord, ExaminationStepRecord
from desktop.models.referrals import ReferralRecord, ReferralStepRecord
from desktop.models.work_estimates import BenefitCaseRecord, BenefitDecisionRecord
from desktop.services.guidance.loading import is_held
from desktop.services.masters import lookup
from desktop.services.masters.lookup_activities import partners
from desktop.services.medical.holding import is_held as person_held
from desktop.services.printing.waiting_rows import Found, Waiting, issued, ready_row

_LETTERS = {
    "K-15": (Step.LETTER, Step.LETTER_DECISION),
    "K-16": (Step.NOTICE, Step.NOTICE_DECISION),
    "S-32": (Step.DISPOSITION, Step.DISPOSITION_FINAL),
}
_NOTICES = {
    "S-25D": EstimateKind.JOB_SEARCH,
    "S-26D": EstimateKind.INDEPENDENCE,
    "S-27D": EstimateKind.STUDY_OR_WORK,
}
#: What was decided longer ago was told before notices were issued here, or on other paper.
_TOLD_DAYS = 92


def letters_of_guidance(waiting: Waiting) -> Iterator[Found]:
    """Approved letters of instruction and notices of a hearing in open cases that nobody issued."""
    if not waiting.staff.may(Permission.GUIDE):
        return
    s = GuidanceStepRecord
    style = lookup.house_style(waiting.session, waiting.staff.office_id, waiting.today)
    for form, (drafted, decided) in _LETTERS.items():
        if form == "S-32" and (style.sanction_elsewhere or not style.appeal.strip()):
            continue
        approved = _approvals(waiting, decided)
        query = waiting.rows(
            s,
            s.noted_by,
            s.happened_on,
            s.kind == drafted,
            ~_followed_by(drafted),
            ~_followed_by(Step.CLOSE),
            ~issued(form, s.id),
        )
        subjects = _subjects(waiting)
        held = dict[UUID, bool]()
        for step, household, code, author in waiting.session.execute(query):
            found = approved.get(step.case_id)
            if found is None or found[0] < step.number:
                continue
            if household.id not in held:
                held[household.id] = is_held(waiting.session, household.id)
            if not held[household.id]:
                yield ready_row(
                    form,
                    step.id,
                    household,
                    district_code=code,
                    author=author,
                    label=subjects[step.case_id],
                    on=step.happened_on,
                    since=found[1],
                )


def orders(waiting: Waiting) -> Iterator[Found]:
    """Orders to be examined that another person approved and that nobody issued, withdrew or handed over."""
    staff = waiting.staff
    if not staff.may(Permission.ORDER_EXAMINATION) or not staff.may(Permission.READ_SENSITIVE):
        return
    x = ExaminationOrderRecord
    query = waiting.rows(
        x,
        x.author_id,
        x.due_on,
        _step_of_order(OrderStep.APPROVED),
        ~_step_of_order(OrderStep.WITHDRAWN),
        ~_step_of_order(OrderStep.DELIVERED),
        ~person_held(x.person_id),
        ~issued("K-18", x.id),
    )
    for order, household, code, author in waiting.session.execute(query):
        yield ready_row(
            "K-18",
            order.id,
            household,
            district_code=code,
            author=author,
            label=DOUBT[order.doubt],
            on=order.due_on,
            since=order.made_at,
        )


def referrals(waiting: Waiting) -> Iterator[Found]:
    """Requests to Hello Work that nobody issued, to which nothing came back, and of which Hello Work may still be told."""
    r = ReferralRecord
    answered = exists().where(ReferralStepRecord.referral_id == r.id)
    query = waiting.rows(
        *(r, r.made_by, r.asked_on),
        *(~answered, ~is_sharing_refused(), ~issued("S-10", r.id)),
    )
    known = partners(waiting.session, waiting.staff.office_id, waiting.today)
    for request, household, code, author in waiting.session.execute(query):
        partner = known.get(request.partner)
        yield ready_row(
            "S-10",
            request.id,
            household,
            district_code=code,
            author=author,
            label=partner.label if partner else request.partner,
            on=request.asked_on,
            since=request.made_at,
        )


def notices(waiting: Waiting) -> Iterator[Found]:
    """Recorded decisions on grants whose notice nobody issued; none while the office has no 教示."""
    style = lookup.house_style(waiting.session, waiting.staff.office_id, waiting.today)
    if not style.appeal.strip():
        return
    c, d, newer = BenefitCaseRecord, BenefitDecisionRecord, aliased(BenefitDecisionRecord)
    first = datetime.combine(waiting.today - timedelta(days=_TOLD_DAYS), time(), tzinfo=JAPAN)
    replaced = exists().where(
        newer.case_id == d.case_id,
        newer.month.is_not_distinct_from(d.month),
        (newer.noted_at > d.noted_at) | ((newer.noted_at == d.noted_at) & (newer.id > d.id)),
    )
    for form, kind in _NOTICES.items():
        query = waiting.rows(
            d,
            d.noted_by,
            d.decided_on,
            exists().where(c.id == d.case_id, c.kind == kind),
            d.outcome != CaseOutcome.WITHDRAWN,
            d.noted_at >= first,
            ~replaced,
            ~issued(form, d.id),
        )
        for decision, household, code, author in waiting.session.execute(query):
            yield ready_row(
                form,
                decision.id,
                household,
                district_code=code,
                author=author,
                label=CASE_OUTCOME[decision.outcome],
                on=decision.decided_on,
                since=decision.noted_at,
            )


def _followed_by(kind: Step) -> ColumnElement[bool]:
    """A later step of that kind stands in the same case."""
    s, later = GuidanceStepRecord, aliased(GuidanceStepRecord)
    return exists().where(later.case_id == s.case_id, later.kind == kind, later.number > s.number)


def _approvals(waiting: Waiting, decided: Step) -> dict[UUID, tuple[int, datetime]]:
    """Case → number and instant of its newest decision, where that approves."""
    s = GuidanceStepRecord
    rows = waiting.session.execute(
        select(s.case_id, s.number, s.noted_at, s.outcome)
        .where(s.kind == decided, s.office_id == waiting.staff.office_id)
        .order_by(s.number)
    )
    newest = {case_id: (number, at, outcome) for case_id, number, at, outcome in rows}
    return {
        case_id: (number, at)
        for case_id, (number, at, outcome) in newest.items()
        if outcome is Outcome.APPROVED
    }


def _subjects(waiting: Waiting) -> dict[UUID, str]:
    """Case → what its guidance is about."""
    c = GuidanceCaseRecord
    rows = waiting.session.execute(
        select(c.id, c.subject).where(c.office_id == waiting.staff.office_id)
    )
    return {case_id: SUBJECT[subject] for case_id, subject in rows}


def _step_of_order(step: OrderStep) -> ColumnElement[bool]:
    x, s = ExaminationOrderRecord, ExaminationStepRecord
    return exists().where(s.order_id == x.id, s.step == step)
