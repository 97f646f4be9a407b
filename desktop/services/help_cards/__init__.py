"""The help (手引): cards, and the checklists of what has happened in a household."""

from desktop.services.help_cards.events import EventChecklistService
from desktop.services.help_cards.service import HelpCardService
from desktop.services.help_cards.shelf import shipped_cards

__all__ = ["EventChecklistService", "HelpCardService", "shipped_cards"]
