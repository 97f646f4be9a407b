"""What is recorded of a policy after its approval: that it was explained, and that an event needs no review."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.clock import japan_day
from desktop.domain.errors import NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.office import SignedInStaff
from desktop.domain.support_policies import (
    Explanation,
    ExplanationInput,
    NoReview,
    NoReviewInput,
    PolicyState,
    Understanding,
)
from desktop.models.office import Staff
from desktop.models.support_policies import (
    PolicyExplanation,
    PolicyExplanationText,
    PolicyNoReview,
    PolicyNoReviewText,
    SupportPolicyRecord,
)
from desktop.services.masters.lookup import thresholds

#: What an explanation cannot go without, by how it was taken.
_WORDS_WANTED = {
    Understanding.DISAGREED: "納得していないことを、本人の言葉のまま入力してください。",
    Understanding.NOT_POSSIBLE: "説明できない事情を入力してください。",
}
#: Most characters of one field, as the database has it.
_MOST_WORDS = 10_000


def explain(
    session: Session, given: ExplanationInput, staff: SignedInStaff, at: datetime, today: date
) -> None:
    """Record an explanation. Raises ValidationError per field, NotPermittedError for a policy not approved."""
    if given.explained_on > today:
        raise ValidationError(explained_on="説明した日は今日までの日付にしてください。")
    if not given.to_whom.strip():
        raise ValidationError(to_whom="だれに説明したかを入力してください。")
    if given.understanding in _WORDS_WANTED and not given.said.strip():
        raise ValidationError(said=_WORDS_WANTED[given.understanding])
    _refuse_long(to_whom=given.to_whom, place=given.place, said=given.said)
    policy = session.get_one(SupportPolicyRecord, given.policy_id)
    if policy.state is not PolicyState.APPROVED:
        raise NotPermittedError("説明を記録できるのは、決裁された援助方針だけです。")
    owner = {"office_id": policy.office_id, "household_id": policy.household_id}
    explanation = PolicyExplanation(
        id=new_id(),
        policy_id=policy.id,
        explained_on=given.explained_on,
        explained_by=staff.staff_id,
        recorded_at=at,
        understanding=given.understanding,
        **owner,
    )
    session.add(explanation)
    session.flush()
    words = {
        "to_whom": given.to_whom.strip(),
        "place": given.place.strip(),
        "said": given.said.strip(),
    }
    session.add(PolicyExplanationText(explanation_id=explanation.id, **words, **owner))


def explanations_of(session: Session, policy_id: UUID) -> tuple[Explanation, ...]:
    """The policy's explanations, newest first. The caller holds a ticket."""
    e, t = PolicyExplanation, PolicyExplanationText
    rows = session.execute(
        select(e.explained_on, Staff.name, e.understanding, t.to_whom, t.place, t.said)
        .join(t, t.explanation_id == e.id)
        .join(Staff, Staff.id == e.explained_by)
        .where(e.policy_id == policy_id)
        .order_by(e.explained_on.desc(), e.id.desc())
    )
    return tuple(
        Explanation(
            explained_on=on,
            by=by,
            understanding=understanding,
            to_whom=to_whom,
            place=place,
            said=said,
        )
        for on, by, understanding, to_whom, place, said in rows
    )


def explain_by(session: Session, office_id: UUID, policy_id: UUID, today: date) -> date | None:
    """The day by which a policy is explained: so many days after its approval as rule P09 allows; None before."""
    approved_at = session.scalar(
        select(SupportPolicyRecord.approved_at).where(SupportPolicyRecord.id == policy_id)
    )
    if approved_at is None:
        return None
    allowed = thresholds(session, office_id, today).p09_days
    return japan_day(approved_at) + timedelta(days=allowed)


def answer(
    session: Session, given: NoReviewInput, staff: SignedInStaff, at: datetime, today: date
) -> None:
    """Record that an event needs no review. Raises ValidationError per field."""
    if given.happened_on > today:
        raise ValidationError(happened_on="あった日は今日までの日付にしてください。")
    if not given.event.strip():
        raise ValidationError(event="何があったかを入力してください。")
    if not given.reason.strip():
        raise ValidationError(reason="見直さない理由を入力してください。")
    _refuse_long(event=given.event, reason=given.reason)
    owner = {"office_id": staff.office_id, "household_id": given.household_id}
    row = PolicyNoReview(
        id=new_id(),
        happened_on=given.happened_on,
        answered_by=staff.staff_id,
        answered_at=at,
        **owner,
    )
    session.add(row)
    session.flush()
    words = {"event": given.event.strip(), "reason": given.reason.strip()}
    session.add(PolicyNoReviewText(no_review_id=row.id, **words, **owner))


def answers_of(session: Session, household_id: UUID) -> tuple[NoReview, ...]:
    """The household's answers, newest first. The caller holds a ticket."""
    r, t = PolicyNoReview, PolicyNoReviewText
    rows = session.execute(
        select(r.happened_on, t.event, t.reason, Staff.name, r.answered_at)
        .join(t, t.no_review_id == r.id)
        .join(Staff, Staff.id == r.answered_by)
        .where(r.household_id == household_id)
        .order_by(r.answered_at.desc(), r.id.desc())
    )
    return tuple(
        NoReview(happened_on=on, event=event, reason=reason, by=by, answered_at=at)
        for on, event, reason, by, at in rows
    )


def _refuse_long(**words: str) -> None:
    for name, text in words.items():
        if len(text) > _MOST_WORDS:
            raise ValidationError(**{name: "文字が多すぎます。短くしてください。"})
