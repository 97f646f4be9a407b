"""The server's doors as the guide writes them: who is refused, and certificates where the office wants them."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import make_url

from desktop.cli.main import main
from desktop.domain.errors import UnavailableError
from desktop.domain.office import SignedInStaff
from tests.support.people import PASSWORD
from tests.support.real_office import Real, enter, write_config


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
    papers = real.folder / "papers-with-certificates"
    main([*real.command("init"), "--out", str(papers)])
    doors = (papers / "pg_hba.conf").read_text(encoding="utf-8")
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
