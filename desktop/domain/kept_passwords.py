"""Whether a password may stay on a workstation: only where the office allows it, never where people share an account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fnmatch import fnmatchcase

#: Days for which a second person's sign-in marks an account of the operating system as shared (issue 3).
SHARED_DAYS = 90

_NOT_ALLOWED = "この端末には、パスワードを保存しない決まりです。"
_UNKNOWN = "この端末の利用者（OSのアカウント）が分からないため、パスワードは保存できません。"
_LISTED = "共用のアカウントなので、パスワードは保存できません。"
_SEVERAL = f"この端末のアカウントは{SHARED_DAYS}日のうちに2人以上が使ったため、パスワードは保存できません。"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepRules:
    """What the office says. `shared_accounts` are names of OS accounts or patterns with * and ?."""

    is_allowed: bool = False
    shared_accounts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OsAccount:
    r"""Who the operating system says is at the workstation: `name` may stand behind a domain (`CITY\name`)."""

    name: str
    workstation: str = ""

    @property
    def is_known(self) -> bool:
        """Whether the system had a name to give."""
        return bool(self.name)

    def is_like(self, pattern: str) -> bool:
        """Whether a name or pattern of the office means this account; without a domain it means any."""
        name, wanted = self.name.casefold(), pattern.strip().casefold()
        names = {name, name.rpartition("\\")[2]}
        return bool(wanted) and any(fnmatchcase(each, wanted) for each in names)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepOffer:
    """What the sign-in form offers: `why_not` is empty where a password may be kept; `has_kept`: one is."""

    why_not: str = ""
    has_kept: bool = False


def why_not_kept(
    rules: KeepRules, account: OsAccount, sign_ins: Mapping[str, date], today: date
) -> str:
    """The sentence that says why no password stays here, "" where one may. `sign_ins`: login → last day."""
    if not rules.is_allowed:
        return _NOT_ALLOWED
    if not account.is_known:
        return _UNKNOWN
    if any(account.is_like(pattern) for pattern in rules.shared_accounts):
        return _LISTED
    recent = [day for day in sign_ins.values() if day >= today - timedelta(days=SHARED_DAYS)]
    return _SEVERAL if len(recent) > 1 else ""


def shared_by_the_servers_word() -> str:
    """The sentence where the server knows of a second person under an account of this name."""
    return _SEVERAL
