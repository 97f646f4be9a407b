"""Support towards work in the training office: plans, programmes, acts, requests to Hello Work, jobs, incomes, monthly papers, guidance.

Told of the people whose group was decided. What is overdue is planted and found by the radar; the rest goes its way.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.guidance import GuidanceStepRecord, GuidanceStepText
from desktop.models.support_plans import (
    SupportPlanConsent,
    SupportPlanGoal,
    SupportPlanGoalResult,
    SupportPlanProgramme,
    SupportPlanRecord,
    SupportPlanReview,
    SupportPlanReviewText,
    SupportPlanStep,
    SupportPlanStepResult,
    SupportPlanText,
)
from desktop.resources import resource_path
from desktop.services.training.activity_story import tell_activities
from desktop.services.training.guidance_story import tell_guidance
from desktop.services.training.income_story import tell_incomes
from desktop.services.training.job_story import tell_jobs
from desktop.services.training.monthly_story import tell_monthly_papers
from desktop.services.training.participation_story import tell_participations
from desktop.services.training.plants import PlantList
from desktop.services.training.referral_story import tell_referrals
from desktop.services.training.support_cast import Telling, supported, supporter
from desktop.services.training.support_plan_story import tell_plans

#: Tables that the use cases' own storing fills; nothing else of the training office does.
_STORED = (
    *(SupportPlanRecord, SupportPlanText, SupportPlanProgramme, SupportPlanGoal, SupportPlanStep),
    *(SupportPlanConsent, SupportPlanStepResult, SupportPlanReview, SupportPlanReviewText),
    *(SupportPlanGoalResult, GuidanceStepRecord, GuidanceStepText),
)


def tell_support(
    session: Session, office_id: UUID, today: date, new_id: Callable[[], UUID], found: PlantList
) -> Counter[str]:
    """Write everything, and return the rows by table. Without an employment supporter nothing is told."""
    by = supporter(session, office_id, today)
    if by is None:
        return Counter()
    telling = Telling(
        session=session,
        office_id=office_id,
        today=today,
        new_id=new_id,
        found=found,
        cast=supported(session, office_id, today),
        supporter_id=by,
    )
    told = _told()
    steps = tell_plans(telling, told["plan"])
    tell_participations(telling, told["participation"])
    tell_activities(telling, told["activity"], steps)
    tell_referrals(telling, told["referral"])
    tell_jobs(telling, told["job"])
    tell_incomes(telling, told["income"])
    tell_monthly_papers(telling, told["monthly"])
    tell_guidance(telling, told["guidance"])
    session.flush()
    counted = {
        table.__tablename__: session.scalar(select(func.count()).select_from(table)) or 0
        for table in _STORED
    }
    return telling.rows + Counter(counted)


def _told() -> Mapping[str, Any]:
    with resource_path("training", "support.toml").open("rb") as file:
        return tomllib.load(file)
