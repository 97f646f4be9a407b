"""What is asked for about people, and the second person who decides it, with real logins on PostgreSQL."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import select

from desktop.domain.accounts import AbsenceSpan, DistrictSpan, RoleSpan
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.office import AssignmentKind
from desktop.domain.roles import Role
from desktop.models.office import District
from tests.services.accounts.conftest import approve_all, new_login, person
from tests.support.desk import later
from tests.support.factories import CLOCK, TODAY, days_ago, make_household

MAIN = AssignmentKind.MAIN
OF_THE_DUTY = "SELECT count(*) FROM household WHERE district_id = ANY (app.duty_districts())"


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
