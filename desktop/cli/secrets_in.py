"""Passwords for commands: from the terminal, an environment variable or a file; never from the command line."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path

from desktop.database.engine import parse_url
from desktop.domain.errors import UserError

OWN = "BANSO_PASSWORD"
NEW = "BANSO_NEW_PASSWORD"


def with_password(url: str, file: Path | None) -> str:
    """The address with the password of the person who acts. Without any the server may know another way.

    Raises UserError for an address that has the password in it: other people see command lines.
    """
    made = parse_url(url)
    if made.get_backend_name() == "sqlite":
        return url
    if made.password is not None:
        raise UserError(
            "パスワードはコマンド行に書かないでください。端末での入力、環境変数"
            f" {OWN}、または --password-file を使ってください。"
        )
    password = _given(OWN, file) or _asked("パスワード: ")
    return made.set(password=password or None).render_as_string(hide_password=False)


def new_password(file: Path | None) -> tuple[str, str]:
    """A new password and its repetition."""
    given = _given(NEW, file)
    if given:
        return given, given
    return _asked("新しいパスワード: "), _asked("もう一度: ")


def _given(variable: str, file: Path | None) -> str:
    if file is None:
        return os.environ.get(variable, "")
    try:
        return file.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise UserError("パスワードのファイルが読めません。場所を確認してください。") from None


def _asked(prompt: str) -> str:
    return getpass.getpass(prompt, sys.stderr) if sys.stdin.isatty() else ""
