"""What may be done for the member at hand: buttons, and their keys in the list of members."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.viewmodels.support_plans import PlanOffers
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.widgets import named


class ActsRow(QWidget):
    """Only what may be pressed is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.write = named(QPushButton("計画を書く（N）"), "write_plan")
        self.submit = named(QPushButton("決裁に出す（T）"), "submit_plan")
        self.withdraw = named(QPushButton("引き戻す（W）"), "withdraw_plan")
        self.consent = named(QPushButton("同意を記録（C）"), "note_consent")
        self.step = named(QPushButton("取組の状況（J）"), "note_step")
        self.review = named(QPushButton("見直しを記録（R）"), "note_review")
        self.end = named(QPushButton("計画を終了（E）"), "end_plan")
        self.begin_part = named(QPushButton("事業に参加（P）"), "begin_participation")
        self.end_part = named(QPushButton("参加を終了（Q）"), "end_participation")
        self.part_consent = named(QPushButton("参加・共有の同意（A）"), "note_part_consent")
        self.mark = named(QPushButton("参加できる人の印（M）"), "mark_can_join")
        self.print_plan = named(QPushButton("計画書を印刷（K）"), "print_plan")
        self.print_consent = named(QPushButton("同意書を印刷（D）"), "print_consent")
        self.print_confirmation = named(QPushButton("確認書を印刷（B）"), "print_confirmation")
        self._keys = {
            "N": self.write,
            "T": self.submit,
            "W": self.withdraw,
            "C": self.consent,
            "J": self.step,
            "R": self.review,
            "E": self.end,
            "P": self.begin_part,
            "Q": self.end_part,
            "A": self.part_consent,
            "M": self.mark,
            "K": self.print_plan,
            "D": self.print_consent,
            "B": self.print_confirmation,
        }
        self.write.setProperty("primary", True)
        buttons = FlowingRow()
        for button in self._keys.values():
            buttons.add(button)
            button.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(buttons)

    def offer(self, offered: PlanOffers) -> None:
        """Show what may be done."""
        self.write.setText("計画を変更（N）" if offered.changes else "計画を書く（N）")
        for button, may in (
            (self.write, offered.writes),
            (self.submit, offered.submits),
            (self.withdraw, offered.withdraws),
            (self.consent, offered.consents),
            (self.step, offered.follows),
            (self.review, offered.follows),
            (self.end, offered.ends),
            (self.begin_part, offered.takes_part),
            (self.end_part, offered.leaves),
            (self.part_consent, offered.answers),
            (self.mark, offered.marks),
            (self.print_plan, offered.prints),
            (self.print_consent, offered.prints),
            (self.print_confirmation, offered.prints),
        ):
            button.setVisible(may)

    def press(self, letter: str) -> None:
        """Press what a letter typed in the list stands for."""
        button = self._keys.get(letter.upper())
        if button is not None and not button.isHidden():
            button.click()
