"""Acts of support (支援活動): written in one line, put right by a further row, told of by month."""

from desktop.services.activities.service import ActivityService

__all__ = ["ActivityService"]
