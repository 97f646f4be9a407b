"""The documented set-up, done as the guide says: init, certificates, the written settings and doors, then the main job."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url

from desktop.cli.main import main
from desktop.database.engine import make_engine
from desktop.domain.accounts import NewPerson, RoleSpan
from desktop.domain.approvals import Decision, Move
from desktop.domain.clock import SystemClock
from desktop.domain.errors import UnavailableError
from desktop.domain.forms import FormMark
from desktop.domain.ids import new_id
from desktop.domain.office import SignedInStaff
from desktop.domain.records import MetPerson, SegmentKind
from desktop.domain.review import EntryCard
from desktop.domain.roles import Role
from desktop.domain.server_access import ServerAccess
from desktop.office_door import OfficeDoor
from desktop.views.password_form import Credentials
from desktop.views.workplace import Services
from tests.support.desk import SmallOffice, small_office
from tests.support.people import PASSWORD, let_in
from tests.support.postgres import account, find_programs
from tests.support.real_server import DURABLE, RealServer

CONFIG = """
[database]
name = "fukushi"
[office]
code = "900001"
name = "架空市福祉事務所"
[administrator]
login = "kanri01"
name = "架空 管理"
kana = "カクウ カンリ"
[section_head]
login = "kacho01"
name = "架空 課長"
kana = "カクウ カチョウ"
[server]
host = "localhost"
addresses = ["127.0.0.1"]
port = {port}
workstations = ["127.0.0.0/8"]
client_certificates = {certificates}
"""
TEXT = "居室で世帯主と面接した。朝食をとり、薬をのんだことを本人から聞いた。居室は片付いていた。"


@dataclass(frozen=True, kw_only=True)
class Real:
    """A server set up by the book."""

    server: RealServer
    folder: Path
    admin_url: str
    config: Path
    first: list[dict[str, str]]
    people: SmallOffice

    @property
    def papers(self) -> Path:
        return self.folder / "papers"

    @property
    def certificates(self) -> Path:
        return self.papers / "certificates"

    @property
    def address(self) -> str:
        """What stands in a workstation's settings."""
        return f"postgresql://localhost:{make_url(self.admin_url).port}/fukushi"

    @property
    def access(self) -> ServerAccess:
        return ServerAccess(authority=str(self.certificates / "ca.crt"))

    def command(self, *words: str) -> list[str]:
        return ["server", *words, "--admin-url", self.admin_url, "--config", str(self.config)]


@pytest.fixture(scope="module")
def real() -> Iterator[Real]:
    with tempfile.TemporaryDirectory(prefix="bp-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        server = RealServer(folder, find_programs())
        server.prepare(DURABLE)
        admin_url = server.start().format(database="postgres")
        try:
            yield set_up(server, folder, admin_url)
        finally:
            server.stop()


def set_up(server: RealServer, folder: Path, admin_url: str) -> Real:
    """What the guide tells to do, in its order."""
    config = folder / "office.toml"
    write_config(config, admin_url)
    papers = folder / "papers"
    first = init(admin_url, config, papers)
    out = str(papers / "certificates")
    people = filled(admin_url)
    logins = [f"--login={people.caseworker.login}", f"--login={people.supervisor.login}"]
    assert main(["server", "certificates", "--config", str(config), "--out", out, *logins]) == 0
    give_to_server(papers)
    server.add_settings(f"include = '{papers}/postgresql.conf'\nshared_buffers = '32MB'\n")
    server.put("pg_hba.conf", (papers / "pg_hba.conf").read_text(encoding="utf-8"))
    server.restart()
    admin = make_url(admin_url).set(host="localhost")
    admin = admin.update_query_dict({"sslmode": "verify-full", "sslrootcert": f"{out}/ca.crt"})
    return Real(
        server=server,
        folder=folder,
        admin_url=admin.render_as_string(hide_password=False),
        config=config,
        first=first,
        people=people,
    )


def write_config(path: Path, admin_url: str, *, certificates: bool = False) -> None:
    text = CONFIG.format(port=make_url(admin_url).port, certificates=str(certificates).lower())
    path.write_text(text, encoding="utf-8")


def init(admin_url: str, config: Path, papers: Path) -> list[dict[str, str]]:
    """The first run: everything is made, and the server's own settings are still missing."""
    words = ["server", "init", "--admin-url", admin_url, "--config", str(config)]
    done = run_apart(*words, "--out", str(papers), "--json")
    said = json.loads(done.stdout)
    assert done.returncode == 1
    assert {f["part"] for f in said["findings"] if f["is_grave"]} == {"server setting"}
    logins: list[dict[str, str]] = said["logins"]
    return logins


def run_apart(*words: str) -> subprocess.CompletedProcess[str]:
    """The command as a process of its own, so that what it prints is its own too."""
    return subprocess.run(
        [sys.executable, "-m", "desktop.cli.main", *words],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[2],
    )


def give_to_server(papers: Path) -> None:
    """As the guide says: certificates and keys belong to the account of the server."""
    owner = account()
    for path in (papers, *papers.rglob("*")):
        if owner:
            shutil.chown(path, owner["user"], owner["group"])


def filled(admin_url: str) -> SmallOffice:
    """People with logins of their own and a household, beside those of init."""
    engine = make_engine(
        make_url(admin_url).set(database="fukushi").render_as_string(hide_password=False)
    )
    office = small_office(engine)
    for staff in (office.caseworker, office.supervisor, office.records):
        let_in(engine, staff)
    engine.dispose()
    return office


def enter(
    real: Real, login: str, password: str = PASSWORD, **access: Any
) -> tuple[OfficeDoor, Services]:
    door = OfficeDoor(real.address, SystemClock(), replace(real.access, **access))
    return door, door.enter(Credentials(login=login, password=password))


def test_the_check_is_clean_after_the_written_settings_are_in_place(real, capsys):
    status = main([*real.command("check"), "--json"])
    said = json.loads(capsys.readouterr().out)
    assert [f["sentence"] for f in said["findings"] if f["is_grave"]] == []
    assert status == 0


def picture(real: Real) -> str:
    """Schema and roles as PostgreSQL's own programs write them."""
    url = make_url(real.admin_url).set(drivername="postgresql", database="fukushi")
    address = url.render_as_string(hide_password=False)
    programs = find_programs()
    dumps: list[list[str | Path]] = [
        [programs / "pg_dump", "--schema-only", address],
        [programs / "pg_dumpall", "--globals-only", f"--dbname={address}"],
    ]
    texts = [subprocess.run(d, check=True, capture_output=True, text=True).stdout for d in dumps]
    return re.sub(r"(?m)^\\(un)?restrict .*$", "", "".join(texts))


def test_a_second_run_changes_nothing(real, capsys):
    before = picture(real)
    files = {
        p: p.read_bytes() for p in real.papers.rglob("*") if p.is_file() and p.suffix != ".conf"
    }
    status = main([*real.command("init"), "--out", str(real.papers), "--json"])
    said = json.loads(capsys.readouterr().out)
    assert (status, said["logins"]) == (0, [])
    assert picture(real) == before
    assert {p: p.read_bytes() for p in files} == files
    certificates = ["--config", str(real.config), "--out", str(real.certificates)]
    assert main(["server", "certificates", *certificates]) == 0
    assert {p: p.read_bytes() for p in files} == files


def test_an_upgrade_without_need_takes_no_backup_and_one_in_need_does(
    real, capsys, tmp_path, monkeypatch
):
    # The server's own pg_dump: an older one refuses a newer server.
    monkeypatch.setenv("PATH", f"{find_programs()}{os.pathsep}{os.environ['PATH']}")
    words = [*real.command("upgrade"), "--backup", str(tmp_path), "--json"]
    assert main(words) == 0
    assert json.loads(capsys.readouterr().out)["backup"] is None
    admin = make_url(real.admin_url).set(drivername="postgresql", database="fukushi")
    with psycopg.connect(admin.render_as_string(hide_password=False)) as connection:
        connection.execute("UPDATE app.definition SET mark = 'older'")
    assert main(words) == 0
    (dump,) = tmp_path.iterdir()
    assert json.loads(capsys.readouterr().out)["backup"] == str(dump)
    listed = subprocess.run(
        [find_programs() / "pg_restore", "--list", dump], check=True, capture_output=True, text=True
    ).stdout
    assert "TABLE DATA public household" in listed


def test_the_first_people_sign_in_and_hold_their_roles(real):
    assert [made["role"] for made in real.first] == ["システム管理者", "課長"]
    for made in real.first:
        door, services = enter(real, made["login"], made["password"])
        assert services.staff.role_label == made["role"]
        door.close()


def test_a_new_office_is_brought_up_on_its_first_day(real):
    """The two of init change their passwords, one asks and the other approves; nobody waits for 24 hours."""
    for made in real.first:
        door, services = enter(real, made["login"], made["password"])
        made["password"] = f"hajime-no-hi-{made['login']}"
        services.own_password.change(made["password"], made["password"])
        door.close()
    administrator, head = ((made["login"], made["password"]) for made in real.first)
    people = {
        Role.CASEWORKER: "shinnin01",
        Role.SUPERVISOR: "shinnin02",
        Role.ADMINISTRATOR: "shinnin03",
    }
    door, services = enter(real, *administrator)
    since = SystemClock().today()
    for role, login in people.items():
        services.accounts.add(
            NewPerson(
                login=login,
                name="新任 見本",
                kana="シンニン ミホン",
                active_from=since,
                roles=(RoleSpan(role=role, valid_from=since),),
            )
        )
    door.close()
    door, services = enter(real, *head)
    for change in services.accounts.waiting():
        services.accounts.decide(change.change_id, approve=True)
    door.close()
    door, services = enter(real, *administrator)
    given = {login: services.accounts.reset_password(login).password for login in people.values()}
    door.close()
    for role, login in people.items():
        door, services = enter(real, login, given[login])
        assert services.staff.roles == {role}
        door.close()


def refused(real: Real, **changes: str | None) -> str:
    """Connect as the caseworker with these changes; what the library says."""
    given: dict[str, str | int | None] = {
        "host": "localhost",
        "port": make_url(real.admin_url).port,
        "dbname": "fukushi",
        "user": real.people.caseworker.login,
        "password": PASSWORD,
        "sslmode": "verify-full",
        "sslrootcert": str(real.certificates / "ca.crt"),
        "channel_binding": "require",
        "require_auth": "scram-sha-256",
        **changes,
    }
    with pytest.raises(psycopg.OperationalError) as error:
        psycopg.connect(**{k: v for k, v in given.items() if v is not None}).close()  # type: ignore[arg-type]
    return str(error.value)


def test_plaintext_is_refused(real):
    said = refused(real, sslmode="disable", channel_binding=None)
    assert "pg_hba.conf rejects connection" in said


def test_a_server_of_another_authority_is_refused(real, tmp_path):
    other = ["--config", str(real.config), "--out", str(tmp_path)]
    assert main(["server", "certificates", *other]) == 0
    assert "certificate verify failed" in refused(real, sslrootcert=str(tmp_path / "ca.crt"))


def test_a_server_of_another_name_is_refused(real):
    assert "does not match host name" in refused(real, host="other.example", hostaddr="127.0.0.1")


def test_a_wrong_password_is_refused(real):
    assert "password authentication failed" in refused(real, password=PASSWORD[::-1])


def test_another_database_of_the_server_is_refused(real):
    assert "pg_hba.conf rejects connection" in refused(real, dbname="postgres")


def test_the_program_refuses_without_the_authority(real, monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(UnavailableError):
        enter(real, real.people.caseworker.login, authority="")


@pytest.fixture
def with_certificates(real: Real) -> Iterator[Real]:
    """The office asks for a certificate besides the password."""
    write_config(real.config, real.admin_url, certificates=True)
    main([*real.command("init"), "--out", str(real.papers)])
    doors = (real.papers / "pg_hba.conf").read_text(encoding="utf-8")
    before = (real.server.data / "pg_hba.conf").read_text(encoding="utf-8")
    assert "clientcert=verify-full" in doors
    real.server.put("pg_hba.conf", doors)
    real.server.restart()
    yield real
    real.server.put("pg_hba.conf", before)
    real.server.restart()
    write_config(real.config, real.admin_url)


def paths(real: Real, staff: SignedInStaff) -> tuple[str, str]:
    start = real.certificates / f"staff-{staff.login}"
    return f"{start}.crt", f"{start}.key"


def test_a_certificate_is_asked_for_where_the_office_wants_it(with_certificates):
    real = with_certificates
    assert "valid client certificate" in refused(real)
    certificate, key = paths(real, real.people.supervisor)
    assert "authentication failed" in refused(real, sslcert=certificate, sslkey=key)
    certificate, key = paths(real, real.people.caseworker)
    door, services = enter(real, real.people.caseworker.login, certificate=certificate, key=key)
    assert services.staff.login == real.people.caseworker.login
    door.close()


def test_the_main_job_runs_with_everybody_s_own_login(real):
    door, caseworker = enter(real, real.people.caseworker.login)
    given = caseworker.records.blank(real.people.household_id, "home_visit")
    segments = tuple(
        replace(s, text=TEXT if s.kind is SegmentKind.FACTS else s.text) for s in given.segments
    )
    met = (MetPerson(label="架空 花子", person_id=real.people.person_id),)
    visit = replace(given, segments=segments, result_code="11", started_at=0, ended_at=1, met=met)
    saved = caseworker.records.save(visit)
    caseworker.records.submit(saved.entry_id, saved.version)
    door.close()

    door, supervisor = enter(real, real.people.supervisor.login)
    (row,) = supervisor.approvals.queue()
    subject = supervisor.approvals.card(row.approval_id).subject
    assert isinstance(subject, EntryCard)
    assert subject.entry.text(SegmentKind.FACTS) == TEXT
    supervisor.approvals.decide(
        Decision(
            approval_id=row.approval_id,
            move=Move.APPROVE,
            root_version=row.root_version,
            content_hash=row.content_hash,
        )
    )
    door.close()

    door, records = enter(real, real.people.records.login)
    ids = [waiting.entry_id for waiting in records.printing.waiting()]
    (form,) = records.printing.prepare(ids, FormMark.ORIGINAL)
    assert [s.text for s in form.entries[0].segments if s.label == "事実"] == [TEXT]
    records.printing.record(new_id(), ids, FormMark.ORIGINAL, pages=1, sha256="0" * 64)
    assert records.printing.waiting() == ()
    door.close()
