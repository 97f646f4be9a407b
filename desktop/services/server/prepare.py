"""`server init`: an empty PostgreSQL becomes the server of an office. A second run changes nothing."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.orm import Session

from desktop.database import migrate
from desktop.database.engine import make_engine, parse_url
from desktop.database.failures import told_plainly
from desktop.domain.accounts import TemporaryPassword
from desktop.domain.clock import Clock
from desktop.domain.errors import UserError
from desktop.domain.ids import new_id
from desktop.domain.office import DatabaseKind
from desktop.models.office import DatabaseInfo, Office, Staff
from desktop.services.accounts.first import add_first_people
from desktop.services.masters.seed import seed
from desktop.services.server.config import OfficeConfig

_OLDEST = 150_000
#: Databases of the server itself, of which nobody of the office needs one.
_ITS_OWN = ("postgres", "template1")


def office_address(admin_url: str, config: OfficeConfig) -> str:
    """The address of the office's database on the server that `admin_url` names. Raises UserError."""
    url = parse_url(admin_url)
    if url.get_backend_name() != "postgresql":
        raise UserError(
            "サーバーは PostgreSQL で指定してください（postgresql://利用者名@ホスト/）。"
        )
    return url.set(database=config.database).render_as_string(hide_password=False)


def prepare(admin_url: str, config: OfficeConfig, clock: Clock) -> tuple[TemporaryPassword, ...]:
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


def _fill(session: Session, config: OfficeConfig, clock: Clock) -> tuple[TemporaryPassword, ...]:
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
    return add_first_people(session, office, config.administrator, config.section_head)


def office_engine(admin_url: str, config: OfficeConfig) -> Engine:
    """An engine on the office's database, as the administrator of the server."""
    return make_engine(office_address(admin_url, config))
