"""A print run of several documents: drawn one by one, and what could not be drawn is listed while the rest go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from desktop.domain.errors import UnavailableError, UserError
from desktop.domain.forms import FormMark
from desktop.domain.ids import new_id
from desktop.jobs.printing import Cancelled, FailedDocument, PrintRun, Progress, RunDocument
from desktop.reports.fonts import FontSet
from desktop.reports.merging import merged
from desktop.reports.rendered import RenderedPdf

_STOPPED = "印刷を中止しました。作成途中のPDFは破棄しました。"
_NONE = "選んだものはどれもPDFにできませんでした。{sentence}"


@dataclass(frozen=True, slots=True, kw_only=True)
class EachJob:
    """Draws one document a subject: `read_and_draw` raises UserError for one that cannot be drawn.

    `number_of` gives what a document is called in file names and lists: an issue number, never a name or case number;
    without it the documents are numbered as they come.
    """

    title: str
    read_and_draw: Callable[[UUID, FormMark, FontSet], RenderedPdf]
    fonts: Callable[[], FontSet]
    number_of: Callable[[UUID], str] | None = None

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> PrintRun:
        """The documents, to be looked at first. Raises UserError when stopped or when none could be drawn.

        A lost connection (UnavailableError) ends the run: what comes after would fail in the same way.
        """
        fonts, drawn, failed = self.fonts(), list[RunDocument](), list[FailedDocument]()
        for place, subject_id in enumerate(subject_ids, start=1):
            if cancelled is not None and cancelled():
                raise UserError(_STOPPED)
            number = self.number_of(subject_id) if self.number_of else f"{place:04}"
            try:
                rendered = self.read_and_draw(subject_id, mark, fonts)
            except UnavailableError:
                raise
            except UserError as error:
                failed.append(FailedDocument(number=number, sentence=error.sentence))
            else:
                document = RunDocument(number=number, subject_ids=(subject_id,), rendered=rendered)
                drawn.append(document)
            if progress is not None:
                progress(place)
        if not drawn:
            raise UserError(_NONE.format(sentence=failed[0].sentence if failed else ""))
        return run_of(self.title, mark, drawn, failed)


def run_of(
    title: str,
    mark: FormMark,
    documents: Sequence[RunDocument],
    failed: Sequence[FailedDocument] = (),
) -> PrintRun:
    """A run of these documents: their pages one after the other are what is shown and hashed."""
    return PrintRun(
        batch_id=new_id(),
        title=title,
        subject_ids=_subjects(documents),
        mark=mark,
        rendered=as_one(documents),
        documents=tuple(documents),
        failed=tuple(failed),
    )


def only(run: PrintRun, documents: Sequence[RunDocument]) -> PrintRun:
    """The same run with those documents alone that arrived: what is noted is what is on paper."""
    if len(documents) == len(run.documents):
        return run
    return replace(
        run,
        subject_ids=_subjects(documents),
        documents=tuple(documents),
        rendered=as_one(documents),
    )


def as_one(documents: Sequence[RunDocument]) -> RenderedPdf:
    """Several documents as one PDF."""
    parts = [document.rendered for document in documents]
    if len(parts) == 1:
        return parts[0]  # to the byte: its hash is what was issued
    return RenderedPdf(
        data=merged([part.data for part in parts]),
        pages=sum(part.pages for part in parts),
        missing=tuple(missing for part in parts for missing in part.missing),
        unread=tuple(dict.fromkeys(word for part in parts for word in part.unread)),
    )


def _subjects(documents: Iterable[RunDocument]) -> tuple[UUID, ...]:
    return tuple(subject for document in documents for subject in document.subject_ids)
