"""What a decision on a support group needs, and storing it. The database judges the same again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from desktop.domain.clock import japan_day
from desktop.domain.errors import ConflictError, ValidationError
from desktop.domain.office import SignedInStaff
from desktop.domain.support_groups import FEWEST_REASON, DecidedBy, DecisionInput
from desktop.models.assessments import AssessmentRecord, SupportHoldLift
from desktop.models.conferences import CaseConference, ConferenceMatter, ConferenceMinutes
from desktop.models.support_groups import SupportGroupDecision, SupportGroupReason
from desktop.services.masters.lookup_assessments import assessment_numbers
from desktop.services.support_groups.standing import present_decisions

_DISPUTED = "本人の異議があります。会議の議題にしてください。"
_ONLY_UNCHANGED = "会議によらずに決められるのは、区分が変わらず、提案も同じときだけです。会議の議題にしてください。"


def refuse(
    session: Session,
    given: DecisionInput,
    record: AssessmentRecord,
    staff: SignedInStaff,
    today: date,
) -> None:
    """Raise ConflictError where safety comes first or the matter is decided, ValidationError per field otherwise."""
    if record.on_hold and session.get(SupportHoldLift, record.id) is None:
        raise ConflictError("安全の確認が先です。保留を解いてから決めてください。")
    errors = dict(_errors(given, record, today))
    if not errors:
        errors = dict(_how_errors(session, given, record, staff, today))
    if errors:
        raise ValidationError(**errors)


def store(
    session: Session,
    given: DecisionInput,
    record: AssessmentRecord,
    staff: SignedInStaff,
    at: datetime,
) -> None:
    """Store the decision with its reason."""
    owner = {"office_id": record.office_id, "household_id": record.household_id}
    session.add(
        SupportGroupDecision(
            id=given.decision_id,
            person_id=given.person_id,
            assessment_id=record.id,
            matter_id=given.matter_id,
            group=given.group,
            how=given.how,
            effective_from=japan_day(at),
            expires_on=given.expires_on,
            next_review_on=given.next_review_on,
            decided_by=staff.staff_id,
            decided_at=at,
            **owner,
        )
    )
    session.flush()
    session.add(
        SupportGroupReason(
            decision_id=given.decision_id,
            reason=given.reason,
            persons_view=given.persons_view,
            **owner,
        )
    )
    session.flush()


def _errors(
    given: DecisionInput, record: AssessmentRecord, today: date
) -> Iterator[tuple[str, str]]:
    if not given.reason:
        yield "reason", "理由を入力してください。"
    elif given.group is not record.proposed_group and len(given.reason) < FEWEST_REASON:
        yield "reason", f"提案と違う区分にする理由を、{FEWEST_REASON}文字以上で書いてください。"
    if given.next_review_on <= today:
        yield "next_review_on", "次の見直しは明日以降の日にしてください。"
    if (given.how is DecidedBy.PROVISIONAL) != (given.expires_on is not None):
        yield "expires_on", "仮の区分には期限を、ほかには期限を付けないでください。"
    if (given.how is DecidedBy.CONFERENCE) != (given.matter_id is not None):
        yield "matter_id", "会議で決めるときは、議題を選んでください。"


def _how_errors(
    session: Session,
    given: DecisionInput,
    record: AssessmentRecord,
    staff: SignedInStaff,
    today: date,
) -> Iterator[tuple[str, str]]:
    standing = present_decisions(session, [record.household_id], today).get(record.person_id)
    decided = standing is not None and standing.how is not DecidedBy.PROVISIONAL
    match given.how:
        case DecidedBy.CONFERENCE:
            yield from _conference_errors(session, given)
        case DecidedBy.SUPERVISOR:
            unchanged = decided and standing is not None and standing.group is given.group
            if not unchanged or record.proposed_group is not given.group:
                yield "group", _ONLY_UNCHANGED
            elif record.is_disputed:
                yield "group", _DISPUTED
        case DecidedBy.PROVISIONAL:
            days = assessment_numbers(session, staff.office_id, today).provisional_days
            if decided:
                yield (
                    "group",
                    "決まった区分がある人に仮の区分は付けられません。会議の議題にしてください。",
                )
            if given.expires_on and not today < given.expires_on <= today + timedelta(days=days):
                yield "expires_on", f"仮の区分は、今日から{days}日までの期限を付けてください。"


def _conference_errors(session: Session, given: DecisionInput) -> Iterator[tuple[str, str]]:
    m, c = ConferenceMatter, CaseConference
    is_open = session.scalar(
        select(m.id)
        .join(c, c.id == m.conference_id)
        .join(ConferenceMinutes, ConferenceMinutes.matter_id == m.id)
        .where(
            m.id == given.matter_id,
            m.assessment_id == given.assessment_id,
            c.held_on.is_not(None),
            c.closed_at.is_(None),
        )
    )
    if is_open is None:
        yield "matter_id", "会議で決めるのは、開いている会議の、会議録を書いた議題だけです。"
        return
    decided = exists().where(SupportGroupDecision.matter_id == given.matter_id)
    if session.scalar(select(decided)):
        raise ConflictError("この議題はすでに決まっています。")
