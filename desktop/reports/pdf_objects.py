"""The objects of a PDF under way (ISO 32000-1, 7.3 and 7.5), written one after another; only their places are kept."""

from __future__ import annotations

import hashlib
import zlib

_HEADER = b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"
_NOT_WRITTEN = -1


class PdfObjects:
    """Numbers objects, packs streams, and closes the file with its table of places.

    The same objects in the same order give the same bytes: the file's identifier is made of them.
    """

    def __init__(self) -> None:
        self._out = bytearray(_HEADER)
        self._places: list[int] = []

    def reserve(self) -> int:
        """The number of an object that is written later, because others refer to it first."""
        self._places.append(_NOT_WRITTEN)
        return len(self._places)

    def write(self, body: str, number: int | None = None) -> int:
        """Write an object of ASCII text under a reserved or the next number, which is returned."""
        number = self._begin(number)
        self._out += f"{number} 0 obj\n{body}\nendobj\n".encode("ascii")
        return number

    def stream(self, entries: str, content: bytes) -> int:
        """Write a stream, packed; `entries` are what its dictionary holds besides length and filter."""
        number = self._begin(None)
        packed = zlib.compress(content)
        head = f"{number} 0 obj\n<</Length {len(packed)}/Filter/FlateDecode{entries}>>\nstream\n"
        self._out += head.encode("ascii")
        self._out += packed
        self._out += b"\nendstream\nendobj\n"
        return number

    def close(self, root: int, info: int) -> bytes:
        """Write the table of places and return the whole file."""
        start = len(self._out)
        identifier = hashlib.sha256(self._out).hexdigest()[:32].upper()
        count = len(self._places) + 1
        rows = "".join(f"{place:010} 00000 n \n" for place in self._places)
        self._out += f"xref\n0 {count}\n0000000000 65535 f \n{rows}".encode("ascii")
        self._out += (
            f"trailer\n<</Size {count}/Root {root} 0 R/Info {info} 0 R"
            f"/ID[<{identifier}><{identifier}>]>>\nstartxref\n{start}\n%%EOF\n"
        ).encode("ascii")
        return bytes(self._out)

    def _begin(self, number: int | None) -> int:
        number = self.reserve() if number is None else number
        self._places[number - 1] = len(self._out)
        return number


def text_string(text: str) -> str:
    """A text outside of pages (title, bookmark) as a PDF string (7.9.2.2)."""
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"
