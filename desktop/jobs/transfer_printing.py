"""The way to paper of the letters of transfers (K-26)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from desktop.domain.forms import FormMark
from desktop.domain.issued_forms import Subject
from desktop.domain.printing import Piece
from desktop.domain.transfer_forms import TransferLetter
from desktop.jobs.press import Press
from desktop.jobs.printing import Cancelled, PrintRun, Progress
from desktop.reports.fonts import FontSet
from desktop.reports.transfers.transfer_letter import TRANSFER_LETTER
from desktop.services.printing import IssuedForms, TransferPrinting


@dataclass(frozen=True, slots=True)
class TransferJob:
    """Draws and issues the letter of a transfer, and notes on the transfer that it went to paper."""

    service: TransferPrinting
    issued: IssuedForms
    fonts: Callable[[], FontSet]

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> PrintRun:
        """The letters, to be looked at first."""
        press = Press(form=TRANSFER_LETTER, read=self._read, issued=self.issued, fonts=self.fonts)
        return press.draw(subject_ids, mark, progress, cancelled)

    def finish(self, run: PrintRun) -> None:
        """Note that the letters went to paper."""
        self.service.record(run.printed, run.subject_ids)

    def _read(self, transfer_ids: Sequence[UUID], mark: FormMark) -> list[Piece[TransferLetter]]:
        return [self._piece(transfer_id, mark) for transfer_id in transfer_ids]

    def _piece(self, transfer_id: UUID, mark: FormMark) -> Piece[TransferLetter]:
        letter = self.service.prepare(transfer_id, mark)
        return Piece(
            data=letter,
            household_id=self.service.household_of(transfer_id),
            subject_ids=(transfer_id,),
            subjects=(Subject(subject_id=transfer_id),),
            recipient=letter.destination.name,
        )
