"""Refused log-ins, read from the server's log: PostgreSQL itself counts none.

What is read are lines of the plain log (`log_destination = 'stderr'`) that begin as `log_line_prefix = '%m [%p] '`
has them. A prefix with `%u` is not read: a made-up user name with a line break in it could forge lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, text

#: What the server must be told for the log to be readable.
LINE_PREFIX = "%m [%p] "
#: Read at most so much of a file in one tick; the next one goes on.
_MOST = 8 * 1024 * 1024
#: Both languages in which the server's messages come (`lc_messages`).
_REFUSED = re.compile(
    r"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}) \S+ \[\d+\] FATAL:  "
    r'(?:[^"]*authentication failed for user "(?P<english>[^"]*)"'
    r'|ユーザー\s*"(?P<japanese>[^"]*)"の.*認証に失敗しました)$'
)
_NO_LOG = (
    "サーバーのログを読めないため、サインインの失敗を数えていません。"
    "logging_collector を on にするか、--log-dir でログのフォルダーを指定してください。"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedLogin:
    """One refusal; the name is what was typed, which may be anything."""

    at: datetime
    login: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Part:
    """What was new in one file, up to its last whole line."""

    file: str
    read_to: int
    data: bytes = field(repr=False)


def take_in(connection: Connection, folder: Path | None) -> tuple[dict[str, int], str]:
    """Note the refusals that were logged since the last tick: counts, and a sentence where no log can be read."""
    connection.execute(text("LOCK TABLE audit.log_read IN SHARE ROW EXCLUSIVE MODE"))
    zone = ZoneInfo(str(connection.scalar(text("SHOW log_timezone"))))
    if folder is None and connection.scalar(text("SELECT pg_current_logfile('stderr')")) is None:
        return {}, _NO_LOG
    parts = list(_of_folder(connection, folder) if folder else _of_server(connection))
    refused = [found for part in parts for found in read_lines(part.data, zone)]
    for part in parts:
        connection.execute(
            text(
                "INSERT INTO audit.log_read VALUES (:file, :read_to, clock_timestamp())"
                " ON CONFLICT (file) DO UPDATE SET read_to = excluded.read_to, at = excluded.at"
            ),
            {"file": part.file, "read_to": part.read_to},
        )
    if refused:
        connection.execute(
            text(
                "INSERT INTO audit.refused_login SELECT r.at, s.id, s.office_id"
                " FROM unnest(CAST(:at AS timestamptz[]), CAST(:login AS text[])) AS r(at, login)"
                " LEFT JOIN public.staff s ON s.login = r.login"
            ),
            {"at": [r.at for r in refused], "login": [r.login for r in refused]},
        )
    return {"files": len(parts), "refused": len(refused)}, ""


def read_lines(data: bytes, zone: ZoneInfo) -> Iterator[RefusedLogin]:
    """The refusals in whole lines of a log whose times are those of `zone` (`log_timezone`)."""
    for line in data.decode("utf-8", errors="replace").split("\n"):
        found = _REFUSED.match(line.rstrip("\r"))
        if found:
            at = datetime.fromisoformat(found[1]).replace(tzinfo=zone)
            login = found["english"] if found["english"] is not None else found["japanese"]
            yield RefusedLogin(at=at, login=login.replace("\0", ""))


def _of_server(connection: Connection) -> Iterator[_Part]:
    folder = connection.scalar(text("SHOW log_directory"))
    files = connection.execute(
        text(
            "SELECT name, size FROM pg_ls_logdir() WHERE name LIKE '%.log'"
            " AND modification > clock_timestamp() - interval '1 day' ORDER BY modification, name"
        )
    ).all()
    for name, size in files:
        start = _start(connection, name, size)
        data = connection.scalar(
            text("SELECT pg_read_binary_file(:path, :start, :most)"),
            {"path": f"{folder}/{name}", "start": start, "most": _MOST},
        )
        yield _whole_lines(name, start, bytes(data or b""))


def _of_folder(connection: Connection, folder: Path) -> Iterator[_Part]:
    for path in sorted(folder.glob("*.log"), key=lambda path: (path.stat().st_mtime, path.name)):
        start = _start(connection, path.name, path.stat().st_size)
        with path.open("rb") as stream:
            stream.seek(start)
            yield _whole_lines(path.name, start, stream.read(_MOST))


def _start(connection: Connection, file: str, size: int) -> int:
    """Where to go on; a file that became shorter was begun anew."""
    known = connection.scalar(
        text("SELECT read_to FROM audit.log_read WHERE file = :file"), {"file": file}
    )
    return known if known is not None and known <= size else 0


def _whole_lines(file: str, start: int, data: bytes) -> _Part:
    whole = data[: data.rfind(b"\n") + 1]
    return _Part(file, start + len(whole), whole)
