"""Who the account functions can manage on PostgreSQL 16 and later, and how everybody comes to be among them.

There CREATEROLE reaches only roles on which its holder has ADMIN, and a membership is taken back only by whoever
gave it. The account functions make people so that both hold. After a move from PostgreSQL 15, and for a login made
by hand, neither does: its memberships come from whoever restored or gave them, and retiring would leave them.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, text

from desktop.database.security.names import ACCOUNTS, STAFF, group
from desktop.domain.roles import Role

#: From here on CREATEROLE alone does not do.
ADMIN_NEEDED = 160000
_GROUPS = (STAFF, *(group(role) for role in Role))
#: Logins of this database's staff without a power of their own; the functions refuse all others.
_PEOPLE = (
    "SELECT r.rolname FROM pg_roles r JOIN public.staff s ON s.login = r.rolname"
    " WHERE NOT (r.rolsuper OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication OR r.rolbypassrls)"
)
_WITHOUT_ADMIN = (
    "SELECT r.rolname FROM pg_roles r"
    f" WHERE (r.rolname = ANY (:groups) OR r.rolname IN ({_PEOPLE})) AND NOT EXISTS ("
    " SELECT FROM pg_auth_members a JOIN pg_roles m ON m.oid = a.member"
    " WHERE a.roleid = r.oid AND a.admin_option AND m.rolname = :accounts) ORDER BY 1"
)
#: Memberships that somebody else gave. One with ADMIN is no mistake of a move: the check names it.
_OF_OTHERS = (
    "SELECT m.rolname, g.rolname, x.rolname FROM pg_auth_members a JOIN pg_roles m ON m.oid = a.member"
    " JOIN pg_roles g ON g.oid = a.roleid JOIN pg_roles x ON x.oid = a.grantor"
    " WHERE g.rolname = ANY (:groups) AND x.rolname <> :accounts AND NOT a.admin_option"
    f" AND m.rolname IN ({_PEOPLE}) ORDER BY 1, 2"
)


def out_of_reach(connection: Connection) -> tuple[str, ...]:
    """Groups and logins of the staff that the account functions cannot manage. Nobody before PostgreSQL 16."""
    if not _asks_for_admin(connection):
        return ()
    without = (name for (name,) in _rows(connection, _WITHOUT_ADMIN))
    given = (member for member, _, _ in _rows(connection, _OF_OTHERS))
    return tuple(sorted({*without, *given}))


def bring_into_reach(connection: Connection) -> None:
    """Give ADMIN on groups and people, and make memberships that others gave the account functions' own."""
    if not _asks_for_admin(connection):
        return
    for (name,) in _rows(connection, _WITHOUT_ADMIN):
        connection.exec_driver_sql(
            f'GRANT "{name}" TO {ACCOUNTS} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE'
        )
    for member, of, by in _rows(connection, _OF_OTHERS):
        connection.exec_driver_sql(f'GRANT "{of}" TO "{member}" GRANTED BY {ACCOUNTS}')
        connection.exec_driver_sql(f'REVOKE "{of}" FROM "{member}" GRANTED BY "{by}"')


def _asks_for_admin(connection: Connection) -> bool:
    driver: Any = connection.connection.driver_connection
    return bool(driver.info.server_version >= ADMIN_NEEDED)


def _rows(connection: Connection, query: str) -> list[Any]:
    values = {"groups": list(_GROUPS), "accounts": ACCOUNTS}
    named = {name: value for name, value in values.items() if f":{name}" in query}
    return list(connection.execute(text(query), named).all())
