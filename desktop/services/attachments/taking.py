"""Reads a chosen file from the disk: a plain one, not too large, as it stands at this moment."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from desktop.domain import attachments as rules
from desktop.domain.errors import UserError

#: Neither followed where it is a link, nor waited for where it is a pipe.
_PLAIN = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
)


def read_plain_file(path: Path) -> bytes:
    """The bytes of a plain file. UserError for links, folders, devices, empty and too large files."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise UserError(rules.NOT_A_FILE)
        handle = os.open(path, _PLAIN)
    except (OSError, ValueError):
        raise UserError(rules.UNREADABLE) from None
    with os.fdopen(handle, "rb") as file:
        try:
            return _read(file.fileno())
        except OSError:
            raise UserError(rules.UNREADABLE) from None


def _read(handle: int) -> bytes:
    """What was looked at is what is read: the open file is judged, not its name."""
    found = os.fstat(handle)
    if not stat.S_ISREG(found.st_mode):
        raise UserError(rules.NOT_A_FILE)
    if found.st_size > rules.MOST_BYTES:
        raise UserError(rules.TOO_LARGE)
    parts: list[bytes] = []
    size = 0
    while part := os.read(handle, rules.MOST_BYTES + 1 - size):
        parts.append(part)
        size += len(part)
        if size > rules.MOST_BYTES:
            raise UserError(rules.TOO_LARGE)
    if not size:
        raise UserError(rules.EMPTY)
    return b"".join(parts)
