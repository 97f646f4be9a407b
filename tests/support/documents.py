"""Small real PDFs for tests of printing."""

from __future__ import annotations

from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from desktop.domain.forms import FormMark
from desktop.jobs.documents import run_of
from desktop.jobs.printing import FailedDocument, PrintRun, RunDocument
from desktop.reports.rendered import RenderedPdf
from tests.support.fakes import fake_id


def small_pdf(pages: int = 1, size: tuple[float, float] = A4, text: str = "page") -> bytes:
    """Pages with a line of text and a black square that shows on a picture."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1)
    for number in range(pages):
        canvas.drawString(20 * mm, 20 * mm, f"{text} {number + 1}")
        canvas.rect(20 * mm, 40 * mm, 40 * mm, 40 * mm, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def make_document(number: int, pages: int = 1) -> RunDocument:
    """One document of a run."""
    return RunDocument(
        number=f"{number:04}",
        subject_ids=(fake_id(f"subject {number}"),),
        rendered=RenderedPdf(data=small_pdf(pages, text=f"document {number}"), pages=pages),
    )


def make_run(*pages: int, failed: tuple[FailedDocument, ...] = ()) -> PrintRun:
    """A run of several documents with so many pages each."""
    documents = [make_document(number, count) for number, count in enumerate(pages, start=1)]
    return run_of("確認票", FormMark.ORIGINAL, documents, failed)
