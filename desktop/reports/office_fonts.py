"""The fonts of this workstation for the forms: read once, when the first form is drawn."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from desktop.resources import resource_path

if TYPE_CHECKING:
    from desktop.reports.fonts import FontSet

#: 文字情報基盤 (MJ) Mincho: has 𠮷 and the family register's variants that BIZ UD lacks; used where it is installed.
FALLBACK_FILE = "ipamjm.ttf"


class OfficeFonts:
    """Gives the same set of fonts to every caller, whichever thread asks first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._fonts: FontSet | None = None

    def __call__(self) -> FontSet:
        """The shipped fonts, and 文字情報基盤 Mincho where this system has it."""
        with self._lock:
            if self._fonts is None:
                # Not before the first form: a desk that prints nothing need not load what draws PDF.
                from desktop.reports.fonts import FontSet

                self._fonts = FontSet.of_office(resource_path("fonts"), system_font_folders())
            return self._fonts


def system_font_folders() -> list[Path]:
    """Where this system keeps its fonts and this user his own; only those that are there."""
    home = Path.home()
    if sys.platform == "win32":
        folders = [
            Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts",
            Path(os.environ.get("LOCALAPPDATA", str(home))) / "Microsoft/Windows/Fonts",
        ]
    elif sys.platform == "darwin":
        folders = [Path("/Library/Fonts"), home / "Library/Fonts"]
    else:
        folders = [
            Path("/usr/share/fonts"),
            Path("/usr/local/share/fonts"),
            home / ".local/share/fonts",
        ]
    return [folder for folder in folders if folder.is_dir()]
