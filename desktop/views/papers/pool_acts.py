"""What is done with the paper at hand: move on, take over, hand over, draft, print, settle."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.domain.errors import ValidationError
from desktop.domain.office import StaffRow
from desktop.domain.papers import MOST_NOTE
from desktop.viewmodels.papers import PaperActs
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.form_reader import FormReader
from desktop.views.papers.folding_row import FlowingRow, FoldingRow
from desktop.views.widgets import named

_CHARACTERS = 14
_REASON = 8


class PoolActs(QWidget):
    """Buttons for a paper; `hand_over_requested` carries a colleague's id, `settle_requested` a reason. `left`: back to the list."""

    step_requested = Signal()
    take_requested = Signal()
    hand_over_requested = Signal(object)
    draft_requested = Signal()
    print_requested = Signal()
    attach_requested = Signal()
    settle_requested = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.step_button = named(QPushButton(), "step_paper")
        self.take_button = named(QPushButton("引き受ける（T）"), "take_paper")
        self.draft_button = named(QPushButton("起案を頼む（D）"), "draft_paper")
        self.print_button = named(QPushButton("受付票・受領証（P）"), "print_paper")
        self.attach_button = named(QPushButton("添付（A）"), "attach_file")
        self.to = ChoiceField("引き渡す職員", ())
        self.hand_over_button = named(QPushButton("引き渡す（H）"), "hand_over_paper")
        self.reason = named(QLineEdit(), "settle_reason")
        self.settle_button = named(QPushButton("理由を付けて完了（S）"), "settle_paper")
        self._lay_out()
        self._connect()

    def set_colleagues(self, people: Sequence[StaffRow]) -> None:
        """Offer those who handle papers."""
        self.to.set_choices(
            [Choice(code=str(p.staff_id), label=f"{p.name}（{p.role_label}）") for p in people]
        )

    def show_acts(self, acts: PaperActs, *, has_paper: bool) -> None:
        """Offer what may be done."""
        target = f"「{acts.next_label}」へ進める（N）" if acts.next_label else "進める（N）"
        self.step_button.setText(target)
        self.step_button.setEnabled(bool(acts.next_label))
        self.take_button.setEnabled(acts.may_take)
        self.draft_button.setEnabled(acts.may_draft)
        self.print_button.setEnabled(has_paper)
        self.attach_button.setEnabled(has_paper)
        self.hand_over_button.setEnabled(acts.may_hand_over)
        self.to.set_read_only(read_only=not acts.may_hand_over)
        self.reason.setEnabled(acts.may_settle)
        self.settle_button.setEnabled(acts.may_settle)

    def hold(self) -> None:
        """Wait for an answer: nothing is asked twice."""
        for button in self._buttons:
            button.setEnabled(False)

    def clear(self) -> bool:
        """Forget reason and colleague; whether one of them had the keyboard."""
        had = self.reason.hasFocus() or self.to.editor().hasFocus() or self._is_in_to()
        self.reason.clear()
        self.to.show_value(None)
        return had

    def take_reason(self) -> None:
        """Put the keyboard where the reason is typed."""
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def hand_over(self) -> None:
        """Hand the paper to the colleague who is chosen; without one, ask for him."""
        if not self.hand_over_button.isEnabled():
            return
        reader = FormReader()
        chosen = reader.read("to", self.to)
        try:
            reader.finish()
        except ValidationError:
            return
        if chosen:
            self.hand_over_requested.emit(UUID(chosen))
        else:
            self.to.editor().setFocus(Qt.FocusReason.OtherFocusReason)

    def settle(self) -> None:
        """Settle with the reason that is typed; without one, ask for it."""
        if not self.settle_button.isEnabled():
            return
        reason = self.reason.text().strip()
        if reason:
            self.settle_requested.emit(reason)
        else:
            self.take_reason()

    def _is_in_to(self) -> bool:
        line = self.to.editor().lineEdit()
        return line is not None and line.hasFocus()

    def _lay_out(self) -> None:
        self.reason.setAccessibleName("完了とする理由")
        self.reason.setPlaceholderText("決定を経ずに完了とする理由（例：変更なし、控えのみ）")
        self.reason.setMaxLength(MOST_NOTE)
        self.to.editor().setMinimumContentsLength(_CHARACTERS)
        line = self.to.editor().lineEdit()
        if line is not None:
            line.setPlaceholderText("引き渡す職員")
        self._buttons = (
            self.step_button,
            self.take_button,
            self.draft_button,
            self.print_button,
            self.attach_button,
            self.hand_over_button,
            self.settle_button,
        )
        above, beneath = FlowingRow(), FoldingRow()
        above.add(self.step_button)
        above.add(self.take_button)
        above.add(self.draft_button)
        above.add(self.print_button)
        above.add(self.attach_button)
        self.reason.setMinimumWidth(self.fontMetrics().horizontalAdvance("国") * _REASON)
        beneath.add_part(self.to, self.hand_over_button, stretches=0, share=1)
        beneath.add_part(self.reason, self.settle_button, stretches=0, share=1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(above)
        layout.addWidget(beneath)

    def _connect(self) -> None:
        self.step_button.clicked.connect(self.step_requested)
        self.take_button.clicked.connect(self.take_requested)
        self.draft_button.clicked.connect(self.draft_requested)
        self.print_button.clicked.connect(self.print_requested)
        self.attach_button.clicked.connect(self.attach_requested)
        self.hand_over_button.clicked.connect(self.hand_over)
        self.settle_button.clicked.connect(self.settle)
        self.reason.returnPressed.connect(self.settle)
        line = self.to.editor().lineEdit()
        if line is not None:
            # Enter is done with its field before the paper goes.
            line.returnPressed.connect(self.hand_over, Qt.ConnectionType.QueuedConnection)
        for widget in (self.reason, self.to):
            escape = QShortcut(QKeySequence("Escape"), widget)
            escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            escape.activated.connect(self.left)
