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
from desktop.domain.errors import UnavailableError, UserError
from desktop.domain.server_access import ServerAccess

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from desktop.database.unit_of_work import UnitOfWork
    from desktop.domain.office import Account, SignedInStaff
    from desktop.views.password_form import Credentials
    from desktop.views.workplace import LockRules, Services

logger = logging.getLogger(__name__)

#: Size of the office that the first start makes: it takes seconds, and every screen has something to show.
TRAINING_HOUSEHOLDS = 240
TRAINING_SEED = 1
_KEYRING_SERVICE = "banso"
_OTHER_VERSION = "データベースの版がこのプログラムと合いません。システム担当者に更新（banso-admin database upgrade）を依頼してください。"


class OfficeDoor:
    """Opens the office at one address. All methods but the properties belong on a job's thread."""

    def __init__(self, url: str, clock: Clock, access: ServerAccess | None = None) -> None:
        self._url = url
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
        else:
            engine = self._connected(given)
            clock = self._server_clock(engine)
            staff = SignIn(self._work(engine), clock).sign_in_as_session_user()
            self._keep_password(given)
        logger.info("signed in staff=%s", staff.staff_id)
        return self._services(engine, staff, clock)

    def unlock(self, login: str, password: str) -> None:
        """Let the person at the locked window go on: the server takes the password. UserError where it does not."""
        from desktop.database.engine import parse_url

        url = parse_url(self._url).set(username=login, password=password)
        self._made(url.render_as_string(hide_password=False)).dispose()

    def kept_password(self, login: str) -> str:
        """The password kept in the system's keyring, "" when there is none."""
        import keyring
        from keyring.errors import KeyringError

        try:
            return keyring.get_password(_KEYRING_SERVICE, login) or ""
        except KeyringError:
            return ""

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

    def _connected(self, given: Credentials) -> Engine:
        from desktop.database.engine import parse_url, secured

        self.close()
        password = given.password or self.kept_password(given.login)
        url = parse_url(self._url).set(username=given.login, password=password)
        url = secured(url, self._access)
        self._engine = self._made(url.render_as_string(hide_password=False))
        return self._engine

    def _made(self, url: str) -> Engine:
        """An engine on a database of this program's version."""
        from desktop.database import migrate
        from desktop.database.engine import make_engine
        from desktop.database.failures import told_plainly

        engine = make_engine(url)
        try:
            with told_plainly():
                is_ours = migrate.is_for_this_program(engine)
        except UnavailableError:
            engine.dispose()
            raise self._not_connected() from None
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

    def _not_connected(self) -> UserError:
        if self.is_training:
            return UnavailableError(
                "研修用のデータベースを開けません。ほかで使用中でないか確認してください。"
            )
        return UnavailableError(
            "接続できません。利用者名とパスワードを確認し、それでもだめなときはシステム担当者に連絡してください。"
        )

    def _keep_password(self, given: Credentials) -> None:
        if not given.remember or not given.password:
            return
        import keyring
        from keyring.errors import KeyringError

        try:
            keyring.set_password(_KEYRING_SERVICE, given.login, given.password)
        except KeyringError:
            logger.warning("the keyring did not take the password")

    @staticmethod
    def _work(engine: Engine) -> UnitOfWork:
        from desktop.database.unit_of_work import UnitOfWork

        return UnitOfWork(engine)

    def _server_clock(self, engine: Engine) -> Clock:
        from desktop.services.server_state import ServerState

        return ServerClock(self._clock, ServerState(self._work(engine), self._clock).clock_offset())

    def _lock_rules(self, engine: Engine, staff: SignedInStaff, clock: Clock) -> LockRules:
        from desktop.services.server_state import ServerState
        from desktop.views.workplace import LockRules

        state = ServerState(self._work(engine), self._clock)
        minutes = state.idle_minutes(staff, clock)
        if self.is_training:
            return LockRules(idle_minutes=minutes)
        return LockRules(
            idle_minutes=minutes,
            unlock=partial(self.unlock, staff.login),
            notices=state.notices(staff),
        )

    def _services(self, engine: Engine, staff: SignedInStaff, clock: Clock) -> Services:
        from desktop.database.reading import ReadingDoor
        from desktop.services.accounts import AccountService
        from desktop.services.approvals import ApprovalService
        from desktop.services.disposal import DisposalService
        from desktop.services.households import HouseholdService
        from desktop.services.ledger_import import LedgerImport
        from desktop.services.masters.service import MastersService
        from desktop.services.office import OfficeService
        from desktop.services.own_password import OwnPassword
        from desktop.services.printing import PrintService
        from desktop.services.records import EntrySubject, RecordService
        from desktop.services.server_tick import ServerWatch
        from desktop.services.supervision import SupervisionService
        from desktop.services.todos import TodoService
        from desktop.views.workplace import Services

        work = self._work(engine)
        reading = ReadingDoor(work, clock, staff)
        subject = EntrySubject()
        return Services(
            staff=staff,
            clock=clock,
            lock=self._lock_rules(engine, staff, clock),
            watch=ServerWatch(work),
            office=OfficeService(work, clock, staff),
            households=HouseholdService(work, clock, staff, reading),
            records=RecordService(work, clock, staff, reading, subject),
            approvals=ApprovalService(work, clock, staff, reading, {"entry": subject}),
            todos=TodoService(work, clock, staff, reading),
            supervision=SupervisionService(work, clock, staff),
            printing=PrintService(work, clock, staff, reading),
            masters=MastersService(work, clock, staff),
            ledger_import=LedgerImport(work, clock, staff),
            accounts=AccountService(work, clock, staff),
            own_password=OwnPassword(work),
            disposal=DisposalService(work, clock, staff),
        )
