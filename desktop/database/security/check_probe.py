"""An invented caseworker tries what must not work, and one ordinary change must leave its audit row.

Everything happens in one transaction that is rolled back: role, person and case were never there.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, insert, text
from sqlalchemy.exc import DBAPIError

from desktop.database.failures import sqlstate
from desktop.database.security.names import STAFF, group
from desktop.domain.households import HouseholdState
from desktop.domain.ids import new_id
from desktop.domain.records import ChangeKind, EntryState, SegmentKind
from desktop.domain.roles import Role
from desktop.domain.server_check import Finding
from desktop.models.households import Household
from desktop.models.office import District, Office, Staff, StaffRole
from desktop.models.records import EntryRecord, EntryVersion, SegmentText

_LONG_AGO = date(2000, 1, 1)
#: What a refusal may be called: no right, our own rule, COPY and the like on protected tables, read-only settings.
_REFUSED = {"42501", "BS403", "0A000"}

#: Statement → what would have been gained. `{me}`, `{other}`: ids of the prober and of another office.
_ATTACKS = {
    "SET ROLE banso_owner": "表の所有者になる",
    "SET ROLE banso_function": "関数の所有者になる",
    "SET ROLE banso_audit": "監査記録の所有者になる",
    "CREATE ROLE banso_probe_second SUPERUSER LOGIN": "管理者を作る",
    "CREATE TABLE public.banso_probe (a integer)": "表を作る",
    "CREATE TEMPORARY TABLE banso_probe (a integer)": "一時表を作る",
    "CREATE FUNCTION public.banso_probe() RETURNS integer LANGUAGE sql AS 'SELECT 1'": "関数を作る",
    "DO 'BEGIN END'": "手続きを実行する",
    "ALTER TABLE public.entry DISABLE ROW LEVEL SECURITY": "行の保護を外す",
    "ALTER TABLE public.entry DISABLE TRIGGER ALL": "トリガーを止める",
    "SET session_replication_role = replica": "トリガーを止める",
    "LOCK TABLE public.entry IN ACCESS EXCLUSIVE MODE": "全員の仕事を止める",
    "DELETE FROM public.household": "世帯を消す",
    "TRUNCATE public.household CASCADE": "世帯を消す",
    "UPDATE public.household SET case_number = '0'": "台帳を書き換える",
    "UPDATE public.approval SET state = 'approved'": "決裁の状態を書き換える",
    "INSERT INTO public.staff_role (id, office_id, staff_id, role, valid_from)"
    " VALUES (gen_random_uuid(), '{other}', '{me}', 'director', DATE '2000-01-01')": "自分に職務を与える",
    "INSERT INTO public.ticket (id, office_id, staff_id, purpose, reason, opened_at, valid_until)"
    " VALUES (gen_random_uuid(), '{other}', '{me}', 'file', '', now(), now() + interval '1 day')": "閲覧票を作る",
    "SELECT app.open_files('file', ARRAY['{household}'::uuid], '窓口')": "ほかの福祉事務所のファイルを開く",
    "SELECT * FROM audit.event": "監査記録を読む",
    "DELETE FROM audit.event": "監査記録を消す",
    "SELECT audit.put('x', 'x', 'x', NULL, NULL, NULL)": "監査記録を偽る",
    "SELECT rolpassword FROM pg_authid": "パスワードの控えを読む",
    "SELECT pg_read_file('PG_VERSION')": "サーバーのファイルを読む",
    "COPY (SELECT 1) TO PROGRAM 'true'": "サーバーで命令を実行する",
}  # fmt: skip
#: Queries that must see nothing.
_BLIND = {
    "SELECT count(*) FROM public.household WHERE office_id = '{other}'": "ほかの福祉事務所の世帯",
    "SELECT count(*) FROM public.segment": "閲覧票のない記録の本文",
    "SELECT count(*) FROM public.staff WHERE office_id <> ALL (app.my_offices())": "ほかの福祉事務所の職員",
}


def probe(engine: Engine) -> list[Finding]:
    """Try everything; nothing stays in the database."""
    with engine.connect() as connection:
        transaction = connection.begin()
        found: list[Finding] = []
        try:
            found.extend(_tried(connection))
        except DBAPIError as error:
            found.append(_finding("probe", f"試しが途中で止まりました（{sqlstate(error)}）。"))
        finally:
            transaction.rollback()
        return found


def _tried(connection: Connection) -> Iterator[Finding]:
    login = f"banso_probe_{secrets.token_hex(4)}"
    names = _invented(connection, login)
    yield from _audited(connection, names["me"])
    connection.exec_driver_sql(f'SET LOCAL SESSION AUTHORIZATION "{login}"')
    known = connection.scalar(text("SELECT app.me()"))
    if str(known) != names["me"]:
        yield _finding("app.me()", "職員として接続しても、本人として認識されません。")
    for statement, gain in _ATTACKS.items():
        outcome = _outcome(connection, statement.format(**names))
        if outcome not in _REFUSED:
            how = "拒まれません" if outcome is None else f"違う理由（{outcome}）で止まりました"
            yield _finding(statement, f"地区担当員の試し「{gain}」が{how}。")
    for query, what in _BLIND.items():
        seen = connection.scalar(text(query.format(**names)))
        if seen:
            yield _finding(query, f"地区担当員に{what}が {seen} 件見えます。")
    connection.exec_driver_sql("RESET SESSION AUTHORIZATION")


def _invented(connection: Connection, login: str) -> dict[str, str]:
    """A caseworker, a file of the office with a text in it, and a household of another office."""
    own, other, me = (new_id() for _ in range(3))
    for office in (own, other):
        _add(connection, Office, id=office, code=f"probe-{office}", name="点検")
    person = {"name": "点検", "kana": "テンケン", "active_from": _LONG_AGO}
    _add(connection, Staff, id=me, office_id=own, login=login, **person)
    role = {"id": new_id(), "office_id": own, "staff_id": me, "role": Role.CASEWORKER}
    _add(connection, StaffRole, valid_from=_LONG_AGO, **role)
    _file(connection, own, me)
    household = _household(connection, other)
    connection.exec_driver_sql(
        f'CREATE ROLE "{login}" LOGIN IN ROLE {STAFF}, {group(Role.CASEWORKER)}'
    )
    return {"me": str(me), "other": str(other), "household": str(household)}


def _household(connection: Connection, office: UUID) -> UUID:
    household, district = new_id(), new_id()
    _add(connection, District, id=district, office_id=office, code="P", name="点検")
    values = {"case_number": "P", "sort_key": "P", "state": HouseholdState.RECEIVING}
    _add(connection, Household, id=household, office_id=office, district_id=district, **values)
    return household


def _file(connection: Connection, office: UUID, author: UUID) -> None:
    """An approved record of a household, of which nobody opened the file."""
    entry, now = new_id(), datetime.now(UTC)
    belongs = {"office_id": office, "household_id": _household(connection, office)}
    said = {"kind": "home_visit", "saved_at": now}
    state = {"state": EntryState.APPROVED, "author_id": author, "event_on": _LONG_AGO}
    _add(connection, EntryRecord, id=entry, recorded_at=now, **belongs, **said, **state)
    version = {"entry_id": entry, "version": 1}
    change = {"change": ChangeKind.WRITING, "content_hash": ""}
    _add(connection, EntryVersion, **version, **belongs, **said, **change)
    part = {"segment_id": new_id(), "position": 0, "kind": SegmentKind.FACTS, "text": "点検"}
    _add(connection, SegmentText, **version, **belongs, **part)


def _audited(connection: Connection, key: str) -> Iterator[Finding]:
    """The person just added must stand in the audit trail, with a digest that is right."""
    right = connection.scalars(
        text(
            "SELECT e.digest = audit.digest_of(e.seq, e.at, e.xid, e.login, e.staff_id, e.client, e.program,"
            " e.action, e.tbl, e.row_key, e.household_id, e.office_id, e.detail) FROM audit.event e"
            " WHERE e.xid = pg_current_xact_id() AND e.tbl = 'staff' AND e.action = 'insert' AND e.row_key = :key"
        ),
        {"key": key},
    ).all()
    if not right:
        yield _finding("audit.event", "職員を1人足しても、監査記録が残りません。")
    elif not all(right):
        yield _finding("audit.event", "監査記録の照合値が合いません。")


def _outcome(connection: Connection, statement: str) -> str | None:
    """The SQLSTATE of the refusal, None where it went through."""
    step = connection.begin_nested()
    try:
        connection.exec_driver_sql(statement.replace("%", "%%"))
    except DBAPIError as error:
        return sqlstate(error)
    finally:
        step.rollback()
    return None


def _add(connection: Connection, model: type[Any], **values: Any) -> None:  # noqa: ANN401
    connection.execute(insert(model.__table__).values(**values))


def _finding(name: str, sentence: str) -> Finding:
    return Finding(part="probe", name=name, sentence=sentence)
