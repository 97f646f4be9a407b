"""Guidance and sanction (指導指示・弁明・処分): one dated step after the other."""

from desktop.services.guidance.service import GuidanceService

__all__ = ["GuidanceService"]
