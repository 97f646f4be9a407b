"""Finds what acts by itself in a PDF, by the names in its bytes: a second word beside PDFium's own.

The whole file is searched, in and out of strings and streams, so that nothing hides behind a sign that one reader
skips and another does not; object streams are unpacked first. So a harmless file may be refused, never the reverse.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence

from desktop.domain.attachments import ACTIVE, BOMB, BROKEN, UNUSUAL
from desktop.inspection.refusal import RefusedFileError

_GAP = rb"\x00\t\n\x0c\r ()<>\[\]{}/%"
_ENDS = rb"(?=[" + _GAP + rb"]|$)"
_ACTIONS = (
    rb"JavaScript|Launch|EmbeddedFiles?|FileAttachment|RichMedia\w*|XFA|ImportData|SubmitForm|GoToE|Rendition"
    rb"|Movie|Sound|GoTo3DView"
)
_ACTS = re.compile(rb"/(?:" + _ACTIONS + rb")" + _ENDS)
#: A name that writes some of its letters as #xx is read as a reader would.
_WRITTEN_AS_CODES = re.compile(rb"/[^" + _GAP + rb"]*#[0-9A-Fa-f]{2}[^" + _GAP + rb"]*")
_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")
#: No program writes these in codes, but one that hides them.
_NEVER_IN_CODES = re.compile(rb"/(?:" + _ACTIONS + rb"|OpenAction|ObjStm|Filter|FlateDecode)")
_OPENING = re.compile(rb"/OpenAction\s*(\[|<<|\d+\s+\d+\s+R)")
_GOES_TO_PAGE = re.compile(rb"/S\s*/GoTo" + _ENDS)
_STREAM = re.compile(rb"(?<!end)stream(?:\r?\n|\r)")
_FLATE = re.compile(rb"/Filter\s*(?:/FlateDecode|/Fl|\[\s*/FlateDecode\s*\]|\[\s*/Fl\s*\])" + _ENDS)
_PREDICTOR = re.compile(rb"/Predictor\s+(?!1\b)\d")
_NUMBERS = re.compile(rb"/(N|First)\s+(\d+)" + _ENDS)
#: So much before a stream is searched for what kind of stream it is, and so much of an action for what it does.
_HEAD_BYTES = 65_536
_ACTION_BYTES = 400
#: Object streams hold dictionaries only: this is more than any honest file has.
MOST_UNPACKED = 64 * 1024 * 1024
_MOST_BEGUN = 4 * 1024 * 1024


def refuse_active(data: bytes) -> None:
    """Raise RefusedFileError where something in the PDF would act by itself."""
    parts = [data, *object_streams(data)]
    for part in parts:
        if _ACTS.search(part) or any(
            _hides(found.group()) for found in _WRITTEN_AS_CODES.finditer(part)
        ):
            raise RefusedFileError(ACTIVE)
        for found in _OPENING.finditer(part):
            if not _only_turns_to_page(part, found, parts):
                raise RefusedFileError(ACTIVE)


def object_streams(data: bytes) -> Iterator[bytes]:
    """The object streams, unpacked, each object as it would stand in the file by itself.

    Raises RefusedFileError: BOMB where they are larger than any honest ones, UNUSUAL where packed in another way.
    """
    left = MOST_UNPACKED
    for start in _STREAM.finditer(data):
        near = data[max(0, start.start() - _HEAD_BYTES) : start.start()]
        if b"/ObjStm" not in near:
            continue
        head = near[max(near.rfind(b" obj"), 0) :]
        packed = memoryview(data)[start.end() :]
        if b"/ObjStm" not in head:
            # Most likely another stream behind one; a head that is cut by a sign in a string looks the same.
            yield _begun(packed)
            continue
        if _PREDICTOR.search(head) or (b"/Filter" in head and not _FLATE.search(head)):
            raise RefusedFileError(UNUSUAL)
        part = _inflated(packed, left) if b"/Filter" in head else bytes(packed[:left])
        left -= len(part)
        yield _written_out(part, {k: int(v) for k, v in _NUMBERS.findall(head)})


def _begun(packed: memoryview) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, _MOST_BEGUN)
    except zlib.error:
        return b""


def _inflated(packed: memoryview, most: int) -> bytes:
    try:
        part = zlib.decompressobj().decompress(packed, most + 1)
    except zlib.error:
        raise RefusedFileError(BROKEN) from None
    if len(part) > most:
        raise RefusedFileError(BOMB)
    return part


def _written_out(part: bytes, numbers: dict[bytes, int]) -> bytes:
    """The objects of a stream under their numbers; the stream as it is where its table is not in order."""
    try:
        first = numbers[b"First"]
        table = [int(word) for word in part[:first].split()[: 2 * numbers[b"N"]]]
    except (KeyError, ValueError):
        return part
    places = [first + place for place in table[1::2]]
    ends = [*places[1:], len(part)]
    objects = zip(table[::2], places, ends, strict=False)
    return part[:first] + b"\n".join(b"%d 0 obj %s" % (n, part[a:b]) for n, a, b in objects)


def _hides(name: bytes) -> bool:
    plain = _CODE.sub(lambda code: bytes([int(code.group(1), 16)]), name)
    return _NEVER_IN_CODES.fullmatch(plain) is not None


def _only_turns_to_page(part: bytes, found: re.Match[bytes], parts: Sequence[bytes]) -> bool:
    """Whether what happens when the document opens is only a jump to one of its pages."""
    target = found.group(1)
    if target == b"[":
        return True
    if target == b"<<":
        return _GOES_TO_PAGE.search(part[found.end() : found.end() + _ACTION_BYTES]) is not None
    number, generation, _ = target.split()
    place = re.compile(rb"(?<!\d)%s\s+%s\s+obj\s*(\[?)" % (number, generation))
    texts = [
        bool(m.group(1)) or _GOES_TO_PAGE.search(p[m.end() : m.end() + _ACTION_BYTES]) is not None
        for p in parts
        for m in place.finditer(p)
    ]
    return bool(texts) and all(texts)
