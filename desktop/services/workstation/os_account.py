"""The account of the operating system, on any system; nothing here proves who sits there."""

from __future__ import annotations

import getpass
import os
import platform
import sys

from desktop.domain.kept_passwords import OsAccount


def os_account() -> OsAccount:
    """The account and the workstation's name; an empty name where the system gives none."""
    return OsAccount(name=_name(), workstation=platform.node())


def _name() -> str:
    try:
        name = os.getlogin() if sys.platform == "win32" else getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
    domain = os.environ.get("USERDOMAIN", "") if sys.platform == "win32" else ""
    return f"{domain}\\{name}" if domain else name
