"""Changes of the rules (改正): what changes when, which households it concerns, and ticking them off."""

from desktop.services.rule_changes.service import RuleChangeService
from desktop.services.rule_changes.shelf import OfficeChanges, shipped_changes

__all__ = ["OfficeChanges", "RuleChangeService", "shipped_changes"]
