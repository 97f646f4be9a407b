"""Reading back what was printed."""

from __future__ import annotations

from functools import lru_cache

import pypdfium2

from desktop.reports.preview import PageImage


def page_texts(data: bytes) -> list[str]:
    """The text of each page as a reader copies it."""
    return list(_page_texts(data))


@lru_cache(maxsize=1)
def _page_texts(data: bytes) -> tuple[str, ...]:
    """The same; several checks in a row ask about one file."""
    document = pypdfium2.PdfDocument(data)
    try:
        return tuple(_text(document[number]) for number in range(len(document)))
    finally:
        document.close()


def page_halves(data: bytes) -> list[tuple[str, str]]:
    """The text of the upper and the lower half of each page, as it lies on the paper."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [_halves(document[number]) for number in range(len(document))]
    finally:
        document.close()


def bookmarks(data: bytes) -> list[tuple[str, int]]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
    finally:
        document.close()


def darkness(image: PageImage, left: float, top: float, width: float, height: float) -> float:
    """The share of dark pixels in a rectangle of an A4 page given in millimetres."""
    across, down = image.width / 210, image.height / 297
    columns = range(int(left * across), int((left + width) * across))
    rows = range(int(top * down), int((top + height) * down))
    dark = sum(
        image.rgb[row * image.stride + 3 * column] < 128 for row in rows for column in columns
    )
    return dark / (len(columns) * len(rows))


def _halves(page: pypdfium2.PdfPage) -> tuple[str, str]:
    text_page, middle = page.get_textpage(), page.get_height() / 2
    upper = text_page.get_text_bounded(bottom=middle)
    return str(upper), str(text_page.get_text_bounded(top=middle))


def _text(page: pypdfium2.PdfPage) -> str:
    text_page = page.get_textpage()
    return str(text_page.get_text_range()).replace("\r\n", "\n")
