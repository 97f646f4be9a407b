"""A password in the OS keyring: only where it is allowed, never under a shared account, and gone when it opens nothing."""

from __future__ import annotations

import getpass
import sys
from datetime import timedelta

import pytest
from keyring.backends import fail, null

from desktop.domain.errors import UnavailableError
from desktop.domain.kept_passwords import SHARED_DAYS, KeepRules, OsAccount
from desktop.services.workstation import os_account as accounts
from desktop.services.workstation.kept_passwords import KeptPasswords
from desktop.services.workstation.os_account import os_account
from desktop.services.workstation.os_keyring import OsKeyring
from desktop.services.workstation.sign_ins import SignIns
from tests.support.desk import later
from tests.support.factories import CLOCK
from tests.support.keyring_fake import MemoryKeyring, using

SERVICE = "banso server.example/banso"
ALLOWED = KeepRules(is_allowed=True, shared_accounts=("madoguchi*", "CITY\\kyoyo"))
MINE, YOURS, PASSWORD, NEW = "yamada", "suzuki", "midori-no-oka-1", "atarashii-oka-2"


@pytest.fixture
def backend():
    backend = MemoryKeyring()
    with using(backend):
        yield backend


@pytest.fixture
def kept(tmp_path, backend):
    def make(rules=ALLOWED, account="CITY\\yamada", clock=CLOCK):
        return KeptPasswords(
            rules=rules,
            account=OsAccount(name=account, workstation="PC-01"),
            sign_ins=SignIns(tmp_path / "deep" / "sign_ins.json"),
            store=OsKeyring(SERVICE),
            clock=clock,
        )

    return make


def sign_in(kept: KeptPasswords, login=MINE, password=PASSWORD, *, wishes_it=True, is_shared=False):
    return kept.signed_in(login, password, wishes_it=wishes_it, is_shared=is_shared)


def test_what_is_kept_is_used_the_next_time(kept, backend):
    assert kept().offer().why_not == ""
    assert sign_in(kept()) == ""
    assert backend.kept == {(SERVICE, MINE): PASSWORD}
    assert kept().password(MINE) == PASSWORD
    assert kept().offer().has_kept
    assert sign_in(kept(), password="", wishes_it=False) == ""
    assert kept().password(MINE) == PASSWORD


def test_by_default_nothing_is_kept_and_what_was_kept_goes(kept, backend):
    sign_in(kept())
    closed = kept(rules=KeepRules())
    assert closed.password(MINE) == ""
    offer = closed.offer()
    assert ("保存しない決まり" in offer.why_not, offer.has_kept) == (True, False)
    assert "保存しない決まり" in sign_in(closed)
    assert backend.kept == {}


@pytest.mark.parametrize("account", ["CITY\\madoguchi2", "MADOGUCHI2", "city\\KYOYO"])
def test_under_a_listed_account_nothing_is_kept(kept, backend, account):
    shared = kept(account=account)
    assert "共用" in shared.offer().why_not
    assert "共用" in sign_in(shared)
    assert backend.kept == {}


def test_a_name_with_a_domain_means_that_domain_alone(kept):
    assert kept(account="OTHER\\kyoyo").offer().why_not == ""


def test_an_account_that_nobody_knows_keeps_nothing(kept):
    assert "分からない" in kept(account="").offer().why_not


def test_two_people_on_one_account_inherit_no_password(kept, backend):
    sign_in(kept())
    assert "2人以上" in sign_in(kept(), YOURS, "another")
    assert backend.kept == {}
    assert "2人以上" in kept().offer().why_not
    assert kept().password(MINE) == ""
    after = kept(clock=later(CLOCK, days=SHARED_DAYS + 1))
    assert sign_in(after) == ""
    assert after.password(MINE) == PASSWORD


def test_the_server_knows_of_a_second_person_at_another_workstation(kept, backend):
    sign_in(kept())
    assert "2人以上" in sign_in(kept(), password="", wishes_it=False, is_shared=True)
    assert backend.kept == {}


def test_a_changed_password_replaces_the_one_kept(kept, backend):
    kept().changed(MINE, "not kept")
    assert backend.kept == {}
    sign_in(kept())
    kept().changed(MINE, NEW)
    assert backend.kept == {(SERVICE, MINE): NEW}


def test_a_password_typed_anew_takes_the_old_one_away(kept, backend):
    sign_in(kept())
    sign_in(kept(), password=PASSWORD, wishes_it=False)
    assert backend.kept
    sign_in(kept(), password=NEW, wishes_it=False)
    assert (backend.kept, kept().offer().has_kept) == ({}, False)


def test_a_password_that_the_server_refused_goes(kept, backend):
    assert not kept().refused(MINE)
    sign_in(kept())
    assert kept().refused(MINE)
    assert (backend.kept, kept().password(MINE)) == ({}, "")


def test_the_button_takes_everything_away(kept, backend):
    sign_in(kept())
    kept().forget()
    assert (backend.kept, kept().offer().has_kept) == ({}, False)


@pytest.mark.parametrize("backend_kind", [fail.Keyring, null.Keyring])
def test_without_a_keyring_the_person_is_told_and_types(kept, backend_kind):
    with using(backend_kind()):
        assert "保管庫（OSのキーリング）がありません" in sign_in(kept())
        assert kept().password(MINE) == ""
        assert not kept().offer().has_kept
        with pytest.raises(UnavailableError, match="がありません"):
            OsKeyring(SERVICE).get(MINE)


@pytest.mark.parametrize("error", [None, OSError("bus"), RuntimeError("bus")])
def test_a_locked_or_failing_keyring_is_said_and_asked_again(kept, backend, error):
    sign_in(kept())
    backend.lock()
    backend.error = error or backend.error
    with pytest.raises(UnavailableError, match="ロック"):
        kept().password(MINE)
    kept().changed(MINE, NEW)
    kept().forget()
    assert kept().offer().has_kept  # nobody says that it is gone while it is there
    assert "ロック" in sign_in(kept(), password=NEW)
    backend.error = None
    kept(rules=KeepRules()).offer()
    assert backend.kept == {}


def test_a_list_of_sign_ins_that_cannot_be_read_is_begun_anew(kept, tmp_path):
    sign_in(kept())
    for text in ("{", "[]", '{"x": 1}', '{"x": {"on": "?"}}'):
        (tmp_path / "deep" / "sign_ins.json").write_text(text)
        assert kept().offer().why_not == ""
        assert kept().password(MINE) == ""
    sign_in(kept())
    assert kept().password(MINE) == PASSWORD


def test_old_sign_ins_are_dropped(kept):
    sign_in(kept(), wishes_it=False)
    after = kept(clock=later(CLOCK, days=SHARED_DAYS + 1))
    sign_in(after, YOURS, wishes_it=False)
    assert list(after.sign_ins.days()) == [YOURS]
    assert after.sign_ins.days()[YOURS] == CLOCK.today() + timedelta(days=SHARED_DAYS + 1)


def test_the_account_comes_from_the_system_and_may_be_unknown(monkeypatch):
    assert os_account().is_known

    def nobody():
        raise KeyError("uid")

    monkeypatch.setattr(getpass, "getuser", nobody)
    if sys.platform == "win32":
        monkeypatch.setattr(accounts.os, "getlogin", nobody)
    assert not os_account().is_known
