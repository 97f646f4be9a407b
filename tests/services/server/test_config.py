"""What an office writes down before its server is set up."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.errors import UserError
from desktop.domain.kept_passwords import KeepRules
from desktop.resources import resource_path
from desktop.services.server.config import load_config
from desktop.services.server.papers import door_lines, write_papers
from desktop.services.settings import SettingsFile


@pytest.fixture
def office(tmp_path: Path):
    """Writes office.toml, the shipped one with a change."""

    def write(old: str = "", new: str = "") -> Path:
        text = resource_path("office.toml").read_text(encoding="utf-8")
        assert old in text
        path = tmp_path / "office.toml"
        path.write_text(text.replace(old, new) if old else text, encoding="utf-8")
        return path

    return write


def test_the_shipped_office_is_ready_for_a_try_out():
    config = load_config(None)
    assert (config.database, config.administrator.login) == ("banso", "kanri01")
    assert config.section_head.login != config.administrator.login


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('name = "banso"', 'name = "ba\\"nso"', "name に使えない値"),
        ('login = "kanri01"', 'login = "banso_owner"', "使えません"),
        ('login = "kanri01"', 'login = "x\'; DROP"', "login に使えない値"),
        ('login = "kacho01"', 'login = "kanri01"', "別の人"),
        ('workstations = ["127.0.0.1/32"]', 'workstations = ["127.0.0.1/32 trust"]', "アドレス"),
        ('workstations = ["127.0.0.1/32"]', "workstations = []", "1つ以上"),
        ('host = "localhost"', 'host = "local host"', "host に使えない値"),
        ('kerberos_realm = ""', 'kerberos_realm = "X trust"', "kerberos_realm に使えない値"),
        ("port = 5432", 'port = "5432"', "port に使えない値"),
        ("shared_accounts = []", 'shared_accounts = "kyoyo"', "shared_accounts"),
        ("[section_head]", "[head]", "[section_head] がありません"),
        ("[server]", "[server", "書き方に誤り"),
    ],
)
def test_what_could_not_be_meant_is_refused_with_its_place(office, old, new, said):
    with pytest.raises(UserError) as refused:
        load_config(office(old, new))
    assert said in refused.value.sentence


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(UserError, match="場所を確認"):
        load_config(tmp_path / "nowhere.toml")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("", "", "scram-sha-256"),
        ("client_certificates = false", "client_certificates = true", "scram-sha-256 clientcert=verify-full"),
        ('kerberos_realm = ""', 'kerberos_realm = "CITY.LG.JP"', "gss include_realm=0 krb_realm=CITY.LG.JP"),
    ],
)  # fmt: skip
def test_the_door_asks_for_what_the_office_wants(office, old, new, line):
    (found,) = door_lines(load_config(office(old, new))).splitlines()
    assert found.split(maxsplit=4) == ["hostssl", "banso", "+banso_staff", "127.0.0.1/32", line]


def test_the_papers_are_the_same_every_time(tmp_path):
    written = write_papers(load_config(None), tmp_path, admin="postgres")
    before = [path.read_bytes() for path in written]
    assert [
        p.read_bytes() for p in write_papers(load_config(None), tmp_path, admin="postgres")
    ] == before
    assert not any(
        b"$" in text for text, path in zip(before, written, strict=True) if path.suffix != ".sh"
    )


def test_the_workstations_are_told_whether_a_password_may_stay(office, tmp_path):
    path = office("keep = false", "keep = true")
    path.write_text(
        path.read_text(encoding="utf-8").replace("_accounts = []", '_accounts = ["CITY\\\\kyoyo"]'),
        encoding="utf-8",
    )
    write_papers(load_config(path), tmp_path / "out", admin="postgres")
    settings = SettingsFile(tmp_path / "out" / "settings.toml").load()
    assert settings.keeping == KeepRules(is_allowed=True, shared_accounts=("CITY\\kyoyo",))
    write_papers(load_config(None), tmp_path / "out", admin="postgres")
    assert SettingsFile(tmp_path / "out" / "settings.toml").load().keeping == KeepRules()


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="書けません"):
        write_papers(load_config(None), tmp_path / "file" / "deep", admin="postgres")
