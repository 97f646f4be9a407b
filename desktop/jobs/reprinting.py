"""Prints what was issued again: the stored bytes, never a new drawing. Called in the slow lane."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from desktop.domain.forms import FormMark
from desktop.domain.issued_forms import IssuedFile
from desktop.jobs.documents import run_of
from desktop.jobs.printing import Cancelled, PrintRun, Progress, RunDocument
from desktop.reports.rendered import RenderedPdf
from desktop.services.printing import IssuedForms

_MARK = "発行した控え"
_NOTE = "発行したときのPDFそのままです。印刷すると、再印刷として記録に残ります。"
_VOID = "失効した帳票です。見ることはできますが、印刷はできません。失効の理由：{reason}"


@dataclass(frozen=True, slots=True)
class ReprintJob:
    """Gives the stored forms back as a run. `titles` are the forms' titles by code."""

    issued: IssuedForms
    titles: dict[str, str]

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> PrintRun:
        """The stored forms in the order asked for; a void one is only looked at. Nothing is drawn, so nothing stops."""
        del cancelled
        files = self.issued.files_of(subject_ids)
        if progress is not None:
            progress(len(files))
        title = self.titles.get(files[0].form.form_code, files[0].form.form_code)
        run = run_of(title, mark, [_document(file) for file in files])
        void = [file for file in files if file.form.is_void]
        note = _VOID.format(reason=void[0].void_reason) if void else _NOTE
        return replace(run, mark_text=_MARK, mark_note=note, may_print=not void)

    def finish(self, run: PrintRun) -> None:
        """Note that stored forms went to paper again."""
        self.issued.note_reprint(
            run.batch_id, run.issued_ids, pages=run.rendered.pages, sha256=run.sha256
        )


def _document(file: IssuedFile) -> RunDocument:
    return RunDocument(
        number=file.form.label,
        subject_ids=(file.form.issued_id,),
        rendered=RenderedPdf(data=file.data, pages=file.form.pages),
        issued_id=file.form.issued_id,
    )
