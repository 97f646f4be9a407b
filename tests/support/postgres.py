"""A PostgreSQL cluster of the tests' own: own folder, own port, never as root, nothing durable."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

OWNER = "banso_tests"

NOT_FOUND = (
    "PostgreSQL 15 以降のサーバーが見つかりません。"
    "python3 bootstrap.py setup を実行するか、PostgreSQL 15 を入れてください。"
    "（テストは SQLite と PostgreSQL の両方で通る必要があり、飛ばすことはできません。）"
)

#: Nothing here must survive a power cut. Statistics appear only by ANALYZE, so plans do not wobble.
SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
password_encryption = 'scram-sha-256'
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
autovacuum = off
jit = off
max_connections = 100
max_locks_per_transaction = 256
timezone = 'Asia/Tokyo'
log_timezone = 'UTC'
"""

_PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "C:/Program Files/PostgreSQL/*/bin",
)


#: Environment variable: the folder of other server programs to test with (`README.md`).
CHOSEN = "BANSO_TEST_POSTGRES"


class PostgresNotFoundError(Exception):
    """No server programs on this machine; the text says what to do."""


class PostgresCluster:
    """One server in `folder`. Starting makes the cluster; stopping leaves the folder to its owner."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self._folder = folder
        self._programs = programs
        self._password = secrets.token_urlsafe(24)
        self._settings = SETTINGS

    def start(self) -> str:
        """Make and start the cluster; return its address with `{database}` in the place of the name."""
        give_to_account(self._folder)
        self._make()
        for _ in range(5):
            port = _free_port()
            (self._data / "banso.conf").write_text(f"port = {port}\n", encoding="ascii")
            if self._ctl("start", "-w", "-l", str(self._folder / "server.log")).returncode == 0:
                return (
                    f"postgresql+psycopg://{OWNER}:{self._password}@127.0.0.1:{port}/{{database}}"
                )
        log = (self._folder / "server.log").read_text(encoding="utf-8", errors="replace")
        raise RuntimeError(f"PostgreSQL did not start:\n{log[-3000:]}")

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _make(self) -> None:
        secret = self._folder / "password"
        secret.touch(mode=0o600)
        secret.write_text(self._password, encoding="ascii")
        give_to_account(secret)
        locale = "C.UTF-8" if sys.platform == "linux" else "C"
        made = self._run(
            "initdb", "-D", str(self._data), "-U", OWNER, "-E", "UTF8", f"--locale={locale}",
            "--auth=scram-sha-256", f"--pwfile={secret}", "--no-sync",
        )  # fmt: skip
        secret.unlink()
        if made.returncode:
            raise RuntimeError(f"initdb failed:\n{made.stderr}")
        with (self._data / "postgresql.conf").open("a", encoding="ascii") as conf:
            conf.write(f"{self._settings}include = 'banso.conf'\n")

    def _ctl(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self._run("pg_ctl", "-D", str(self._data), *arguments)

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        # pg_ctl's child keeps inherited pipes open, so output goes to a file rather than a pipe.
        output = self._folder / f"{program}.out"
        with output.open("w+", encoding="utf-8", errors="replace") as stream:
            done = subprocess.run(
                [str(self._programs / program), *arguments],
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=subprocess.STDOUT,
                cwd=self._folder,
                env=small_environment(),
                **account(),
            )
            stream.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, "", stream.read())


def account() -> dict[str, Any]:
    """How to start the server's programs: as somebody else when we are root, who is refused."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return {}
    import pwd  # noqa: PLC0415 - not on Windows

    try:
        entry = pwd.getpwnam("postgres")
    except KeyError:
        entry = pwd.getpwnam("nobody")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": [], "umask": 0o077}


def give_to_account(path: Path) -> None:
    """Let the server's account own a file or folder."""
    owner = account()
    if owner:
        shutil.chown(path, owner["user"], owner["group"])


def small_environment() -> dict[str, str]:
    """Environment of the server's programs: no PG* variable of whoever runs the tests."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP") if name in os.environ}
    return {**kept, "LC_ALL": "C.UTF-8" if sys.platform == "linux" else "C"}


def find_programs() -> Path:
    """Return the folder of the server's programs: the chosen one, else version 15, else the newest above.

    Raises PostgresNotFoundError with a sentence for the reader.
    """
    found = [(version, folder) for folder in _folders() if (version := _version(folder)) >= 15]
    if not found:
        raise PostgresNotFoundError(NOT_FOUND)
    return max(found, key=lambda pair: (pair[0] == 15, pair[0]))[1]


def _folders() -> Iterator[Path]:
    if chosen := os.environ.get(CHOSEN):
        yield Path(chosen)
        return
    for pattern in _PLACES:
        anchor = Path(pattern).anchor
        if Path(anchor).exists():
            yield from Path(anchor).glob(pattern[len(anchor) :])
    on_path = shutil.which("pg_ctl")
    if on_path:
        yield Path(on_path).resolve().parent


def _version(folder: Path) -> int:
    server = folder / ("postgres.exe" if sys.platform == "win32" else "postgres")
    if not server.exists():
        return 0
    answer = subprocess.run([server, "--version"], check=False, capture_output=True, text=True)
    number = re.search(r"(\d+)(\.|beta|rc|devel)", answer.stdout)
    return int(number.group(1)) if number else 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
