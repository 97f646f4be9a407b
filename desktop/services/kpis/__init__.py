"""Key figures (KPI), movement between groups, fairness of decisions."""

from desktop.services.kpis.service import KpiService

__all__ = ["KpiService"]
