"""What must hold of every printed form, read back from its bytes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
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
    return list(_by_qpdf(data).faults)


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
    return [
        f"page {number}: {fault}"
        for number, sheet in enumerate(_sheets(data), start=1)
        for fault in _outside(sheet)
    ]


def bare_pages(data: bytes) -> list[int]:
    """Pages on which nothing stands between head and foot."""
    return [number for number, sheet in enumerate(_sheets(data), start=1) if not any(_body(sheet))]


def type_sizes(data: bytes) -> frozenset[float]:
    """The sizes of type in points that a file uses."""
    return _by_qpdf(data).sizes


@dataclass(frozen=True, slots=True)
class _Parsed:
    """What qpdf found in one file."""

    faults: tuple[str, ...]
    sizes: frozenset[float]


@lru_cache(maxsize=1)
def _by_qpdf(data: bytes) -> _Parsed:
    """Several checks in a row ask about one file: it is parsed once."""
    with pikepdf.open(BytesIO(data)) as file:
        faults = [str(fault) for fault in file.check_pdf_syntax()]
        sizes: set[float] = set()
        for number, page in enumerate(file.pages, start=1):
            try:
                sizes.update(
                    float(instruction.operands[1])
                    for instruction in pikepdf.parse_content_stream(page)
                    if str(instruction.operator) == "Tf"
                )
            except pikepdf.PdfError as error:
                faults.append(f"page {number}: {error}")
        return _Parsed(tuple(faults), frozenset(sizes))


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page's size, and kind and bounds of everything on it."""

    width: float
    height: float
    things: tuple[tuple[int, tuple[float, float, float, float]], ...]


@lru_cache(maxsize=1)
def _sheets(data: bytes) -> tuple[_Sheet, ...]:
    """As above: measured once."""
    document = pypdfium2.PdfDocument(data)
    try:
        return tuple(_measured(document[number]) for number in range(len(document)))
    finally:
        document.close()


def _measured(page: pypdfium2.PdfPage) -> _Sheet:
    width, height = page.get_size()
    return _Sheet(
        width, height, tuple((thing.type, thing.get_bounds()) for thing in page.get_objects())
    )


def _outside(sheet: _Sheet) -> Iterator[str]:
    for kind, (left, bottom, right, top) in sheet.things:
        beside = left < -_EDGE or right > sheet.width + _EDGE
        if beside or bottom < -_EDGE or top > sheet.height + _EDGE:
            yield f"object of type {kind} at {left:.1f} {bottom:.1f} {right:.1f} {top:.1f}"


def _body(sheet: _Sheet) -> Iterator[bool]:
    for _, (_, bottom, _, top) in sheet.things:
        yield _FOOT < (top + bottom) / 2 / sheet.height < 1 - _HEAD
