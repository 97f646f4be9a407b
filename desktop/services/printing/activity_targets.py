"""What the office set itself for a fiscal year, as the report of a month (S-15) puts it beside its counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.domain.era import fiscal_year
from desktop.domain.programme_reviews import PromotionItem
from desktop.services.programme_reviews.loading import newest_plan


def targets_of(session: Session, office_id: UUID, month: date) -> Mapping[PromotionItem, int]:
    """Item → the target of the promotion plan (就労支援促進計画) of the month's fiscal year."""
    plan = newest_plan(session, office_id, fiscal_year(month))
    return {item: given.target for item, (given, _) in plan.items()}
