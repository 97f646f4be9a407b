"""The window of a reading pack: asks for the passphrase, shows the pack, and closes it when nobody is there or its time is over."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.clock import Clock
from desktop.domain.errors import UserError
from desktop.domain.reading_packs import EXPIRED, PackHeader, ReadingPack
from desktop.jobs.runner import JobRunner, Lane
from desktop.override import override
from desktop.services.reading_packs.opening import ExpiredError, PackOpening
from desktop.viewmodels.reading_packs import header_text
from desktop.views.dialogs import Dialogs
from desktop.views.idle_lock import IdleWatch
from desktop.views.look import Look
from desktop.views.message_bar import MessageBar
from desktop.views.reading_packs.asking_page import AskingPage
from desktop.views.reading_packs.reading_page import ReadingPage
from desktop.views.widgets import named

_TICK_MS = 1_000
_IDLE = "操作がなかったため、閲覧パックを閉じました。続けるときは合言葉を入力してください。"
_DELETED = "ファイルを消しました。事務所に戻ったら、返却・廃棄を記録してください。"
_SURE = (
    "閲覧パックのファイルを消します。元に戻せません。"
    "消しても記憶装置に跡が残ることがあるため、端末の暗号化もあわせて使ってください。"
)


class PackWindow(QWidget):
    """Works without any database. `closed` says that the person is done."""

    closed = Signal()

    def __init__(
        self, path: Path, runner: JobRunner, look: Look, clock: Clock, *, dialogs: Dialogs
    ) -> None:
        super().__init__()
        self.setObjectName("pack_window")
        self._path, self._runner, self._clock, self._dialogs = path, runner, clock, dialogs
        self._opening = PackOpening(clock)
        self._header: PackHeader | None = None
        self._watch: IdleWatch | None = None
        self.messages = MessageBar()
        self.asking, self.reading = AskingPage(), ReadingPage(look)
        self._pages = QStackedWidget()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._lay_out()
        self._connect(look)
        self.resize(look.px(960), look.px(640))

    def start(self) -> None:
        """Show the window and look at the file."""
        self.show()
        self.asking.offer_nothing()
        self._runner.run(
            self,
            lambda: self._opening.look(self._path),
            self._looked,
            self._refused,
            lane=Lane.SLOW,
        )

    def tick(self) -> None:
        """Say how long it opens yet, and close what is over."""
        now = self._clock.now()
        self.reading.show_time(now)
        if self._header is not None and self._header.is_over(now):
            self._shut()
            self.messages.show_error(EXPIRED)
            self.asking.offer_deleting()

    def _looked(self, header: PackHeader) -> None:
        self.asking.ask(header_text(header, self._clock.now()))

    def _open(self, passphrase: str) -> None:
        self.messages.clear()
        self._runner.run(
            self,
            lambda: self._opening.open(self._path, passphrase),
            self._show,
            self._refused,
            lane=Lane.SLOW,
        )

    def _show(self, pack: ReadingPack) -> None:
        self.asking.passphrase.forget()
        self._header = pack.header
        self.messages.clear()
        self._pages.setCurrentWidget(self.reading)
        self.reading.show_pack(pack, self._clock.now())
        self._watch = IdleWatch(max(pack.header.idle_minutes, 1), self)
        self._watch.idle.connect(self._close_idle)
        self._timer.start()

    def _refused(self, error: UserError) -> None:
        self.messages.show_error(error)
        if isinstance(error, ExpiredError):
            self.asking.offer_deleting()
        elif self.asking.told.text():
            self.asking.ask_again()
        else:
            self.asking.offer_nothing()

    def _close_idle(self) -> None:
        if self._header is None:
            return
        told = header_text(self._header, self._clock.now())
        self._shut()
        self.messages.show_warning(_IDLE)
        self.asking.ask(told)

    def _shut(self) -> None:
        """Let go of everything that was read; the file stays."""
        self._timer.stop()
        self._header = None
        if self._watch is not None:
            app = QApplication.instance()
            if app is not None:
                app.removeEventFilter(self._watch)
            self._watch.deleteLater()
            self._watch = None
        self.reading.forget()
        self._pages.setCurrentWidget(self.asking)

    def _ask_delete(self) -> None:
        page = self._pages.currentWidget()
        button = self.reading.delete_button if page is self.reading else self.asking.delete_button
        if button.isVisible():
            self._dialogs.confirm(self, _SURE, "ファイルを消す", self._delete)

    def _delete(self) -> None:
        self._shut()
        self._runner.run(
            self,
            lambda: self._opening.delete(self._path),
            lambda _: self._deleted(),
            self._refused,
            lane=Lane.SLOW,
        )

    def _deleted(self) -> None:
        self.messages.show_info(_DELETED)
        self.asking.offer_nothing()

    def _connect(self, look: Look) -> None:
        self.asking.entered.connect(self._open)
        self.asking.delete_requested.connect(self._ask_delete)
        self.asking.left.connect(self.close)
        self.reading.delete_requested.connect(self._ask_delete)
        self.reading.left.connect(self.close)
        for keys, act in (
            ("Escape", self.close),
            ("Ctrl+D", self._ask_delete),
            ("Return", self._enter),
            ("Enter", self._enter),
            ("Ctrl++", look.zoom_in),
            ("Ctrl+;", look.zoom_in),
            ("Ctrl+-", look.zoom_out),
            ("Ctrl+0", look.zoom_reset),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _enter(self) -> None:
        if self._pages.currentWidget() is self.asking:
            self.asking.enter()

    def _lay_out(self) -> None:
        self.setWindowTitle("伴走 ― 閲覧パック")
        title = named(QLabel("閲覧パック（閲覧のみ）"), "section_title")
        for page in (self.asking, self.reading):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(title)
        layout.addWidget(self.messages)
        layout.addWidget(self._pages, 1)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._shut()
        super().closeEvent(event)
        self.closed.emit()
