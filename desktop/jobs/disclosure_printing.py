"""Print runs of redacted copies (開示用の写し): proofs, and the copy that is issued. Called in the slow lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from desktop.domain.disclosures_forms import DisclosureCopy
from desktop.domain.imprint import FormMark
from desktop.domain.issued_forms import Subject
from desktop.domain.printing import Piece
from desktop.jobs.press import Press
from desktop.jobs.printing import Cancelled, PrintRun, Progress
from desktop.reports.disclosures.redacted_copy import REDACTED_COPY
from desktop.reports.fonts import FontSet
from desktop.services.printing import DisclosurePrinting, IssuedForms


@dataclass(frozen=True, slots=True)
class DisclosureJob:
    """Draws copies, issues those that were reviewed, and notes what became of them. What each was made of is kept by request."""

    service: DisclosurePrinting
    issued: IssuedForms
    fonts: Callable[[], FontSet]
    _drawn: dict[UUID, str] = field(default_factory=dict)

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> PrintRun:
        """The copies, each with its list of reasons, to be looked at first."""
        press = Press(form=REDACTED_COPY, read=self._read, issued=self.issued, fonts=self.fonts)
        return press.draw(subject_ids, mark, progress, cancelled)

    def finish(self, run: PrintRun) -> None:
        """Note that the run went to paper: proofs, or the issue of exactly what was drawn."""
        if run.mark is FormMark.DISCLOSED:
            drawn = [
                (disclosure_id, self._drawn[disclosure_id]) for disclosure_id in run.subject_ids
            ]
            self.service.record_issue(run.printed, drawn)
        else:
            self.service.record_proof(
                run.batch_id, run.subject_ids, pages=run.rendered.pages, sha256=run.sha256
            )

    def _read(self, disclosure_ids: Sequence[UUID], mark: FormMark) -> list[Piece[DisclosureCopy]]:
        copies = [self.service.prepare(disclosure_id, mark) for disclosure_id in disclosure_ids]
        self._drawn.update({copy.disclosure_id: copy.content_hash for copy in copies})
        return [
            Piece(
                data=copy,
                household_id=copy.household_id,
                subject_ids=(copy.disclosure_id,),
                subjects=(Subject(subject_id=copy.disclosure_id),),
            )
            for copy in copies
        ]
