"""Monthly papers (毎月の書類): the grid of a caseworker's people, receipts, reasons."""

from desktop.services.monthly_papers.service import MonthlyPaperService

__all__ = ["MonthlyPaperService"]
