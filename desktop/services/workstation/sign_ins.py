"""Who signed in under this account of the operating system, and whose password is kept: a small file of this user."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from desktop.domain.kept_passwords import SHARED_DAYS

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SignIns:
    """Logins with their last day; logins alone, no names. A file that cannot be read counts as none.

    Without a path nothing is remembered.
    """

    path: Path | None

    def days(self) -> dict[str, date]:
        """Login → last day."""
        return {login: date.fromisoformat(str(row["on"])) for login, row in self._rows().items()}

    def kept(self) -> tuple[str, ...]:
        """Logins whose password is in the keyring."""
        return tuple(login for login, row in self._rows().items() if row["kept"])

    def note(self, login: str, on: date) -> None:
        """Somebody signed in; what is older than the rule asks for and keeps nothing is dropped."""
        rows = self._rows()
        rows[login] = {"on": on.isoformat(), "kept": bool(rows.get(login, {}).get("kept"))}
        oldest = (on - timedelta(days=SHARED_DAYS)).isoformat()
        self._write({x: row for x, row in rows.items() if row["kept"] or str(row["on"]) >= oldest})

    def set_kept(self, login: str, *, is_kept: bool) -> None:
        """Note that a password is kept, or no longer."""
        rows = self._rows()
        if login in rows:
            rows[login]["kept"] = is_kept
            self._write(rows)

    def _rows(self) -> dict[str, dict[str, object]]:
        if self.path is None:
            return {}
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
            return {
                str(login): {
                    "on": date.fromisoformat(row["on"]).isoformat(),
                    "kept": bool(row["kept"]),
                }
                for login, row in found.items()
            }
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            logger.warning("the list of sign-ins cannot be read: %s", type(error).__name__)
            return {}

    def _write(self, rows: Mapping[str, Mapping[str, object]]) -> None:
        if self.path is None:
            return
        draft = self.path.with_suffix(".new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text(json.dumps(rows), encoding="utf-8")
            draft.replace(self.path)
        except OSError as error:
            logger.warning("the list of sign-ins cannot be written: %s", type(error).__name__)
