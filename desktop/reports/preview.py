"""Pages of a PDF as pictures, for the preview on the screen and for printing through the system's printer."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import RLock

import pypdfium2

_POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """A page as rows of red, green and blue bytes; a row is `stride` bytes long, an inch `dpi` pixels (0: not known)."""

    width: int
    height: int
    stride: int
    rgb: bytes = field(repr=False)
    dpi: int = 0


#: PDFium must never be called by two threads at once, whichever documents they read. The same thread may come again:
#: an `OpenPdf` can die while another one is being read.
PDFIUM = RLock()


class OpenPdf:
    """A PDF of which many pages are asked for: opened at the first one and kept open, in whichever thread that is.

    It closes when nobody holds it any more.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._document: pypdfium2.PdfDocument | None = None

    def image(self, page: int, dpi: int) -> PageImage:
        """Draw one page (0 is the first). Raises IndexError for a page the PDF does not have."""
        with PDFIUM:
            return _drawn(self._opened(), page, dpi)

    def size(self, page: int) -> tuple[float, float]:
        """Width and height of a page in inches. Raises IndexError for a page the PDF does not have."""
        with PDFIUM:
            document = self._opened()
            if not 0 <= page < len(document):
                raise IndexError(page)
            width, height = document.get_page_size(page)
        return width / _POINTS_PER_INCH, height / _POINTS_PER_INCH

    def __len__(self) -> int:
        """How many pages there are."""
        with PDFIUM:
            return len(self._opened())

    def close(self) -> None:
        """Let PDFium's part go; the next page asked for opens it again."""
        if self._document is None:
            return
        with PDFIUM:
            if self._document is not None:
                self._document.close()
                self._document = None

    def __del__(self) -> None:
        """Close under the lock: pypdfium2's own finalizer knows nothing of other threads."""
        self.close()

    def _opened(self) -> pypdfium2.PdfDocument:
        if self._document is None:
            self._document = pypdfium2.PdfDocument(self._data)
        return self._document


def page_image(data: bytes, page: int, dpi: int) -> PageImage:
    """Draw one page (0 is the first) of a PDF. Raises IndexError for a page the PDF does not have."""
    document = OpenPdf(data)
    try:
        return document.image(page, dpi)
    finally:
        document.close()


def page_count(data: bytes) -> int:
    """How many pages a PDF has."""
    document = OpenPdf(data)
    try:
        return len(document)
    finally:
        document.close()


def _drawn(document: pypdfium2.PdfDocument, number: int, dpi: int) -> PageImage:
    if not 0 <= number < len(document):
        raise IndexError(number)
    page = document[number]
    try:
        bitmap = page.render(scale=dpi / _POINTS_PER_INCH, rev_byteorder=True)
        try:
            return PageImage(
                width=bitmap.width,
                height=bitmap.height,
                stride=bitmap.stride,
                rgb=bytes(bitmap.buffer),
                dpi=dpi,
            )
        finally:
            bitmap.close()
    finally:
        page.close()
