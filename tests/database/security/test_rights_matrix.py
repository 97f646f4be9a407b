"""Every cell of the matrix of rights (role, table, action, column) with raw SQL of a real login of that role.

What is asked is whether the statement is granted; it touches no row. Which rows a right reaches is asked by
the attacks beside this file.
"""

from __future__ import annotations

import psycopg
import pytest

from desktop.domain.right_kinds import Action
from desktop.domain.rights import rights_of
from desktop.domain.roles import Role
from desktop.models import Base
from desktop.models.base import visibility
from desktop.models.office import Office
from tests.database.security.place import Place, refused, rows
from tests.support import factories

PRIVILEGES = {Action.READ: "SELECT", Action.ADD: "INSERT", Action.CHANGE: "UPDATE"}
HELD = """
    SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0
       AND NOT a.attisdropped AND c.relname <> 'alembic_version'
       AND has_column_privilege(session_user, c.oid, a.attnum, %s)
"""


def statement(action: Action, table: str, columns: list[str]) -> str:
    """A statement that needs the action's right on these columns and touches no row."""
    names = ", ".join(columns)
    if action is Action.READ:
        return f"SELECT {names} FROM public.{table} WHERE false"
    if action is Action.ADD:
        nothing = ", ".join("NULL" for _ in columns)
        return f"INSERT INTO public.{table} ({names}) SELECT {nothing} WHERE false"
    sets = ", ".join(f"{name} = NULL" for name in columns)
    return f"UPDATE public.{table} SET {sets} WHERE false"


def granted(role: Role) -> set[tuple[str, Action, str]]:
    """What the matrix gives to a role: table, action, column."""
    found = set()
    for table in Base.metadata.sorted_tables:
        for right in rights_of(table.name, visibility(table)):
            if role in right.roles:
                fixed = {"id", "office_id"} if right.action is Action.CHANGE else set()
                columns = right.columns or {c.name for c in table.columns if c.name not in fixed}
                found |= {(table.name, right.action, column) for column in columns}
    return found


@pytest.mark.parametrize("role", list(Role))
def test_the_database_grants_what_the_matrix_says_and_nothing_more(role, place: Place):
    with place.office.work() as session:
        home = session.get_one(Office, place.office.caseworker.office_id)
        staff = factories.signed_in(session, factories.make_staff(session, role, office=home))
    by = place.connect(staff)
    expected = granted(role)
    held = {
        (table, action, column)
        for action, privilege in PRIVILEGES.items()
        for table, column in rows(by, HELD, (privilege,))
    }
    assert held == expected
    for table in Base.metadata.sorted_tables:
        for action in Action:
            columns = sorted(c for t, a, c in expected if (t, a) == (table.name, action))
            asked = [f'"{c}"' for c in columns or [table.columns[0].name]]
            answer = refused(by, statement(action, f'"{table.name}"', asked))
            assert answer == ("" if columns else "42501"), (table.name, action)


def test_nobody_may_delete(place: Place):
    """Deleting is an action that the matrix does not know."""
    for staff in (place.office.caseworker, place.office.head, place.office.records):
        by = place.connect(staff)
        for table in Base.metadata.sorted_tables:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                by.execute(f'DELETE FROM public."{table.name}" WHERE false')
