"""Who sits at the desk, on both databases."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine, make_url, text

from desktop.database.engine import make_engine
from desktop.database.security.names import STAFF, group
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.errors import NotPermittedError
from desktop.domain.ids import new_id
from desktop.domain.office import DatabaseKind
from desktop.domain.roles import Role
from desktop.models.office import Assignment, DatabaseInfo, Office, Staff, StaffRole
from desktop.services.sign_in import SignIn
from tests.support import factories
from tests.support.desk import SmallOffice, small_office
from tests.support.factories import CLOCK, TODAY, days_ago
from tests.support.people import work_of

LOGIN = "shiken_cw"
PASSWORD = new_id().hex


@pytest.fixture
def office(engine: Engine) -> SmallOffice:
    return small_office(engine)


def make_kind(office: SmallOffice, kind: DatabaseKind) -> SignIn:
    with office.work() as session:
        session.add(DatabaseInfo(kind=kind, created_at=CLOCK.now()))
    return SignIn(office.work, CLOCK)


def test_the_training_office_shows_its_accounts_with_role_and_duty(office):
    accounts = make_kind(office, DatabaseKind.TRAINING).accounts()
    assert {a.role_label for a in accounts} == {
        "地区担当員",
        "査察指導員",
        "課長",
        "記録・庶務職員",
    }
    assert all(a.duty for a in accounts if a.role_label in {"地区担当員", "査察指導員"})


def test_signing_in_gives_roles_and_districts_of_the_day(office):
    sign_in = make_kind(office, DatabaseKind.TRAINING)
    caseworker = sign_in.sign_in(office.caseworker.login)
    supervisor = sign_in.sign_in(office.supervisor.login)
    assert caseworker.roles == {Role.CASEWORKER}
    assert caseworker.district_ids == supervisor.supervised_district_ids
    assert caseworker.is_training


def test_a_real_office_shows_no_accounts_and_takes_no_chosen_name(office):
    sign_in = make_kind(office, DatabaseKind.OFFICE)
    assert sign_in.accounts() == ()
    with pytest.raises(NotPermittedError):
        sign_in.sign_in(office.caseworker.login)


@pytest.mark.parametrize("login", ["", "nobody", "' OR '1'='1"])
def test_an_unknown_account_is_refused(office, login):
    with pytest.raises(NotPermittedError):
        make_kind(office, DatabaseKind.TRAINING).sign_in(login)


def test_a_retired_person_or_one_without_a_role_does_not_get_in(office):
    sign_in = make_kind(office, DatabaseKind.TRAINING)
    with office.work() as session:
        session.get_one(Staff, office.caseworker.staff_id).active_to = days_ago(1)
        for role in session.query(StaffRole).filter_by(staff_id=office.supervisor.staff_id):
            role.valid_to = days_ago(1)
    for person in (office.caseworker, office.supervisor):
        with pytest.raises(NotPermittedError):
            sign_in.sign_in(person.login)


def test_an_assignment_that_ended_yesterday_is_no_duty_today(office):
    sign_in = make_kind(office, DatabaseKind.TRAINING)
    with office.work() as session:
        for assignment in session.query(Assignment).filter_by(staff_id=office.caseworker.staff_id):
            assignment.valid_to = days_ago(1)
    assert sign_in.sign_in(office.caseworker.login).district_ids == frozenset()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_on_postgresql_the_session_user_is_the_person(office, engine, database_url):
    with office.work() as session:
        session.add(
            Staff(
                id=(staff_id := new_id()),
                office_id=office.caseworker.office_id,
                login=LOGIN,
                name="試験 接続",
                kana="シケン セツゾク",
                active_from=date(2020, 4, 1),
            )
        )
        session.flush()
        session.add(
            StaffRole(
                office_id=office.caseworker.office_id,
                staff_id=staff_id,
                role=Role.CASEWORKER,
                valid_from=TODAY,
            )
        )
    make_kind(office, DatabaseKind.OFFICE)
    with engine.begin() as connection:
        connection.execute(text(f"DROP ROLE IF EXISTS {LOGIN}"))
        groups = f"{STAFF}, {group(Role.CASEWORKER)}"
        connection.execute(
            text(f"CREATE ROLE {LOGIN} LOGIN PASSWORD '{PASSWORD}' IN ROLE {groups}")
        )
    url = make_url(database_url).set(username=LOGIN, password=PASSWORD)
    own = make_engine(url.render_as_string(hide_password=False))
    try:
        assert SignIn(UnitOfWork(own), CLOCK).sign_in_as_session_user().staff_id == staff_id
    finally:
        own.dispose()
        with engine.begin() as connection:
            connection.execute(text(f"DROP OWNED BY {LOGIN}"))
            connection.execute(text(f"DROP ROLE {LOGIN}"))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("role", Role)
def test_on_postgresql_every_role_gets_in(office, role):
    make_kind(office, DatabaseKind.OFFICE)
    with office.work() as session:
        home = session.get_one(Office, office.caseworker.office_id)
        staff = factories.signed_in(session, factories.make_staff(session, role, office=home))
    own = work_of(office.work, staff, CLOCK)
    assert SignIn(own, CLOCK).sign_in_as_session_user().roles == {role}
