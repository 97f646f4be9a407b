"""PDF: refusals, number of pages, pages as pictures. PDFium is built without JavaScript and XFA: it never acts."""

from __future__ import annotations

import pypdfium2
import pypdfium2.raw as pdfium

from desktop.domain import attachments as rules
from desktop.domain.attachments import FileKind, Inspected, Picture
from desktop.inspection.limits import MOST_SHOWN_POINTS
from desktop.inspection.pdf_scan import refuse_active
from desktop.inspection.refusal import RefusedFileError

_POINTS_PER_INCH = 72
_NOT_PROTECTED = -1
_NO_FORM, _PLAIN_FORM = 0, 1


def inspect_pdf(data: bytes, most_pages: int) -> Inspected:
    """Raise RefusedFileError where a PDF is not taken. Every page is loaded, the first is drawn."""
    document = _opened(data)
    try:
        pages = len(document)
        if pages > most_pages:
            raise RefusedFileError(rules.too_many_pages(pages, most_pages))
        if pages == 0:
            raise RefusedFileError(rules.BROKEN)
        refuse_active(data)
        _refuse_what_pdfium_finds(document)
        for number in range(pages):
            page = _page(document, number)
            page.close()
        _drawn(document, 0, _POINTS_PER_INCH)
    finally:
        document.close()
    return Inspected(kind=FileKind.PDF, pages=pages)


def pdf_page(data: bytes, page: int, dpi: int) -> Picture:
    """Draw one page (0 is the first)."""
    document = _opened(data)
    try:
        if not 0 <= page < len(document):
            raise RefusedFileError(rules.NOT_SHOWN)
        return _drawn(document, page, dpi)
    finally:
        document.close()


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD
        raise RefusedFileError(rules.ENCRYPTED if is_locked else rules.BROKEN) from None
    if pdfium.FPDF_GetSecurityHandlerRevision(document) != _NOT_PROTECTED:
        document.close()
        raise RefusedFileError(rules.ENCRYPTED)
    return document


def _refuse_what_pdfium_finds(document: pypdfium2.PdfDocument) -> None:
    if (
        pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0
        or pdfium.FPDFDoc_GetAttachmentCount(document) > 0
        or document.get_formtype() not in {_NO_FORM, _PLAIN_FORM}
    ):
        raise RefusedFileError(rules.ACTIVE)


def _page(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    try:
        return document[number]
    except pypdfium2.PdfiumError:
        raise RefusedFileError(rules.BROKEN) from None


def _drawn(document: pypdfium2.PdfDocument, number: int, dpi: int) -> Picture:
    page = _page(document, number)
    width, height = page.get_size()
    if not (width > 0 and height > 0):
        raise RefusedFileError(rules.BROKEN)
    most = (MOST_SHOWN_POINTS / (width * height)) ** 0.5
    bitmap = page.render(scale=min(dpi / _POINTS_PER_INCH, most), rev_byteorder=True)
    row, rgb = 3 * bitmap.width, bytes(bitmap.buffer)
    if bitmap.stride != row:
        rgb = b"".join(
            rgb[y * bitmap.stride : y * bitmap.stride + row] for y in range(bitmap.height)
        )
    return Picture(width=bitmap.width, height=bitmap.height, rgb=rgb)
