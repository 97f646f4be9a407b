"""What is done with an inquiry in its file: one button and one key for each step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.domain.imprint import FormMark
from desktop.domain.inquiries import InquiryState
from desktop.viewmodels.inquiries import InquiryActs
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.widgets import named

_S = InquiryState
#: State, key, words of the button, object name.
_STEPS = (
    (_S.APPROVED, "A", "承認", "approve_inquiry"),
    (_S.RETURNED, "R", "差戻し", "return_inquiry"),
    (_S.DRAFTED, "E", "書き直す", "redraft_inquiry"),
    (_S.ANSWERED, "K", "回答を記録", "answer_inquiry"),
    (_S.SENT, "T", "督促を記録", "remind_inquiry"),
    (_S.CHECKED, "C", "確認", "check_inquiry"),
    (_S.WITHDRAWN, "X", "取りやめ", "withdraw_inquiry"),
)
_PRINT = {
    FormMark.DRAFT: "依頼書の案を印刷（P）",
    FormMark.PLAIN: "依頼書を印刷して発送（P）",
    FormMark.COPY: "依頼書の写しを印刷（P）",
}


class InquiryActsBar(QWidget):
    """`step_requested` carries the state to which the inquiry at hand is to be brought. Only what may be done shows."""

    new_requested = Signal()
    print_requested = Signal()
    step_requested = Signal(object)

    def __init__(self, *, may_ask: bool) -> None:
        super().__init__()
        self._may_ask = may_ask
        self.new_button = named(QPushButton("新しい照会（N）"), "new_inquiry")
        self.print_button = named(QPushButton(), "print_inquiry")
        self.steps = {
            state: named(QPushButton(f"{label}（{key}）"), name)
            for state, key, label, name in _STEPS
        }
        row = FlowingRow()
        for button in (*self.steps.values(), self.print_button, self.new_button):
            row.add(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(row)
        self.new_button.clicked.connect(self.new_requested)
        self.print_button.clicked.connect(self.print_requested)
        for state, button in self.steps.items():
            button.clicked.connect(lambda *_, state=state: self.step_requested.emit(state))
        self.show_acts(InquiryActs())

    def show_acts(self, acts: InquiryActs) -> None:
        """Offer what may be done with the inquiry at hand."""
        at_sent = _S.ANSWERED in acts.steps
        for state, button in self.steps.items():
            # What is sent by its print run is no step of words.
            is_on = state in acts.steps and (state is not _S.SENT or at_sent)
            button.setVisible(is_on)
            button.setEnabled(is_on)
        self.print_button.setText(_PRINT[acts.print_mark] if acts.print_mark else "")
        self.print_button.setVisible(acts.print_mark is not None)
        self.new_button.setVisible(self._may_ask)

    def hold(self) -> None:
        """Wait for an answer: nothing is asked twice."""
        for button in self.steps.values():
            button.setEnabled(False)

    def take_keys(self, widget: QWidget) -> None:
        """Let the letters of a list press the buttons that show."""
        keys = [(key, self.steps[state]) for state, key, _, _ in _STEPS]
        for key, button in (*keys, ("P", self.print_button), ("N", self.new_button)):
            shortcut = QShortcut(QKeySequence(key), widget)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(lambda button=button: _press(button))


def _press(button: QPushButton) -> None:
    if not button.isHidden():
        button.click()
