"""The legal finding on use of ability (稼働能力の活用、法4条1項)."""

from desktop.services.work_findings.service import WorkFindingService

__all__ = ["WorkFindingService"]
