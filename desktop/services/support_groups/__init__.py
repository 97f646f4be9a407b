"""Support groups (支援区分): decisions on assessments, and who has which group."""

from desktop.services.support_groups.service import SupportGroupService

__all__ = ["SupportGroupService"]
