"""Requests, second persons, retiring and passwords, with real logins on PostgreSQL."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from sqlalchemy import select

from desktop.domain.accounts import AbsenceSpan, DistrictSpan, NewPerson, RoleSpan
from desktop.domain.errors import (
    ConflictError,
    NotPermittedError,
    UserError,
    ValidationError,
)
from desktop.domain.ids import new_id
from desktop.domain.office import AssignmentKind
from desktop.domain.roles import Role
from desktop.models.office import District, Office
from tests.services.accounts.conftest import new_login
from tests.support.desk import later
from tests.support.factories import CLOCK, TODAY, days_ago, make_household, make_staff

MAIN = AssignmentKind.MAIN
OF_THE_DUTY = "SELECT count(*) FROM household WHERE district_id = ANY (app.duty_districts())"


def person(login: str, **changes) -> NewPerson:
    values: dict[str, Any] = {
        "login": login,
        "name": "新任 見本",
        "kana": "シンニン ミホン",
        "active_from": TODAY,
        "roles": (RoleSpan(role=Role.CASEWORKER, valid_from=TODAY),),
    }
    return NewPerson(**values | changes)


def approve_all(office, by=None):
    service = office.accounts(by or office.head)
    for change in service.waiting():
        service.decide(change.change_id, approve=True)


def test_a_new_person_gets_in_after_approval_and_a_password(office):
    login = new_login()
    spans = (DistrictSpan(district=office.vacant, kind=MAIN, valid_from=TODAY),)
    office.accounts(office.administrator).add(person(login, districts=spans))
    assert office.ask("SELECT 1 FROM pg_roles WHERE rolname = :l", l=login) == []
    (waiting,) = office.accounts(office.head).waiting()
    assert waiting.concerns == login
    assert f"{office.vacant} 主担当" in waiting.what
    approve_all(office)
    with pytest.raises(psycopg.OperationalError):
        office.connect(login, "")
    given = office.accounts(office.administrator).reset_password(login)
    with office.connect(login, given.password) as own:
        assert own.execute("SELECT app.me() IS NOT NULL").fetchone() == (True,)
        assert own.execute(
            "SELECT count(*) FROM public.assignment a WHERE a.staff_id = app.me()"
        ).fetchone() == (1,)
        (groups,) = own.execute(
            "SELECT array_agg(g.rolname::text) FROM pg_auth_members m"
            " JOIN pg_roles g ON g.oid = m.roleid WHERE m.member = session_user::regrole"
        ).fetchone()
    assert sorted(groups) == ["banso_caseworker", "banso_staff"]


def test_a_right_never_begins_before_its_approval(office):
    login = new_login()
    early = (RoleSpan(role=Role.CASEWORKER, valid_from=days_ago(90)),)
    office.accounts(office.administrator).add(person(login, active_from=days_ago(90), roles=early))
    approve_all(office)
    assert office.ask(
        "SELECT s.active_from, r.valid_from FROM staff s JOIN staff_role r ON r.staff_id = s.id"
        " WHERE s.login = :l",
        l=login,
    ) == [(TODAY, TODAY)]


def test_a_role_given_and_ended_by_date(office):
    service, login = office.accounts(office.administrator), office.caseworker.login
    service.give_role(login, RoleSpan(role=Role.SUPERVISOR, valid_from=TODAY + timedelta(days=3)))
    approve_all(office)
    assert office.sign_in(login).roles == {Role.CASEWORKER}
    assert office.sign_in(login, later(CLOCK, days=3)).roles == {Role.CASEWORKER, Role.SUPERVISOR}
    service.end_role(login, Role.CASEWORKER, TODAY + timedelta(days=1))
    approve_all(office)
    assert Role.CASEWORKER not in office.sign_in(login, later(CLOCK, days=3)).roles
    own = later(CLOCK, days=3)
    with office.connect(login) as connection:
        connection.execute(f"SET test.now = '{own.now().isoformat()}'".encode())
        assert connection.execute("SELECT app.offices_with('print_drafts')").fetchone()[0]
    office.accounts(office.second, own)
    with office.work.engine.begin() as connection:
        connection.exec_driver_sql(f"SET LOCAL test.now = '{own.now().isoformat()}'")
        connection.exec_driver_sql("SELECT app.tidy_all_groups()")
    assert not office.ask("SELECT pg_has_role(:l, 'banso_caseworker', 'MEMBER')", l=login)[0][0]


def test_a_person_reassigned_yesterday_reaches_the_district_no_more(office):
    with office.work() as session:
        district = session.scalars(select(District).where(District.code == office.district)).one()
        make_household(session, district=district)
    other = new_login()
    office.accounts(office.administrator).add(person(other))
    approve_all(office)
    with office.connect(office.caseworker.login) as connection:
        assert connection.execute(OF_THE_DUTY).fetchone()[0] == 1
    span = DistrictSpan(district=office.district, kind=MAIN, valid_from=TODAY)
    office.accounts(office.administrator).assign(other, span)
    approve_all(office)
    with office.connect(office.caseworker.login) as connection:
        assert connection.execute(OF_THE_DUTY).fetchone()[0] == 0


def test_a_stand_in_may_not_approve_the_absence(office):
    service = office.accounts(office.administrator)
    service.absence(
        office.caseworker.login, AbsenceSpan(substitute=office.head.login, valid_from=TODAY)
    )
    (change,) = service.waiting()
    assert set(change.concerned_ids) == {office.caseworker.staff_id, office.head.staff_id}
    with pytest.raises(NotPermittedError, match="自分のこと"):
        office.accounts(office.head).decide(change.change_id, approve=True)
    office.accounts(office.second).decide(change.change_id, approve=True)
    with office.connect(office.head.login) as connection:
        assert connection.execute("SELECT count(*) FROM staff_absence").fetchone() == (1,)


def test_nobody_gives_himself_a_role_and_nobody_approves_what_he_asked_for(office):
    service = office.accounts(office.administrator)
    change_id = service.give_role(
        office.administrator.login, RoleSpan(role=Role.DIRECTOR, valid_from=TODAY)
    )
    with pytest.raises(NotPermittedError, match="申請した本人"):
        service.decide(change_id, approve=True)
    other = office.accounts(office.second).give_role(
        office.administrator.login, RoleSpan(role=Role.DIRECTOR, valid_from=TODAY)
    )
    with pytest.raises(NotPermittedError, match="自分のこと"):
        service.decide(other, approve=True)
    assert office.sign_in(office.administrator.login).roles == {Role.ADMINISTRATOR}


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.DIRECTOR, Role.RECORDS_STAFF])
def test_two_administrators_let_nobody_into_the_case_files(office, role):
    """Neither as a new person nor as a further role of one of them; a head does, unless he administers himself."""
    asked, second = office.accounts(office.administrator), office.accounts(office.second)
    span = RoleSpan(role=role, valid_from=TODAY)
    more = asked.give_role(office.administrator.login, span)
    for change_id in (asked.add(person(new_login(), roles=(span,))), more):
        with pytest.raises(NotPermittedError, match="課長または所長"):
            second.decide(change_id, approve=True)
    second.give_role(office.head.login, RoleSpan(role=Role.ADMINISTRATOR, valid_from=TODAY))
    (extra,) = [c for c in asked.waiting() if c.concerns == office.head.login]
    asked.decide(extra.change_id, approve=True)
    with pytest.raises(NotPermittedError, match="課長または所長"):
        office.accounts(office.head).decide(more, approve=True)
    second.decide(more, approve=False, reason="兼務は認めない")


def test_administrators_still_approve_each_others_other_requests(office):
    span = RoleSpan(role=Role.AUDITOR, valid_from=TODAY)
    asked = office.accounts(office.administrator).add(person(new_login(), roles=(span,)))
    office.accounts(office.second).decide(asked, approve=True)


def test_a_refused_request_needs_a_reason_and_a_decided_one_stays_decided(office):
    asked = office.accounts(office.administrator)
    change_id = asked.give_role(
        office.caseworker.login, RoleSpan(role=Role.AUDITOR, valid_from=TODAY)
    )
    head = office.accounts(office.head)
    with pytest.raises(ValidationError, match="理由"):
        head.decide(change_id, approve=False)
    head.decide(change_id, approve=False, reason="監査担当は別の課です")
    for act in (
        lambda: head.decide(change_id, approve=True),
        lambda: asked.withdraw(change_id),
    ):
        with pytest.raises(ConflictError, match="すでに決められて"):
            act()
    assert asked.waiting() == ()
    assert office.sign_in(office.caseworker.login).roles == {Role.CASEWORKER}


def test_the_asker_takes_a_request_back_and_nobody_else_does(office):
    asked = office.accounts(office.administrator)
    change_id = asked.add(person(new_login()))
    with pytest.raises(NotPermittedError):
        office.accounts(office.second).withdraw(change_id)
    asked.withdraw(change_id)
    assert asked.waiting() == ()


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


def test_sql_in_a_name_stays_a_name(office):
    login = new_login()
    name = "'); DROP TABLE staff; --"
    office.accounts(office.administrator).add(person(login, name=name, kana='%I %L "x"'))
    approve_all(office)
    assert office.ask("SELECT name FROM staff WHERE login = :l", l=login) == [(name,)]


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "　"},
        {"kana": "ア" * 61},
        {"name": "改\n行"},
        {"roles": ()},
        {"districts": (DistrictSpan(district="ない", kind=MAIN, valid_from=TODAY),)},
        {"roles": (RoleSpan(role=Role.CASEWORKER, valid_from=TODAY, valid_to=days_ago(1)),)},
    ],
)
def test_what_cannot_be_is_refused_when_it_is_asked_for(office, changes):
    with pytest.raises(ValidationError):
        office.accounts(office.administrator).add(person(new_login(), **changes))
    assert office.accounts(office.head).waiting() == ()


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
