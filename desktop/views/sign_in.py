"""The sign-in window: the training office's accounts, or the person's own database login."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import UserError
from desktop.jobs.progress import Progress
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.views.look import Look
from desktop.views.message_bar import MessageBar
from desktop.views.password_form import Credentials, PasswordForm
from desktop.views.training_frame import TrainingFrame
from desktop.views.widgets import muted_label, named

if TYPE_CHECKING:
    from desktop.domain.kept_passwords import KeepOffer
    from desktop.domain.office import Account
    from desktop.services.desk import Services
    from desktop.views.account_list import AccountList

_WAITING = "研修用の福祉事務所を準備しています。"
_FORGOTTEN = "この端末に保存したパスワードを消しました。"
_NOT_FORGOTTEN = "パスワードの保管庫（OSのキーリング）が開けないため、消せませんでした。ロックを解いて、もう一度押してください。"
#: What the keyring offers may come a moment later: the window takes keys before.
_SHOWN_MS = 50
_BROKEN = "準備できませんでした。F5 でもう一度試せます。"


class Door(Protocol):
    """Opens the office; every method runs off the UI thread."""

    @property
    def is_training(self) -> bool:
        """Whether the database is the training office, which shows its accounts."""

    @property
    def address(self) -> str:
        """Server and database as the person knows them, without login."""

    def accounts(
        self, report: Callable[[int, int, str], None], cancelled: Callable[[], bool]
    ) -> tuple[Account, ...]:
        """The training office's accounts; the office is created where there is none."""

    def enter(self, given: Credentials) -> Services:
        """Sign in. Raises UserError with the reason."""

    def keep_offer(self) -> KeepOffer:
        """Whether a password may be kept on this workstation, and whether one is."""

    def forget_passwords(self) -> KeepOffer:
        """Take away what is kept; what may be offered afterwards."""


class SignInWindow(QWidget):
    """Takes keys at once; what is slow happens behind it. `signed_in` carries the Services, `given_up` says that it was closed, `pack_requested` that a reading pack is to be opened (where that is offered)."""

    signed_in = Signal(object)
    given_up = Signal()
    pack_requested = Signal()

    def __init__(
        self, door: Door, runner: JobRunner, look: Look, *, offers_packs: bool = False
    ) -> None:
        super().__init__()
        self._offers_packs = offers_packs
        self._door = door
        self._runner = runner
        self._look = look
        self._progress = Progress(self)
        self._is_done = False
        self.messages = MessageBar()
        self.waiting = named(QLabel(_WAITING), "sign_in_waiting")
        self.bar = QProgressBar()
        self._pages = QStackedWidget()
        self._build()
        self._connect()

    @cached_property
    def accounts(self) -> AccountList:
        """The training office's accounts: made when they are there, as nothing waits for it."""
        from desktop.views.account_list import AccountList

        accounts = AccountList()
        accounts.chosen.connect(lambda login: self._enter(Credentials(login=login)))
        self._pages.addWidget(accounts)
        return accounts

    @cached_property
    def form(self) -> PasswordForm:
        """Login and password, where the database is not a training office."""
        form = PasswordForm(address=self._door.address)
        form.entered.connect(self._enter)
        form.forget_requested.connect(self._forget)
        self._pages.addWidget(form)
        return form

    def start(self) -> None:
        """Show the window and, in a training office, fetch the accounts."""
        if self._door.is_training:
            self.show()
            self.prepare()
        else:
            self._pages.setCurrentWidget(self.form)
            self.show()
            self.form.start()
            QTimer.singleShot(_SHOWN_MS, self, self._ask_keep_offer)

    def leave(self) -> None:
        """Close: somebody has signed in."""
        self._is_done = True
        self.close()
        self.deleteLater()

    def prepare(self) -> None:
        """Fetch the accounts; the first time the office is created, with progress."""
        self.messages.clear()
        self._pages.setCurrentIndex(0)
        self.waiting.setText(_WAITING)
        self.bar.setRange(0, 0)
        progress = self._progress
        self._runner.run(
            self,
            lambda: self._door.accounts(progress.report, progress.cancelled),
            self._show_accounts,
            self.messages.show_error,
            on_end=self._preparation_ended,
        )

    def _show_accounts(self, accounts: tuple[Account, ...]) -> None:
        self.accounts.show_accounts(accounts)
        self._pages.setCurrentWidget(self.accounts)
        self.accounts.setFocus()

    def _preparation_ended(self) -> None:
        """Also after a bug; when the accounts came they are shown instead at once."""
        self.waiting.setText(_BROKEN)
        self.bar.setRange(0, 1)

    def _show_progress(self, done: int, total: int, what: str) -> None:
        self.waiting.setText(f"{_WAITING}　{what}")
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _enter(self, given: Credentials) -> None:
        self.messages.clear()
        self._pages.setEnabled(False)
        self._runner.run(
            self,
            lambda: self._door.enter(given),
            self.signed_in.emit,
            self._refused,
            on_end=lambda: self._pages.setEnabled(True),
        )

    def _ask_keep_offer(self) -> None:
        self._runner.run(self, self._door.keep_offer, self.form.show_offer)

    def _forget(self) -> None:
        self._runner.run(self, self._door.forget_passwords, self._forgotten)

    def _forgotten(self, offer: KeepOffer) -> None:
        self.form.show_offer(offer)
        if offer.has_kept:
            self.messages.show_warning(_NOT_FORGOTTEN)
        else:
            self.messages.show_info(_FORGOTTEN)

    def _refused(self, error: UserError) -> None:
        self.messages.show_error(error)
        if not self._door.is_training:
            # A password kept that the server refused has gone.
            self._ask_keep_offer()
        page = self._pages.currentWidget()
        if page is not None:
            page.setFocus()

    def _connect(self) -> None:
        self._progress.reported.connect(self._show_progress)
        for keys, act in (
            ("Ctrl++", self._look.zoom_in),
            ("Ctrl+;", self._look.zoom_in),
            ("Ctrl+-", self._look.zoom_out),
            ("Ctrl+0", self._look.zoom_reset),
            ("F5", self._prepare_again),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _prepare_again(self) -> None:
        if self._door.is_training and self.waiting.text() == _BROKEN:
            self.prepare()

    def _build(self) -> None:
        self.setWindowTitle("伴走 ― サインイン" + ("【研修用】" if self._door.is_training else ""))
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(32, 24, 32, 24)
        layout.setSpacing(12)
        layout.addWidget(named(QLabel("伴走"), "program_name"))
        layout.addWidget(muted_label("生活保護 ケースワークの机"))
        layout.addWidget(self.messages)
        self._pages.addWidget(self._waiting_page())
        layout.addWidget(self._pages, 1)
        if self._offers_packs:
            self._offer_packs(layout)
        frame = TrainingFrame(is_training=self._door.is_training)
        frame.hold(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        room = self.screen().availableGeometry()
        self.resize(min(self._look.px(720), room.width()), min(self._look.px(560), room.height()))

    def _offer_packs(self, layout: QVBoxLayout) -> None:
        """On a notebook that is taken along: read a pack without signing in."""
        button = named(QPushButton("閲覧パックを開く（Ctrl+O）"), "open_reading_pack")
        button.clicked.connect(self.pack_requested)
        QShortcut(QKeySequence("Ctrl+O"), self).activated.connect(self.pack_requested)
        layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _waiting_page(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        layout.addStretch(1)
        layout.addWidget(self.waiting)
        layout.addWidget(self.bar)
        layout.addStretch(1)
        return page

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if not self._is_done:
            self._progress.cancel()
            self.given_up.emit()
