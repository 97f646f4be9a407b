"""Use cases of the help: read its cards."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.help_cards import HelpCard
from desktop.services.help_cards.shelf import shipped_cards


@dataclass(frozen=True, slots=True)
class HelpCardService:
    """The help of one signed-in person. Cards are for everybody: nothing of a household stands in them."""

    def cards(self) -> tuple[HelpCard, ...]:
        """Every card."""
        return shipped_cards()
