"""Pages of a PDF as pictures, for the preview on the screen and for printing through the system's printer."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock

import pypdfium2

_POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """A page as rows of red, green and blue bytes; a row is `stride` bytes long."""

    width: int
    height: int
    stride: int
    rgb: bytes = field(repr=False)


#: PDFium must never be called by two threads at once, whichever documents they read.
_PDFIUM = Lock()


def page_image(data: bytes, page: int, dpi: int) -> PageImage:
    """Draw one page (0 is the first) of a PDF. Raises IndexError for a page the PDF does not have."""
    with _PDFIUM:
        document = pypdfium2.PdfDocument(data)
        try:
            if not 0 <= page < len(document):
                raise IndexError(page)
            bitmap = document[page].render(scale=dpi / _POINTS_PER_INCH, rev_byteorder=True)
            return _copied(bitmap)
        finally:
            document.close()


def page_count(data: bytes) -> int:
    """How many pages a PDF has."""
    with _PDFIUM:
        document = pypdfium2.PdfDocument(data)
        try:
            return len(document)
        finally:
            document.close()


def _copied(bitmap: pypdfium2.PdfBitmap) -> PageImage:
    return PageImage(
        width=bitmap.width,
        height=bitmap.height,
        stride=bitmap.stride,
        rgb=bytes(bitmap.buffer),
    )
