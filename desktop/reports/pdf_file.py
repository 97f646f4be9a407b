"""One PDF under way: pages, bookmarks, fonts. ReportLab writes the file; nothing in it depends on the clock or the machine."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream, PDFZCompress
from reportlab.pdfgen.canvas import Canvas

from desktop.domain.clock import JAPAN
from desktop.reports.page import A4_HEIGHT, A4_WIDTH, POINTS_PER_MM, Sheet
from desktop.reports.text_encoder import TextEncoder

_PRODUCER = "Banso"


@dataclass(frozen=True, slots=True)
class _Moment:
    """A point of time in the shape ReportLab reads it."""

    YMDhms: tuple[int, int, int, int, int, int]
    dhh: int
    dmm: int

    @classmethod
    def of(cls, instant: datetime) -> _Moment:
        there = instant.astimezone(JAPAN)
        day = (there.year, there.month, there.day)
        return cls((*day, there.hour, there.minute, there.second), 9, 0)


class PdfFile(Canvas):  # type: ignore[misc]  # ReportLab has no types
    """A PDF of A4 sheets. The same sheets and the same instant give the same bytes."""

    def __init__(self, encoder: TextEncoder, title: str, author: str, created: datetime) -> None:
        super().__init__(
            BytesIO(),
            pagesize=(A4_WIDTH * POINTS_PER_MM, A4_HEIGHT * POINTS_PER_MM),
            pageCompression=0,
            invariant=1,
            pdfVersion=(1, 5),
            lang="ja-JP",
        )
        self._encoder = encoder
        self._hash = hashlib.sha256()
        self._doc.defaultStreamFilters = [PDFZCompress]
        self._doc._timeStamp = _Moment.of(created)  # noqa: SLF001 - the only way to name the time
        self.pages = 0
        self.setTitle(title)
        self.setAuthor(author)
        self.setSubject("")
        self.setCreator(_PRODUCER)
        self.setProducer(_PRODUCER)

    def add_bookmark(self, title: str) -> None:
        """Bookmark the page that comes next."""
        key = f"B{self.pages}"
        self.bookmarkPage(key)
        self.addOutlineEntry(title, key)
        self.showOutline()

    def add_sheet(self, sheet: Sheet) -> None:
        """Add a finished sheet as the next page."""
        content = sheet.content().encode("ascii")
        paper = sheet.paper
        self.setPageSize((paper.width * POINTS_PER_MM, paper.height * POINTS_PER_MM))
        self._hash.update(content)
        self.showPage()
        # Pages are packed at once: ReportLab would hold the text of all pages until the file is closed.
        page = self._doc.Pages.pages[-1]
        page.stream = None
        page.Contents = PDFStream(
            dictionary=PDFDictionary({"Filter": PDFName("FlateDecode")}),
            content=zlib.compress(content),
        )
        self.pages += 1

    def finish(self) -> bytes:
        """Close the file and return its bytes."""
        self._doc.delayedFonts.extend(self._encoder.embedded)
        self._doc.updateSignature(self._hash.digest())
        data: bytes = self.getpdfdata()
        return data

    def _make_preamble(self) -> None:
        # ReportLab starts every page with Helvetica, which a PDF for the archive would then have to embed.
        self._preamble = ""
