"""Case conferences (ケース診断会議・稼働能力判定会議・就労支援検討会)."""

from desktop.services.conferences.service import ConferenceService

__all__ = ["ConferenceService"]
