"""A print run of several documents: as one PDF, and with those alone that arrived."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from desktop.domain.forms import FormMark
from desktop.domain.ids import new_id
from desktop.jobs.printing import FailedDocument, PrintRun, RunDocument
from desktop.reports.merging import merged
from desktop.reports.rendered import RenderedPdf


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
