"""Login and password of the person's own database account."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.views.widgets import muted_label, named


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What is typed to sign in; the training office needs only the login."""

    login: str
    password: str = field(default="", repr=False)
    remember: bool = False


class PasswordForm(QWidget):
    """Two fields; the password may be kept in the system's keyring only where the office allows it."""

    entered = Signal(object)

    def __init__(
        self, *, address: str, keyring_allowed: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.login = named(QLineEdit(), "login")
        self.password = named(QLineEdit(), "password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.remember = named(QCheckBox("この端末にパスワードを保存する"), "remember")
        self.remember.setVisible(keyring_allowed)
        self.error = named(QLabel(), "login_error")
        self.error.setProperty("tone", "error")
        self.button = named(QPushButton("サインイン"), "sign_in")
        self.button.setProperty("primary", True)
        self.login.returnPressed.connect(self.password.setFocus)
        self.password.returnPressed.connect(self._enter)
        self.button.clicked.connect(self._enter)
        self.setFocusProxy(self.password)
        fields = QFormLayout()
        fields.addRow("利用者名(&U)", self.login)
        fields.addRow("パスワード(&P)", self.password)
        fields.addRow("", self.remember)
        fields.addRow("", self.error)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(muted_label(f"接続先　{address}"))
        layout.addLayout(fields)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight)
        layout.addStretch(1)

    def start(self) -> None:
        """Put the keyboard on the first field."""
        self.login.setFocus()

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
