"""Reading the help."""

from __future__ import annotations

from desktop.domain.help_cards import HelpCard
from desktop.services.help_cards.shelf import shipped_cards


class HelpCardService:
    """The cards of the help. They are for everybody: nothing of a household stands in them."""

    def cards(self) -> tuple[HelpCard, ...]:
        """Every card."""
        return shipped_cards()
