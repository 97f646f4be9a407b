"""A person's own password: proved, judged at once, used by the connections after it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text

from desktop.database.engine import use_password
from desktop.domain.errors import UnavailableError, ValidationError
from tests.support.people import PASSWORD


def test_the_old_password_is_proved_and_every_mistake_is_told_at_once(office):
    login = office.caseworker.login

    def prove(password):
        if password != PASSWORD:
            raise UnavailableError("接続できません。")

    own = replace(office.own(office.caseworker), prove=prove)
    with pytest.raises(ValidationError) as refused:
        own.change("mijikai", "x", old="")
    assert set(refused.value.fields) == {"old", "password", "again"}
    with pytest.raises(ValidationError) as refused:
        own.change("midori-no-oka-1", "midori-no-oka-1", old="chigau")
    assert set(refused.value.fields) == {"old"}
    with pytest.raises(ValidationError, match="違うもの"):
        own.change("midori-no-oka-1", "midori-no-oka-1", old="midori-no-oka-1")
    office.connect(login).close()
    told: list[str] = []
    own = replace(own, changed=told.append)
    own.change("midori-no-oka-1", "midori-no-oka-1", old=PASSWORD)
    assert told == ["midori-no-oka-1"]
    office.connect(login, "midori-no-oka-1").close()


def test_until_when_a_given_password_holds_is_known_to_its_owner(office):
    own = office.own(office.caseworker)
    assert own.rule().valid_until is None
    assert own.rule().least >= 8
    given = office.accounts(office.administrator).reset_password(office.caseworker.login)
    assert own.rule().valid_until == given.valid_until
    own.change("midori-no-oka-1", "midori-no-oka-1")
    assert own.rule() == replace(own.rule(), valid_until=None, refusal="")
    assert "Windows" in replace(own, is_kerberos=True).rule().refusal


def test_connections_after_a_change_use_the_new_password(office):
    own = office.own(office.caseworker)
    engine = own.work.engine
    replace(own, changed=lambda password: use_password(engine, password)).change(
        "midori-no-oka-1", "midori-no-oka-1"
    )
    engine.dispose()
    with own.work() as session:
        assert session.execute(text("SELECT session_user")).scalar() == office.caseworker.login
