"""Print runs of redacted copies (開示用の写し): proofs, and the copy that is issued. Called in the slow lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from desktop.domain.errors import UserError
from desktop.domain.ids import new_id
from desktop.domain.imprint import FormMark
from desktop.jobs.printing import Cancelled, PrintRun, Progress
from desktop.reports.disclosures.redacted_copy import TITLE, redacted_copy_pdf
from desktop.reports.fonts import FontSet
from desktop.services.printing import DisclosurePrinting


@dataclass(frozen=True, slots=True)
class DisclosureJob:
    """Draws a copy and notes what became of it. What the drawn bytes were made of is kept by print run.

    The bytes of an issued copy are those of `PrintRun.rendered`; who issued them and when, the request's moves say.
    """

    service: DisclosurePrinting
    fonts: Callable[[], FontSet]
    _drawn: dict[UUID, str] = field(default_factory=dict)

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> PrintRun:
        """The copy with its list of reasons, to be looked at first. Raises UserError for any choice but of one."""
        if len(subject_ids) != 1 or (cancelled is not None and cancelled()):
            raise UserError("印刷する開示請求を一つ選んでください。")
        copy = self.service.prepare(subject_ids[0], mark)
        rendered = redacted_copy_pdf(copy, self.fonts())
        if progress is not None:
            progress(1)
        run = PrintRun(
            batch_id=new_id(),
            title=TITLE,
            subject_ids=tuple(subject_ids),
            mark=mark,
            rendered=rendered,
        )
        self._drawn[run.batch_id] = copy.content_hash
        return run

    def finish(self, run: PrintRun) -> None:
        """Note that the run went to paper: a proof, or the issue of exactly what was drawn."""
        self.service.record(
            run.batch_id,
            run.subject_ids,
            run.mark,
            content_hash=self._drawn[run.batch_id],
            pages=run.rendered.pages,
            sha256=run.sha256,
        )
