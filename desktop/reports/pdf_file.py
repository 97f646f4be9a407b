"""One PDF under way: pages, bookmarks, fonts. Nothing in it depends on the clock or the machine."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from desktop.domain.clock import JAPAN
from desktop.reports.characters import clean
from desktop.reports.page import POINTS_PER_MM, Sheet
from desktop.reports.paper_size import PaperSize
from desktop.reports.pdf_objects import PdfObjects, text_string
from desktop.reports.text_encoder import TextEncoder

_PRODUCER = "Banso"


class PdfFile:
    """A PDF of sheets. The same sheets and the same instant give the same bytes.

    Pages are packed and written at once, so that a batch of thousands takes little memory.
    """

    def __init__(self, encoder: TextEncoder, title: str, author: str, created: datetime) -> None:
        self._encoder = encoder
        self._info = _info(title, author, created)
        self._objects = PdfObjects()
        self._tree = self._objects.reserve()
        self._resources = self._objects.reserve()
        self._pages: list[int] = []
        self._bookmarks: list[tuple[str, int]] = []
        #: What stands on the upper half of the last page while its lower half is free.
        self._upper: tuple[str, PaperSize] | None = None

    @property
    def pages(self) -> int:
        """How many there are so far."""
        return len(self._pages)

    def add_bookmark(self, title: str) -> None:
        """Bookmark the page that comes next."""
        self._bookmarks.append((title, self.pages))

    def add_sheet(self, sheet: Sheet, *, is_beneath: bool = False) -> None:
        """Add a finished sheet as the next page; half a sheet beneath the half before it where that is wanted."""
        content, paper = sheet.content(), sheet.paper
        if is_beneath and self._upper:
            upper, whole = self._upper
            self._upper = (f"{upper}\nq\n{content}\nQ", whole)
            self._end_upper()
            return
        self._end_upper()
        self._pages.append(self._objects.reserve())
        if paper.is_half:
            whole = replace(paper, height=2 * paper.height)
            raised = f"q 1 0 0 1 0 {paper.height * POINTS_PER_MM:.2f} cm\n{content}\nQ"
            self._upper = (raised, whole)
        else:
            self._write_page(content, paper)

    def _end_upper(self) -> None:
        """Write the page whose lower half was waited for."""
        if self._upper:
            self._write_page(*self._upper)
            self._upper = None

    def _write_page(self, content: str, paper: PaperSize) -> None:
        stream = self._objects.stream("", content.encode("ascii"))
        self._objects.write(
            f"<</Type/Page/Parent {self._tree} 0 R/MediaBox{_box(paper)}"
            f"/Resources {self._resources} 0 R/Contents {stream} 0 R>>",
            self._pages[-1],
        )

    def finish(self) -> bytes:
        """Close the file and return its bytes."""
        self._end_upper()
        objects = self._objects
        fonts = "".join(
            f"/{font.resource_name} {font.write(objects)} 0 R" for font in self._encoder.embedded
        )
        figures = "".join(
            f"/{figure.name} {self._figure(figure.content, figure.paper)} 0 R"
            for figure in self._encoder.plates.figures
        )
        objects.write(f"<</Font<<{fonts}>>/XObject<<{figures}>>>>", self._resources)
        kids = " ".join(f"{page} 0 R" for page in self._pages)
        objects.write(f"<</Type/Pages/Count {self.pages}/Kids[{kids}]>>", self._tree)
        info = objects.write(self._info)
        outlines = self._outlines()
        root = objects.write(f"<</Type/Catalog/Pages {self._tree} 0 R/Lang(ja-JP){outlines}>>")
        return objects.close(root, info)

    def _figure(self, content: str, paper: PaperSize) -> int:
        entries = f"/Type/XObject/Subtype/Form/BBox{_box(paper)}/Resources<<>>"
        return self._objects.stream(entries, content.encode("ascii"))

    def _outlines(self) -> str:
        """Write the bookmarks, one after another; what the catalogue says of them."""
        marks = self._bookmarks
        if not marks:
            return ""
        top = self._objects.reserve()
        numbers = [self._objects.reserve() for _ in marks]
        for place, (title, page) in enumerate(marks):
            before = f"/Prev {numbers[place - 1]} 0 R" if place else ""
            after = f"/Next {numbers[place + 1]} 0 R" if place + 1 < len(marks) else ""
            self._objects.write(
                f"<</Title{text_string(title)}/Parent {top} 0 R"
                f"/Dest[{self._pages[page]} 0 R/Fit]{before}{after}>>",
                numbers[place],
            )
        self._objects.write(
            f"<</Type/Outlines/Count {len(marks)}/First {numbers[0]} 0 R/Last {numbers[-1]} 0 R>>",
            top,
        )
        return f"/Outlines {top} 0 R/PageMode/UseOutlines"


def _info(title: str, author: str, created: datetime) -> str:
    there = created.astimezone(JAPAN)
    day = f"(D:{there:%Y%m%d%H%M%S}+09'00')"
    return (
        f"<</Title{text_string(clean(title))}/Author{text_string(clean(author))}"
        f"/Creator({_PRODUCER})/Producer({_PRODUCER})/CreationDate{day}/ModDate{day}>>"
    )


def _box(paper: PaperSize) -> str:
    return f"[0 0 {paper.width * POINTS_PER_MM:.2f} {paper.height * POINTS_PER_MM:.2f}]"
