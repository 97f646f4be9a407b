"""The household's policies, newest first, and what may be done with the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop.domain.forms import FormMark
from desktop.domain.support_policies import PolicyLine, SupportPolicy
from desktop.viewmodels.printing import MARKS
from desktop.viewmodels.rows import RowTableModel
from desktop.viewmodels.support_policies import (
    due_sentence,
    earlier_than,
    in_force_of,
    is_withdrawable,
    is_writable,
    policy_columns,
)
from desktop.views.look import Look
from desktop.views.records.flow_layout import FlowLayout
from desktop.views.records.notice import Notice
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 6, 1: 4, 2: 5, 3: 6, 4: 6}
#: As wide as the columns ask, in full-width characters.
WIDTH = sum(_WIDTHS.values()) + len(_WIDTHS) + 1
_STRETCH = 2


class PolicyShelf(QWidget):
    """`chosen` carries the policy's id; Enter, D, W, R and P ask for what their buttons say."""

    chosen = Signal(object)
    write_wanted = Signal()
    compare_wanted = Signal()
    withdraw_wanted = Signal()
    results_wanted = Signal()
    print_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("policy_shelf")
        self._lines: tuple[PolicyLine, ...] = ()
        self._in_force: UUID | None = None
        self._is_filling = False
        self.due = Notice()
        self.model = RowTableModel(
            policy_columns(lambda: self._in_force),
            key=lambda line: line.policy_id,
            brush_of=look.brush_of,
            parent=self,
        )
        self.table = named(
            TableView(self.model, name="援助方針の一覧", characters=_WIDTHS, stretch=_STRETCH),
            "policies",
        )
        self.write_button = _act("書き続ける (Enter)", "policy_write")
        self.compare_button = _act("前の方針と比べる (D)", "policy_compare")
        self.withdraw_button = _act("引戻し (W)", "policy_withdraw")
        self.results_button = _act("取組の結果 (R)", "policy_results")
        self.print_button = _act("", "policy_print")
        self._lay_out()
        self._connect()

    @property
    def lines(self) -> tuple[PolicyLine, ...]:
        """The policies shown."""
        return self._lines

    def current(self) -> UUID | None:
        """The chosen policy."""
        line = self.model.row_at(self.table.currentIndex())
        return None if line is None else line.policy_id

    def show_lines(self, lines: Sequence[PolicyLine], today: date, keep: UUID | None) -> None:
        """Show the policies; `keep` stays or becomes the chosen one, else the newest is."""
        self._lines = tuple(lines)
        valid = in_force_of(lines)
        self._in_force = valid.policy_id if valid else None
        self.due.say(*due_sentence(lines, today))
        self._is_filling = True
        self.model.set_rows(self._lines)
        wanted = self.model.index_of(keep) if keep is not None else None
        self.table.select_row(wanted.row() if wanted is not None and wanted.isValid() else 0)
        self._is_filling = False

    def offer(
        self,
        policy: SupportPolicy | None,
        staff_id: UUID,
        *,
        may_write: bool,
        mark: FormMark | None,
    ) -> None:
        """Show the acts that make sense for the policy read; `mark` is what it can be printed as."""
        earlier = earlier_than(policy, self._lines)[0] if policy is not None else ()
        self.write_button.setVisible(may_write and is_writable(policy, staff_id))
        self.withdraw_button.setVisible(may_write and is_withdrawable(policy, staff_id))
        self.compare_button.setVisible(bool(earlier))
        self.results_button.setVisible(policy is not None and policy.policy_id == self._in_force)
        self.print_button.setVisible(mark is not None)
        if mark is not None:
            self.print_button.setText(f"{MARKS[mark]}を印刷 (P)")

    def _by_key(self, letter: str) -> None:
        for key, button in (
            ("D", self.compare_button),
            ("W", self.withdraw_button),
            ("R", self.results_button),
            ("P", self.print_button),
        ):
            if letter.upper() == key and not button.isHidden():
                button.click()

    def _opened(self) -> None:
        if not self.write_button.isHidden():
            self.write_button.click()

    def _changed(self) -> None:
        policy_id = self.current()
        if policy_id is not None and not self._is_filling:
            self.chosen.emit(policy_id)

    def _lay_out(self) -> None:
        acts = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        acts.setSizePolicy(policy)
        row = FlowLayout(acts)
        for button in (
            self.write_button,
            self.compare_button,
            self.withdraw_button,
            self.results_button,
            self.print_button,
        ):
            row.addWidget(button)
            button.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.due)
        layout.addWidget(self.table, 1)
        layout.addWidget(acts)
        for label in self.due.findChildren(QLabel):
            if label.wordWrap():
                label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(self._changed)
        self.table.row_opened.connect(self._opened)
        self.table.typed.connect(self._by_key)
        self.write_button.clicked.connect(self.write_wanted)
        self.compare_button.clicked.connect(self.compare_wanted)
        self.withdraw_button.clicked.connect(self.withdraw_wanted)
        self.results_button.clicked.connect(self.results_wanted)
        self.print_button.clicked.connect(self.print_wanted)


def _act(text: str, name: str) -> QToolButton:
    button = named(QToolButton(), name)
    button.setText(text)
    return button
