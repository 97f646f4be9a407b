"""Opening a reading pack where it is read: without a database, and without anything written to disk."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from desktop.domain import reading_packs as packs
from desktop.domain.clock import Clock
from desktop.domain.errors import ConflictError, UserError
from desktop.domain.reading_packs import CLOCK_SLACK, PackHeader, ReadingPack
from desktop.services.reading_packs import pack_file


class ExpiredError(UserError):
    """The pack opens no more; what remains is to delete it."""


@dataclass(frozen=True, slots=True)
class PackOpening:
    """Looks at, opens and deletes files of packs by the clock of this machine."""

    clock: Clock

    def look(self, path: Path) -> PackHeader:
        """What stands on the file in the open. Raises ExpiredError, or UserError where it is no pack."""
        header = pack_file.header_of(_read(path))
        self._judge(header)
        return header

    def open(self, path: Path, passphrase: str) -> ReadingPack:
        """The pack, in memory only. Raises ExpiredError, or UserError in one sentence."""
        data = _read(path)
        self._judge(pack_file.header_of(data))
        return pack_file.unseal(data, passphrase)

    def delete(self, path: Path) -> None:
        """Delete a file that is a pack. Raises UserError where it is none or cannot be deleted."""
        pack_file.header_of(_read(path))
        delete(path)

    def _judge(self, header: PackHeader) -> None:
        now = self.clock.now()
        if header.is_over(now):
            raise ExpiredError(packs.EXPIRED)
        if now < header.made_at - CLOCK_SLACK:
            raise UserError(packs.CLOCK_BEHIND)


def delete_known(path: Path, sha256: str) -> None:
    """Delete exactly the file with this hash. Raises ConflictError for any other one."""
    if hashlib.sha256(_read(path)).hexdigest() != sha256:
        raise ConflictError(packs.OTHER_FILE)
    delete(path)


def delete(path: Path) -> None:
    """Take the file away. Overwriting is not tried: on flash it reaches other cells than the old ones."""
    try:
        path.unlink()
    except OSError as error:
        raise UserError(packs.NOT_DELETED) from error


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > pack_file.MOST_BYTES:
            raise UserError(packs.FOREIGN)
        return path.read_bytes()
    except OSError as error:
        raise UserError(packs.NO_FILE) from error
