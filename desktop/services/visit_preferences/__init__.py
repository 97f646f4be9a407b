"""When households can be visited (訪問の都合), and how often somebody was met (面接できた割合)."""

from desktop.services.visit_preferences.service import VisitPreferenceService

__all__ = ["VisitPreferenceService"]
