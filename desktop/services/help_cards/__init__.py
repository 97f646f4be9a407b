"""The help (手引): cards, the office's own pages and imported packages, and the checklists of what has happened in a household."""

from desktop.services.help_cards.events import EventChecklistService
from desktop.services.help_cards.packages import HelpPackageService
from desktop.services.help_cards.pages import HelpPageService
from desktop.services.help_cards.service import HelpCardService
from desktop.services.help_cards.shelf import shipped_cards

__all__ = [
    "EventChecklistService",
    "HelpCardService",
    "HelpPackageService",
    "HelpPageService",
    "shipped_cards",
]
