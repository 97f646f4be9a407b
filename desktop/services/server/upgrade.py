"""`server upgrade`: a backup first, then tables and lock of this program, while nobody else upgrades."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, text

from desktop.database import holders, migrate
from desktop.database.engine import make_engine, parse_url, without_password
from desktop.database.failures import told_plainly
from desktop.database.security import install
from desktop.database.security.reach import out_of_reach
from desktop.domain.errors import UnavailableError, UserError

_LOCK = 1_112_433_236
_PLACES = (
    *("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin"),
    "C:/Program Files/PostgreSQL/*/bin",
)


def is_current(engine: Engine) -> bool:
    """Whether tables and lock are those of this program, and the account functions reach everybody."""
    if migrate.current(engine) != migrate.head():
        return False
    with told_plainly(), engine.connect() as connection:
        is_ours = install.installed(connection) == install.mark()
        return is_ours and not out_of_reach(connection)


def upgrade(url: str, *, backup_to: Path | None, now: datetime, renew: bool = False) -> Path | None:
    """Bring the database to this program's version and give back the backup's file.

    `backup_to`: the folder for it; None leaves it out. `renew` makes the lock anew even where it is this
    program's, after somebody tampered with it. Raises UserError where there is nothing of ours, somebody
    else upgrades or keeps a table busy, or the backup fails; then nothing was changed.
    """
    engine = make_engine(url, patience=holders.PATIENCE)
    try:
        with told_plainly(), holders.told_who_holds(engine), _alone(engine):
            if migrate.current(engine) is None:
                raise UserError(
                    "このデータベースは空です。はじめに server init を実行してください。"
                )
            if is_current(engine) and not renew:
                return None
            saved = backup(url, backup_to, now) if backup_to is not None else None
            migrate.upgrade(url, renew=renew)
            return saved
    finally:
        engine.dispose()


def backup(url: str, folder: Path, now: datetime) -> Path:
    """Dump the database into a new file of `folder`. Raises UserError."""
    program = _pg_dump()
    address = parse_url(url).set(drivername="postgresql")
    path = folder / f"{address.database}-{now:%Y%m%d-%H%M%S}.dump"
    draft = path.with_suffix(".new")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.touch(mode=0o600, exist_ok=False)
    except OSError as error:
        raise UserError(f"控えを {folder} に書けません。場所と空きを確認してください。") from error
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own program, found beside the server
        [program, "--format=custom", f"--file={draft}",
         f"--lock-wait-timeout={holders.PATIENCE * 1000}",
         f"--dbname={without_password(address).render_as_string()}"],
        check=False, capture_output=True, stdin=subprocess.DEVNULL,
        env={**os.environ, **({"PGPASSWORD": str(address.password)} if address.password else {})},
    )  # fmt: skip
    if done.returncode:
        draft.unlink(missing_ok=True)
        raise _without_backup(url)
    draft.replace(path)
    return path


def _without_backup(url: str) -> UserError:
    """Why there is none: a connection that let nobody read all the time, or something else."""
    engine = make_engine(url)
    try:
        with told_plainly():
            found = holders.holders(engine, seconds=holders.PATIENCE, strong=True)
    finally:
        engine.dispose()
    if found:
        return holders.in_the_way(found)
    return UserError(
        "控え（pg_dump）に失敗しました。何も変えていません。接続と空き、"
        "pg_dump がサーバーより古い版でないことを確認してください。"
    )


def _pg_dump() -> str:
    found = shutil.which("pg_dump")
    if found:
        return found
    name = "pg_dump.exe" if os.name == "nt" else "pg_dump"
    places = [
        path / name
        for pattern in _PLACES
        if Path(Path(pattern).anchor).exists()
        for path in sorted(Path(Path(pattern).anchor).glob(pattern[len(Path(pattern).anchor) :]))
        if (path / name).exists()
    ]
    if not places:
        raise UserError(
            "pg_dump が見つからないので控えを作れません。控えを別に取ってあれば"
            " --without-backup を付けてください。"
        )
    return str(places[-1])


@contextmanager
def _alone(engine: Engine) -> Iterator[None]:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": _LOCK}):
            raise UnavailableError("ほかの人が更新中です。終わってから確かめてください。")
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _LOCK})
