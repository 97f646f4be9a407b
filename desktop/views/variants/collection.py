"""Several fonts in one file that share what they have in common (TrueType Collection)."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

_VERSION = 0x00010000
_ENTRY_SIZE, _DIRECTORY = 16, 12
#: Windows, Unicode, English.
_NAME_RECORD = (3, 1, 0x0409)


def collection(shared: Mapping[str, bytes], faces: Sequence[Mapping[str, bytes]]) -> bytes:
    """One file; each face has the shared tables and its own ones, given as raw bytes by tag."""
    size = _DIRECTORY + _ENTRY_SIZE * (len(shared) + len(faces[0]))
    start = 12 + 4 * len(faces)
    offsets = [start + size * number for number in range(len(faces))]
    body = bytearray()
    base = start + size * len(faces)

    def place(data: bytes) -> tuple[int, int, int]:
        at = base + len(body)
        body.extend(data + b"\0" * (-len(data) % 4))
        return _checksum(data), at, len(data)

    common = {tag: place(data) for tag, data in shared.items()}
    directories = b"".join(
        _directory(common | {tag: place(data) for tag, data in face.items()}) for face in faces
    )
    head = struct.pack(">4sII", b"ttcf", _VERSION, len(faces))
    return head + struct.pack(f">{len(faces)}I", *offsets) + directories + bytes(body)


def name_table(family: str, style: str) -> bytes:
    """A `name` table: family, style, full name and PostScript name."""
    names = {1: family, 2: style, 4: f"{family} {style}", 6: f"{family.replace(' ', '')}-{style}"}
    records, texts = b"", b""
    for number, name in names.items():
        text = name.encode("utf-16-be")
        records += struct.pack(">HHHHHH", *_NAME_RECORD, number, len(text), len(texts))
        texts += text
    return struct.pack(">HHH", 0, len(names), 6 + len(records)) + records + texts


def _directory(tables: Mapping[str, tuple[int, int, int]]) -> bytes:
    power = len(tables).bit_length() - 1
    search = 16 << power
    head = struct.pack(">IHHHH", _VERSION, len(tables), search, power, 16 * len(tables) - search)
    return head + b"".join(
        struct.pack(">4sIII", tag.encode("ascii"), *tables[tag]) for tag in sorted(tables)
    )


def _checksum(data: bytes) -> int:
    padded = data + b"\0" * (-len(data) % 4)
    total: int = sum(struct.unpack(f">{len(padded) // 4}I", padded))
    return total & 0xFFFFFFFF
