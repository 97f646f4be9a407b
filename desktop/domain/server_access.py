"""How a workstation proves the server's identity, and its user's own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerAccess:
    """Paths of this workstation, empty where the office has none; `is_kerberos`: AD signs in, not a password.

    `authority` is the certificate of the municipal CA (`system`: that of the operating system).
    """

    authority: str = ""
    certificate: str = ""
    key: str = ""
    is_kerberos: bool = False
