"""Starts of work and raises (就労開始・増収), whether somebody still works, and ends."""

from desktop.services.employment_spells.service import EmploymentSpellService

__all__ = ["EmploymentSpellService"]
