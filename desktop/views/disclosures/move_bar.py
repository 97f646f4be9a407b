"""What moves a request on: hand over, review, return, reopen, withdraw; and the ways to paper."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.domain.disclosures import MOST_WORDS, MOVE, DisclosureMove
from desktop.viewmodels.disclosures import SheetActs
from desktop.views.flow_layout import FlowLayout
from desktop.views.paragraph import Paragraph
from desktop.views.widgets import keep_height_for_width, named

_M = DisclosureMove


class MoveBar(QWidget):
    """`moved` carries a DisclosureMove and the reason; `proof_requested` and `copy_requested` ask for paper.

    Ctrl+Enter makes the one move forward that is open; P prints a proof.
    """

    moved = Signal(object, str)
    proof_requested = Signal()
    copy_requested = Signal()
    back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.note = named(Paragraph(tone="muted"), "disclosure_note")
        self.hand_over_button = named(
            QPushButton(f"{MOVE[_M.HAND_OVER]}（Ctrl+Enter）"), "hand_over"
        )
        self.review_button = named(QPushButton(f"{MOVE[_M.REVIEW]}（Ctrl+Enter）"), "review_copy")
        self.copy_button = named(QPushButton("開示用を印刷…（Ctrl+Enter）"), "print_copy")
        self.reason = named(QLineEdit(), "move_reason")
        self.return_button = named(QPushButton(MOVE[_M.RETURN]), "return_copy")
        self.reopen_button = named(QPushButton(MOVE[_M.REOPEN]), "reopen_copy")
        self.withdraw_button = named(QPushButton(MOVE[_M.WITHDRAW]), "withdraw_request")
        self.proof_button = named(QPushButton("案を印刷…(&P)"), "print_proof")
        self.back_button = named(QPushButton("一覧へ戻る(&B)"), "back_to_requests")
        self._lay_out()
        self._connect()

    def show_acts(self, acts: SheetActs) -> None:
        """Offer what the person may do now."""
        self.note.say(acts.note)
        for button, may in (
            (self.hand_over_button, acts.may_hand_over),
            (self.review_button, acts.may_review),
            (self.copy_button, acts.may_issue),
            (self.return_button, acts.may_review),
            (self.reopen_button, acts.may_reopen),
            (self.withdraw_button, acts.may_withdraw),
        ):
            button.setVisible(may)
            button.setEnabled(may)
        # What is not possible yet is shown grey to whoever prepares: it says what comes next.
        self.hand_over_button.setVisible(acts.may_mark)
        needs_reason = acts.may_review or acts.may_reopen or acts.may_withdraw
        self.reason.setVisible(needs_reason)

    def hold(self) -> None:
        """While a move is under way nothing else begins."""
        for button in (
            *(self.hand_over_button, self.review_button, self.copy_button, self.return_button),
            *(self.reopen_button, self.withdraw_button),
        ):
            button.setEnabled(False)

    def ask_reason(self) -> None:
        """Put the keyboard where the reason belongs."""
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forward(self) -> None:
        for button in (self.hand_over_button, self.review_button, self.copy_button):
            if button.isEnabled() and not button.isHidden():
                button.click()
                return

    def _move(self, move: DisclosureMove) -> None:
        self.moved.emit(move, self.reason.text().strip())

    def _lay_out(self) -> None:
        for button in (self.hand_over_button, self.review_button, self.copy_button):
            button.setProperty("primary", True)
        self.reason.setAccessibleName("差し戻す・戻す・取り下げる理由")
        self.reason.setPlaceholderText("差し戻す・準備に戻す・取り下げる理由")
        self.reason.setMaxLength(MOST_WORDS)
        self.reason.setMinimumWidth(self.fontMetrics().horizontalAdvance("国") * 20)
        acts = QWidget()
        keep_height_for_width(acts)
        row = FlowLayout(acts)
        for widget in (
            *(self.hand_over_button, self.review_button, self.copy_button, self.proof_button),
            *(self.reason, self.return_button, self.reopen_button, self.withdraw_button),
            self.back_button,
        ):
            row.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(self.note)
        layout.addWidget(acts)

    def _connect(self) -> None:
        for button, move in (
            (self.hand_over_button, _M.HAND_OVER),
            (self.review_button, _M.REVIEW),
            (self.return_button, _M.RETURN),
            (self.reopen_button, _M.REOPEN),
            (self.withdraw_button, _M.WITHDRAW),
        ):
            button.clicked.connect(lambda *_, move=move: self._move(move))
        self.copy_button.clicked.connect(lambda *_: self.copy_requested.emit())
        self.proof_button.clicked.connect(lambda *_: self.proof_requested.emit())
        self.back_button.clicked.connect(lambda *_: self.back_requested.emit())
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(self._forward)
