"""What a file is, by its first bytes, and why the other kinds are not taken."""

from __future__ import annotations

import re

from desktop.domain import attachments as rules
from desktop.domain.attachments import FileKind

#: PDF readers look for the mark in the first kilobyte; ours takes it at the very beginning only.
_KINDS: tuple[tuple[bytes, FileKind], ...] = (
    (b"%PDF-", FileKind.PDF),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"II*\0", FileKind.TIFF),
    (b"MM\0*", FileKind.TIFF),
)
_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"MZ", rules.PROGRAM),
    (b"\x7fELF", rules.PROGRAM),
    (b"\xcf\xfa\xed\xfe", rules.PROGRAM),
    (b"\xca\xfe\xba\xbe", rules.PROGRAM),
    (b"#!", rules.PROGRAM),
    (b"L\0\0\0\x01\x14\x02\0", rules.PROGRAM),
    (b"{\\rtf", rules.OFFICE),
    (b"GIF8", rules.OTHER_IMAGE),
    (b"BM", rules.OTHER_IMAGE),
    (b"RIFF", rules.OTHER_IMAGE),
    (b"7z\xbc\xaf\x27\x1c", rules.ARCHIVE),
    (b"Rar!", rules.ARCHIVE),
    (b"\x1f\x8b", rules.ARCHIVE),
    (b"BZh", rules.ARCHIVE),
    (b"\xfd7zXZ", rules.ARCHIVE),
    (b"\x28\xb5\x2f\xfd", rules.ARCHIVE),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OFFICE_IN_ZIP = (b"[Content_Types].xml", b"word/", b"xl/", b"ppt/", b"application/vnd.oasis")
_MARKUP = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body|script|svg|\?xml)", re.IGNORECASE)
_HEAD_LINE = re.compile(rb"[!-9;-~]+:[ \t]")
_MAIL_NAMES = re.compile(rb"^(?:from|date|message-id|received):", re.IGNORECASE | re.MULTILINE)
_HEAD_BYTES = 65_536
_MARKS_OF_MAIL = 2


def kind_of(data: bytes) -> FileKind | None:
    """The kind by content, None where it is none that is taken."""
    for mark, kind in _KINDS:
        if data.startswith(mark):
            return kind
    return FileKind.MAIL if _is_mail(data) else None


def refusal_of(data: bytes) -> str:
    """Why a file of no known kind is not taken, saying what it is where that is known."""
    if data.startswith(_OLE):
        is_outlook = "__substg1.0_".encode("utf-16-le") in data
        return rules.OUTLOOK if is_outlook else rules.OFFICE
    if data.startswith(_ZIP):
        is_office = any(mark in data for mark in _OFFICE_IN_ZIP)
        return rules.OFFICE if is_office else rules.ARCHIVE
    if data[4:8] == b"ftyp":
        return rules.HEIC
    if _MARKUP.match(data.removeprefix(b"\xef\xbb\xbf")):
        return rules.WEB_PAGE
    return next((said for mark, said in _REFUSED if data.startswith(mark)), rules.UNKNOWN)


def _is_mail(data: bytes) -> bool:
    """Whether it begins with the head of a mail: lines of `Name: value`, among them at least two of a mail's own."""
    if not _HEAD_LINE.match(data):
        return False
    head = re.split(rb"\r?\n\r?\n", data[:_HEAD_BYTES], maxsplit=1)[0]
    if b"\0" in head:
        return False
    names = {name.lower() for name in _MAIL_NAMES.findall(head)}
    return len(names) >= _MARKS_OF_MAIL
