"""The files that `server init` writes for whoever runs the server: settings, doors, timers, back-up, client settings."""

from __future__ import annotations

import json
from pathlib import Path
from string import Template

from desktop.domain.errors import UserError
from desktop.resources import resource_path
from desktop.services.server.config import OfficeConfig

CERTIFICATES = "certificates"
_FILES = (
    *("postgresql.conf", "pg_hba.conf", "banso-tick.service", "banso-tick.timer", "banso-tick.xml"),
    *("backup.sh", "settings.toml"),
)
_MEMORY = "4GB"


def write_papers(config: OfficeConfig, folder: Path, *, admin: str) -> tuple[Path, ...]:
    """Write the files into `folder`, for a server whose set-up login is `admin`; the same configuration gives the same bytes. Raises UserError."""
    values = {"admin": admin, **_values(config, folder)}
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in _FILES:
            text = resource_path("server", name).read_text(encoding="utf-8")
            path = folder / name
            path.write_text(Template(text).substitute(values), encoding="utf-8", newline="\n")
            written.append(path)
    except OSError as error:
        raise UserError(f"{folder} に書けません。場所と空きを確認してください。") from error
    return tuple(written)


def door_lines(config: OfficeConfig) -> str:
    """The lines of pg_hba.conf for the staff."""
    if config.kerberos_realm:
        method = f"gss include_realm=0 krb_realm={config.kerberos_realm}"
    else:
        method = "scram-sha-256"
    if config.client_certificates:
        method += " clientcert=verify-full"
    return "".join(
        f"hostssl {config.database:<10} +banso_staff {network:<20} {method}\n"
        for network in config.workstations
    )


def _values(config: OfficeConfig, folder: Path) -> dict[str, str]:
    certificate = "C:/ProgramData/banso/{}" if config.client_certificates else ""
    return {
        "database": config.database,
        "host": config.host,
        "port": str(config.port),
        "listen": ",".join(config.addresses),
        "certificates": (folder / CERTIFICATES).absolute().as_posix(),
        "conf": (folder / "postgresql.conf").absolute().as_posix(),
        "shared_buffers": _MEMORY,
        "staff": door_lines(config),
        "certificate": certificate.format("staff.crt"),
        "key": certificate.format("staff.key"),
        "kerberos": "true" if config.kerberos_realm else "false",
        "keep": "true" if config.keeping.is_allowed else "false",
        "shared": json.dumps(config.keeping.shared_accounts, ensure_ascii=False),
    }
