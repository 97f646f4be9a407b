"""Whether a partner (連携先) may still be told what a request was written with: the person's newest answer decides."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.participation_consents import SharingRefusal
from desktop.domain.support_plans import ConsentMove
from desktop.models.participations import Participation, ParticipationConsent
from desktop.models.referrals import ReferralRecord


def sharing_refusal(session: Session, referral_id: UUID) -> SharingRefusal | None:
    """The newest answer about the request's partner, where it is no and not older than the request's own consent."""
    r, p, c = ReferralRecord, Participation, ParticipationConsent
    newest = session.execute(
        select(c.move, c.said_on, r.consent_on)
        .join(p, p.id == c.participation_id)
        .join(r, and_(r.person_id == p.person_id, r.household_id == p.household_id))
        .where(r.id == referral_id, c.partner == r.partner)
        .order_by(c.said_on.desc(), c.noted_at.desc(), c.id.desc())
        .limit(1)
    ).first()
    if newest is None or newest.move is ConsentMove.GIVEN or newest.said_on < newest.consent_on:
        return None
    return SharingRefusal(move=newest.move, said_on=newest.said_on)


def is_sharing_refused() -> ColumnElement[bool]:
    """The same of the requests of a statement."""
    r, p, c = ReferralRecord, Participation, ParticipationConsent
    part, later = aliased(Participation), aliased(ParticipationConsent)
    is_later = or_(
        later.said_on > c.said_on,
        and_(later.said_on == c.said_on, later.noted_at > c.noted_at),
        and_(later.said_on == c.said_on, later.noted_at == c.noted_at, later.id > c.id),
    )
    superseded = (
        exists()
        .where(
            part.id == later.participation_id,
            part.person_id == r.person_id,
            part.household_id == r.household_id,
            later.partner == r.partner,
            is_later,
        )
        .correlate(r, c)
    )
    return (
        exists()
        .where(
            p.id == c.participation_id,
            p.person_id == r.person_id,
            p.household_id == r.household_id,
            c.partner == r.partner,
            c.move != ConsentMove.GIVEN,
            c.said_on >= r.consent_on,
            ~superseded,
        )
        .correlate(r)
    )
