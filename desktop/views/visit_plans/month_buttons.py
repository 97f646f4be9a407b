"""The buttons of the month, each with its key; only those show that belong to what the reader may do."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop.domain.visit_plans import PlanMove
from desktop.viewmodels.visit_plans_month_acts import MonthActs
from desktop.views.flow_layout import FlowLayout
from desktop.views.widgets import low_for_width, named

#: Key, name of the button, its words.
BUTTONS = (
    ("G", "propose_month", "月の計画案を作る（G）"),
    ("F", "replan_absent", "不在→組み直す（F）"),
    ("R", "replan_urgent", "臨時訪問→組み直す（R）"),
    ("Y", "replan_lost", "使えない半日→組み直す（Y）"),
    ("W", "month_next_week", "翌週ではだめか（W）"),
    ("L", "lock_month_visit", "固定・解除（L）"),
    ("B", "note_month_visit", "備考（B）"),
    ("A", "add_month_visit", "訪問を追加（A）"),
    ("D", "cancel_month_visit", "取りやめ（D）"),
    ("K", "carry_day", "この日の携行票を作る（K）"),
    ("T", "call_list", "電話連絡リストを印刷（T）"),
    ("M", "message_file", "ショートメッセージのファイルを作る（M）"),
)
_MOVES = {
    PlanMove.SUBMIT: ("submit_month", "提出（Ctrl+Enter）"),
    PlanMove.APPROVE: ("approve_month", "承認（Ctrl+Enter）"),
    PlanMove.RETURN: ("return_month", "差戻し"),
    PlanMove.WITHDRAW: ("withdraw_month", "引戻し"),
}
_AGAIN, _FIRST = "計画案を作り直す（G）", "月の計画案を作る（G）"


class MonthButtons(QWidget):
    """`pressed` carries the name of the button whose act is wanted, `move_pressed` a PlanMove."""

    pressed = Signal(str)
    move_pressed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.acts = {name: named(QPushButton(words), name) for _, name, words in BUTTONS}
        self.moves = {
            move: named(QPushButton(words), name) for move, (name, words) in _MOVES.items()
        }
        self.read_first = named(
            QLabel("承認する前に「計画の要点」を最後まで読んでください。"), "read_month_first"
        )
        low_for_width(self)
        row = FlowLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        for widget in (*self.acts.values(), *self.moves.values(), self.read_first):
            row.addWidget(widget)
        for move in (PlanMove.SUBMIT, PlanMove.APPROVE):
            self.moves[move].setProperty("primary", True)
        for name, button in self.acts.items():
            button.clicked.connect(lambda *_, name=name: self.press(name))
        for move, button in self.moves.items():
            button.clicked.connect(lambda *_, move=move: self.press_move(move))

    def offer(self, may: MonthActs, *, is_draft: bool, is_read: bool) -> None:
        """Show and enable what may be done now."""
        edits, deviates = is_draft, may.may_replan
        for name, shown, allowed in (
            ("propose_month", may.may_propose, may.may_propose),
            ("replan_absent", deviates, may.may_say_absent),
            ("replan_urgent", deviates, deviates),
            ("replan_lost", deviates, deviates),
            ("month_next_week", edits or deviates, may.may_move),
            ("lock_month_visit", edits, may.may_lock),
            ("note_month_visit", edits, may.may_note),
            ("add_month_visit", edits or deviates, may.may_add),
            ("cancel_month_visit", edits or deviates, may.may_cancel),
            ("carry_day", may.may_carry, may.may_carry),
            ("call_list", may.may_list, may.may_list),
            ("message_file", may.may_write_messages, may.may_write_messages),
        ):
            self.acts[name].setVisible(shown)
            self.acts[name].setEnabled(allowed)
        self.acts["propose_month"].setText(_AGAIN if is_draft else _FIRST)
        for move, button in self.moves.items():
            button.setVisible(move in may.moves)
        self.moves[PlanMove.APPROVE].setEnabled(may.decides and is_read)
        self.read_first.setVisible(may.decides and not is_read)

    def press(self, name: str) -> None:
        """As its key or the mouse does."""
        button = self.acts[name]
        if button.isEnabled() and not button.isHidden():
            self.pressed.emit(name)

    def press_move(self, move: PlanMove) -> None:
        """As its key or the mouse does."""
        button = self.moves[move]
        if button.isEnabled() and not button.isHidden():
            self.move_pressed.emit(move)

    def press_main(self) -> None:
        """Ctrl+Enter: submit, or approve what was read."""
        for move in (PlanMove.SUBMIT, PlanMove.APPROVE):
            self.press_move(move)
