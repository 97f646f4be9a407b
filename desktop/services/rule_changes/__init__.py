"""Changes of the rules (改正): what changes when, which households it concerns, and ticking them off."""

from desktop.services.rule_changes.service import RuleChangeService
from desktop.services.rule_changes.shelf import shipped_changes

__all__ = ["RuleChangeService", "shipped_changes"]
