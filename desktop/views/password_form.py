"""Login and password of the person's own database account."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.kept_passwords import KeepOffer
from desktop.views.widgets import muted_label, named

_KEPT = "空のままなら、保存したパスワードを使います"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What is typed to sign in; the training office needs only the login."""

    login: str
    password: str = field(default="", repr=False)
    remember: bool = False


class PasswordForm(QWidget):
    """Two fields; the password may be kept in the system's keyring only where the office allows it.

    `forget_requested`: the person wants what is kept to go.
    """

    entered = Signal(object)
    forget_requested = Signal()

    def __init__(self, *, address: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.login = named(QLineEdit(), "login")
        self.password = named(QLineEdit(), "password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.remember = named(QCheckBox("この端末にパスワードを保存する"), "remember")
        self.remember.hide()
        self.why_not = named(muted_label(), "why_not_kept")
        self.why_not.setWordWrap(True)
        self.forget = named(QPushButton("保存したパスワードを消す"), "forget")
        self.forget.hide()
        self.error = named(QLabel(), "login_error")
        self.error.setProperty("tone", "error")
        self.button = named(QPushButton("サインイン"), "sign_in")
        self.button.setProperty("primary", True)
        self.login.returnPressed.connect(self.password.setFocus)
        self.password.returnPressed.connect(self._enter)
        self.button.clicked.connect(self._enter)
        self.forget.clicked.connect(self.forget_requested)
        self.setFocusProxy(self.password)
        fields = QFormLayout()
        fields.addRow("利用者名(&U)", self.login)
        fields.addRow("パスワード(&P)", self.password)
        fields.addRow("", self.remember)
        fields.addRow("", self.why_not)
        fields.addRow("", self.error)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(muted_label(f"接続先　{address}"))
        layout.addLayout(fields)
        buttons = QHBoxLayout()
        buttons.addWidget(self.forget)
        buttons.addStretch(1)
        buttons.addWidget(self.button)
        layout.addLayout(buttons)
        layout.addStretch(1)

    def start(self) -> None:
        """Put the keyboard on the first field."""
        self.login.setFocus()

    def show_offer(self, offer: KeepOffer) -> None:
        """Show the check box, or why there is none."""
        self.remember.setVisible(not offer.why_not)
        if offer.why_not:
            self.remember.setChecked(False)
        self.why_not.setText(offer.why_not)
        self.why_not.setVisible(bool(offer.why_not))
        self.forget.setVisible(offer.has_kept)
        self.password.setPlaceholderText(_KEPT if offer.has_kept else "")

    def _enter(self) -> None:
        login = self.login.text().strip()
        if not login:
            self.error.setText("利用者名を入力してください。")
            self.login.setFocus()
            return
        self.error.clear()
        self.entered.emit(
            Credentials(
                login=login,
                password=self.password.text(),
                remember=self.remember.isChecked(),
            )
        )
