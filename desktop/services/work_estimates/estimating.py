"""Which rule answers which question."""

from __future__ import annotations

from desktop.domain.work_estimates import Estimate, WorkTables
from desktop.domain.work_estimates_aid import (
    JobSearchAid,
    LivelihoodAid,
    TravelAid,
    job_search_aid,
    livelihood_aid,
    travel_aid,
)
from desktop.domain.work_estimates_cases import EstimateInput
from desktop.domain.work_estimates_grants import (
    IndependenceGrant,
    StudyOrWorkGrant,
    independence_grant,
    study_or_work_grant,
)
from desktop.domain.work_estimates_income import EarnedIncome, earned_income


def estimate(given: EstimateInput, tables: WorkTables) -> Estimate:
    """The estimate by the office's tables of the day it is about."""
    match given:
        case EarnedIncome():
            return earned_income(given, tables)
        case JobSearchAid():
            return job_search_aid(given, tables)
        case IndependenceGrant():
            return independence_grant(given, tables)
        case StudyOrWorkGrant():
            return study_or_work_grant(given, tables)
        case LivelihoodAid():
            return livelihood_aid(given, tables)
        case TravelAid():
            return travel_aid(given, tables)
