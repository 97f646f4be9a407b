"""One print run of slips and receipts: read the values, draw the PDF, note the run. Called in the slow lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from desktop.domain.errors import UserError
from desktop.domain.forms import FormMark
from desktop.domain.ids import new_id
from desktop.domain.paper_slips import SLIP_PART, SlipPart
from desktop.jobs.printing import Cancelled, PrintRun, Progress
from desktop.reports.fonts import FontSet
from desktop.reports.papers.slip import PAPER_SLIP
from desktop.services.printing import PaperPrinting

_REPRINT = "再発行"
_NOTE = "受付票は書類に付け、受領証は持ってきた人に渡します。印刷したことは記録に残ります。"
_REPRINT_NOTE = "前に印刷した書類なので「再発行」の印が入ります。印刷したことは記録に残ります。"


@dataclass(frozen=True, slots=True)
class SlipPrintJob:
    """Draws what comes out at the counter and notes it; `part` says what."""

    service: PaperPrinting
    fonts: Callable[[], FontSet]
    part: SlipPart = SlipPart.BOTH

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,  # noqa: ARG002 - one way to paper for all forms
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> PrintRun:
        """Slips and receipts of the papers. The log, not `mark`, says whether it is a reprint."""
        if not subject_ids or (cancelled is not None and cancelled()):
            raise UserError("印刷する書類を選んでください。")
        forms = self.service.prepare(subject_ids, self.part)
        rendered = PAPER_SLIP.batch_pdf(forms, self.fonts(), None, cancelled)
        if progress is not None:
            progress(len(subject_ids))
        is_reprint = any(form.is_reprint for form in forms)
        return PrintRun(
            batch_id=new_id(),
            title=SLIP_PART[self.part],
            subject_ids=tuple(subject_ids),
            mark=FormMark.COPY if is_reprint else FormMark.ORIGINAL,
            rendered=rendered,
            mark_text=_REPRINT if is_reprint else SLIP_PART[self.part],
            mark_note=_REPRINT_NOTE if is_reprint else _NOTE,
        )

    def finish(self, run: PrintRun) -> None:
        """Note that the run went to paper or was saved as a file."""
        self.service.record(
            run.batch_id,
            run.subject_ids,
            run.mark,
            pages=run.rendered.pages,
            sha256=run.sha256,
            part=self.part,
        )
