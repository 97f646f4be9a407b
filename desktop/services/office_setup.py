"""Setting up a database: create it empty, and say what it holds."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Engine, func, inspect, select
from sqlalchemy.orm import Session

from desktop.database import migrate
from desktop.database.engine import is_postgresql, make_engine, refuse_missing_file
from desktop.database.failures import told_plainly
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import UserError
from desktop.domain.ids import new_id
from desktop.domain.office import DatabaseKind
from desktop.domain.roles import Role
from desktop.models import Base
from desktop.models.office import DatabaseInfo, Office, Staff, StaffRole
from desktop.services.masters.seed import seed

_KIND_LABELS = {DatabaseKind.TRAINING: "研修用", DatabaseKind.OFFICE: "福祉事務所"}
_FIRST_NAME = "最初の利用者"


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseStatus:
    """What a database is: its kind, schema version, and rows per table."""

    kind: str
    kind_label: str
    schema: str
    rows: dict[str, int]


def create_database(url: str, clock: Clock, *, code: str, name: str, login: str) -> DatabaseKind:
    """Make an empty office with its shipped rules and one account for the records staff.

    SQLite always becomes a training office: it has no roles, so it must never hold real cases.
    Raises UserError where the database already holds an office.
    """
    engine = make_engine(url)
    try:
        refuse_used(engine)
        kind = DatabaseKind.OFFICE if is_postgresql(engine) else DatabaseKind.TRAINING
        with told_plainly():
            migrate.upgrade(url)
        with UnitOfWork(engine)() as session:
            _fill(session, clock, kind=kind, code=code, name=name, login=login)
    finally:
        engine.dispose()
    return kind


def upgrade_database(url: str) -> tuple[str, str]:
    """Bring a database up to this program's version in one transaction; the versions before and after.

    Raises UserError for a database that is none of ours, or that is newer than this program.
    """
    refuse_missing_file(url)
    engine = make_engine(url)
    try:
        with told_plainly():
            with engine.connect() as connection:
                if _kind(connection) is None:
                    raise UserError("このデータベースには福祉事務所がありません。")
            before = migrate.current(engine) or ""
            if before != migrate.head() and not migrate.is_earlier(before):
                raise UserError(
                    "データベースの版がこのプログラムより新しいか、知らない版です。プログラムを更新してください。"
                )
            migrate.upgrade(url)
    finally:
        engine.dispose()
    return before, migrate.head()


def database_status(url: str) -> DatabaseStatus:
    """Kind, schema version and counts. Raises UserError for a database that is none of ours."""
    refuse_missing_file(url)
    engine = make_engine(url)
    try:
        with told_plainly(), engine.connect() as connection:
            kind = _kind(connection)
            if kind is None:
                raise UserError("このデータベースには福祉事務所がありません。")
            rows = {
                table.name: connection.scalar(select(func.count()).select_from(table)) or 0
                for table in Base.metadata.sorted_tables
            }
        return DatabaseStatus(
            kind=kind.value,
            kind_label=_KIND_LABELS[kind],
            schema=migrate.current(engine) or "",
            rows=rows,
        )
    finally:
        engine.dispose()


def refuse_used(engine: Engine) -> None:
    """Raise UserError unless the database has no office in it."""
    with told_plainly(), engine.connect() as connection:
        if _kind(connection) is not None:
            raise UserError(
                "このデータベースにはすでに福祉事務所があります。別の名前を指定してください。"
            )


def _kind(connection: Connection) -> DatabaseKind | None:
    if not inspect(connection).has_table(DatabaseInfo.__tablename__):
        return None
    return connection.scalar(select(DatabaseInfo.kind))


def _fill(
    session: Session, clock: Clock, *, kind: DatabaseKind, code: str, name: str, login: str
) -> None:
    office = Office(id=new_id(), code=code, name=name)
    session.add_all([DatabaseInfo(kind=kind, created_at=clock.now()), office])
    session.flush()
    seed(session, office.id, clock.now())
    first = Staff(
        id=new_id(),
        office_id=office.id,
        login=login,
        name=_FIRST_NAME,
        kana="サイショノリヨウシャ",
        active_from=clock.today(),
    )
    session.add(first)
    session.flush()
    session.add(
        StaffRole(
            office_id=office.id,
            staff_id=first.id,
            role=Role.RECORDS_STAFF,
            valid_from=clock.today(),
        )
    )
