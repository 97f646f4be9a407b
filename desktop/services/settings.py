"""Settings of one workstation: a small TOML file in the user's own configuration directory."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path

from desktop.domain.errors import UserError
from desktop.domain.kept_passwords import KeepRules
from desktop.domain.server_access import ServerAccess

_FOLDER = "banso"
_FILE = "settings.toml"
ZOOM_STEPS = (100, 110, 125, 150, 175, 200)


class Theme(StrEnum):
    """How the screens are coloured."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a user may set on this workstation. An empty `database_url` means the training office.

    `zoom` is in percent; `keyring_allowed` says whether the office lets passwords stay in the OS keyring,
    `shared_accounts` names OS accounts (or patterns) under which none ever stays.
    `server_ca`, `client_certificate` and `client_key` are paths; `kerberos`: AD signs in.
    `watched_folder` is where scanners and mail programs put files that are to be attached.
    `reading_packs`: this is a notebook on which the sign-in window offers to open a reading pack (閲覧パック).
    """

    database_url: str = ""
    theme: Theme = Theme.LIGHT
    zoom: int = ZOOM_STEPS[0]
    keyring_allowed: bool = False
    shared_accounts: tuple[str, ...] = ()
    server_ca: str = ""
    client_certificate: str = ""
    client_key: str = ""
    kerberos: bool = False
    watched_folder: str = ""
    reading_packs: bool = False

    @property
    def keeping(self) -> KeepRules:
        """Whether a password may stay on this workstation."""
        return KeepRules(is_allowed=self.keyring_allowed, shared_accounts=self.shared_accounts)

    @property
    def access(self) -> ServerAccess:
        """How this workstation reaches the server."""
        return ServerAccess(
            authority=self.server_ca,
            certificate=self.client_certificate,
            key=self.client_key,
            is_kerberos=self.kerberos,
        )


class SettingsFile:
    """Reads and writes the settings; a write either happens as a whole or not at all."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def load(self) -> Settings:
        """The stored settings, or the defaults where there are none. UserError when the file is unreadable."""
        if not self.path.exists():
            return Settings()
        # Only where there is a file: the reader of TOML takes a while to load.
        import tomllib

        try:
            text = self.path.read_text(encoding="utf-8")
            return _from_table(tomllib.loads(text))
        except (OSError, ValueError, TypeError) as error:
            raise UserError(
                f"設定ファイルが読めません（{_FILE}）。標準の設定で開始します。"
            ) from error

    def save(self, settings: Settings) -> None:
        """Replace the stored settings. UserError when the directory cannot be written."""
        draft = self.path.with_suffix(".new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text(_to_toml(settings), encoding="utf-8")
            draft.replace(self.path)
        except OSError as error:
            raise UserError("設定を保存できませんでした。次回は元の設定で開始します。") from error


def default_settings_path() -> Path:
    """Where this user's settings are kept on this system."""
    return _user_folder("APPDATA", "XDG_CONFIG_HOME", ".config") / _FILE


def data_folder() -> Path:
    """Where this user's training office and log are kept on this system."""
    return _user_folder("LOCALAPPDATA", "XDG_DATA_HOME", ".local/share")


def training_url(folder: Path) -> str:
    """The address of the training office in this folder."""
    return f"sqlite:///{(folder / 'training.sqlite').as_posix()}"


def _user_folder(windows: str, variable: str, fallback: str) -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get(windows, str(Path.home()))) / _FOLDER
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / _FOLDER
    return Path(os.environ.get(variable) or Path.home() / fallback) / _FOLDER


def _from_table(table: dict[str, object]) -> Settings:
    zoom = table.get("zoom", ZOOM_STEPS[0])
    return Settings(
        database_url=str(table.get("database_url", "")),
        theme=Theme(str(table.get("theme", Theme.LIGHT))),
        zoom=min(ZOOM_STEPS, key=lambda step: abs(step - int(str(zoom)))),
        keyring_allowed=table.get("keyring_allowed") is True,
        shared_accounts=_names(table.get("shared_accounts", [])),
        server_ca=str(table.get("server_ca", "")),
        client_certificate=str(table.get("client_certificate", "")),
        client_key=str(table.get("client_key", "")),
        kerberos=table.get("kerberos") is True,
        watched_folder=str(table.get("watched_folder", "")),
        reading_packs=table.get("reading_packs") is True,
    )


def _names(value: object) -> tuple[str, ...]:
    """A list of names; anything else is no list, and the file is unreadable."""
    if not isinstance(value, list):
        raise TypeError("shared_accounts")
    return tuple(str(name) for name in value)


def _to_toml(settings: Settings) -> str:
    return "".join(
        f"{field.name} = {_value(getattr(settings, field.name))}\n" for field in fields(settings)
    )


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
