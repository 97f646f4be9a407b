"""Where the time goes (業務時間・労力)."""

from desktop.services.effort.service import EffortService

__all__ = ["EffortService"]
