"""The accounts of the training office, to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.roles import ROLE_LABELS
from desktop.viewmodels.columns import Column
from desktop.viewmodels.rows import RowTableModel
from desktop.views.table_view import TableView
from desktop.views.widgets import muted_label, named

if TYPE_CHECKING:
    from desktop.domain.office import Account

_COLUMNS: tuple[Column[Account], ...] = (
    Column(header="役割", text=lambda account: account.role_label),
    Column(header="氏名", text=lambda account: account.name),
    Column(header="担当", text=lambda account: account.duty),
    Column(header="利用者名", text=lambda account: account.login),
)
_HINT = "研修用では、どの役割でも試せます。↑↓で選び、Enterでサインインします。"


class AccountList(QWidget):
    """One account of each role first; `chosen` carries the login."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = RowTableModel(_COLUMNS, parent=self)
        self.table = named(
            TableView(
                self.model, name="研修用の利用者", characters={0: 13, 1: 7, 2: 10, 3: 6}, stretch=2
            ),
            "accounts",
        )
        self.table.row_opened.connect(self._choose)
        self.button = named(QPushButton("サインイン"), "sign_in")
        self.button.setProperty("primary", True)
        self.button.clicked.connect(lambda: self._choose(self.table.currentIndex()))
        self.setFocusProxy(self.table)
        bottom = QHBoxLayout()
        bottom.addWidget(muted_label(_HINT), 1)
        bottom.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(named(QLabel("誰として始めますか"), "section_title"))
        layout.addWidget(self.table, 1)
        layout.addLayout(bottom)

    def show_accounts(self, accounts: tuple[Account, ...]) -> None:
        """Show the accounts, the first one selected."""
        self.model.set_rows(one_of_each_role_first(accounts))
        self.table.select_row(0)

    def _choose(self, index: QModelIndex) -> None:
        account = self.model.row_at(index)
        if account is not None:
            self.chosen.emit(account.login)


def one_of_each_role_first(accounts: tuple[Account, ...]) -> tuple[Account, ...]:
    """The first account of every role, then the others, both in the order of the office's roles."""
    accounts = tuple(sorted(accounts, key=_rank))
    first: dict[str, Account] = {}
    for account in accounts:
        first.setdefault(account.role_label, account)
    leading = tuple(first.values())
    return leading + tuple(account for account in accounts if account not in leading)


def _rank(account: Account) -> int:
    """The place of the account's first role in the office's list."""
    labels = enumerate(ROLE_LABELS.values())
    return next(
        (i for i, label in labels if account.role_label.startswith(label)), len(ROLE_LABELS)
    )
