"""What a workstation looks at when somebody signs in to PostgreSQL: the server's clock and its settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select, text

from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.services.masters import lookup

#: A workstation whose clock is further off than this is told so; the server's clock counts in any case.
CLOCK_TOLERANCE = timedelta(minutes=2)

#: Setting → the value it must have, and why, for whoever looks after the server.
_SETTINGS = {
    "fsync": ("on", "停電で記録が失われるおそれがあります"),
    "full_page_writes": ("on", "停電でデータベースが壊れるおそれがあります"),
    "ssl": ("on", "通信が暗号化されません"),
    "password_encryption": ("scram-sha-256", "パスワードの保存が弱くなります"),
    "max_prepared_transactions": ("0", "使わない機能が開いています"),
}


@dataclass(frozen=True, slots=True)
class ServerState:
    """The server as one signed-in person sees it."""

    work: UnitOfWork
    clock: Clock

    def clock_offset(self) -> timedelta:
        """How far the server's clock is ahead of this workstation's."""
        with self.work() as session:
            before = self.clock.now()
            server = session.scalars(select(func.app.now())).one()
            after = self.clock.now()
        return timedelta(0) + (server - (before + (after - before) / 2))

    def notices(self, staff: SignedInStaff) -> tuple[str, ...]:
        """Sentences about what is not as it should be; settings only for administrators."""
        found = []
        offset = self.clock_offset()
        if abs(offset) > CLOCK_TOLERANCE:
            minutes = round(abs(offset).total_seconds() / 60)
            found.append(
                f"この端末の時計がサーバーと約{minutes:,}分ずれています。記録の日時にはサーバーの時計を使います。"
            )
        if staff.may(Permission.MANAGE_ACCOUNTS):
            found.extend(self._settings())
        return tuple(found)

    def idle_minutes(self, staff: SignedInStaff, clock: Clock) -> int:
        """Minutes without a key or click after which the window hides its data."""
        with self.work() as session:
            return lookup.thresholds(session, staff.office_id, clock.today()).idle_lock_minutes

    def _settings(self) -> list[str]:
        with self.work() as session:
            found = session.execute(
                text("SELECT name, setting FROM pg_settings WHERE name = ANY (:names)"),
                {"names": list(_SETTINGS)},
            )
            values = {str(row.name): str(row.setting) for row in found}
        return [
            f"サーバーの設定 {name} が {values.get(name)} です（{wanted} にしてください）。{why}。"
            for name, (wanted, why) in _SETTINGS.items()
            if values.get(name) != wanted
        ]
