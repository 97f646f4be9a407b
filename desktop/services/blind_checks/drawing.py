"""Drawing decided cases of a quarter by chance. PostgreSQL chooses the seed itself and draws the same again."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from desktop.database.blind_checks import blind_pool
from desktop.domain.blind_checks import (
    MOST_DRAWN,
    MOST_WORDS,
    SEEDS,
    DrawInput,
    picked,
    quarter_of,
)
from desktop.domain.errors import ValidationError
from desktop.domain.office import SignedInStaff
from desktop.models.blind_checks import BlindCheck, BlindDraw
from desktop.models.support_groups import SupportGroupDecision
from desktop.services.blind_checks.loading import reach_of

_NONE = "この四半期に、抽出できる決定はありません。"
_AGAIN = "この四半期はもう抽出しています。もう一度抽出する理由を入力してください。"


def draw(session: Session, given: DrawInput, staff: SignedInStaff, at: datetime, on: date) -> None:
    """Store the draw and what its seed chooses. Raises ValidationError per field."""
    errors = dict(_errors(session, given, staff, on))
    if errors:
        raise ValidationError(**errors)
    reach = reach_of(staff)
    pool = blind_pool(session, reach, given.quarter_on, given.draw_id, on)
    if not pool:
        raise ValidationError(quarter_on=_NONE)
    row = BlindDraw(
        id=given.draw_id,
        office_id=staff.office_id,
        quarter_on=given.quarter_on,
        wanted=given.wanted,
        pool=len(pool),
        seed=secrets.randbelow(SEEDS),
        reason=given.reason,
        drawn_by=staff.staff_id,
        drawn_at=at,
    )
    session.add(row)
    session.flush()
    session.refresh(row, ["seed"])
    d = SupportGroupDecision
    chosen = session.execute(
        select(d.id, d.household_id, d.person_id, d.assessment_id).where(
            d.id.in_(picked(row.seed, pool, given.wanted))
        )
    )
    session.add_all(
        BlindCheck(
            office_id=staff.office_id,
            draw_id=row.id,
            decision_id=decision_id,
            household_id=household_id,
            person_id=person_id,
            assessment_id=assessment_id,
        )
        for decision_id, household_id, person_id, assessment_id in chosen
    )
    session.flush()


def _errors(
    session: Session, given: DrawInput, staff: SignedInStaff, on: date
) -> Iterator[tuple[str, str]]:
    if not 1 <= given.wanted <= MOST_DRAWN:
        yield "wanted", f"件数は1から{MOST_DRAWN}までで入力してください。"
    if given.quarter_on != quarter_of(given.quarter_on) or given.quarter_on > on:
        yield "quarter_on", "四半期は、今日までの四半期から選んでください。"
    if len(given.reason) > MOST_WORDS:
        yield "reason", "文字が多すぎます。短くしてください。"
    earlier = exists().where(
        BlindDraw.office_id == staff.office_id,
        BlindDraw.quarter_on == given.quarter_on,
        BlindDraw.drawn_by == staff.staff_id,
    )
    if not given.reason and session.scalar(select(earlier)):
        yield "reason", _AGAIN
