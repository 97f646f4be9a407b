"""The check days of guidance (確認日) that have come, on the desk of whoever guides. Facts only; nothing moves by itself."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import aliased

from desktop.domain.guidance import Step
from desktop.domain.households import HouseholdState
from desktop.models.guidance import GuidanceCaseRecord, GuidanceStepRecord
from desktop.models.households import Household, Member
from desktop.services.medical.holding import is_held

CHECK = "指導の確認日です。様子と事情を聞き、次をどうするかを考えてください"
_UNDER_CARE = (HouseholdState.RECEIVING, HouseholdState.SUSPENDED)
#: Steps whose further day is one on which somebody goes and looks.
_LOOKED_AT = (Step.ORAL, Step.FOLLOW_UP)


def checks_due(district_ids: Collection[UUID], until: date) -> Select[*tuple[Any, ...]]:
    """Household, person and day of open cases whose newest step named a day that has come, in the own districts.

    None while a question of safety is open in the household: then nothing of guidance is in sight.
    """
    s, c, later = GuidanceStepRecord, GuidanceCaseRecord, aliased(GuidanceStepRecord)
    goes_on = exists().where(later.case_id == s.case_id, later.number > s.number)
    return (
        select(s.household_id, c.person_id, s.further_on)
        .join(c, c.id == s.case_id)
        .join(Household, Household.id == s.household_id)
        .where(
            *_near(district_ids),
            s.kind.in_(_LOOKED_AT),
            s.further_on.is_not(None),
            s.further_on <= until,
            ~goes_on,
        )
    )


def _near(district_ids: Collection[UUID]) -> tuple[ColumnElement[bool], ...]:
    held = exists().where(Member.household_id == Household.id, is_held(Member.person_id))
    return (
        Household.district_id.in_(district_ids),
        Household.state.in_(_UNDER_CARE),
        ~held,
    )
