"""People whom the account functions did not make: from PostgreSQL 16 on they reach them after an upgrade alone."""

from __future__ import annotations

import psycopg
import pytest

from desktop.database.security.install import install
from desktop.database.security.reach import ADMIN_NEEDED, bring_into_reach, out_of_reach
from desktop.domain.errors import ConflictError
from desktop.domain.roles import Role
from desktop.models.office import Office
from tests.services.accounts.conftest import approve_all, new_login, person
from tests.support.factories import make_staff

GROUPS = (
    "SELECT g.rolname::text FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid"
    " WHERE m.member = CAST(quote_ident(:l) AS regrole) ORDER BY 1"
)
MANAGER = (
    "SELECT a.admin_option, to_jsonb(a) ->> 'inherit_option', to_jsonb(a) ->> 'set_option' FROM pg_auth_members a"
    " WHERE a.member = 'banso_accounts'::regrole AND a.roleid = CAST(quote_ident(:l) AS regrole)"
)


@pytest.fixture
def by_hand(office):
    """A caseworker whose login the administrator of the server typed in, as a restored backup brings it too."""
    login = new_login()
    with office.work() as session:
        at = session.get_one(Office, office.head.office_id)
        make_staff(session, Role.CASEWORKER, office=at, login=login)
    with office.work.engine.begin() as connection:
        connection.exec_driver_sql(
            f'CREATE ROLE "{login}" LOGIN IN ROLE banso_staff, banso_caseworker'
        )
    yield login
    with office.work.engine.begin() as connection:
        connection.exec_driver_sql(f'DROP ROLE "{login}"')


def asks_for_admin(office) -> bool:
    return int(office.ask("SHOW server_version_num")[0][0]) >= ADMIN_NEEDED


def reached(office) -> tuple[str, ...]:
    with office.work.engine.connect() as connection:
        return out_of_reach(connection)


def test_a_login_made_by_hand_is_changed_wholly_or_not_at_all(office, by_hand):
    service = office.accounts(office.head)
    if not asks_for_admin(office):
        assert reached(office) == ()
        service.retire(by_hand)
        assert office.ask(GROUPS, l=by_hand) == []
        return
    assert reached(office) == (by_hand,)
    with pytest.raises(ConflictError, match="server upgrade"):
        service.retire(by_hand)
    with pytest.raises(ConflictError, match="server upgrade"):
        office.accounts(office.administrator).reset_password(by_hand)
    (row,) = [p for p in service.people() if p.login == by_hand]
    assert row.is_active


def test_an_upgrade_brings_everybody_into_reach(office, by_hand):
    with office.work.engine.begin() as connection:
        assert not install(connection)  # the lock itself stands already
    assert reached(office) == ()
    groups = [("banso_caseworker",), ("banso_staff",)]
    assert office.ask(GROUPS, l=by_hand) == groups
    given = office.accounts(office.administrator).reset_password(by_hand)
    office.connect(by_hand, given.password).close()
    office.accounts(office.head).retire(by_hand)
    assert office.ask(GROUPS, l=by_hand) == []


def test_a_group_given_by_hand_is_taken_away_or_refused(office):
    login = office.caseworker.login
    with office.work.engine.begin() as connection:
        connection.exec_driver_sql(f'GRANT banso_auditor TO "{login}"')
    if asks_for_admin(office):
        with pytest.raises(ConflictError, match="server upgrade"):
            office.accounts(office.head).retire(login)
        with office.work.engine.begin() as connection:
            bring_into_reach(connection)
    office.accounts(office.head).retire(login)
    assert office.ask(GROUPS, l=login) == []


def test_a_manager_of_logins_gets_none_of_their_rights(office):
    """PostgreSQL 16 has a setting by which whoever makes a role becomes its full member; anybody may set it."""
    login = new_login()
    office.accounts(office.administrator).add(person(login))
    (waiting,) = office.accounts(office.head).waiting()
    with office.connect(office.head.login) as head:
        if asks_for_admin(office):
            head.execute("SET createrole_self_grant = 'set, inherit'")
        else:
            with pytest.raises(psycopg.errors.UndefinedObject):
                head.execute("SET createrole_self_grant = 'set, inherit'")
        head.execute("SELECT app.decide_staff_change(%s, 'approved', '')", (waiting.change_id,))
    expected = [(True, "false", "false")] if asks_for_admin(office) else []
    assert office.ask(MANAGER, l=login) == expected
    approve_all(office)
