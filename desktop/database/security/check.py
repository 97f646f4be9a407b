"""The self-check of a real server: compares what stands there with what must, and names what differs.

Four looks, each of which would miss something the others see: the catalogue beside that of a fresh database of
this program; rules that hold whatever the program's definition says; roles and settings of the whole server;
and an invented member of staff who tries what must not work, in a transaction that is rolled back.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from sqlalchemy import Engine, text

from desktop.database import migrate
from desktop.database.failures import told_plainly
from desktop.database.security import install, picture
from desktop.database.security.check_probe import probe
from desktop.database.security.check_roles import roles
from desktop.database.security.check_rules import rules
from desktop.database.security.check_server import server
from desktop.database.security.picture import Fact
from desktop.database.security.reference import picture_of_a_fresh_database
from desktop.domain.errors import UserError
from desktop.domain.server_check import Finding

_LABELS = {
    "schema": "スキーマ",
    "relation": "表",
    "column": "列",
    "constraint": "制約",
    "index": "索引",
    "rule": "ルール",
    "type": "型",
    "grant": "権限",
    "policy": "行の規則（ポリシー）",
    "trigger": "トリガー",
    "foreign key": "外部キーの検査",
    "function": "関数",
    "event trigger": "イベントトリガー",
    "publication": "パブリケーション（外への複製）",
    "subscription": "サブスクリプション",
    "foreign server": "外部サーバー",
    "extension": "拡張機能",
    "setting": "データベース・ロールの設定",
    "seed": "規則の行",
}


def check(engine: Engine, *, expected: Set[Fact] | None = None) -> tuple[Finding, ...]:
    """Everything that is not as it must be; empty when all is well. `engine`: the office's database, as superuser.

    `expected` is the picture of a fresh database, where the caller has it already. Raises UserError where the
    login is no superuser, or the version is not this program's.
    """
    with told_plainly():
        _refuse_other(engine)
        with engine.begin() as connection:
            found = [*roles(connection)]
        if expected is None:
            expected = picture_of_a_fresh_database(engine)
        with engine.begin() as connection:
            found += differences(expected, picture.take(connection))
        with engine.begin() as connection:
            found += [*rules(connection), *server(connection)]
        found += probe(engine)
    return tuple(sorted(set(found), key=lambda f: (not f.is_grave, f.part, f.name, f.sentence)))


def differences(expected: Set[Fact], found: Set[Fact]) -> Iterator[Finding]:
    """What is missing, what is there besides, and what is otherwise than it must be."""
    must = {(fact.kind, fact.name): fact.detail for fact in expected - found}
    stands = {(fact.kind, fact.name): fact.detail for fact in found - expected}
    for kind, name in sorted(must.keys() | stands.keys()):
        label = _LABELS.get(kind, kind)
        wanted, given = must.get((kind, name)), stands.get((kind, name))
        if given is None:
            sentence = f"{label}「{name}」がありません。"
        elif wanted is None:
            sentence = f"余計な{label}「{name}」があります。"
        else:
            sentence = f"{label}「{name}」が定義と違います（{_unlike(wanted, given)}）。"
        yield Finding(part=kind, name=name, sentence=sentence)


def _unlike(wanted: str, given: str) -> str:
    """Only the parts that differ."""
    must, stands = wanted.split("; "), given.split("; ")
    missing = "; ".join(part for part in must if part not in stands)
    besides = "; ".join(part for part in stands if part not in must)
    return f"正：{missing}、現在：{besides}"


def _refuse_other(engine: Engine) -> None:
    with engine.connect() as connection:
        if not connection.scalar(
            text("SELECT rolsuper FROM pg_roles WHERE rolname = session_user")
        ):
            raise UserError("点検にはデータベースの管理者（スーパーユーザー）で接続してください。")
        mark = install.installed(connection)
    if migrate.current(engine) != migrate.head() or mark != install.mark():
        raise UserError(
            "データベースの版がこのプログラムと合いません。先に server upgrade を実行してください。"
        )
