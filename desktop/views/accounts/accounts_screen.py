"""職員と権限: requests that wait for a second person above, the people of the office beneath."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.domain.accounts import ChangeRow, PersonRow, TemporaryPassword
from desktop.domain.clock import JAPAN, Clock
from desktop.domain.errors import UserError, ValidationError
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.jobs.runner import JobRunner
from desktop.viewmodels.accounts import acts_for, people_columns, waiting_columns
from desktop.viewmodels.rows import RowTableModel
from desktop.views.accounts.password_note import PasswordNote
from desktop.views.dialogs import Dialogs
from desktop.views.look import Look
from desktop.views.screen import ScreenView
from desktop.views.table_view import TableView
from desktop.views.widgets import muted_label, named

_HELP = (
    "登録・職務・担当は、申請した人と本人のほかの職員が承認すると有効になります。"
    "申請は banso-admin staff で行います。"
)
_WAITING_WIDTHS = {0: 7, 1: 14, 2: 20, 3: 8, 4: 7}
_PEOPLE_WIDTHS = {0: 9, 1: 10, 2: 6, 3: 18, 4: 20}
_MOST_WAITING = 7
_RETIRE = "{name}さんの利用をすぐに止めます。開いている接続も切れ、保存していない入力は失われます。"
_RESET = (
    "{name}さんのパスワードを再発行します。いまのパスワードは使えなくなり、"
    "本人と課長に知らせ、監査記録に残ります。"
)

_Loaded = tuple[tuple[ChangeRow, ...], tuple[PersonRow, ...]]


class Accounts(Protocol):
    """People of the office, and what a second person decides."""

    def people(self) -> tuple[PersonRow, ...]:
        """Everybody."""

    def waiting(self) -> tuple[ChangeRow, ...]:
        """Requests that wait."""

    def decide(self, change_id: UUID, *, approve: bool, reason: str = "") -> None:
        """Decide as the second person."""

    def withdraw(self, change_id: UUID) -> None:
        """Take an own request back."""

    def retire(self, login: str) -> None:
        """End a person's access."""

    def reset_password(self, login: str) -> TemporaryPassword:
        """Give a person a password for a short time."""


class AccountsScreen(ScreenView):
    """Decides by keyboard: arrows choose, Ctrl+Enter approves, the reason and Enter refuse."""

    def __init__(
        self,
        accounts: Accounts,
        staff: SignedInStaff,
        clock: Clock,
        runner: JobRunner,
        *,
        look: Look,
        dialogs: Dialogs,
    ) -> None:
        super().__init__(runner, title="職員と権限", help_line=_HELP)
        self._accounts = accounts
        self._staff = staff
        self._dialogs = dialogs
        self.waiting_model: RowTableModel[ChangeRow] = RowTableModel(
            waiting_columns(), key=lambda c: c.change_id, brush_of=look.brush_of, parent=self
        )
        self.people_model: RowTableModel[PersonRow] = RowTableModel(
            people_columns(clock.today()),
            key=lambda p: p.staff_id,
            brush_of=look.brush_of,
            parent=self,
        )
        self.waiting_title = named(QLabel("承認を待つ申請"), "section_title")
        self.waiting = named(
            TableView(
                self.waiting_model, name="承認を待つ申請", characters=_WAITING_WIDTHS, stretch=2
            ),
            "waiting_changes",
        )
        self.people = named(
            TableView(self.people_model, name="職員", characters=_PEOPLE_WIDTHS, stretch=4),
            "people",
        )
        self.note = muted_label()
        self.reason = named(QLineEdit(), "refusal_reason")
        self.reason.setAccessibleName("却下の理由")
        self.reason.setPlaceholderText("却下の理由")
        self.approve_button = named(QPushButton("承認（Ctrl+Enter）"), "approve_change")
        self.approve_button.setProperty("primary", True)
        self.reject_button = named(QPushButton("却下"), "reject_change")
        self.withdraw_button = named(QPushButton("取り下げ"), "withdraw_change")
        self.password_button = named(QPushButton("パスワード再発行…"), "reset_password")
        self.retire_button = named(QPushButton("利用を止める…"), "retire")
        self.password_note = PasswordNote()
        self._lay_out()
        self._connect()

    @override
    def reload(self) -> None:
        """Load requests and people."""
        self.run(lambda: (self._accounts.waiting(), self._accounts.people()), self._show)

    @override
    def focus_first(self) -> None:
        """Begin with what waits, else with the people."""
        table = self.waiting if self.waiting_model.rowCount() else self.people
        table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, loaded: _Loaded) -> None:
        waiting, people = loaded
        held = self.waiting.hasFocus()
        place = max(self.waiting.current_row(), 0)
        self.waiting_model.set_rows(waiting)
        self.people_model.set_rows(people)
        self.waiting_title.setText(f"承認を待つ申請（{len(waiting)}件）")
        self.waiting.show_all_rows(_MOST_WAITING)
        self.waiting.select_row(min(place, len(waiting) - 1))
        if self.people.current_row() < 0:
            self.people.select_row(0)
        self._show_acts()
        if held:
            self.focus_first()

    def _show_acts(self) -> None:
        acts = acts_for(self._change(), self._staff)
        self.note.setText(acts.note)
        self.note.setVisible(bool(acts.note))
        for widget in (self.approve_button, self.reject_button, self.reason):
            widget.setEnabled(acts.may_decide)
        self.withdraw_button.setVisible(self._staff.may(Permission.MANAGE_ACCOUNTS))
        self.withdraw_button.setEnabled(acts.may_withdraw)
        person = self._person()
        others = person is not None and person.is_active and person.login != self._staff.login
        self.retire_button.setEnabled(others)
        self.password_button.setEnabled(others)

    def _change(self) -> ChangeRow | None:
        return self.waiting_model.row_at(self.waiting.currentIndex())

    def _person(self) -> PersonRow | None:
        return self.people_model.row_at(self.people.currentIndex())

    def _approve(self) -> None:
        change = self._change()
        if change is not None and self.approve_button.isEnabled():
            self._act(
                partial(self._accounts.decide, change.change_id, approve=True),
                "承認しました。始まりの日から有効です。",
            )

    def _reject(self) -> None:
        change = self._change()
        if change is None or not self.reject_button.isEnabled():
            return
        reason = self.reason.text().strip()
        if not reason:
            self._refused(ValidationError(reason="却下する理由を入力してください。"))
            return
        self._act(
            partial(self._accounts.decide, change.change_id, approve=False, reason=reason),
            "却下しました。理由は申請に残ります。",
        )

    def _withdraw(self) -> None:
        change = self._change()
        if change is not None and self.withdraw_button.isEnabled():
            self._act(partial(self._accounts.withdraw, change.change_id), "取り下げました。")

    def _act(self, act: Callable[[], None], done: str) -> None:
        for button in (self.approve_button, self.reject_button, self.withdraw_button):
            button.setEnabled(False)
        self.run(act, lambda _: self._done(done), self._refused)

    def _done(self, sentence: str) -> None:
        self.messages.clear()
        self.reason.clear()
        self.announced.emit(sentence)
        self.reload()

    def _refused(self, error: UserError) -> None:
        self.messages.show_error(error)
        self._show_acts()
        if isinstance(error, ValidationError) and "reason" in error.fields:
            self.reason.setFocus()

    def _ask_retire(self) -> None:
        person = self._person()
        if person is not None:
            retire = partial(self._accounts.retire, person.login)
            self._dialogs.confirm(
                self,
                _RETIRE.format(name=person.name),
                "利用を止める",
                lambda: self._act(retire, "利用を止めました。"),
            )

    def _ask_reset(self) -> None:
        person = self._person()
        if person is not None:
            reset = partial(self._accounts.reset_password, person.login)
            self._dialogs.confirm(
                self,
                _RESET.format(name=person.name),
                "再発行する",
                lambda: self.run(reset, self._show_password, self._refused),
            )

    def _show_password(self, given: TemporaryPassword) -> None:
        self.messages.clear()
        until = f"{given.valid_until.astimezone(JAPAN):%Y-%m-%d %H:%M}"
        self.password_note.tell(given.login, given.password, until)

    def _lay_out(self) -> None:
        decide = QHBoxLayout()
        decide.addWidget(self.note, 1)
        decide.addStretch(0)
        decide.addWidget(self.approve_button)
        decide.addWidget(self.reason, 1)
        decide.addWidget(self.reject_button)
        decide.addWidget(self.withdraw_button)
        people = QHBoxLayout()
        people.addWidget(named(QLabel("職員"), "section_title"), 1)
        people.addWidget(self.password_button)
        people.addWidget(self.retire_button)
        whole = QVBoxLayout()
        whole.addWidget(self.waiting_title)
        whole.addWidget(self.waiting)
        whole.addLayout(decide)
        whole.addLayout(people)
        whole.addWidget(self.password_note)
        whole.addWidget(self.people, 1)
        holder = QWidget()
        holder.setLayout(whole)
        whole.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(holder)
        self.password_button.setVisible(self._staff.may(Permission.MANAGE_ACCOUNTS))

    def _connect(self) -> None:
        self.waiting.selectionModel().currentRowChanged.connect(lambda *_: self._show_acts())
        self.people.selectionModel().currentRowChanged.connect(lambda *_: self._show_acts())
        self.approve_button.clicked.connect(self._approve)
        self.reject_button.clicked.connect(self._reject)
        self.reason.returnPressed.connect(self._reject)
        self.withdraw_button.clicked.connect(self._withdraw)
        self.password_button.clicked.connect(self._ask_reset)
        self.retire_button.clicked.connect(self._ask_retire)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(self._approve)
