"""The idle lock: after some minutes without a key or click the window hides its data; what was typed stays."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import UserError
from desktop.jobs.runner import JobRunner, Lane
from desktop.override import override
from desktop.services.desk import LockRules
from desktop.views.widgets import muted_label, named

_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)
_MS_A_MINUTE = 60_000
#: Width of the form, in characters of the size in use.
_CHARACTERS = 26


class IdleWatch(QObject):
    """Tells when nobody has touched the program for some minutes. 0 minutes: never."""

    idle = Signal()

    def __init__(self, minutes: int, parent: QObject) -> None:
        super().__init__(parent)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(minutes * _MS_A_MINUTE)
        self.timer.timeout.connect(self.idle)
        if minutes:
            self.timer.start()
            app = QApplication.instance()
            if app is not None:
                app.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE:
            self.timer.start()
        return False


class IdleLock(QFrame):
    """Covers a window and takes its keys until the person's password opens it again."""

    sign_out_requested = Signal()

    def __init__(
        self, window: QMainWindow, rules: LockRules, runner: JobRunner, login: str
    ) -> None:
        super().__init__(window)
        self.setObjectName("idle_lock")
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._window, self._rules, self._runner = window, rules, runner
        self._content = window.centralWidget() or QWidget()
        self.password = named(QLineEdit(), "unlock_password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName("パスワード")
        self.password.setPlaceholderText("パスワード")
        self.password.setVisible(rules.unlock is not None)
        self.error = named(QLabel(), "unlock_error")
        self.error.setProperty("tone", "error")
        self.error.setWordWrap(True)
        self.button = named(QPushButton("ロックを解除（Enter）"), "unlock")
        self.button.setProperty("primary", True)
        self.button.setDefault(True)
        self.other = named(QPushButton("サインアウト"), "lock_sign_out")
        self._build(login)
        self.button.clicked.connect(self._unlock)
        self.password.returnPressed.connect(self._unlock)
        self.other.clicked.connect(self.sign_out_requested)
        self._watch = IdleWatch(rules.idle_minutes, self)
        self._watch.idle.connect(self.lock)
        window.installEventFilter(self)
        self.hide()

    def lock(self) -> None:
        """Hide everything and take the keys; forms behind keep what was typed."""
        if self.isVisible() or not self._window.isVisible():
            return
        self._enable_window(is_enabled=False)
        self._middle.setFixedWidth(self.fontMetrics().horizontalAdvance("画") * _CHARACTERS)
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()
        self._focus()

    def _build(self, login: str) -> None:
        box = QVBoxLayout()
        box.setSpacing(10)
        title = named(QLabel("画面をロックしました"), "lock_title")
        title.setProperty("heading", True)
        box.addWidget(title)
        box.addWidget(muted_label(f"利用者　{login}"))
        box.addWidget(muted_label("入力中の内容はそのまま残っています。"))
        box.addWidget(self.password)
        box.addWidget(self.error)
        buttons = QHBoxLayout()
        buttons.addWidget(self.other)
        buttons.addStretch(1)
        buttons.addWidget(self.button)
        box.addLayout(buttons)
        self._middle = QWidget()
        self._middle.setLayout(box)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._middle)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(2)

    def _unlock(self) -> None:
        unlock, password = self._rules.unlock, self.password.text()
        if unlock is None:
            self._open()
            return
        self.button.setEnabled(False)
        self.error.clear()
        self._runner.run(
            self,
            lambda: unlock(password),
            lambda _: self._open(),
            self._refused,
            lane=Lane.SLOW,
        )

    def _refused(self, error: UserError) -> None:
        self.button.setEnabled(True)
        self.error.setText(error.sentence)
        self.password.selectAll()
        self.password.setFocus()

    def _open(self) -> None:
        self.button.setEnabled(True)
        self.password.clear()
        self.error.clear()
        self.hide()
        self._enable_window(is_enabled=True)

    def _enable_window(self, *, is_enabled: bool) -> None:
        for part in (
            self._content,
            self._window.menuBar(),
            self._window.statusBar(),
        ):
            part.setEnabled(is_enabled)
            part.setVisible(is_enabled)

    def _focus(self) -> None:
        (self.password if self._rules.unlock is not None else self.button).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() is QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
        return False
