"""Settings of the whole server: encryption, durability, what its log may hold, who gets to the door, the clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import Connection, text

from desktop.domain.server_check import Finding

#: The oldest server with security-invoker views and revoked rights on schema public.
OLDEST = 15
#: Setting → value, and why. Grave ones first.
_MUST = {
    "ssl": ("on", "通信が暗号化されません"),
    "password_encryption": ("scram-sha-256", "パスワードが弱い形で保存されます"),
    "max_prepared_transactions": ("0", "閲覧票の仕組みを避ける道が開きます"),
    "fsync": ("on", "停電でデータが壊れます"),
    "full_page_writes": ("on", "停電でデータが壊れます"),
    "session_replication_role": ("origin", "監査と検査のトリガーが動きません"),
    "row_security": ("on", "行の保護が外れます"),
}
_SHOULD = {
    "synchronous_commit": ("on", "停電で直前の保存が失われることがあります"),
    "log_connections": ("on", "誰がいつ接続したかが残りません"),
    "log_disconnections": ("on", "接続の終わりが残りません"),
    "log_statement": ("none", "サーバーのログに個人情報が残ることがあります"),
    "log_min_duration_statement": ("-1", "サーバーのログに個人情報が残ることがあります"),
    "log_min_error_statement": ("panic", "サーバーのログに個人情報が残ることがあります"),
    "log_error_verbosity": ("terse", "サーバーのログに個人情報が残ることがあります"),
    "log_parameter_max_length_on_error": ("0", "サーバーのログに個人情報が残ることがあります"),
}
_OPEN_METHODS = {"trust", "password", "ident", "md5"}
_CLOCK_SECONDS = 60


def server(connection: Connection) -> Iterator[Finding]:
    """Look at version, settings, pg_hba, other databases and the clock."""
    version = int(str(connection.scalar(text("SHOW server_version_num")))) // 10_000
    if version < OLDEST:
        yield _finding(
            "version", str(version), f"PostgreSQL {OLDEST} 以降が必要です（今は {version}）。"
        )
    yield from _settings(connection)
    yield from _doors(connection)
    yield from _other_databases(connection)
    yield from _clock(connection)


def _settings(connection: Connection) -> Iterator[Finding]:
    for table, is_grave in ((_MUST, True), (_SHOULD, False)):
        for name, (value, why) in table.items():
            found = connection.scalar(
                text("SELECT coalesce(reset_val, setting) FROM pg_settings WHERE name = :name"),
                {"name": name},
            )
            if found != value:
                yield _finding(
                    "server setting",
                    name,
                    f"サーバーの設定 {name} は {value} にしてください（今は {found}）。{why}。",
                    is_grave=is_grave,
                )
    waiting = connection.scalars(text("SELECT name FROM pg_settings WHERE pending_restart")).all()
    for name in waiting:
        yield _finding(
            "server setting",
            name,
            f"設定 {name} はサーバーの再起動を待っています。",
            is_grave=False,
        )


def _doors(connection: Connection) -> Iterator[Finding]:
    """Lines of pg_hba.conf through which somebody could come in unencrypted or unproved."""
    for line, kind, address, method, error in connection.execute(
        text(
            "SELECT line_number, type, coalesce(address, ''), auth_method, error FROM pg_hba_file_rules"
        )
    ):
        name = f"pg_hba.conf:{line}"
        if error:
            yield _finding("door", name, f"{name} に誤りがあります。")
        elif method in _OPEN_METHODS:
            yield _finding(
                "door", name, f"{name} の方式 {method} は使えません（scram-sha-256 などに）。"
            )
        elif kind in {"host", "hostnossl"} and method != "reject" and not _is_here(address):
            yield _finding("door", name, f"{name} は暗号化しない接続を許しています（hostssl に）。")


def _is_here(address: str) -> bool:
    return address in {"127.0.0.1", "::1", "localhost", "samehost"}


def _other_databases(connection: Connection) -> Iterator[Finding]:
    for name in connection.scalars(
        text(
            "SELECT d.datname FROM pg_database d WHERE d.datallowconn AND d.datname <> current_database()"
            " AND EXISTS (SELECT FROM aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) x"
            " WHERE x.grantee = 0 AND x.privilege_type IN ('CONNECT', 'TEMPORARY')) ORDER BY 1"
        )
    ):
        yield _finding(
            "other database",
            name,
            f"別のデータベース「{name}」に誰でも接続できます。"
            f"要らなければ REVOKE ALL ON DATABASE {name} FROM PUBLIC を実行してください。",
            is_grave=False,
        )


def _clock(connection: Connection) -> Iterator[Finding]:
    here = datetime.now(UTC)
    there = connection.scalar(text("SELECT clock_timestamp()"))
    assert isinstance(there, datetime)  # noqa: S101 - a timestamptz
    apart = abs((there - here).total_seconds())
    if apart > _CLOCK_SECONDS:
        yield _finding(
            "clock",
            "clock_timestamp",
            f"サーバーと、点検している端末の時計が {apart:.0f} 秒ずれています。庁内の時刻サーバーに合わせてください。",
        )


def _finding(part: str, name: str, sentence: str, *, is_grave: bool = True) -> Finding:
    return Finding(part=part, name=name, sentence=sentence, is_grave=is_grave)
