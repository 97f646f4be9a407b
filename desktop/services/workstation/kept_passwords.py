"""Keeping a person's password in the keyring of the operating system, and taking it away again."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from desktop.domain.clock import Clock
from desktop.domain.errors import UnavailableError
from desktop.domain.kept_passwords import (
    KeepOffer,
    KeepRules,
    OsAccount,
    shared_by_the_servers_word,
    why_not_kept,
)
from desktop.services.workstation.sign_ins import SignIns


class PasswordStore(Protocol):
    """A keyring; raises UnavailableError with a sentence where it does not work."""

    def get(self, login: str) -> str:
        """The password kept, "" where there is none."""

    def put(self, login: str, password: str) -> None:
        """Keep one."""

    def remove(self, login: str) -> None:
        """Take one away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPasswords:
    """Passwords kept under this account of the operating system; all calls belong on a job's thread."""

    rules: KeepRules
    account: OsAccount
    sign_ins: SignIns
    store: PasswordStore
    clock: Clock

    def offer(self) -> KeepOffer:
        """What the form may offer. What must no longer be here goes."""
        why = self._why_not()
        if why:
            self.forget()
        return KeepOffer(why_not=why, has_kept=bool(self.sign_ins.kept()))

    def password(self, login: str) -> str:
        """The password to sign in with, "" where none is kept. Raises UnavailableError for a keyring that is locked."""
        if self._why_not() or login not in self.sign_ins.kept():
            return ""
        return self.store.get(login)

    def signed_in(self, login: str, password: str, *, wishes_it: bool, is_shared: bool) -> str:
        """After a sign-in: keep what was typed where that is wished and allowed. A sentence where it was not done.

        `is_shared` is the server's word; `password` is empty where nothing was typed.
        """
        self.sign_ins.note(login, self.clock.today())
        why = self._why_not() or (shared_by_the_servers_word() if is_shared else "")
        if why:
            had = bool(self.sign_ins.kept())
            self.forget()
            return why if had or wishes_it else ""
        if password and wishes_it:
            return self._keep(login, password)
        if password:
            self._forget_other(login, password)
        return ""

    def changed(self, login: str, password: str) -> None:
        """The person changed the password: the one kept follows, or goes where the keyring does not take it."""
        if login in self.sign_ins.kept() and self._keep(login, password):
            self._forget(login)

    def refused(self, login: str) -> bool:
        """The server did not take the password kept (changed, locked, retired): it goes. False: none was kept."""
        was_kept = login in self.sign_ins.kept()
        self._forget(login)
        return was_kept

    def forget(self) -> None:
        """Take every password away that was kept under this account."""
        for login in self.sign_ins.kept():
            self._forget(login)

    def _why_not(self) -> str:
        return why_not_kept(self.rules, self.account, self.sign_ins.days(), self.clock.today())

    def _keep(self, login: str, password: str) -> str:
        try:
            self.store.put(login, password)
        except UnavailableError as error:
            return error.sentence
        self.sign_ins.set_kept(login, is_kept=True)
        return ""

    def _forget_other(self, login: str, password: str) -> None:
        """A password typed beside another one kept: the one kept no longer opens anything."""
        with suppress(UnavailableError):
            if login in self.sign_ins.kept() and self.store.get(login) != password:
                self._forget(login)

    def _forget(self, login: str) -> None:
        """The note goes only with the password, so that a locked keyring is asked again at the next start."""
        if login not in self.sign_ins.kept():
            return
        with suppress(UnavailableError):
            self.store.remove(login)
            self.sign_ins.set_kept(login, is_kept=False)
