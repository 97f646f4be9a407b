"""Requests to Hello Work of an opened file, with what came back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.errors import NotPermittedError
from desktop.domain.referrals import Referral, ReferralStep, ReferralWords
from desktop.models.households import Person
from desktop.models.office import Staff
from desktop.models.referrals import (
    ReferralRecord,
    ReferralStepRecord,
    ReferralStepText,
    ReferralText,
)

NOT_FOUND = "この要請は見つからないか、この世帯のものではありません。"


def referrals(
    session: Session, household_id: UUID, referral_id: UUID | None = None
) -> tuple[Referral, ...]:
    """The requests of a household, the newest first; only one where an id is given."""
    r, t = ReferralRecord, ReferralText
    wanted = (
        select(r, t, Person.name, Staff.name)
        .join(t, t.referral_id == r.id)
        .join(Person, Person.id == r.person_id)
        .join(Staff, Staff.id == r.made_by)
        .where(r.household_id == household_id)
        .order_by(r.asked_on.desc(), r.made_at.desc(), r.id.desc())
    )
    if referral_id is not None:
        wanted = wanted.where(r.id == referral_id)
    rows = session.execute(wanted).all()
    steps = _steps(session, [row.id for row, *_ in rows])
    return tuple(
        Referral(
            referral_id=row.id,
            person_id=row.person_id,
            person=person,
            number=row.number,
            partner=row.partner,
            asked_on=row.asked_on,
            reply_by=row.reply_by,
            consent_on=row.consent_on,
            health_consent_on=row.health_consent_on,
            words=ReferralWords(
                history=text.history,
                qualifications=text.qualifications,
                wishes=text.wishes,
                health_limits=text.health_limits,
                barriers=text.barriers,
                so_far=text.so_far,
                request=text.request,
            ),
            made_by=author,
            made_at=row.made_at,
            steps=tuple(steps[row.id]),
        )
        for row, text, person, author in rows
    )


def referral(session: Session, household_id: UUID, referral_id: UUID) -> Referral:
    """One request of a household. Raises NotPermittedError where it is none of its."""
    found = referrals(session, household_id, referral_id)
    if not found:
        raise NotPermittedError(NOT_FOUND)
    return found[0]


def _steps(session: Session, referral_ids: Sequence[UUID]) -> dict[UUID, list[ReferralStep]]:
    s, t = ReferralStepRecord, ReferralStepText
    rows = session.execute(
        select(s, t, Staff.name)
        .join(t, t.step_id == s.id)
        .join(Staff, Staff.id == s.noted_by)
        .where(s.referral_id.in_(referral_ids))
        .order_by(s.noted_at.desc(), s.id.desc())
    )
    found: dict[UUID, list[ReferralStep]] = defaultdict(list)
    for row, text, name in rows:
        found[row.referral_id].append(
            ReferralStep(
                step_id=row.id,
                move=row.move,
                on_day=row.on_day,
                until=row.until,
                result=row.result,
                navigator=text.navigator,
                note=text.note,
                noted_by=name,
                noted_at=row.noted_at,
            )
        )
    return found
