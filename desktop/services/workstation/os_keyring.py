"""The operating system's keyring. Missing, locked or failing is a normal case with a sentence."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from desktop.domain.errors import UnavailableError

logger = logging.getLogger(__name__)

_MISSING = "この端末にはパスワードの保管庫（OSのキーリング）がありません。パスワードは毎回入力してください。"
_FAILED = (
    "パスワードの保管庫（OSのキーリング）が開けません。ロックされていないか確認するか、"
    "パスワードを入力してください。"
)
#: Errors that back-ends let through as they are: module and class, known only where the back-end is loaded.
_FOREIGN = (
    ("secretstorage.exceptions", "SecretStorageException"),
    ("jeepney.wrappers", "DBusErrorResponse"),
    ("win32ctypes.pywin32.pywintypes", "error"),
)


@dataclass(frozen=True, slots=True)
class OsKeyring:
    """Passwords under one service name. Every method raises UnavailableError where the keyring does not do it."""

    service: str

    def get(self, login: str) -> str:
        """The password kept, "" where there is none."""
        import keyring  # noqa: PLC0415 - its back-ends take a while to load

        with _told():
            return keyring.get_password(self.service, login) or ""

    def put(self, login: str, password: str) -> None:
        """Keep a password in the place of the one before."""
        import keyring  # noqa: PLC0415

        with _told():
            keyring.set_password(self.service, login, password)

    def remove(self, login: str) -> None:
        """Take a password away; nothing happens where there is none."""
        import keyring  # noqa: PLC0415

        with _told():
            if keyring.get_password(self.service, login) is not None:
                keyring.delete_password(self.service, login)


@contextmanager
def _told() -> Iterator[None]:
    import keyring  # noqa: PLC0415

    # The null back-end would take everything and keep nothing; those of no priority only raise.
    try:
        is_there = keyring.get_keyring().priority > 0
    except _failures() as error:
        logger.warning("keyring: %s", type(error).__name__)
        raise UnavailableError(_FAILED) from None
    if not is_there:
        raise UnavailableError(_MISSING)
    try:
        yield
    except _failures() as error:
        logger.warning("keyring: %s", type(error).__name__)
        raise UnavailableError(_FAILED) from None


def _failures() -> tuple[type[Exception], ...]:
    """Whatever a loaded back-end may raise; asked for when something was raised."""
    from keyring.errors import KeyringError  # noqa: PLC0415

    foreign = (
        getattr(sys.modules.get(module), name, None)
        for module, name in _FOREIGN
        if module in sys.modules
    )
    return (KeyringError, OSError, RuntimeError, *(kind for kind in foreign if kind is not None))
