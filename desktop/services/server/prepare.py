"""`server init`: an empty PostgreSQL becomes the server of an office. A second run changes nothing."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.orm import Session

from desktop.database import migrate
from desktop.database.engine import make_engine, parse_url
from desktop.database.failures import told_plainly
from desktop.database.security.names import STAFF, group
from desktop.domain.clock import Clock
from desktop.domain.errors import UserError
from desktop.domain.ids import new_id
from desktop.domain.office import DatabaseKind
from desktop.domain.roles import ROLE_LABELS, Role
from desktop.models.office import DatabaseInfo, Office, Staff, StaffRole
from desktop.services.masters.seed import seed
from desktop.services.server.config import FirstPerson, OfficeConfig

#: A first password is good for so long; by then its owner has set a new one.
FIRST_PASSWORD_DAYS = 3
_OLDEST = 150_000
#: Databases of the server itself, of which nobody of the office needs one.
_ITS_OWN = ("postgres", "template1")


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstLogin:
    """A login just made, with the password that is shown once."""

    login: str
    role_label: str
    password: str = field(repr=False)


def office_address(admin_url: str, config: OfficeConfig) -> str:
    """The address of the office's database on the server that `admin_url` names. Raises UserError."""
    url = parse_url(admin_url)
    if url.get_backend_name() != "postgresql":
        raise UserError(
            "サーバーは PostgreSQL で指定してください（postgresql://利用者名@ホスト/）。"
        )
    return url.set(database=config.database).render_as_string(hide_password=False)


def prepare(admin_url: str, config: OfficeConfig, clock: Clock) -> tuple[FirstLogin, ...]:
    """Make database, tables, lock and the first two people; give back the logins just made.

    Raises UserError where the login may not set up, the server is too old, or another office is there.
    """
    address = office_address(admin_url, config)
    with told_plainly():
        _make_database(admin_url, config.database)
        migrate.upgrade(address)
        engine = make_engine(address)
        try:
            with Session(engine) as session, session.begin():
                return _fill(session, config, clock)
        finally:
            engine.dispose()


def _make_database(admin_url: str, name: str) -> None:
    url = parse_url(admin_url)
    engine = make_engine(
        url.set(database=url.database or "postgres").render_as_string(hide_password=False)
    )
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            _refuse_unfit(connection)
            if not _has_database(connection, name):
                connection.exec_driver_sql(
                    f'CREATE DATABASE "{name}" TEMPLATE template0 ENCODING UTF8'
                )
            for own in _ITS_OWN:
                if _has_database(connection, own):
                    connection.exec_driver_sql(f'REVOKE ALL ON DATABASE "{own}" FROM PUBLIC')
    finally:
        engine.dispose()


def _refuse_unfit(connection: Connection) -> None:
    if int(str(connection.scalar(text("SHOW server_version_num")))) < _OLDEST:
        raise UserError("PostgreSQL 15 以降のサーバーが必要です。")
    if not connection.scalar(text("SELECT rolsuper FROM pg_roles WHERE rolname = session_user")):
        raise UserError(
            "サーバーの準備は、データベースの管理者（スーパーユーザー）で行ってください。"
        )


def _has_database(connection: Connection, name: str) -> bool:
    found = connection.scalar(
        text("SELECT true FROM pg_database WHERE datname = :name"), {"name": name}
    )
    return bool(found)


def _fill(session: Session, config: OfficeConfig, clock: Clock) -> tuple[FirstLogin, ...]:
    kind = session.scalar(select(DatabaseInfo.kind))
    if kind is DatabaseKind.TRAINING:
        raise UserError("このデータベースは研修用です。別の名前を指定してください。")
    office = session.scalars(select(Office)).first()
    if office is None:
        office = Office(id=new_id(), code=config.code, name=config.name)
        session.add_all([DatabaseInfo(kind=DatabaseKind.OFFICE, created_at=clock.now()), office])
        session.flush()
        seed(session, office.id, clock.now())
    elif office.code != config.code:
        raise UserError(
            f"このデータベースには番号 {office.code} の福祉事務所があります。設定ファイルを確認してください。"
        )
    elif session.scalar(select(Staff.id).limit(1)) is not None:
        return ()
    return tuple(
        _first(session, office, person, role, clock)
        for person, role in (
            (config.administrator, Role.ADMINISTRATOR),
            (config.section_head, Role.SECTION_HEAD),
        )
    )


def _first(
    session: Session, office: Office, person: FirstPerson, role: Role, clock: Clock
) -> FirstLogin:
    connection = session.connection()
    if connection.scalar(
        text("SELECT true FROM pg_roles WHERE rolname = :login"), {"login": person.login}
    ):
        raise UserError(
            f"サーバーに「{person.login}」という利用者がすでにいます。別の利用者名にしてください。"
        )
    staff = Staff(
        id=new_id(),
        office_id=office.id,
        login=person.login,
        name=person.name,
        kana=person.kana,
        active_from=clock.today(),
    )
    session.add(staff)
    session.flush()
    held = {"office_id": office.id, "staff_id": staff.id, "valid_from": clock.today()}
    session.add(StaffRole(role=role, **held))
    session.flush()
    password = secrets.token_urlsafe(12)
    until = clock.now() + timedelta(days=FIRST_PASSWORD_DAYS)
    verifier = _verifier(connection, person.login, password)
    connection.exec_driver_sql(
        f"CREATE ROLE \"{person.login}\" LOGIN CONNECTION LIMIT 5 PASSWORD '{verifier}'"
        f" VALID UNTIL '{until.isoformat()}' IN ROLE {STAFF}, {group(role)}"
    )
    return FirstLogin(login=person.login, role_label=ROLE_LABELS[role], password=password)


def _verifier(connection: Connection, login: str, password: str) -> str:
    """What the server keeps of a password: made here, so that the password itself stands in no log."""
    driver: Any = connection.connection.driver_connection
    made: bytes = driver.pgconn.encrypt_password(
        password.encode(), login.encode(), b"scram-sha-256"
    )
    return made.decode()


def office_engine(admin_url: str, config: OfficeConfig) -> Engine:
    """An engine on the office's database, as the administrator of the server."""
    return make_engine(office_address(admin_url, config))
