"""パスワードの変更: the own password, the old one and twice the new one."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.accounts import PasswordRule
from desktop.domain.errors import UserError, ValidationError
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.records_text import instant_text
from desktop.views.busy_line import BusyLine
from desktop.views.fields.form_layout import FormLayout
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.password_field import PasswordField
from desktop.views.message_bar import MessageBar
from desktop.views.widgets import muted_label, named

_RULES = (
    "{least}字以上にします。短い言葉を三つ続けると覚えやすくなります。"
    "同じ文字の繰り返しと、いまと同じパスワードは使えません。"
)
_SHORT_LIVED = (
    "いまのパスワードは {until} までしか使えません。自分だけが知るパスワードに変更してください。"
)
_DONE = "パスワードを変更しました。次のサインインから新しいパスワードを使います。"
#: Width of the dialog, in characters of the size in use.
_CHARACTERS = 36


class Passwords(Protocol):
    """Changes the own password (`services/own_password`)."""

    def rule(self) -> PasswordRule:
        """What a new one must be."""

    def change(self, password: str, again: str, *, old: str | None = None) -> None:
        """Change it. ValidationError by `old`, `password` and `again`."""


class PasswordDialog(QDialog):
    """Errors stand at the field they are about; on closing what was typed is forgotten. `changed` carries a sentence."""

    changed = Signal(str)

    def __init__(self, passwords: Passwords, runner: JobRunner, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("password_dialog")
        self.setWindowTitle("パスワードの変更")
        self._passwords = passwords
        self._runner = runner
        self.messages = MessageBar()
        self.busy = BusyLine()
        self.lead = named(QLabel(), "password_lead")
        self.lead.setWordWrap(True)
        self.old = PasswordField("いまのパスワード", required=True)
        self.password = PasswordField("新しいパスワード", required=True)
        self.again = PasswordField("もう一度", required=True)
        self.rules = named(muted_label(), "password_rules")
        self.rules.setWordWrap(True)
        self.change_button = named(QPushButton("変更"), "change_password")
        self.close_button = named(QPushButton("やめる"), "leave_password")
        self._form = QWidget()
        self._lay_out()
        self._connect()

    def ask(self) -> None:
        """Come up; the rules are fetched first."""
        self._come_up()
        self.busy.begin()
        self._runner.run(
            self, self._passwords.rule, self._show_rule, self._refused, on_end=self.busy.end
        )

    def show_rule(self, rule: PasswordRule) -> None:
        """Come up with rules that are known already."""
        self._come_up()
        self._show_rule(rule)

    def _come_up(self) -> None:
        self._forget()
        self.messages.clear()
        self.open()
        self._fit()

    def _fit(self) -> None:
        """As wide as the size in use asks, and as high as the sentences then are."""
        width = self.fontMetrics().horizontalAdvance("国") * _CHARACTERS
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.setFixedSize(width, max(layout.totalHeightForWidth(width), 1))

    def _show_rule(self, rule: PasswordRule) -> None:
        may_change = not rule.refusal
        self._form.setVisible(may_change)
        self.change_button.setVisible(may_change)
        self.close_button.setText("やめる" if may_change else "閉じる")
        self.rules.setText(_RULES.format(least=rule.least))
        self.password.count_to(rule.least)
        lead = rule.refusal
        if may_change and rule.valid_until is not None:
            lead = _SHORT_LIVED.format(until=instant_text(rule.valid_until))
        self.lead.setText(lead)
        self.lead.setVisible(bool(lead))
        self._fit()
        target = self.old if may_change else self.close_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _change(self) -> None:
        if not self.change_button.isEnabled():
            return
        reader = FormReader()
        old = reader.read("old", self.old)
        password = reader.read("password", self.password)
        again = reader.read("again", self.again)
        try:
            reader.finish()
        except ValidationError:
            self._fit()
            return
        self.change_button.setEnabled(False)
        self.busy.begin()
        self._runner.run(
            self,
            partial(self._passwords.change, password or "", again or "", old=old),
            lambda _: self._done(),
            self._refused,
            on_end=self._ended,
        )

    def _done(self) -> None:
        self.accept()
        self.changed.emit(_DONE)

    def _refused(self, error: UserError) -> None:
        places = {"old": self.old, "password": self.password, "again": self.again}
        wrong = error.fields if isinstance(error, ValidationError) else {}
        placed = [name for name in places if name in wrong]
        for name in placed:
            places[name].show_error(wrong[name])
        if placed:
            places[placed[0]].setFocus()
            places[placed[0]].editor().selectAll()
        else:
            self.messages.show_error(error)
        self._fit()

    def _ended(self) -> None:
        self.busy.end()
        self.change_button.setEnabled(True)

    def _forget(self) -> None:
        for field in (self.old, self.password, self.again):
            field.forget()

    def _lay_out(self) -> None:
        form = FormLayout(self._form)
        form.add_field("いまのパスワード(&O)", self.old)
        form.add_field("新しいパスワード(&N)", self.password)
        form.addRow("", self.rules)
        form.add_field("もう一度(&A)", self.again)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.change_button)
        self.change_button.setProperty("primary", True)
        self.change_button.setDefault(True)
        self.close_button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addWidget(self.messages)
        layout.addWidget(self.lead)
        layout.addWidget(self._form)
        layout.addWidget(self.busy)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.change_button.clicked.connect(self._change)
        self.close_button.clicked.connect(self.reject)
        self.again.editor().returnPressed.connect(self._change)
        self.finished.connect(self._forget)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.isVisible():
            # Later: the parts of the dialog get the new size after the dialog itself.
            QTimer.singleShot(0, self, self._fit)

    @override
    def reject(self) -> None:
        """Esc and やめる; while the change is under way its answer is waited for."""
        if self.change_button.isEnabled():
            super().reject()
