"""The training office (研修用): one command makes a whole office of invented people."""

from desktop.services.training.applications import ApplicationsReport, export_applications
from desktop.services.training.create import ENTRIES_PER_YEAR, LEAST, MOST, create
from desktop.services.training.export import ExportReport, export_ledger
from desktop.services.training.report import TrainingReport

__all__ = [
    "ENTRIES_PER_YEAR",
    "LEAST",
    "MOST",
    "ApplicationsReport",
    "ExportReport",
    "TrainingReport",
    "create",
    "export_applications",
    "export_ledger",
]
