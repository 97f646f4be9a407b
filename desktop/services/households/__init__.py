"""Finding households and opening their files."""

from desktop.services.households.service import HouseholdService

__all__ = ["HouseholdService"]
