"""How the set-up speaks and calls other programs. Standard library only."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


class Stop(Exception):  # noqa: N818 - not a fault of the program
    """Set-up cannot go on; the text says what the reader should do."""


def say(text: str) -> None:
    """Tell what is being done."""
    print(f"伴走: {text}")


def call(*command: object, qt_platform: str | None = None) -> int:
    """Run a program in the project's folder; return its exit status."""
    surroundings = dict(os.environ)
    # A run of the tests starts hundreds of processes: compiled once, not in each of them.
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    # Without any locale Qt warns and falls back to ASCII file names.
    if not {"LANG", "LC_ALL", "LC_CTYPE"} & surroundings.keys():
        surroundings["LANG"] = "C.UTF-8"
    if qt_platform:
        surroundings["QT_QPA_PLATFORM"] = qt_platform
    return subprocess.run(
        list(map(str, command)), check=False, cwd=ROOT, env=surroundings
    ).returncode
