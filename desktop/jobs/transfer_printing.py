"""Print runs of the letters of transfers (K-26). Called in the slow lane."""

from __future__ import annotations

from collections.abc import Callable

from desktop.domain.transfer_forms import TransferLetter
from desktop.jobs.printing import NotedSheetJob
from desktop.reports.fonts import FontSet
from desktop.reports.transfers.transfer_letter import TRANSFER_LETTER
from desktop.services.printing import TransferPrinting


def transfer_job(
    service: TransferPrinting, fonts: Callable[[], FontSet]
) -> NotedSheetJob[TransferLetter]:
    """Draws the letter of one transfer and notes that it went to paper."""
    return NotedSheetJob(
        title=TRANSFER_LETTER.title,
        read=service.prepare,
        render=TRANSFER_LETTER.pdf,
        fonts=fonts,
        log=service,
    )
