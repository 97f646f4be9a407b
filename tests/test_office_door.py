"""The way into an office: first start, own login, and what is said when it fails."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, make_url, select, text, update

from desktop.database.engine import make_engine
from desktop.database.migrate import current, downgrade, head, upgrade
from desktop.database.security.names import ACCOUNTS, STAFF, group
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.errors import (
    NotPermittedError,
    ReasonNeededError,
    UnavailableError,
    UserError,
    ValidationError,
)
from desktop.domain.ids import new_id
from desktop.domain.kept_passwords import KeepRules
from desktop.domain.office import DatabaseKind
from desktop.domain.roles import Role
from desktop.models.households import Household
from desktop.models.office import DatabaseInfo, Office, Staff
from desktop.office_door import OfficeDoor
from desktop.services import training
from desktop.services.workstation.os_account import os_account
from desktop.views.password_form import Credentials
from tests.support.desk import small_office
from tests.support.factories import CLOCK, days_ago, make_staff, signed_in
from tests.support.keyring_fake import MemoryKeyring, using
from tests.support.people import PASSWORD as SECOND
from tests.support.people import let_in

#: Logins belong to the whole server of the tests: each process has its own.
LOGIN = f"shiken_door_{secrets.token_hex(4)}"
PASSWORD = new_id().hex


def quiet(done: int, total: int, what: str = "") -> None:
    """Nobody looks at the progress."""


def never() -> bool:
    return False


def fill(url: str, kind: DatabaseKind) -> str:
    """A small office; the login of its caseworker."""
    engine = make_engine(url)
    office = small_office(engine)
    with office.work() as session:
        session.add(DatabaseInfo(kind=kind, created_at=CLOCK.now()))
    engine.dispose()
    return office.caseworker.login


@pytest.fixture
def door(tmp_path: Path):
    door = OfficeDoor(f"sqlite:///{(tmp_path / 'deep' / 'training.sqlite').as_posix()}", CLOCK)
    yield door
    door.close()


def test_first_start_makes_the_training_office_and_moves_it_into_place(door, tmp_path, monkeypatch):
    asked = []

    def create(url, **given):
        asked.append(given)
        upgrade(url)
        fill(url, DatabaseKind.TRAINING)

    monkeypatch.setattr(training, "create", create, raising=False)
    accounts = door.accounts(quiet, never)
    assert len(accounts) == 5
    assert [path.name for path in (tmp_path / "deep").glob("*.sqlite")] == ["training.sqlite"]
    assert not list((tmp_path / "deep").glob("*.new"))
    door.accounts(quiet, never)
    assert len(asked) == 1
    assert asked[0]["today"] == CLOCK.today()


def test_start_broken_off_leaves_nothing_half_made(door, tmp_path, monkeypatch):
    def create(url, **given):
        upgrade(url)
        raise UserError("中止しました。")

    monkeypatch.setattr(training, "create", create, raising=False)
    with pytest.raises(UserError, match="中止"):
        door.accounts(quiet, never)
    assert not (tmp_path / "deep" / "training.sqlite").exists()


def older_office(tmp_path: Path, revision: str) -> None:
    url = f"sqlite:///{(tmp_path / 'deep' / 'training.sqlite').as_posix()}"
    (tmp_path / "deep").mkdir()
    upgrade(url)
    fill(url, DatabaseKind.TRAINING)
    downgrade(url, "0001")
    engine = make_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :n"), {"n": revision})
    engine.dispose()


def test_training_office_of_an_earlier_version_is_brought_up_to_date(door, tmp_path):
    older_office(tmp_path, "0001")
    assert len(door.accounts(quiet, never)) == 5
    door.close()
    engine = make_engine(f"sqlite:///{(tmp_path / 'deep' / 'training.sqlite').as_posix()}")
    assert current(engine) == head()
    engine.dispose()


def test_training_office_of_an_unknown_version_is_left_alone(door, tmp_path):
    older_office(tmp_path, "9999")
    with pytest.raises(UserError, match="database upgrade"):
        door.accounts(quiet, never)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_server_of_an_earlier_version_is_not_changed_by_a_workstation(own_login, database_url):
    downgrade(database_url, "0001")
    address = plain(database_url)
    door = OfficeDoor(address.render_as_string(), CLOCK)
    with pytest.raises(UserError, match="database upgrade"):
        door.enter(Credentials(login=own_login, password=PASSWORD))
    engine = make_engine(database_url)
    assert current(engine) == "0001"
    engine.dispose()


def test_address_shows_neither_login_nor_password():
    door = OfficeDoor("postgresql://someone:secret@server.example/banso?sslmode=require", CLOCK)
    assert door.address == "server.example/banso"
    assert not door.is_training


def plain(url: str) -> URL:
    """The address of the tests' server, which has no certificate."""
    address = make_url(url).set(username=None, password=None)
    return address.update_query_dict({"sslmode": "disable"})


@pytest.fixture
def own_login(engine: Engine, database_url: str):
    """An office whose caseworker has a database login of the same name."""
    login = fill(database_url, DatabaseKind.OFFICE)
    with engine.begin() as connection:
        connection.execute(update(Staff).where(Staff.login == login).values(login=LOGIN))
        groups = f"{STAFF}, {group(Role.CASEWORKER)}"
        connection.execute(text(f"SET LOCAL ROLE {ACCOUNTS}"))  # as the account functions would
        connection.execute(
            text(f"CREATE ROLE {LOGIN} LOGIN PASSWORD '{PASSWORD}' IN ROLE {groups}")
        )
    yield LOGIN
    with engine.begin() as connection:
        connection.execute(text(f"DROP OWNED BY {LOGIN}"))
        connection.execute(text(f"DROP ROLE {LOGIN}"))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_own_database_login_opens_the_office(own_login, database_url):
    address = plain(database_url)
    door = OfficeDoor(address.render_as_string(), CLOCK)
    services = door.enter(Credentials(login=own_login, password=PASSWORD))
    assert services.staff.login == LOGIN
    assert not services.staff.is_training
    assert services.households.staff is services.staff
    door.sign_out()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_unknown_login_is_refused_in_words(database_url):
    address = plain(database_url)
    door = OfficeDoor(address.render_as_string(), CLOCK)
    with pytest.raises(UnavailableError, match="利用者名とパスワード"):
        door.enter(Credentials(login="nobody_at_all", password=PASSWORD))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_another_definition_of_the_lock_is_refused_plainly(own_login, engine, database_url):
    with engine.begin() as connection:
        connection.execute(text("UPDATE app.definition SET mark = 'of another program'"))
    door = OfficeDoor(plain(database_url).render_as_string(), CLOCK)
    with pytest.raises(UserError, match="版がこのプログラムと合いません"):
        door.enter(Credentials(login=own_login, password=PASSWORD))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_server_that_cannot_prove_itself_gets_no_password(own_login, database_url):
    address = make_url(database_url).set(username=None, password=None)
    door = OfficeDoor(address.render_as_string(), CLOCK)
    with pytest.raises(UnavailableError):
        door.enter(Credentials(login=own_login, password=PASSWORD))


@pytest.fixture
def keyring():
    backend = MemoryKeyring()
    with using(backend):
        yield backend


@pytest.fixture
def keeping(own_login, database_url, tmp_path, keyring):
    """A door of a workstation that may keep passwords; every test person sits at the same one."""
    address = plain(database_url).render_as_string()
    door = OfficeDoor(address, CLOCK, keeping=KeepRules(is_allowed=True), folder=tmp_path)
    yield door
    door.close()


def entered(door, login=LOGIN, password="", *, remember=False):
    return door.enter(Credentials(login=login, password=password, remember=remember))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_the_keyring_opens_the_office_until_the_server_refuses(keeping, engine, keyring):
    entered(keeping, password=PASSWORD, remember=True)
    assert list(keyring.kept.values()) == [PASSWORD]
    assert entered(keeping).staff.login == LOGIN
    new = new_id().hex
    entered(keeping).own_password.change(new, new)
    assert list(keyring.kept.values()) == [new]
    assert entered(keeping).staff.login == LOGIN
    with engine.begin() as connection:  # what the tick does after too many failures
        connection.execute(text(f"ALTER ROLE {LOGIN} NOLOGIN"))
    with pytest.raises(UnavailableError, match="この端末から消しました"):
        entered(keeping)
    assert keyring.kept == {}
    assert not keeping.keep_offer().has_kept


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_server_that_does_not_answer_leaves_the_keyring_alone(keeping, keyring, tmp_path):
    entered(keeping, password=PASSWORD, remember=True)
    away = OfficeDoor(
        f"postgresql://{keeping.address}?sslmode=require",
        CLOCK,
        keeping=KeepRules(is_allowed=True),
        folder=tmp_path,
    )
    with pytest.raises(UnavailableError, match="利用者名とパスワード"):
        entered(away)
    assert list(keyring.kept.values()) == [PASSWORD]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_retired_person_leaves_no_password_in_the_keyring(keeping, engine, keyring):
    entered(keeping, password=PASSWORD, remember=True)
    with engine.begin() as connection:
        ended = update(Staff).where(Staff.login == LOGIN).values(active_to=days_ago(1))
        connection.execute(ended)
    with pytest.raises(NotPermittedError):
        entered(keeping)
    assert keyring.kept == {}


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_two_people_on_one_windows_account(keeping, engine, keyring):
    """The second person gets neither the password nor the open files nor the drafts; the trail names both."""
    first = entered(keeping, password=PASSWORD, remember=True)
    with UnitOfWork(engine)() as session:
        household_id = session.scalars(select(Household.id)).one()
        other = signed_in(
            session, make_staff(session, office=session.get_one(Office, first.staff.office_id))
        )
    draft = first.records.save(first.records.blank(household_id, "home_visit"))
    let_in(engine, other)
    second = entered(keeping, other.login, SECOND)
    assert second.staff.login == other.login
    assert any("2人以上" in notice for notice in second.lock.notices)
    assert keyring.kept == {}
    assert "2人以上" in keeping.keep_offer().why_not
    with pytest.raises(UnavailableError):
        entered(keeping)
    second = entered(keeping, other.login, SECOND)
    with second.records.work() as session:
        assert session.scalar(text("SELECT cardinality(app.opened())")) == 0
    assert second.records.drafts() == ()
    with pytest.raises(ReasonNeededError):
        second.records.chronicle(household_id)
    with engine.begin() as connection:
        found = connection.execute(
            text(
                "SELECT login, detail ->> 'account', detail ->> 'workstation', program"
                " FROM audit.event WHERE action = 'sign in' ORDER BY seq"
            )
        ).all()
        (author,) = connection.scalars(
            text("SELECT DISTINCT login FROM audit.event WHERE row_key = :k"),
            {"k": str(draft.entry_id)},
        )
    here = os_account()
    assert author == LOGIN
    assert [row[0] for row in found] == [LOGIN, other.login, other.login]
    assert {row[1:3] for row in found} == {(here.name, here.workstation)}
    assert all(here.name in row.program for row in found)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_after_a_change_the_door_opens_with_the_new_password_alone(keeping, keyring):
    services = entered(keeping, password=PASSWORD, remember=True)
    new = f"atarashii-{new_id().hex}"
    with pytest.raises(ValidationError, match="いまのパスワード"):
        services.own_password.change(new, new, old="chigau-kotoba")
    services.own_password.change(new, new, old=PASSWORD)
    services.own_password.work.engine.dispose()
    assert services.own_password.rule().least
    assert list(keyring.kept.values()) == [new]
    keeping.unlock(LOGIN, new)
    with pytest.raises(UnavailableError):
        keeping.unlock(LOGIN, PASSWORD)
