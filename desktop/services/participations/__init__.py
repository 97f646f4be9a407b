"""Taking part in programmes (事業参加) and the register of each programme."""

from desktop.services.participations.service import ParticipationService

__all__ = ["ParticipationService"]
