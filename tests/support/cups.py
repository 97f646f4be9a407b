"""A CUPS server of the tests' own: own folder, own socket, and queues that put what arrives into a folder.

Nothing of the system's CUPS is used or touched. The queue's driver (`queue.ppd`) takes PDF as it is, so no filter draws
the pages anew. Works for root and for an ordinary user. Standard library only: the installer asks here what is missing.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

NOT_FOUND = (
    "CUPS のサーバー（cupsd）と lp が見つかりません。"
    "python3 bootstrap.py setup を実行するか、cups-daemon と cups-client を入れてください。"
    "（Linux では印刷のテストを飛ばすことはできません。）"
)
_PLACES = ("/usr/sbin", "/usr/local/sbin", "/sbin")
#: Where the server keeps its own helper, which starts the backend.
_HELPERS = ("/usr/lib/cups/daemon", "/usr/libexec/cups/daemon", "/usr/local/lib/cups/daemon")
_PATIENCE = 30.0
_PPD = Path(__file__).with_name("queue.ppd")

#: Called by the server with job, user, title, copies, options and perhaps a file; else the document comes by pipe.
_BACKEND = """#!/bin/sh
if [ $# -eq 0 ]; then echo 'direct folder "Unknown" "folder"'; exit 0; fi
place="${DEVICE_URI#folder:}/$1"
if [ $# -ge 6 ]; then cat "$6"; else cat; fi > "$place.part" || exit 1
printf '%s\\n%s\\n%s\\n' "$3" "$4" "$5" > "$place.told"
mv "$place.part" "$place.pdf"
"""
_FILES = """ServerRoot {folder}/root
ServerBin {folder}/bin
CacheDir {folder}/cache
StateDir {folder}/state
RequestRoot {folder}/spool
TempDir {folder}/spool/tmp
AccessLog {folder}/access_log
ErrorLog {folder}/error_log
PageLog {folder}/page_log
Sandboxing Relaxed
"""
#: Whoever reaches the socket may do everything: it stands in a folder that only this user can enter.
_SERVER = """Listen {folder}/socket
Browsing No
WebInterface No
DefaultAuthType None
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order deny,allow
Allow all
</Limit>
</Policy>
"""


class CupsNotFoundError(Exception):
    """No server or client programs on this machine; the text says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A job as the printer got it."""

    pdf: bytes
    title: str
    copies: int
    options: Mapping[str, str]


class PrivateCups:
    """A running server in `folder`; its queues write into `folder/out/<queue>`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._seen: set[Path] = set()

    @property
    def environment(self) -> dict[str, str]:
        """What a program needs in its environment to find this server and no other."""
        return {
            **os.environ,
            "CUPS_SERVER": str(self.folder / "socket"),
            "CUPS_SERVERROOT": str(self.folder / "root"),
        }

    def add_queue(self, name: str) -> None:
        """A printer with trays, both sides and colour that writes PDF."""
        out = self.folder / "out" / name
        out.mkdir()
        command = [_program("lpadmin"), "-p", name, "-E", "-v", f"folder:{out}", "-P", str(_PPD)]
        subprocess.run(command, check=True, capture_output=True, env=self.environment)

    def remove_queue(self, name: str) -> None:
        """The printer is gone."""
        command = [_program("lpadmin"), "-x", name]
        subprocess.run(command, check=True, capture_output=True, env=self.environment)

    def next_arrival(self, name: str) -> Arrival:
        """Wait for a job that was not handed out before; TimeoutError with the server's log when none comes."""
        out = self.folder / "out" / name
        self._wait_for(lambda: bool(set(out.glob("*.pdf")) - self._seen))
        pdf = min(set(out.glob("*.pdf")) - self._seen, key=lambda path: int(path.stem))
        self._seen.add(pdf)
        title, copies, options = (
            pdf.with_suffix(".told").read_text(encoding="utf-8").split("\n")[:3]
        )
        pairs = (option.partition("=") for option in options.split())
        return Arrival(
            pdf=pdf.read_bytes(),
            title=title,
            copies=int(copies),
            options={key: value for key, _, value in pairs},
        )

    def write_settings(self) -> list[str]:
        """Lay out the server's folders; the command that starts it."""
        for name in ("root", "bin/backend", "bin/filter", "bin/daemon", "cache", "state", "out"):
            (self.folder / name).mkdir(parents=True)
        (self.folder / "spool" / "tmp").mkdir(parents=True)
        helper = "cups-exec"
        (self.folder / "bin" / "daemon" / helper).symlink_to(_program(helper))
        backend = self.folder / "bin" / "backend" / "folder"
        backend.write_text(_BACKEND, encoding="utf-8")
        # Only for its owner: the server then runs it as itself, who may write here.
        backend.chmod(0o700)
        settings = {"cupsd.conf": _SERVER, "cups-files.conf": _FILES}
        for name, text in settings.items():
            (self.folder / "root" / name).write_text(
                text.format(folder=self.folder), encoding="utf-8"
            )
        root = self.folder / "root"
        return [
            _program("cupsd"),
            "-f",
            "-c",
            f"{root}/cupsd.conf",
            "-s",
            f"{root}/cups-files.conf",
        ]

    def wait_until_up(self) -> None:
        """Until the server takes connections."""
        self._wait_for(self._answers)

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as ours:
            return ours.connect_ex(str(self.folder / "socket")) == 0

    def _wait_for(self, happened: Callable[[], bool]) -> None:
        end = time.monotonic() + _PATIENCE
        while not happened():
            if time.monotonic() > end:
                log = self.folder / "error_log"
                raise TimeoutError(log.read_text(errors="replace")[-2000:] if log.exists() else "")
            time.sleep(0.02)


@contextmanager
def private_cups() -> Iterator[PrivateCups]:
    """A server for as long as the block lasts; afterwards nothing of it is left."""
    # The path of a socket must be short: no folder of pytest's.
    with tempfile.TemporaryDirectory(prefix="cups") as folder:
        server = PrivateCups(Path(folder))
        process = subprocess.Popen(
            server.write_settings(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            server.wait_until_up()
            yield server
        finally:
            process.terminate()
            process.wait(_PATIENCE)


def has_cups() -> bool:
    """Whether the tests will find what they need; elsewhere than on Linux they need nothing."""
    try:
        for name in ("cupsd", "lpadmin", "lp", "lpoptions"):
            _program(name)
    except CupsNotFoundError:
        return sys.platform != "linux"
    return True


def _program(name: str) -> str:
    found = shutil.which(name) or shutil.which(name, path=os.pathsep.join((*_PLACES, *_HELPERS)))
    if found is None:
        raise CupsNotFoundError(NOT_FOUND)
    return found
