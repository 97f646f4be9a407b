"""The way into an office: creates the training office, connects, signs in, and makes the services.

Every import of the database happens in here, on the job's thread: the sign-in window is up before it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.clock import Clock, ServerClock
from desktop.domain.errors import (
    NotPermittedError,
    PasswordRefusedError,
    UnavailableError,
    UserError,
)
from desktop.domain.kept_passwords import KeepOffer, KeepRules
from desktop.domain.server_access import ServerAccess

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from desktop.database.unit_of_work import UnitOfWork
    from desktop.domain.office import Account, SignedInStaff
    from desktop.services.desk import LockRules, Services
    from desktop.services.workstation.kept_passwords import KeptPasswords
    from desktop.views.password_form import Credentials

logger = logging.getLogger(__name__)

#: Size of the office that the first start makes: it takes seconds, and every screen has something to show.
TRAINING_HOUSEHOLDS = 240
TRAINING_SEED = 1
_REFUSED = "接続できません。利用者名とパスワードを確認し、それでもだめなときはシステム担当者に連絡してください。"
_KEPT_REFUSED = (
    "保存してあったパスワードでは接続できなかったため、この端末から消しました。"
    "いまのパスワードを入力してください。"
)
_OTHER_VERSION = "データベースの版がこのプログラムと合いません。システム担当者に更新（banso-admin database upgrade）を依頼してください。"


class OfficeDoor:
    """Opens the office at one address. All methods but the properties belong on a job's thread."""

    def __init__(
        self,
        url: str,
        clock: Clock,
        access: ServerAccess | None = None,
        *,
        keeping: KeepRules | None = None,
        folder: Path | None = None,
    ) -> None:
        """`keeping`: whether passwords may stay here; `folder` holds the list of who signed in, without it none stays."""
        self._url = url
        self._keeping = keeping if keeping and folder else KeepRules()
        self._folder = folder
        self._clock = clock
        self._access = access or ServerAccess()
        self._engine: Engine | None = None

    @property
    def is_training(self) -> bool:
        """Whether the address is a training office's file."""
        return self._url.startswith("sqlite")

    @property
    def address(self) -> str:
        """Server and database, without login and password."""
        return self._url.rsplit("@", maxsplit=1)[-1].split("://", maxsplit=1)[-1].split("?")[0]

    def accounts(
        self, report: Callable[[int, int, str], None], cancelled: Callable[[], bool]
    ) -> tuple[Account, ...]:
        """The training office's accounts; the first time the office is created."""
        from desktop.services.sign_in import SignIn

        if not self._exists():
            self._create(report, cancelled)
        return SignIn(self._work(self._training_engine()), self._clock).accounts()

    def enter(self, given: Credentials) -> Services:
        """Sign in and make the person's services. Raises UserError with the reason."""
        from desktop.services.sign_in import SignIn

        if self.is_training:
            engine, clock = self._training_engine(), self._clock
            staff = SignIn(self._work(engine), clock).sign_in(given.login)
            logger.info("signed in staff=%s", staff.staff_id)
            return self._services(engine, staff, clock)
        kept = self._kept()
        try:
            engine = self._connected(given, kept)
            clock = self._server_clock(engine)
            staff = SignIn(self._work(engine), clock).sign_in_as_session_user()
        except NotPermittedError:
            kept.refused(given.login)
            raise
        is_shared = SignIn(self._work(engine), clock).note(kept.account)
        notice = kept.signed_in(
            given.login, given.password, wishes_it=given.remember, is_shared=is_shared
        )
        logger.info("signed in staff=%s", staff.staff_id)
        return self._services(engine, staff, clock, notice)

    def unlock(self, login: str, password: str) -> None:
        """Let the person at the locked window go on: the server takes the password. UserError where it does not."""
        from desktop.database.engine import parse_url, secured

        url = parse_url(self._url).set(username=login, password=password)
        if not self._access.is_kerberos:
            url = secured(url, self._access)
        self._made(url.render_as_string(hide_password=False)).dispose()

    def take_new_password(self, login: str, password: str) -> None:
        """The person has changed the password: later connections use it, and so does the keyring if it kept one."""
        from desktop.database.engine import use_password

        if self._engine is not None:
            use_password(self._engine, password)
        self._kept().changed(login, password)

    def keep_offer(self) -> KeepOffer:
        """What the form may offer about keeping the password here."""
        return self._kept().offer()

    def forget_passwords(self) -> KeepOffer:
        """Take every password away that was kept under this account of the operating system."""
        self._kept().forget()
        return self._kept().offer()

    def sign_out(self) -> None:
        """Let the person's own connection go; the training office stays open."""
        if not self.is_training:
            self.close()

    def close(self) -> None:
        """Let the database go."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    def _exists(self) -> bool:
        from desktop.database.engine import parse_url

        name = parse_url(self._url).database
        return bool(name) and Path(str(name)).exists()

    def _create(
        self, report: Callable[[int, int, str], None], cancelled: Callable[[], bool]
    ) -> None:
        """Make the office beside its place and move it there: a start broken off leaves nothing half made."""
        from desktop.database.engine import parse_url
        from desktop.services import training

        place = Path(str(parse_url(self._url).database))
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = place.with_suffix(".new")
        for left in ("", "-wal", "-shm"):
            draft.with_name(draft.name + left).unlink(missing_ok=True)
        training.create(
            f"sqlite:///{draft.as_posix()}",
            households=TRAINING_HOUSEHOLDS,
            seed=TRAINING_SEED,
            today=self._clock.today(),
            progress=report,
            cancelled=cancelled,
        )
        draft.replace(place)

    def _training_engine(self) -> Engine:
        if self._engine is None:
            self._engine = self._made(self._url)
        return self._engine

    def _connected(self, given: Credentials, kept: KeptPasswords) -> Engine:
        from desktop.database.engine import parse_url, secured

        self.close()
        password = given.password or kept.password(given.login)
        url = parse_url(self._url).set(username=given.login, password=password)
        url = secured(url, self._access)
        program = f"banso {kept.account.name}@{kept.account.workstation}"
        try:
            self._engine = self._made(url.render_as_string(hide_password=False), program)
        except PasswordRefusedError:
            if not given.password and kept.refused(given.login):
                raise UnavailableError(_KEPT_REFUSED) from None
            raise
        return self._engine

    def _kept(self) -> KeptPasswords:
        """The keyring under this account of the operating system; each server has its own place in it."""
        from desktop.services.workstation.kept_passwords import KeptPasswords
        from desktop.services.workstation.os_account import os_account
        from desktop.services.workstation.os_keyring import OsKeyring
        from desktop.services.workstation.sign_ins import SignIns

        return KeptPasswords(
            rules=self._keeping,
            account=os_account(),
            sign_ins=SignIns(self._folder and self._folder / "sign_ins.json"),
            store=OsKeyring(f"banso {self.address}"),
            clock=self._clock,
        )

    def _made(self, url: str, program: str = "banso") -> Engine:
        """An engine on a database of this program's version."""
        from desktop.database import migrate
        from desktop.database.engine import make_engine
        from desktop.database.failures import told_plainly

        engine = make_engine(url, program=program)
        try:
            with told_plainly():
                is_ours = migrate.is_for_this_program(engine)
        except UnavailableError as error:
            engine.dispose()
            raise self._not_connected(type(error)) from None
        except UserError:
            engine.dispose()
            raise
        if not is_ours and self.is_training and migrate.is_earlier(migrate.current(engine)):
            # Invented people in a file of this user: nobody else is there to bring it up to date.
            migrate.upgrade(url)
        elif not is_ours:
            engine.dispose()
            raise UserError(_OTHER_VERSION)
        return engine

    def _not_connected(self, kind: type[UnavailableError]) -> UserError:
        if self.is_training:
            return UnavailableError(
                "研修用のデータベースを開けません。ほかで使用中でないか確認してください。"
            )
        return kind(_REFUSED)

    @staticmethod
    def _work(engine: Engine) -> UnitOfWork:
        from desktop.database.unit_of_work import UnitOfWork

        return UnitOfWork(engine)

    def _server_clock(self, engine: Engine) -> Clock:
        from desktop.services.server.state import ServerState

        return ServerClock(self._clock, ServerState(self._work(engine), self._clock).clock_offset())

    def _lock_rules(
        self, engine: Engine, staff: SignedInStaff, clock: Clock, notice: str
    ) -> LockRules:
        from desktop.services.desk import LockRules
        from desktop.services.server.state import ServerState

        state = ServerState(self._work(engine), self._clock)
        minutes = state.idle_minutes(staff, clock)
        if self.is_training:
            return LockRules(idle_minutes=minutes)
        return LockRules(
            idle_minutes=minutes,
            unlock=partial(self.unlock, staff.login),
            notices=(*state.notices(staff), *filter(None, (notice,))),
        )

    def _services(
        self, engine: Engine, staff: SignedInStaff, clock: Clock, notice: str = ""
    ) -> Services:
        from desktop.office_services import make_services
        from desktop.services.own_password import OwnPassword

        work = self._work(engine)
        own_password = OwnPassword(
            work,
            prove=partial(self.unlock, staff.login),
            changed=partial(self.take_new_password, staff.login),
            is_kerberos=self._access.is_kerberos,
        )
        lock = self._lock_rules(engine, staff, clock, notice)
        return make_services(work, clock, staff, lock=lock, own_password=own_password)
