"""Clears up after a test run, also after one that was killed.

The run holds the writing end of our standard input. When it ends, in whatever way, the operating system
closes that end; then the cluster is stopped and the folder removed. Standard library only, own process.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path


class Watchdog:
    """The clearing-up process, seen from the test run."""

    def __init__(self, folder: Path) -> None:
        # A session of its own, so that Ctrl+C or a kill of the whole group does not reach it.
        self._process = subprocess.Popen(
            [sys.executable, "-m", __spec__.name, str(folder)],
            stdin=subprocess.PIPE,
            cwd=Path(__file__).resolve().parents[2],
            start_new_session=True,
        )

    def finish(self) -> None:
        """Let it clear up now, and wait for it."""
        self._process.communicate()


def clear_up(folder: Path) -> None:
    """Stop the server in `folder`, if one was started, and remove the folder."""
    from tests.support.postgres import (  # noqa: PLC0415 - only this process needs them, and late
        PostgresNotFoundError,
        account,
        find_programs,
        small_environment,
    )

    if (folder / "data" / "postmaster.pid").exists():
        try:
            subprocess.run(
                [
                    find_programs() / "pg_ctl",
                    "-D",
                    folder / "data",
                    "stop",
                    "-w",
                    "-m",
                    "immediate",
                ],
                check=False,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=folder,
                env=small_environment(),
                **account(),
            )
        except PostgresNotFoundError:
            return
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.stdin.buffer.read()
    clear_up(Path(sys.argv[1]))
