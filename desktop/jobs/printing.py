"""One print run: read the values, draw the PDF, note the run. Called in the slow lane."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from desktop.domain.errors import UserError
from desktop.domain.forms import FormMark
from desktop.domain.ids import new_id
from desktop.reports.fonts import FontSet
from desktop.reports.records.case_record import CASE_RECORD
from desktop.reports.rendered import RenderedPdf
from desktop.services.printing import PrintService

Form = TypeVar("Form")
Progress = Callable[[int], None] | None
Cancelled = Callable[[], bool] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintRun:
    """A drawn batch of one form (`title`) that is not on paper yet; `mark_text` where the mark has another name there."""

    batch_id: UUID
    title: str
    subject_ids: tuple[UUID, ...]
    mark: FormMark
    rendered: RenderedPdf = field(repr=False)
    mark_text: str = ""
    mark_note: str = ""

    @property
    def sha256(self) -> str:
        """The PDF's hash, as the log keeps it."""
        return hashlib.sha256(self.rendered.data).hexdigest()


@dataclass(frozen=True, slots=True)
class PrintJob:
    """Draws case records and notes what went to paper."""

    service: PrintService
    fonts: Callable[[], FontSet]

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> PrintRun:
        """The batch as one PDF, to be looked at first. Raises UserError for an empty choice."""
        if not subject_ids:
            raise UserError("印刷する記録を選んでください。")
        forms = self.service.prepare(subject_ids, mark)
        rendered = CASE_RECORD.batch_pdf(forms, self.fonts(), progress, cancelled)
        return PrintRun(
            batch_id=new_id(),
            title=CASE_RECORD.title,
            subject_ids=tuple(subject_ids),
            mark=mark,
            rendered=rendered,
        )

    def finish(self, run: PrintRun) -> None:
        """Note that the run went to paper or was saved as a file; from then on the originals are printed."""
        note(self.service, run)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetJob(Generic[Form]):
    """Draws the one sheet of one subject: `read` gives what stands on it, `render` draws it."""

    title: str
    read: Callable[[UUID, FormMark], Form]
    render: Callable[[Form, FontSet], RenderedPdf]
    fonts: Callable[[], FontSet]

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> PrintRun:
        """The sheet, to be looked at first. Raises UserError for any choice but of one."""
        if len(subject_ids) != 1 or (cancelled is not None and cancelled()):
            raise UserError("印刷するものを一つ選んでください。")
        rendered = self.render(self.read(subject_ids[0], mark), self.fonts())
        if progress is not None:
            progress(1)
        return PrintRun(
            batch_id=new_id(),
            title=self.title,
            subject_ids=tuple(subject_ids),
            mark=mark,
            rendered=rendered,
        )


class Notes(Protocol):
    """Whoever keeps the log of prints of one kind of paper."""

    def record(
        self, batch_id: UUID, ids: Sequence[UUID], mark: FormMark, /, *, pages: int, sha256: str
    ) -> None:
        """Note a print run: what went to paper, and the PDF's hash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedSheetJob(SheetJob[Form]):
    """A sheet whose subject's log knows that it went to paper."""

    log: Notes

    def finish(self, run: PrintRun) -> None:
        """Note that the sheet went to paper or was saved as a file."""
        note(self.log, run)


def note(log: Notes, run: PrintRun) -> None:
    """Note that a run went to paper or was saved as a file."""
    log.record(
        run.batch_id,
        run.subject_ids,
        run.mark,
        pages=run.rendered.pages,
        sha256=run.sha256,
    )
