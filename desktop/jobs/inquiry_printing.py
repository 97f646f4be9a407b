"""Print runs of inquiries (K-19): the letters to agencies, and the register of answers. Called in the slow lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from desktop.domain.forms import FormMark
from desktop.domain.ids import new_id
from desktop.domain.inquiry_forms import RequestLetter
from desktop.jobs.printing import Cancelled, PrintRun, Progress, SheetJob
from desktop.reports.fonts import FontSet
from desktop.reports.inquiries.register import INQUIRY_REGISTER
from desktop.reports.inquiries.request_letter import REQUEST_LETTER
from desktop.services.printing import InquiryPrinting


@dataclass(frozen=True, slots=True)
class RequestJob:
    """Draws the letters of inquiries; what was approved leaves the office when it went to paper."""

    service: InquiryPrinting
    fonts: Callable[[], FontSet]
    _drawn: dict[UUID, tuple[RequestLetter, ...]] = field(default_factory=dict)

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> PrintRun:
        """The letters of these inquiries as one PDF, to be looked at first."""
        letters = self.service.prepare_letters(subject_ids, mark)
        rendered = REQUEST_LETTER.batch_pdf(letters, self.fonts(), progress, cancelled)
        run = PrintRun(
            batch_id=new_id(),
            title=REQUEST_LETTER.title,
            subject_ids=tuple(subject_ids),
            mark=mark,
            rendered=rendered,
        )
        self._drawn.clear()  # one run at a time is looked at
        self._drawn[run.batch_id] = letters
        return run

    def finish(self, run: PrintRun) -> None:
        """Note that the letters went to paper."""
        self.service.record_letters(
            run.batch_id,
            self._drawn[run.batch_id],
            run.mark,
            pages=run.rendered.pages,
            sha256=run.sha256,
        )


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
