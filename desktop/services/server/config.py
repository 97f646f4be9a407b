"""What the office writes down before its server is set up: `office.toml`."""

from __future__ import annotations

import ipaddress
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.accounts import LOGIN, LOGIN_SENTENCE
from desktop.domain.errors import UserError
from desktop.domain.kept_passwords import KeepRules
from desktop.resources import resource_path
from desktop.services.accounts.first import FirstPerson

_DATABASE = re.compile(r"[a-z][a-z0-9_]{0,40}")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")
_REALM = re.compile(r"[A-Za-z0-9.-]{0,250}")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeConfig:
    """An office and its server. `workstations` are networks (CIDR); an empty `kerberos_realm` means passwords.

    `keeping` is what the workstations are told about passwords in the keyring of the operating system.
    """

    database: str
    code: str
    name: str
    administrator: FirstPerson
    section_head: FirstPerson
    host: str
    addresses: tuple[str, ...]
    port: int
    workstations: tuple[str, ...]
    client_certificates: bool
    kerberos_realm: str
    keeping: KeepRules


def load_config(path: Path | None) -> OfficeConfig:
    """Read `office.toml`, the shipped one for a try-out where none is named. Raises UserError with the place."""
    path = path or resource_path("office.toml")
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError(
            f"設定ファイル {path.name} が読めません。場所を確認してください。"
        ) from error
    except ValueError as error:
        raise UserError(f"設定ファイル {path.name} の書き方に誤りがあります（TOML）。") from error
    return _config(table)


def _config(table: Mapping[str, object]) -> OfficeConfig:
    server = _section(table, "server")
    config = OfficeConfig(
        database=_matching(_section(table, "database"), "name", _DATABASE),
        code=_text(_section(table, "office"), "code"),
        name=_text(_section(table, "office"), "name"),
        administrator=_person(_section(table, "administrator")),
        section_head=_person(_section(table, "section_head")),
        host=_matching(server, "host", _HOST),
        addresses=tuple(
            _network(a, "addresses", ipaddress.ip_address) for a in _list(server, "addresses")
        ),
        port=_port(server),
        workstations=tuple(
            _network(n, "workstations", ipaddress.ip_network) for n in _list(server, "workstations")
        ),
        client_certificates=server.get("client_certificates") is True,
        kerberos_realm=_matching({"kerberos_realm": "", **server}, "kerberos_realm", _REALM),
        keeping=_keeping(table),
    )
    if config.administrator.login == config.section_head.login:
        raise UserError("最初の管理者と課長は別の人にしてください（1人では承認できません）。")
    return config


def _keeping(table: Mapping[str, object]) -> KeepRules:
    """The section may be missing: then nothing is kept."""
    section = _section({"passwords": {}, **table}, "passwords")
    names = section.get("shared_accounts", [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise UserError("設定ファイルの shared_accounts にアカウント名を並べてください。")
    return KeepRules(is_allowed=section.get("keep") is True, shared_accounts=tuple(names))


def _section(table: Mapping[str, object], name: str) -> Mapping[str, object]:
    found = table.get(name)
    if not isinstance(found, dict):
        raise UserError(f"設定ファイルに [{name}] がありません。")
    return found


def _person(section: Mapping[str, object]) -> FirstPerson:
    login = section.get("login")
    if not isinstance(login, str) or not LOGIN.fullmatch(login):
        raise UserError(f"設定ファイルの login に使えない値があります。{LOGIN_SENTENCE}")
    return FirstPerson(login=login, name=_text(section, "name"), kana=_text(section, "kana"))


def _text(section: Mapping[str, object], key: str) -> str:
    value = section.get(key)
    if not isinstance(value, str) or not value.strip():
        raise UserError(f"設定ファイルの {key} を書いてください。")
    return value.strip()


def _matching(section: Mapping[str, object], key: str, pattern: re.Pattern[str]) -> str:
    value = section.get(key)
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise UserError(f"設定ファイルの {key} に使えない値があります。")
    return value


def _list(section: Mapping[str, object], key: str) -> list[object]:
    value = section.get(key)
    if not isinstance(value, list) or not value:
        raise UserError(f"設定ファイルの {key} に1つ以上書いてください。")
    return value


def _network(value: object, key: str, read: object) -> str:
    try:
        return str(read(value))  # type: ignore[operator]  # one of the two readers of ipaddress
    except ValueError:
        raise UserError(f"設定ファイルの {key} のアドレスが読めません。") from None


def _port(section: Mapping[str, object]) -> int:
    port = section.get("port", 5432)
    if not isinstance(port, int) or not 0 < port < 65_536:  # noqa: PLR2004 - ports
        raise UserError("設定ファイルの port に使えない値があります。")
    return port
