"""A server set up by the book: init, certificates, the written settings and doors, and people beside those of init."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from desktop.cli.main import main
from desktop.database.engine import make_engine
from desktop.domain.clock import SystemClock
from desktop.domain.server_access import ServerAccess
from desktop.office_door import OfficeDoor
from desktop.services.desk import Services
from desktop.views.password_form import Credentials
from tests.support.desk import SmallOffice, small_office
from tests.support.people import PASSWORD, let_in
from tests.support.postgres import account
from tests.support.real_server import RealServer

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
