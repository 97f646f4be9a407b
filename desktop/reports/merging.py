"""Several PDFs as one: for a run that goes to one printer job or into one file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from io import BytesIO

import pypdfium2

from desktop.reports.preview import PDFIUM

_HEAD, _TAIL = 4096, 512
_IDENTITY = re.compile(rb"/ID\[<[0-9A-F]{32}><[0-9A-F]{32}>\]")
_MADE_AT = re.compile(rb"/CreationDate\(D:[^)]*\)(?=/Creator\(PDFium\))")


def merged(documents: Sequence[bytes], *, on_new_sheets: bool = False) -> bytes:
    """The pages of several PDFs as one; the same PDFs give the same bytes.

    `on_new_sheets` adds an empty page after an odd one, so that on both sides of the paper no document begins on the back
    of another.
    """
    out = BytesIO()
    with PDFIUM:
        whole = pypdfium2.PdfDocument.new()
        try:
            for number, data in enumerate(documents):
                is_last = number == len(documents) - 1
                _add(whole, data, on_new_sheet=on_new_sheets and not is_last)
            whole.save(out)
        finally:
            whole.close()
    return _timeless(out.getvalue(), documents)


def _add(whole: pypdfium2.PdfDocument, data: bytes, *, on_new_sheet: bool) -> None:
    part = pypdfium2.PdfDocument(data)
    try:
        whole.import_pages(part)
        if on_new_sheet and len(part) % 2:
            whole.new_page(*part.get_page_size(len(part) - 1)).close()
    finally:
        part.close()


def _timeless(data: bytes, documents: Sequence[bytes]) -> bytes:
    """The same PDF without the moment of merging and the chance number that PDFium writes into it; nothing moves."""
    parts = b"".join(hashlib.sha256(part).digest() for part in documents)
    identity = hashlib.sha256(parts).hexdigest()[:32].upper().encode()
    head = _MADE_AT.sub(lambda found: b" " * len(found[0]), data[:_HEAD], count=1)
    data = head + data[_HEAD:]
    end = max(len(data) - _TAIL, 0)
    return data[:end] + _IDENTITY.sub(b"/ID[<%b><%b>]" % (identity, identity), data[end:])
