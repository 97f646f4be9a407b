"""What must hold of every printed form, read back from its bytes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from io import BytesIO

import pikepdf
import pypdf
import pypdfium2

from desktop.reports.characters import clean, clusters
from tests.reports.reading import page_texts

_PAGE = re.compile(r"(\d+)\s*[／/]\s*(\d+)\s*頁")
#: PDFium takes ligatures apart.
_AS_PDFIUM_READS = str.maketrans({"ﬁ": "fi", "ﬀ": "ff"})
#: Part of a sheet above and below which only its head and foot stand.
_HEAD, _FOOT = 0.07, 0.05
#: Ink may touch the edge of the paper: half a point for what is rounded.
_EDGE = 0.5


def letters(text: str) -> Counter[str]:
    """What stands in a text, whatever its order: each character with its selector and marks; blanks do not count."""
    return Counter(clusters("".join(text.split()).translate(_AS_PDFIUM_READS)))


def by_pdfium(data: bytes) -> Counter[str]:
    """The letters that PDFium copies."""
    return letters("".join(page_texts(data)))


def by_pypdf(data: bytes) -> Counter[str]:
    """The letters that pypdf copies."""
    return letters("".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(data)).pages))


def printed(texts: Iterable[str]) -> Counter[str]:
    """The letters that data must leave on paper."""
    return letters("".join(map(clean, texts)))


def syntax_faults(data: bytes) -> list[str]:
    """What qpdf has to say about the file, and pages whose description cannot be parsed."""
    with pikepdf.open(BytesIO(data)) as file:
        faults = [str(fault) for fault in file.check_pdf_syntax()]
        for number, page in enumerate(file.pages, start=1):
            try:
                pikepdf.parse_content_stream(page)
            except pikepdf.PdfError as error:
                faults.append(f"page {number}: {error}")
        return faults


def page_number_faults(data: bytes) -> list[str]:
    """Pages whose n／m is not right; forms that number no page have none."""
    texts = page_texts(data)
    found = [_PAGE.search(text) for text in texts]
    if not any(found):
        return []
    return [
        f"page {number} of {len(texts)}: {match and match[0]}"
        for number, match in enumerate(found, start=1)
        if match is None or (int(match[1]), int(match[2])) != (number, len(texts))
    ]


def off_paper(data: bytes) -> list[str]:
    """What is drawn outside the page."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [
            f"page {number + 1}: {fault}"
            for number in range(len(document))
            for fault in _outside(document[number])
        ]
    finally:
        document.close()


def bare_pages(data: bytes) -> list[int]:
    """Pages on which nothing stands between head and foot."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [number + 1 for number in range(len(document)) if not any(_body(document[number]))]
    finally:
        document.close()


def type_sizes(data: bytes) -> set[float]:
    """The sizes of type in points that a file uses."""
    with pikepdf.open(BytesIO(data)) as file:
        return {
            float(instruction.operands[1])
            for page in file.pages
            for instruction in pikepdf.parse_content_stream(page, "Tf")
        }


def _outside(page: pypdfium2.PdfPage) -> Iterator[str]:
    width, height = page.get_size()
    for thing in page.get_objects():
        left, bottom, right, top = thing.get_bounds()
        if left < -_EDGE or bottom < -_EDGE or right > width + _EDGE or top > height + _EDGE:
            yield f"object of type {thing.type} at {left:.1f} {bottom:.1f} {right:.1f} {top:.1f}"


def _body(page: pypdfium2.PdfPage) -> Iterator[bool]:
    height = page.get_height()
    for thing in page.get_objects():
        _, bottom, _, top = thing.get_bounds()
        yield _FOOT < (top + bottom) / 2 / height < 1 - _HEAD
