"""Saving PDFs where the person wants them: as a whole or not at all, under names that say nothing about anybody."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from desktop.domain.errors import UnavailableError, UserError

_FAILED = (
    "PDFを保存できませんでした。空き容量と書込みの権限を確かめて、別の場所に保存してください。"
)
_TAKEN = "同じ名前のPDFがすでにあります。別の名前で保存してください。"
_TAKEN_IN_FOLDER = "同じ名前のファイルがすでにあります。空のフォルダーを選んでください。"


def save_pdf(path: Path, data: bytes) -> Path:
    """Write the file that was chosen, over an older one of that very name; where it went.

    An ending added to the name overwrites nothing. Raises UserError for a name in use, UnavailableError when the file
    cannot be written; then nothing of it is there.
    """
    if path.suffix.lower() == ".pdf":
        _write(path, data, replaces=True)
        return path
    target = path.with_name(f"{path.name}.pdf")
    if target.exists():
        raise UserError(_TAKEN)
    _write(target, data, replaces=False)
    return target


def save_beside(folder: Path, name: str, data: bytes) -> None:
    """Write a new file into a folder. Raises UserError when there is one of that name, UnavailableError as above."""
    target = folder / name
    if target.exists():
        raise UserError(_TAKEN_IN_FOLDER)
    _write(target, data, replaces=False)


def _write(target: Path, data: bytes, *, replaces: bool) -> None:
    draft = target.with_name(f".{uuid4().hex}.part")
    try:
        draft.write_bytes(data)
        if replaces:
            draft.replace(target)
        else:
            draft.rename(target)
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise UnavailableError(_FAILED) from error
