"""What people say to taking part, and to partners being told (事業参加・情報共有の同意): read, and added to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, literal, select
from sqlalchemy.orm import Session

from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.office import SignedInStaff
from desktop.domain.participation_consents import (
    TAKING_PART,
    PartConsent,
    PartConsentInput,
    part_consent_errors,
)
from desktop.domain.support_plans import ConsentMove
from desktop.models.office import Staff
from desktop.models.participations import (
    Participation,
    ParticipationConsent,
    ParticipationConsentText,
)
from desktop.services.masters.lookup_activities import partners


def consents_of(
    session: Session,
    office_id: UUID,
    today: date,
    *conditions: ColumnElement[bool],
    with_words: bool,
) -> Mapping[UUID, tuple[PartConsent, ...]]:
    """Participation → answers, the newest first. With words only in an opened file."""
    c, t = ParticipationConsent, ParticipationConsentText
    known = partners(session, office_id, today)
    shared = t.shared if with_words else literal(None)
    wanted = (
        select(c, shared, Staff.name)
        .join(Participation, Participation.id == c.participation_id)
        .join(Staff, Staff.id == c.noted_by)
        .where(c.office_id == office_id, *conditions)
        .order_by(c.said_on.desc(), c.noted_at.desc(), c.id.desc())
    )
    if with_words:
        wanted = wanted.outerjoin(t, t.consent_id == c.id)
    found: dict[UUID, list[PartConsent]] = defaultdict(list)
    for row, words, by in session.execute(wanted):
        found[row.participation_id].append(
            PartConsent(
                move=row.move,
                said_on=row.said_on,
                way=row.way,
                partner=row.partner,
                partner_label=known[row.partner].label if row.partner in known else row.partner,
                shared=words or "",
                noted_by=by,
            )
        )
    return {participation_id: tuple(each) for participation_id, each in found.items()}


def note_consent(
    session: Session, given: PartConsentInput, staff: SignedInStaff, at: datetime, today: date
) -> None:
    """Add an answer, with what may be told where it is a consent to that. Raises ValidationError per field."""
    p = session.get(Participation, given.participation_id)
    if p is None or p.household_id != given.household_id:
        raise NotPermittedError("この事業参加は見つかりません。")
    if p.ended_on is not None and given.move is not ConsentMove.TAKEN_BACK:
        raise ConflictError(
            "この参加は終了しています。終了のあとに記録できるのは、同意の撤回だけです。"
        )
    before = _standing(session, p, given.partner)
    errors = part_consent_errors(given, before, partners(session, p.office_id, today), today)
    if errors:
        raise ValidationError(**errors)
    owner = {"office_id": p.office_id, "household_id": given.household_id}
    session.add(
        ParticipationConsent(
            id=given.consent_id,
            participation_id=p.id,
            partner=given.partner,
            move=given.move,
            said_on=given.said_on,
            way=given.way,
            noted_by=staff.staff_id,
            noted_at=at,
            **owner,
        )
    )
    if given.shared:
        session.flush()
        session.add(
            ParticipationConsentText(consent_id=given.consent_id, shared=given.shared, **owner)
        )


def _standing(session: Session, row: Participation, partner: str) -> PartConsent | None:
    """The newest answer in one matter; for taking part also the consent with which it began."""
    c = ParticipationConsent
    newest = session.scalars(
        select(c)
        .where(c.participation_id == row.id, c.partner == partner)
        .order_by(c.said_on.desc(), c.noted_at.desc(), c.id.desc())
        .limit(1)
    ).first()
    if newest is not None:
        return PartConsent(move=newest.move, said_on=newest.said_on, way=newest.way)
    if partner != TAKING_PART or row.consent_on is None or row.consent_way is None:
        return None
    return PartConsent(move=ConsentMove.GIVEN, said_on=row.consent_on, way=row.consent_way)
