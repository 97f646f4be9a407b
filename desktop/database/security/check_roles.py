"""Roles of the whole server: who may log in, and what nobody of the office may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, text

from desktop.database.security.names import ACCOUNTS, STAFF, WITHOUT_LOGIN, group
from desktop.database.security.reach import out_of_reach
from desktop.domain.roles import Role
from desktop.domain.server_check import Finding

_ATTRIBUTES = {
    "rolsuper": "SUPERUSER",
    "rolcreaterole": "CREATEROLE",
    "rolcreatedb": "CREATEDB",
    "rolbypassrls": "BYPASSRLS",
    "rolreplication": "REPLICATION",
}
#: Attributes that one of our own roles without login needs, by its name.
ALLOWED: Mapping[str, frozenset[str]] = {ACCOUNTS: frozenset({"CREATEROLE"})}
#: Roles of the server itself that read or write everything.
_MIGHTY = (
    *("pg_read_all_data", "pg_write_all_data", "pg_read_server_files", "pg_write_server_files"),
    *("pg_execute_server_program", "pg_signal_backend", "pg_checkpoint"),
    # Of PostgreSQL 16 and 17: carries everything out, locks every table.
    *("pg_create_subscription", "pg_maintain"),
)

#: ADMIN and nothing else, on a role without powers: PostgreSQL 16 asks that of whoever manages people and groups.
_MERE_ADMIN = (
    "a.admin_option AND to_jsonb(a) ->> 'inherit_option' = 'false' AND to_jsonb(a) ->> 'set_option' = 'false'"
    " AND g.rolname !~ '^pg_' AND g.rolname <> ALL (:powers)"
    " AND NOT (g.rolsuper OR g.rolcreaterole OR g.rolcreatedb OR g.rolbypassrls OR g.rolreplication)"
)


def roles(connection: Connection) -> Iterator[Finding]:
    """Look at our groups, at the logins of the staff, and at everybody else who can get in."""
    yield from _groups(connection)
    yield from _staff(connection)
    yield from _memberships(connection)
    yield from _out_of_reach(connection)
    yield from _strangers(connection)


def _groups(connection: Connection) -> Iterator[Finding]:
    ours = (*WITHOUT_LOGIN, *(group(role) for role in Role))
    rows = {row["rolname"]: row for row in _rows(connection, list(ours))}
    for name in ours:
        if name not in rows:
            yield _finding(name, f"ロール「{name}」がありません。")
            continue
        if rows[name]["rolcanlogin"]:
            yield _finding(name, f"ロール「{name}」でログインできます（LOGIN を外します）。")
        for attribute, word in _ATTRIBUTES.items():
            if rows[name][attribute] and word not in ALLOWED.get(name, frozenset()):
                yield _finding(name, f"ロール「{name}」に {word} が付いています。")


def _staff(connection: Connection) -> Iterator[Finding]:
    logins = list(connection.scalars(text("SELECT s.login FROM public.staff s")))
    for row in _rows(connection, logins):
        name = row["rolname"]
        for attribute, word in _ATTRIBUTES.items():
            if row[attribute]:
                yield _finding(name, f"職員「{name}」に {word} が付いています。")
    retired = connection.scalars(
        text(
            "SELECT r.rolname FROM pg_roles r JOIN public.staff s ON s.login = r.rolname"
            " WHERE r.rolcanlogin AND s.active_to < app.today()"
        )
    )
    for name in retired:
        yield _finding(name, f"退職・異動した職員「{name}」がまだログインできます。")


def _memberships(connection: Connection) -> Iterator[Finding]:
    """Staff belong to our groups alone; our groups belong to banso_staff alone; nobody hands membership on.

    Of superusers only whoever checks may be a member of our roles without login: another one who is no superuser any
    more would stay the owner of everything.
    """
    for member, of, with_admin, is_staff, is_mere_admin in connection.execute(
        text(
            "SELECT m.rolname, g.rolname, a.admin_option, EXISTS (SELECT FROM public.staff s WHERE s.login = m.rolname),"
            f" {_MERE_ADMIN} FROM pg_auth_members a JOIN pg_roles m ON m.oid = a.member JOIN pg_roles g ON g.oid = a.roleid"
            " WHERE m.rolname !~ '^pg_' AND (NOT m.rolsuper OR g.rolname = ANY (:powers) AND m.rolname <> session_user)"
        ),
        {"powers": [name for name in WITHOUT_LOGIN if name != STAFF]},
    ):
        ours = member in WITHOUT_LOGIN or member in {group(role) for role in Role}
        if (member, of) == (ACCOUNTS, "pg_signal_backend"):
            continue  # ends the sessions of who leaves
        if member == ACCOUNTS and is_mere_admin:
            continue  # manages people and groups, and has none of their rights
        allowed = {STAFF} if ours else {STAFF, *(group(role) for role in Role)}
        if (ours or is_staff) and of not in allowed:
            yield _finding(f"{member} → {of}", f"「{member}」がロール「{of}」に入っています。")
        elif not (ours or is_staff) and (of in allowed or of in WITHOUT_LOGIN):
            yield _finding(
                f"{member} → {of}", f"職員でない「{member}」がロール「{of}」に入っています。"
            )
        elif not (ours or is_staff) and of in _MIGHTY:
            yield _finding(
                f"{member} → {of}",
                f"「{member}」はすべてのデータに届くロール「{of}」に入っています。",
            )
        if (ours or is_staff) and with_admin:
            yield _finding(
                f"{member} → {of}",
                f"「{member}」はロール「{of}」を人に与えられます（ADMIN OPTION）。",
            )


def _out_of_reach(connection: Connection) -> Iterator[Finding]:
    for name in out_of_reach(connection):
        yield _finding(
            name,
            f"「{name}」を職員の登録・退職の手続きで変えられません。server upgrade を実行してください。",
        )


def _strangers(connection: Connection) -> Iterator[Finding]:
    """Logins of nobody of the office: the fewer superusers the better, and no other who passes the row policies."""
    for name, mighty in connection.execute(
        text(
            "SELECT r.rolname, r.rolsuper FROM pg_roles r WHERE r.rolcanlogin AND (r.rolsuper OR r.rolbypassrls)"
            " AND r.rolname <> session_user AND NOT EXISTS (SELECT FROM public.staff s WHERE s.login = r.rolname)"
        )
    ):
        what = "スーパーユーザー" if mighty else "行の保護を通り抜けるロール"
        yield _finding(
            name, f"{what}「{name}」がいます。要らなければ外してください。", is_grave=not mighty
        )


def _rows(connection: Connection, names: list[str]) -> list[dict[str, Any]]:
    columns = ", ".join(_ATTRIBUTES)
    found = connection.execute(
        text(f"SELECT rolname, rolcanlogin, {columns} FROM pg_roles WHERE rolname = ANY (:names)"),
        {"names": names},
    )
    return [dict(row) for row in found.mappings()]


def _finding(name: object, sentence: str, *, is_grave: bool = True) -> Finding:
    return Finding(part="role", name=str(name), sentence=sentence, is_grave=is_grave)
