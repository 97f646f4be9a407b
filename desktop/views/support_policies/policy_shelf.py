"""The household's policies, newest first, and what may be done with the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.forms import FormMark
from desktop.domain.support_policies import (
    PolicyAnswers,
    PolicyLine,
    PolicyState,
    SupportPolicy,
)
from desktop.override import override
from desktop.viewmodels.printing import MARKS
from desktop.viewmodels.rows import RowTableModel
from desktop.viewmodels.support_policies import (
    due_sentence,
    in_force_of,
    is_withdrawable,
    is_writable,
    policy_columns,
)
from desktop.viewmodels.support_policies_answers import explain_sentence
from desktop.viewmodels.support_policies_choices import is_comparable
from desktop.views.flow_layout import FlowLayout
from desktop.views.look import Look
from desktop.views.records.notice import Notice
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 6, 1: 4, 2: 5, 3: 6, 4: 6}
#: As wide as the columns ask, in full-width characters.
WIDTH = sum(_WIDTHS.values()) + len(_WIDTHS) + 1
_STRETCH = 2
_GAP = 4
_LEAST_LINES = 8
_MOST_ROWS_ABOVE = 3


class PolicyShelf(QWidget):
    """`chosen` carries the policy's id; Enter, D, W, K, P, S, N and H ask for what their buttons say, F for readings."""

    chosen = Signal(object)
    write_wanted = Signal()
    compare_wanted = Signal()
    withdraw_wanted = Signal()
    results_wanted = Signal()
    print_wanted = Signal()
    explain_wanted = Signal()
    no_review_wanted = Signal()
    for_person_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("policy_shelf")
        self._lines: tuple[PolicyLine, ...] = ()
        self._in_force: UUID | None = None
        self._is_filling = False
        self.due = Notice()
        self.explained = Notice()
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
        self.write_button = _act("書き続ける（Enter）", "policy_write")
        self.compare_button = _act("ほかの方針・版と比べる（D）", "policy_compare")
        self.withdraw_button = _act("引戻し（W）", "policy_withdraw")
        self.results_button = _act("取組の結果（K）", "policy_results")
        self.print_button = _act("", "policy_print")
        self.explain_button = _act("説明を記録（S）", "policy_explain")
        self.no_review_button = _act("見直し不要（N）", "policy_no_review")
        self.for_person_button = _act("本人用の説明書（H）", "policy_for_person")
        self._acts = QWidget()
        self.readings = named(QCheckBox("ふりがな（F）"), "with_readings")
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

    def show_lines(
        self,
        lines: Sequence[PolicyLine],
        today: date,
        keep: UUID | None,
        answers: PolicyAnswers | None = None,
    ) -> None:
        """Show the policies; `keep` stays or becomes the chosen one, else the newest is.

        `answers` say whether the one in force was explained.
        """
        self._lines = tuple(lines)
        valid = in_force_of(lines)
        self._in_force = valid.policy_id if valid else None
        self.due.say(*due_sentence(lines, today))
        self.explained.say(*explain_sentence(answers, today))
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
        self.write_button.setVisible(may_write and is_writable(policy, staff_id))
        self.withdraw_button.setVisible(may_write and is_withdrawable(policy, staff_id))
        self.compare_button.setVisible(is_comparable(policy, self._lines))
        self.results_button.setVisible(policy is not None and policy.policy_id == self._in_force)
        self.print_button.setVisible(mark is not None)
        if mark is not None:
            self.print_button.setText(f"{MARKS[mark]}を印刷（P）")
        is_approved = policy is not None and policy.state is PolicyState.APPROVED
        in_force = policy is not None and policy.policy_id == self._in_force
        self.explain_button.setVisible(may_write and is_approved)
        self.no_review_button.setVisible(may_write and in_force)
        for part in (self.for_person_button, self.readings):
            part.setVisible(mark is not None and is_approved)

    @override
    def minimumSizeHint(self) -> QSize:
        """Some lines: the sentences and buttons above and beneath the list are not asked for at their narrowest."""
        lines = _LEAST_LINES * self.fontMetrics().lineSpacing()
        return QSize(super().minimumSizeHint().width(), lines)

    def height_above_text(self) -> int:
        """The height that shows everything with a few lines of the list, where the shelf stands above the text."""
        parts = (self.due, self.explained, self._acts)
        around = sum(max(p.heightForWidth(self.width()), 0) for p in parts if not p.isHidden())
        row = self.table.verticalHeader().defaultSectionSize()
        rows = min(len(self._lines), _MOST_ROWS_ABOVE) * row
        head = self.table.horizontalHeader().height() + 2 * self.table.frameWidth()
        return around + head + rows + len(parts) * _GAP

    def _by_key(self, letter: str) -> None:
        for key, button in (
            ("D", self.compare_button),
            ("W", self.withdraw_button),
            ("K", self.results_button),
            ("P", self.print_button),
            ("S", self.explain_button),
            ("N", self.no_review_button),
            ("H", self.for_person_button),
            ("F", self.readings),
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
        acts = self._acts
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        acts.setSizePolicy(policy)
        row = FlowLayout(acts)
        acted: tuple[QAbstractButton, ...] = (
            *(self.write_button, self.compare_button, self.withdraw_button),
            *(self.results_button, self.explain_button, self.no_review_button),
            *(self.print_button, self.for_person_button, self.readings),
        )
        for button in acted:
            row.addWidget(button)
            button.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_GAP)
        layout.addWidget(self.due)
        layout.addWidget(self.explained)
        layout.addWidget(self.table, 1)
        layout.addWidget(acts)
        for notice in (self.due, self.explained):
            for label in notice.findChildren(QLabel):
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
        self.explain_button.clicked.connect(self.explain_wanted)
        self.no_review_button.clicked.connect(self.no_review_wanted)
        self.for_person_button.clicked.connect(self.for_person_wanted)


def _act(text: str, name: str) -> QToolButton:
    button = named(QToolButton(), name)
    button.setText(text)
    return button
