"""The scheduled command of the server, on a real one with people as roles."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
import pytest
from sqlalchemy import Engine, select, text, update

from desktop.cli.main import main
from desktop.database import migrate
from desktop.database.engine import make_engine
from desktop.database.refused_logins import read_lines
from desktop.database.security.reach import out_of_reach
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import SystemClock, japan_day
from desktop.domain.roles import Role
from desktop.models.office import Staff, StaffRole
from desktop.models.saved_searches import SavedSearchRow
from desktop.services.server.tick import ServerWatch, tick
from tests.support import factories, postgres
from tests.support.databases import FreshDatabases
from tests.support.desk import SmallOffice, small_office
from tests.support.people import PASSWORD, let_in
from tests.support.trail import wait_for_others

FAILURES = 10


@pytest.fixture
def server(fresh_databases) -> Iterator[Engine]:
    with fresh_databases.postgresql() as url:
        engine = make_engine(url)
        yield engine
        engine.dispose()


@pytest.fixture
def office(server) -> SmallOffice:
    return small_office(server)


def url_of(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def ticked(engine: Engine, log_folder=None) -> dict[str, dict[str, int]]:
    report = tick(url_of(engine), SystemClock(), log_folder)
    assert report.is_whole, report
    return {step.name: dict(step.counts) for step in report.steps}


def groups_of(engine: Engine, login: str) -> set[str]:
    with engine.connect() as connection:
        return set(
            connection.scalars(
                text(
                    "SELECT g.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid"
                    " JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = :login"
                ),
                {"login": login},
            )
        )


def can_log_in(engine: Engine, login: str) -> bool:
    with engine.connect() as connection:
        return bool(
            connection.scalar(
                text("SELECT rolcanlogin FROM pg_roles WHERE rolname = :login"), {"login": login}
            )
        )


def actions(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        found = text("SELECT action FROM audit.event WHERE tbl = 'staff' ORDER BY seq")
        return [a for a in connection.scalars(found) if a not in {"insert", "update"}]


def person_at(
    engine: Engine, login: str, password: str = PASSWORD
) -> psycopg.Connection[tuple[object, ...]]:
    url = engine.url
    return psycopg.connect(
        host=url.host, port=url.port, user=login, password=password, dbname=url.database
    )


def guess_wrongly(engine: Engine, login: str, times: int) -> None:
    for _ in range(times):
        with pytest.raises(psycopg.OperationalError):
            person_at(engine, login, "chigau")


def test_a_tick_seals_makes_months_and_notes_itself(server, office):
    watch = ServerWatch(UnitOfWork(server))
    assert watch.age().is_late
    wait_for_others(server)
    assert ticked(server)["seal"]["sealed"] > 0
    age = watch.age()
    assert age.seconds is not None
    assert not age.is_late


def test_people_read_the_age_of_the_tick_and_nothing_else_of_it(server, office):
    ticked(server)
    let_in(server, office.caseworker)
    with person_at(server, office.caseworker.login) as person:
        assert person.execute("SELECT app.tick_age() < 600").fetchone() == (True,)
        for statement in (
            "SELECT * FROM audit.tick",
            "SELECT audit.seal_now()",
            "SELECT app.align_people()",
            "SELECT * FROM app.people()",
            "SELECT app.end_sessions(0)",
            "SELECT audit.make_partitions()",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), person.transaction():
                person.execute(statement)


def test_a_training_file_expects_no_tick(fresh_databases, tmp_path, capsys):
    with fresh_databases.sqlite(tmp_path) as url:
        engine = make_engine(url)
        assert not ServerWatch(UnitOfWork(engine)).age().is_late
        engine.dispose()
        assert main(["server", "tick", "--admin-url", url]) == 1
    assert "PostgreSQL" in capsys.readouterr().err


def test_groups_follow_the_dated_roles_and_a_second_tick_changes_nothing(server, office):
    let_in(server, office.caseworker)
    today = SystemClock().today()
    with office.work() as session:
        session.execute(
            update(StaffRole)
            .where(StaffRole.staff_id == office.caseworker.staff_id)
            .values(valid_to=today - timedelta(days=1))
        )
        factories.add(
            session,
            StaffRole(
                office_id=office.caseworker.office_id,
                staff_id=office.caseworker.staff_id,
                role=Role.SUPERVISOR,
                valid_from=today,
            ),
        )
    login = office.caseworker.login
    assert groups_of(server, login) == {"banso_staff", "banso_caseworker"}
    done = ticked(server)["people"]
    assert groups_of(server, login) == {"banso_staff", "banso_supervisor"}
    assert done == {"given": 1, "taken": 1, "opened": 0, "closed": 0}
    assert actions(server) == ["group given", "group taken"]
    assert set(ticked(server)["people"].values()) == {0}
    with server.connect() as connection:
        assert out_of_reach(connection) == ()


def test_a_group_that_the_administrator_of_the_server_gave_is_taken(server, office):
    login = office.caseworker.login
    let_in(server, office.caseworker)
    with server.begin() as connection:
        connection.exec_driver_sql(f'GRANT banso_director TO "{login}"')
    assert ticked(server)["people"] == {"given": 0, "taken": 1, "opened": 0, "closed": 0}
    assert groups_of(server, login) == {"banso_staff", "banso_caseworker"}


def test_who_left_cannot_log_in_and_his_open_connection_ends(server, office):
    login = office.caseworker.login
    let_in(server, office.caseworker)
    person = person_at(server, login)
    with office.work() as session:
        session.execute(
            update(Staff)
            .where(Staff.login == login)
            .values(active_to=SystemClock().today() - timedelta(days=1))
        )
    done = ticked(server)
    assert (done["people"]["closed"], done["sessions"]) == (1, {"left": 1, "idle": 0})
    assert not can_log_in(server, login)
    assert groups_of(server, login) == {"banso_staff"}
    with pytest.raises(psycopg.OperationalError):
        person.execute("SELECT 1")
    person.close()
    with pytest.raises(psycopg.OperationalError):
        person_at(server, login)
    assert "session ended" in actions(server)


def test_who_comes_back_may_log_in_again(server, office):
    login = office.caseworker.login
    let_in(server, office.caseworker)
    with server.begin() as connection:
        connection.exec_driver_sql(f'ALTER ROLE "{login}" NOLOGIN')
        connection.exec_driver_sql(
            f'REVOKE banso_caseworker FROM "{login}" GRANTED BY banso_accounts'
        )
    assert ticked(server)["people"] == {"given": 1, "taken": 0, "opened": 1, "closed": 0}
    assert can_log_in(server, login)


def test_logins_that_are_not_ours_are_left_alone(server, office):
    """A role of another use of the server, and a staff row that names one of our own groups."""
    with office.work() as session:
        for login in ("banso_director", f"other-{office.caseworker.login}"):
            factories.make_staff(session, login=login, active_to=factories.LONG_AGO)
    with server.begin() as connection:
        connection.exec_driver_sql(f'CREATE ROLE "other-{office.caseworker.login}" LOGIN')
    assert set(ticked(server)["people"].values()) == {0}
    assert can_log_in(server, f"other-{office.caseworker.login}")


def test_a_session_that_sits_in_a_transaction_is_ended(server, office):
    let_in(server, office.caseworker)
    with person_at(server, office.caseworker.login) as waiting:
        waiting.execute("SELECT 1")
        assert ticked(server)["sessions"] == {"left": 0, "idle": 0}
        with server.begin() as connection:
            ended = connection.scalar(text("SELECT app.end_sessions(0)"))
        assert ended == {"left": 0, "idle": 1}
        with pytest.raises(psycopg.OperationalError):
            waiting.execute("SELECT 1")


def test_refusals_that_the_server_logged_lock_the_login_for_a_while(server, office, tmp_path):
    login = office.caseworker.login
    let_in(server, office.caseworker)
    guess_wrongly(server, login, FAILURES)
    folder = tmp_path / "log"
    folder.mkdir()
    with server.connect() as connection:
        cluster = connection.scalar(text("SHOW data_directory"))
    log = Path(str(cluster)).parent / "server.log"
    ours = [line for line in log.read_text(encoding="utf-8").splitlines() if login in line]
    (folder / "server.log").write_text("\n".join(ours) + "\n", encoding="utf-8")
    done = ticked(server, folder)
    assert (done["refusals"], done["locks"]) == ({"files": 1, "refused": FAILURES}, {"locked": 1})
    assert not can_log_in(server, login)
    again = ticked(server, folder)
    assert (again["refusals"]["refused"], again["locks"]["locked"]) == (0, 0)
    with server.begin() as connection:
        connection.execute(text("UPDATE audit.lockout SET until = clock_timestamp()"))
    assert ticked(server, folder)["people"]["opened"] == 1
    assert can_log_in(server, login)
    assert [a for a in actions(server) if "lock" in a] == ["lock login", "unlock login"]


@pytest.mark.slow
def test_the_servers_own_log_is_read_over_the_connection(monkeypatch):
    """A server that collects its log itself, as the documented set-up has it."""
    monkeypatch.setattr(postgres, "SETTINGS", f"{postgres.SETTINGS}logging_collector = on\n")
    folder = FreshDatabases.make_folder()
    cluster = postgres.PostgresCluster(folder, postgres.find_programs())
    url = cluster.start().format(database="postgres")
    try:
        migrate.upgrade(url)
        engine = make_engine(url)
        office = small_office(engine)
        let_in(engine, office.caseworker)
        guess_wrongly(engine, office.caseworker.login, 2)
        assert ticked(engine)["refusals"] == {"files": 1, "refused": 2}
        guess_wrongly(engine, office.caseworker.login, 1)
        assert ticked(engine)["refusals"]["refused"] == 1
        engine.dispose()
    finally:
        cluster._ctl("stop", "-m", "immediate")
        shutil.rmtree(folder)


def test_saved_searches_long_over_lose_their_words(server, office):
    today = SystemClock().today()
    with office.work() as session:
        for days in (14, 15):
            row = SavedSearchRow(
                office_id=office.caseworker.office_id,
                staff_id=office.caseworker.staff_id,
                name="通院",
                purpose="確かめる。",
                words="通院",
                case_number="",
                is_widened=True,
                valid_until=today - timedelta(days=days),
                created_at=SystemClock().now(),
            )
            factories.add(session, row)
    assert ticked(server)["saved_searches"] == {"emptied": 1}
    assert ticked(server)["saved_searches"] == {"emptied": 0}
    with office.work() as session:
        rows = session.scalars(select(SavedSearchRow.words).order_by(SavedSearchRow.valid_until))
        assert rows.all() == ["", "通院"]


def test_a_name_that_is_nobodys_is_not_kept(server, office, tmp_path):
    now = datetime.now(UTC).replace(tzinfo=None).isoformat(" ", "milliseconds")
    (tmp_path / "a.log").write_text(
        f'{now} UTC [12] FATAL:  password authentication failed for user "himitsu"\n',
        encoding="utf-8",
    )
    assert ticked(server, tmp_path)["refusals"]["refused"] == 1
    with server.connect() as connection:
        kept = connection.execute(text("SELECT staff_id, office_id FROM audit.refused_login")).all()
        dump = str(connection.execute(text("SELECT * FROM audit.refused_login")).all())
    assert kept == [(None, None)]
    assert "himitsu" not in dump


def test_without_a_log_the_tick_says_so_and_goes_on(server, office, capsys):
    assert main(["server", "tick", "--admin-url", url_of(server)]) == 0
    assert "logging_collector" in capsys.readouterr().err


def test_a_step_that_fails_is_said_and_holds_up_no_other(server, office, capsys):
    with server.begin() as connection:
        connection.execute(text("DROP FUNCTION audit.seal_now(integer)"))
    assert main(["server", "tick", "--admin-url", url_of(server)]) == 1
    said = capsys.readouterr()
    assert "封印: 実行できませんでした（42883）" in said.err
    assert "職員の権限: 付与 0件" in said.out
    assert ServerWatch(UnitOfWork(server)).age().seconds is None


@pytest.mark.parametrize(
    ("line", "login"),
    [
        ('FATAL:  password authentication failed for user "kakuu"', "kakuu"),
        ('FATAL:  certificate authentication failed for user "kakuu"', "kakuu"),
        ('FATAL:  ユーザー"kakuu"のパスワード認証に失敗しました', "kakuu"),
        ('LOG:  password authentication failed for user "kakuu"', None),
        ('DETAIL:  FATAL:  password authentication failed for user "kakuu"', None),
    ],
)
def test_lines_of_the_log(line, login):
    data = (
        f"2026-01-02 03:04:05.678 JST [12] {line}\n\t2026-01-02 03:04:05.678 JST [12] FATAL:  x\n"
    )
    found = list(read_lines(data.encode(), ZoneInfo("Asia/Tokyo")))
    assert [r.login for r in found] == ([login] if login else [])
    assert all(japan_day(r.at).isoformat() == "2026-01-02" for r in found)


def test_a_name_with_a_quotation_mark_forges_no_other_login():
    typed = 'a" authentication failed for user "kakuu'
    line = f'2026-01-02 03:04:05.678 JST [12] FATAL:  password authentication failed for user "{typed}"'
    assert [r.login for r in read_lines(line.encode(), ZoneInfo("Asia/Tokyo"))] == []
