"""What lies on a desk of support plans: versions that their approver gave back. Facts only; each line vanishes with its reason."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import aliased

from desktop.domain.households import HouseholdState
from desktop.domain.support_plans import PlanState
from desktop.models.households import Household
from desktop.models.support_plans import SupportPlanEnd, SupportPlanRecord

RETURNED_PLAN = "差戻し：個別支援計画。理由を読んで直し、もう一度提出してください"


def returned_plans(author_id: UUID) -> Select[*tuple[Any, ...]]:
    """Version, household and first day of the plans that somebody wrote and got back, until a later version is saved or the plan ends."""
    p, later, e = SupportPlanRecord, aliased(SupportPlanRecord), SupportPlanEnd
    return (
        select(p.id, p.household_id, p.starts_on)
        .join(Household, Household.id == p.household_id)
        .where(
            p.author_id == author_id,
            p.state == PlanState.RETURNED,
            Household.state != HouseholdState.CLOSED,
            ~exists().where(later.root_id == p.root_id, later.version > p.version),
            ~exists().where(e.root_id == p.root_id),
        )
    )
