"""The way of a card of the help (手引 H-01) to paper. Called in the slow lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from desktop.domain.forms import FormMark
from desktop.domain.help_forms import CardSheet
from desktop.jobs.printing import Cancelled, ChosenSheet, PrintRun, Progress
from desktop.reports.fonts import FontSet
from desktop.reports.help_cards.help_card import HELP_CARD
from desktop.services.printing import HelpCardPrinting

_NOTE = "手引に世帯のことは書かれていないので、印刷の記録は残しません。"


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpCardJob(ChosenSheet[str, CardSheet]):
    """Draws the card of a key. What tells of nobody needs no line in the log of prints."""

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> PrintRun:
        """The card, to be looked at first. Raises UserError where it has been withdrawn."""
        _, run = self.run_of(subject_ids, mark, progress, cancelled)
        return replace(run, mark_note=_NOTE)

    def finish(self, run: PrintRun) -> None:
        """Nothing is noted."""


def help_card_job(service: HelpCardPrinting, fonts: Callable[[], FontSet]) -> HelpCardJob:
    """The way of cards as the office has them."""
    return HelpCardJob(form=HELP_CARD, read=service.prepare, fonts=fonts)
