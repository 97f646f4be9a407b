"""Visit plans (訪問計画): proposed, changed, submitted, approved, and what became of the visits."""

from desktop.services.visit_plans.reviews import ReviewService
from desktop.services.visit_plans.service import VisitPlanService

__all__ = ["ReviewService", "VisitPlanService"]
