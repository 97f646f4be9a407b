"""Where the files shipped with the program are: fonts, icons, style sheets, rule tables, help texts."""

from __future__ import annotations

import sys
from pathlib import Path


def resource_path(*parts: str) -> Path:
    """Return the path of a shipped file, in the source tree as well as in the bundled program."""
    return _base() / "resources" / Path(*parts)


def _base() -> Path:
    # PyInstaller unpacks data files beside the program and names that folder in sys._MEIPASS.
    unpacked = getattr(sys, "_MEIPASS", None)
    return Path(unpacked) if unpacked else Path(__file__).resolve().parent.parent
