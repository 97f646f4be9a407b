"""Estimates of money linked to work (試算), applications for it and what was decided."""

from desktop.services.work_estimates.service import WorkEstimateService

__all__ = ["WorkEstimateService"]
