"""The watched folder of a workstation (受け取り用フォルダー): its files are listed, and nothing in it is moved or deleted."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from desktop.domain.attachments import SUFFIXES, suffix_of
from desktop.domain.errors import UserError

#: So many files are listed, the newest first.
MOST_LISTED = 200
_EPOCH, _END = datetime(1970, 1, 1, tzinfo=UTC), datetime(3000, 1, 1, tzinfo=UTC)
_NO_FOLDER = "フォルダーを開けません。場所を確かめるか、別のフォルダーを選んでください。"
_SUFFIXES = frozenset(suffix for ends in SUFFIXES.values() for suffix in ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingFile:
    """A file of the folder. One that is still being written is not settled: its size changed since the look before."""

    path: Path = field(repr=False)
    size: int
    changed_at: datetime
    is_settled: bool


class WatchedFolder:
    """Which folder this workstation watches; None where none was chosen. `save` keeps the choice."""

    def __init__(self, path: str = "", save: Callable[[str], object] = lambda _path: None) -> None:
        self._save = save
        self.path: Path | None = Path(path) if path else None

    def choose(self, path: Path) -> None:
        """Watch another folder from now on."""
        self.path = path
        self._save(str(path))


def look_into(folder: Path, before: Mapping[Path, IncomingFile]) -> tuple[IncomingFile, ...]:
    """The folder's files of a kind that can be attached, newest first; `before` is what the last look found.

    Raises UserError where the folder cannot be read. Links and folders in it are left out.
    """
    try:
        with os.scandir(folder) as entries:
            found = [file for entry in entries if (file := _incoming(entry, before)) is not None]
    except OSError:
        raise UserError(_NO_FOLDER) from None
    found.sort(key=lambda file: (file.changed_at, file.path.name), reverse=True)
    return tuple(found[:MOST_LISTED])


def _incoming(entry: os.DirEntry[str], before: Mapping[Path, IncomingFile]) -> IncomingFile | None:
    if suffix_of(entry.name) not in _SUFFIXES:
        return None
    try:
        state = entry.stat(follow_symlinks=False)
    except OSError:
        return None  # it went away meanwhile
    if not stat.S_ISREG(state.st_mode):
        return None
    path, changed_at = Path(entry.path), _instant(state.st_mtime)
    known = before.get(path)
    is_same = known is not None and (known.size, known.changed_at) == (state.st_size, changed_at)
    return IncomingFile(
        path=path,
        size=state.st_size,
        changed_at=changed_at,
        is_settled=is_same and state.st_size > 0,
    )


def _instant(seconds: float) -> datetime:
    """When a file was changed; the beginning of time where its mark is one that no calendar has."""
    try:
        found = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return _EPOCH
    return found if _EPOCH <= found < _END else _EPOCH
