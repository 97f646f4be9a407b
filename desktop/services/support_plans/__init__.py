"""Individual support plans (個別支援計画): writing, approval, and what happens to them since."""

from desktop.services.support_plans.service import SupportPlanService
from desktop.services.support_plans.subject import SupportPlanSubject

__all__ = ["SupportPlanService", "SupportPlanSubject"]
