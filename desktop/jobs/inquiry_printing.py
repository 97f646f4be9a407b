"""Print runs of inquiries (K-19): the letters to agencies, and the register of answers. Called in the slow lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from desktop.domain.forms import FormMark
from desktop.domain.ids import new_id
from desktop.domain.inquiry_forms import RequestLetter
from desktop.domain.issued_forms import Subject
from desktop.domain.printing import Piece
from desktop.jobs.press import Press
from desktop.jobs.printing import Cancelled, PrintRun, Progress, SheetJob
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


@dataclass(frozen=True, slots=True)
class RegisterJob:
    """Draws the register of the inquiries that a screen shows, and notes that it went to paper."""

    service: InquiryPrinting
    fonts: Callable[[], FontSet]
    _asked: dict[UUID, tuple[tuple[UUID, ...], str]] = field(default_factory=dict)

    def choose(self, inquiry_ids: Sequence[UUID], scope: str) -> tuple[UUID, ...]:
        """Say which inquiries the next register holds, and how that choice is called. Called on the UI thread."""
        chosen = new_id()
        self._asked.clear()
        self._asked[chosen] = (tuple(inquiry_ids), scope)
        return (chosen,)

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> PrintRun:
        """The register, to be looked at first. Raises UserError for any choice but of one."""
        job = SheetJob(
            title=INQUIRY_REGISTER.title,
            read=lambda asked, _: self.service.prepare_register(*self._asked[asked]),
            render=INQUIRY_REGISTER.pdf,
            fonts=self.fonts,
        )
        return job.draw(subject_ids, mark, progress, cancelled)

    def finish(self, run: PrintRun) -> None:
        """Note that the register went to paper."""
        self.service.record_register(run.batch_id, pages=run.rendered.pages, sha256=run.sha256)
