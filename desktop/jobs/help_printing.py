"""The way of a card of the help (手引 H-01) to paper. Called in the slow lane."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from desktop.domain.help_forms import CardSheet
from desktop.jobs.printing import RegisterJob
from desktop.reports.fonts import FontSet
from desktop.reports.help_cards.help_card import HELP_CARD
from desktop.services.printing import HelpCardPrinting


def help_card_job(
    service: HelpCardPrinting, fonts: Callable[[], FontSet]
) -> RegisterJob[str, CardSheet]:
    """Draws the card of a key."""
    return RegisterJob(form=HELP_CARD, read=service.prepare, note=_nowhere, fonts=fonts)


def _nowhere(batch_id: UUID, *, pages: int, sha256: str) -> None:
    """What tells of nobody needs no line in the log of prints."""
