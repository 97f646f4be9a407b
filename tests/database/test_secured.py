"""A workstation's address: the server proves itself before anything is sent."""

from __future__ import annotations

from pathlib import Path

from desktop.database.engine import parse_url, secured
from desktop.domain.server_access import ServerAccess
from desktop.services.settings import Settings, SettingsFile

ADDRESS = parse_url("postgresql://kyoko:himitsu@db.example/fukushi")


def test_passwords_go_over_verified_and_bound_channels_only():
    found = secured(ADDRESS, ServerAccess(authority="/ca.crt"))
    assert dict(found.query) == {
        "sslmode": "verify-full",
        "gssencmode": "disable",
        "require_auth": "scram-sha-256",
        "channel_binding": "require",
        "sslrootcert": "/ca.crt",
    }


def test_with_kerberos_no_password_is_sent():
    found = secured(ADDRESS, ServerAccess(authority="/ca.crt", is_kerberos=True))
    assert (found.password, found.query["require_auth"]) == (None, "gss")
    assert found.query["sslmode"] == "verify-full"
    assert "channel_binding" not in found.query


def test_the_training_file_and_an_address_that_says_how_are_left_alone():
    plain = parse_url("postgresql://kyoko@127.0.0.1/fukushi?sslmode=disable")
    assert secured(plain, ServerAccess()) == plain
    file = parse_url("sqlite:///banso.sqlite")
    assert secured(file, ServerAccess()) == file


def test_the_settings_file_carries_the_paths(tmp_path: Path):
    settings = Settings(
        database_url="postgresql://db.example/fukushi",
        server_ca="C:/banso/ca.crt",
        client_certificate="C:/banso/staff.crt",
        client_key="C:/banso/staff.key",
        kerberos=True,
    )
    file = SettingsFile(tmp_path / "settings.toml")
    file.save(settings)
    assert file.load() == settings
    assert file.load().access == ServerAccess(
        authority="C:/banso/ca.crt",
        certificate="C:/banso/staff.crt",
        key="C:/banso/staff.key",
        is_kerberos=True,
    )
