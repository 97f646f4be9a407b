"""Print runs of inquiries (K-19): the letters to agencies, and the register of answers. Called in the slow lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from desktop.domain.forms import FormMark
from desktop.domain.inquiry_forms import InquiryRegister, RequestLetter
from desktop.domain.issued_forms import Subject
from desktop.domain.printing import Piece
from desktop.jobs.press import Press
from desktop.jobs.printing import Cancelled, PrintRun, Progress, RegisterJob
from desktop.reports.fonts import FontSet
from desktop.reports.inquiries.register import INQUIRY_REGISTER
from desktop.reports.inquiries.request_letter import REQUEST_LETTER
from desktop.services.printing import InquiryPrinting, IssuedForms


@dataclass(frozen=True, slots=True)
class RequestJob:
    """Draws the letters of inquiries; what was approved is issued, and leaves the office when it went to paper."""

    service: InquiryPrinting
    issued: IssuedForms
    fonts: Callable[[], FontSet]
    _steps: dict[UUID, int] = field(default_factory=dict)

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> PrintRun:
        """The letters of these inquiries as one PDF, to be looked at first."""
        press = Press(form=REQUEST_LETTER, read=self._read, issued=self.issued, fonts=self.fonts)
        return press.draw(subject_ids, mark, progress, cancelled)

    def finish(self, run: PrintRun) -> None:
        """Note that the letters went to paper."""
        if run.mark is FormMark.PLAIN:
            sent = [(inquiry_id, self._steps[inquiry_id]) for inquiry_id in run.subject_ids]
            self.service.record_letters(run.printed, sent)
        else:
            self.service.record_marked(
                run.batch_id, run.mark, pages=run.rendered.pages, sha256=run.sha256
            )

    def _read(self, inquiry_ids: Sequence[UUID], mark: FormMark) -> list[Piece[RequestLetter]]:
        letters = self.service.prepare_letters(inquiry_ids, mark)
        self._steps.update({letter.inquiry_id: letter.step for letter in letters})
        return [
            Piece(
                data=letter,
                household_id=letter.household_id,
                subject_ids=(letter.inquiry_id,),
                subjects=(Subject(subject_id=letter.inquiry_id),),
                recipient=letter.agency,
            )
            for letter in letters
        ]


def inquiry_register_job(
    service: InquiryPrinting, fonts: Callable[[], FontSet]
) -> RegisterJob[tuple[tuple[UUID, ...], str], InquiryRegister]:
    """The register of the inquiries that a screen shows, and how that choice is called."""
    return RegisterJob(
        form=INQUIRY_REGISTER,
        read=lambda asked: service.prepare_register(*asked),
        note=service.record_register,
        fonts=fonts,
    )
