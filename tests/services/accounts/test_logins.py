"""Logins of people: retiring, passwords, and what nobody gets by way of an account."""

from __future__ import annotations

import psycopg
import pytest

from desktop.domain.accounts import RoleSpan
from desktop.domain.errors import NotPermittedError, UserError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.roles import Role
from desktop.models.office import Office
from tests.services.accounts.conftest import new_login, person
from tests.support.desk import later
from tests.support.factories import CLOCK, TODAY, make_staff


def test_a_caseworker_neither_asks_nor_decides_nor_retires(office):
    with office.connect(office.caseworker.login) as connection:
        for call in (
            "app.request_staff_change(gen_random_uuid(), 'add', '{}')",
            "app.decide_staff_change(gen_random_uuid(), 'approved', '')",
            f"app.retire_staff('{office.head.login}')",
            f"app.reset_password(gen_random_uuid(), '{office.head.login}', 'x')",
            f"app.role_make('{new_login()}')",
            f"app.role_password('{office.head.login}', 'x', NULL)",
            f"app.role_close('{office.head.login}')",
            f"app.role_groups('{office.caseworker.login}', '{{banso_director}}')",
            "app.tidy_all_groups()",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"SELECT {call}".encode())
        for statement in (
            "INSERT INTO staff_change (id) VALUES (gen_random_uuid())",
            "UPDATE staff_change SET decision = 'approved'",
            "DELETE FROM password_reset",
            "SELECT * FROM password_reset",
            f'CREATE ROLE "{new_login()}"',
            f'GRANT banso_director TO "{office.caseworker.login}"',
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.encode())


def test_an_administrator_has_nothing_but_the_functions(office):
    with office.connect(office.administrator.login) as connection:
        for statement in (
            "UPDATE staff_role SET role = 'director' WHERE staff_id = app.me()",
            "UPDATE staff_change SET decision = 'approved'",
            "DELETE FROM password_reset",
            "DELETE FROM staff_change",
            f"SELECT app.role_make('{new_login()}')",
            f"SELECT app.role_password('{office.head.login}', 'x', NULL)",
            f"ALTER ROLE \"{office.head.login}\" PASSWORD 'x'",
            f'GRANT banso_director TO "{office.administrator.login}"',
            "SET ROLE banso_accounts",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.encode())


@pytest.mark.parametrize(
    "login",
    [
        "banso_tests", "banso_owner", "banso_accounts", "banso_caseworker", "postgres", "pg_monitor",
        'x"; DROP TABLE staff; --', "x' OR '1'='1", "Yamada", "a", "山田", "x\n", "x y", "",
    ],
)  # fmt: skip
def test_powerful_or_malformed_logins_are_nobodys_password_and_no_new_person(office, login):
    service = office.accounts(office.administrator)
    with pytest.raises(UserError):
        service.reset_password(login)
    with pytest.raises(UserError):
        service.add(person(login))
    assert office.ask("SELECT count(*) FROM password_reset") == [(0,)]


@pytest.mark.parametrize(
    "power",
    ["SUPERUSER", "CREATEROLE", "REPLICATION", "IN ROLE banso_owner", "IN ROLE pg_read_all_data"],
)
def test_a_staff_row_that_names_a_powerful_login_opens_no_way_to_it(office, power):
    login = new_login()
    with office.work.engine.begin() as connection:
        connection.exec_driver_sql(f'CREATE ROLE "{login}" LOGIN {power}')
        connection.exec_driver_sql(f'GRANT banso_staff TO "{login}"')
    with office.work() as session:
        make_staff(session, office=session.get_one(Office, office.head.office_id), login=login)
    service = office.accounts(office.administrator)
    for act in (service.reset_password, service.retire):
        with pytest.raises(NotPermittedError, match="職員のものではない"):
            act(login)
    with office.work.engine.begin() as connection:
        connection.exec_driver_sql(f'DROP ROLE "{login}"')


def test_a_login_of_another_database_on_the_server_is_not_taken_over(office):
    login = new_login()
    with office.work.engine.begin() as connection:
        connection.exec_driver_sql(f'CREATE ROLE "{login}" LOGIN IN ROLE banso_staff')
    with pytest.raises(ValidationError, match="すでにあります"):
        office.accounts(office.administrator).add(person(login))


def test_retiring_ends_an_open_connection_at_once(office):
    login = office.caseworker.login
    with office.connect(login) as connection:
        assert connection.execute("SELECT app.me() IS NOT NULL").fetchone() == (True,)
        office.accounts(office.administrator).retire(login)
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    with pytest.raises(psycopg.OperationalError):
        office.connect(login)
    assert office.ask(
        "SELECT count(*) FROM pg_auth_members WHERE member = (SELECT oid FROM pg_roles WHERE rolname = :l)",
        l=login,
    ) == [(0,)]
    with pytest.raises(NotPermittedError):
        office.sign_in(login)
    (row,) = [p for p in office.accounts(office.head).people() if p.login == login]
    assert (row.is_active, row.roles, row.districts) == (False, (), ())


def test_a_head_retires_too_but_nobody_himself(office):
    with pytest.raises(NotPermittedError, match="自分の利用"):
        office.accounts(office.head).retire(office.head.login)
    office.accounts(office.head).retire(office.administrator.login)
    with pytest.raises(ValidationError):
        office.accounts(office.head).retire(office.administrator.login)


def test_a_retired_administrators_request_and_approval_count_no_more(office):
    change_id = office.accounts(office.second).add(person(new_login()))
    before = office.accounts(office.administrator)
    office.accounts(office.head).retire(office.administrator.login)
    with pytest.raises(UserError):
        before.decide(change_id, approve=True)


def test_resetting_a_password_to_become_somebody_cannot_be_hidden(office):
    given = office.accounts(office.administrator).reset_password(office.head.login)
    change_id = office.accounts(office.administrator).add(person(new_login()))
    thief = office.connect(office.head.login, given.password)
    with pytest.raises(psycopg.DatabaseError, match="別の人であることを確かめられない"):
        thief.execute("SELECT app.decide_staff_change(%s, 'approved', '')", (change_id,))
    for statement in ("DELETE FROM password_reset", "UPDATE password_reset SET at = '2000-01-01'"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            thief.execute(statement.encode())
    news = thief.execute("SELECT person, by_name, is_own FROM app.password_news()").fetchall()
    assert news == [(office.head.name, office.administrator.name, True)]
    thief.close()
    events = office.ask(
        "SELECT action, login FROM audit.event WHERE tbl = 'staff' AND action LIKE 'password%'"
    )
    assert events == [("password reset", office.administrator.login)]
    with office.connect(office.second.login) as connection:
        rows = connection.execute(
            "SELECT login, by_login FROM app.password_resets_on(%s)", (TODAY,)
        ).fetchall()
    assert rows == [(office.head.login, office.administrator.login)]


def test_one_person_behind_two_accounts_is_no_second_person(office):
    """Asks as one hijacked account and approves as another, or the other way round."""
    first = office.accounts(office.administrator)
    stolen = first.reset_password(office.second.login)
    ask = "SELECT app.request_staff_change(%s, 'role', %s::jsonb)"
    payload = (
        f'{{"login": "{office.caseworker.login}", "role": "auditor", "valid_from": "{TODAY}"}}'
    )
    asked, again = new_id(), new_id()
    with office.connect(office.second.login, stolen.password) as thief:
        thief.execute(ask, (asked, payload))
        made = thief.pgconn.encrypt_password(
            b"x" * 12, office.head.login.encode(), b"scram-sha-256"
        )
        thief.execute(
            "SELECT app.reset_password(%s, %s, %s)", (new_id(), office.head.login, made.decode())
        )
    with pytest.raises(NotPermittedError, match="別の人であること"):
        first.decide(asked, approve=True)
    with office.connect(office.administrator.login) as thief:
        thief.execute(ask, (again, payload))
    with office.connect(office.head.login, "x" * 12) as thief:
        for change_id in (asked, again):
            with pytest.raises(psycopg.DatabaseError, match="別の人であること"):
                thief.execute("SELECT app.decide_staff_change(%s, 'approved', '')", (change_id,))
    first = office.accounts(office.administrator, later(CLOCK, days=1, minutes=1))
    first.decide(asked, approve=True)


def test_the_owner_and_the_head_are_told_and_colleagues_are_not(office):
    office.accounts(office.administrator).reset_password(office.caseworker.login)
    assert [n.person for n in office.own(office.head).news()] == [office.caseworker.name]
    assert office.own(office.second).news() == ()
    assert office.own(office.head, later(CLOCK, days=15)).news() == ()


def test_the_given_password_ends_and_the_own_one_does_not(office):
    login = office.caseworker.login
    given = office.accounts(office.administrator).reset_password(login)
    until = "SELECT rolvaliduntil::text FROM pg_roles WHERE rolname = :l"
    assert office.ask(until, l=login)[0][0] not in {None, "infinity"}
    hours = office.ask("SELECT extract(epoch FROM valid_until - now()) / 3600 FROM password_reset")[
        0
    ][0]
    assert 23 < hours <= 24
    with office.connect(login, given.password) as connection:
        made = connection.pgconn.encrypt_password(
            b"midori-no-oka-1", login.encode(), b"scram-sha-256"
        )
        connection.execute("SELECT app.change_own_password(%s)", (made.decode(),))
    assert office.ask(until, l=login) == [("infinity",)]
    office.connect(login, "midori-no-oka-1").close()
    with pytest.raises(psycopg.OperationalError):
        office.connect(login, given.password)


def test_an_own_password_takes_the_offices_rule(office):
    own = office.own(office.caseworker)
    for password, again in (("mijikai", "mijikai"), ("a" * 20, "a" * 20), ("midori-no-oka-1", "x")):
        with pytest.raises(ValidationError):
            own.change(password, again)
    own.change("midori-no-oka-1", "midori-no-oka-1")
    office.connect(office.caseworker.login, "midori-no-oka-1").close()


@pytest.mark.parametrize(
    "verifier",
    [
        "midori-no-oka-1",
        "md5" + "0" * 32,
        "SCRAM-SHA-256$1:AAAAAAAAAAAAAAAAAAAAAA==$" + "A" * 43 + "=:" + "A" * 43 + "=",
        "SCRAM-SHA-256$4096:AAAAAAAAAAAAAAAAAAAAAA==$"
        + "A" * 43
        + "=:"
        + "A" * 43
        + "=' SUPERUSER --",
        "",
    ],
)
def test_only_a_scram_verifier_is_taken(office, verifier):
    with (
        office.connect(office.caseworker.login) as connection,
        pytest.raises(psycopg.DatabaseError, match="パスワードの形式"),
    ):
        connection.execute("SELECT app.change_own_password(%s)", (verifier,))
    office.connect(office.caseworker.login).close()


def test_another_offices_people_are_out_of_reach(office):
    from tests.support import factories  # noqa: PLC0415

    with office.work() as session:
        elsewhere = factories.make_staff(session, office=factories.make_office(session))
        login = elsewhere.login
    service = office.accounts(office.administrator)
    for act in (
        service.retire,
        service.reset_password,
        lambda x: service.give_role(x, RoleSpan(role=Role.AUDITOR, valid_from=TODAY)),
    ):
        with pytest.raises(ValidationError, match="いません"):
            act(login)
