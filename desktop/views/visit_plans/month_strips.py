"""The strips beneath the month: a trial with its half-days, and the forms that ask."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton

from desktop.views.visit_plans.forms import ReasonForm, WordsForm
from desktop.views.visit_plans.message_form import MessageForm
from desktop.views.visit_plans.month_forms import AbsentForm, LostForm, MonthAddForm, UrgentForm
from desktop.views.visit_plans.strips import PlanStrips
from desktop.views.widgets import named


class MonthStrips(PlanStrips):
    """`stepped` carries -1 or 1: the trial goes on to the half-day before or after."""

    stepped = Signal(int)

    def __init__(self, today: Callable[[], date]) -> None:
        self.note = WordsForm("month_note_form", "備考を保存", "備考", required=False)
        self.back = WordsForm("return_month_form", "差戻し", "差戻しの理由", required=True)
        self.deviation = ReasonForm("month_deviation_form", "変更を記録", words_required=False)
        self.add = MonthAddForm(today)
        self.absent = AbsentForm(today)
        self.urgent = UrgentForm(today)
        self.lost = LostForm(today)
        self.messages = MessageForm(today)
        before = named(QPushButton("前の半日（Shift+←）"), "half_before")
        after = named(QPushButton("次の半日（Shift+→）"), "half_after")
        super().__init__(
            (
                *(self.note, self.back, self.deviation, self.add),
                *(self.absent, self.urgent, self.lost, self.messages),
            ),
            (before, after),
        )
        # The list keeps the keyboard, so that its keys go on trying.
        for button, step in ((before, -1), (after, 1)):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda *_, step=step: self.stepped.emit(step))
