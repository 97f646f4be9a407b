"""Above a household's review: whose file it is, how the policy stands, why it is due and whether it was explained."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.policy_review import ReviewStage
from desktop.viewmodels.policy_review import reason_text
from desktop.viewmodels.support_policies import return_reason
from desktop.viewmodels.support_policies_answers import explain_sentence
from desktop.views.households.identity_bar import IdentityBar
from desktop.views.paragraph import Paragraph
from desktop.views.policy_review.ports import ReviewTask
from desktop.views.records.notice import Notice
from desktop.views.widgets import named

_WAITS = "この世帯の援助方針は提出済みで、決裁を待っています。"
_OTHERS = "この世帯の次の援助方針は、ほかの職員が書いています。"


class ReviewHead(QWidget):
    """Stays while the lines, a form or the year take the place beneath it."""

    def __init__(self) -> None:
        super().__init__()
        self.identity = IdentityBar()
        self.notice = Notice()
        self.facts = named(Paragraph(tone="muted"), "review_facts")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for part in (self.identity, self.notice, self.facts):
            layout.addWidget(part)

    def show_task(self, task: ReviewTask, today: date) -> None:
        """Show a household."""
        self.identity.show_identity(task.case.identity)
        self._say_standing(task)
        explained, _ = explain_sentence(task.case.answers, today)
        if task.line.is_missing:
            explained = ""
        self.facts.say("　".join(filter(None, (reason_text(task.line, today), explained))))

    def _say_standing(self, task: ReviewTask) -> None:
        if task.line.stage is ReviewStage.SUBMITTED:
            self.notice.say(_WAITS, "info")
        elif not task.is_mine:
            self.notice.say(_OTHERS, "warning")
        else:
            self.notice.say(return_reason(task.stored) if task.stored else "", "error")
