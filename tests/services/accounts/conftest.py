"""An office on PostgreSQL with two administrators, a head and a caseworker, each with a login of his own."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, text

from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.accounts import NewPerson, RoleSpan
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Role
from desktop.services.accounts import AccountService
from desktop.services.own_password import OwnPassword
from desktop.services.sign_in import _signed_in
from tests.support import factories
from tests.support.people import PASSWORD, let_in, work_of
from tests.support.seeding import seed_at_once


@dataclass(frozen=True, kw_only=True)
class Office:
    """The people and their doors."""

    work: UnitOfWork
    url: str
    administrator: SignedInStaff
    second: SignedInStaff
    head: SignedInStaff
    caseworker: SignedInStaff
    district: str
    vacant: str

    def accounts(self, staff: SignedInStaff, clock=factories.CLOCK) -> AccountService:
        """One person's account service, over the own connection."""
        return AccountService(work_of(self.work, staff, clock), clock, staff)

    def own(self, staff: SignedInStaff, clock=factories.CLOCK) -> OwnPassword:
        return OwnPassword(work_of(self.work, staff, clock))

    def sign_in(self, login: str, clock=factories.CLOCK) -> SignedInStaff:
        """Find out, as maintenance would, what a login holds on the day."""
        with self.work() as session:
            return _signed_in(session, login, clock.today(), is_training=False)

    def connect(self, login: str, password: str = PASSWORD) -> psycopg.Connection:
        """A raw connection, as psql makes it; the clock is the tests'."""
        made = self.work.engine.url
        connection = psycopg.connect(
            host=made.host,
            port=made.port,
            dbname=made.database,
            user=login,
            password=password,
            autocommit=True,
        )
        connection.execute(f"SET test.now = '{factories.CLOCK.now().isoformat()}'".encode())
        return connection

    def ask(self, statement: str, **values) -> list[tuple[Any, ...]]:
        """What stands in the database, read by maintenance."""
        with self.work.engine.begin() as connection:
            return [tuple(row) for row in connection.execute(text(statement), values)]


def new_login() -> str:
    """A login nobody on the shared server has."""
    return f"new-{secrets.token_hex(5)}"


def person(login: str, **changes) -> NewPerson:
    values: dict[str, Any] = {
        "login": login,
        "name": "新任 見本",
        "kana": "シンニン ミホン",
        "active_from": factories.TODAY,
        "roles": (RoleSpan(role=Role.CASEWORKER, valid_from=factories.TODAY),),
    }
    return NewPerson(**values | changes)


def approve_all(office, by=None):
    service = office.accounts(by or office.head)
    for change in service.waiting():
        service.decide(change.change_id, approve=True)


@pytest.fixture
def database_url(fresh_databases):
    with fresh_databases.postgresql() as url:
        yield url


@pytest.fixture
def office(engine: Engine, database_url: str) -> Office:
    work = UnitOfWork(engine)
    with work() as session:
        office = factories.make_office(session)
        seed_at_once(session, office.id)
        district = factories.make_district(session, office)
        vacant = factories.make_district(session, office)
        people = {
            "administrator": factories.make_staff(session, Role.ADMINISTRATOR, office=office),
            "second": factories.make_staff(session, Role.ADMINISTRATOR, office=office),
            "head": factories.make_staff(session, Role.SECTION_HEAD, office=office),
            "caseworker": factories.make_staff(
                session, Role.CASEWORKER, office=office, district=district
            ),
        }
        made = {name: factories.signed_in(session, person) for name, person in people.items()}
        codes = (district.code, vacant.code)
    for staff in made.values():
        let_in(engine, staff)
    return Office(work=work, url=database_url, district=codes[0], vacant=codes[1], **made)
