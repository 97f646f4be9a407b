"""Earned income by month (就労収入)."""

from desktop.services.income_months.service import IncomeMonthService

__all__ = ["IncomeMonthService"]
