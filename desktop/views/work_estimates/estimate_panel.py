"""An estimate beside its form: the word 試算 in large letters, amount, formula, values, refusals."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.work_estimates import Estimate
from desktop.viewmodels.work_estimates import amount_text, checks_text, used_text
from desktop.views.paragraph import Paragraph
from desktop.views.records.notice import Notice
from desktop.views.widgets import named
from desktop.views.work_estimates.line_grid import LineGrid

_WAITING = "左の項目を入れると、ここに試算が出ます。"


class EstimatePanel(QWidget):
    """Shows one estimate, or what is still to be entered."""

    def __init__(self) -> None:
        super().__init__()
        self.estimate: Estimate | None = None
        self.title = named(QLabel("試算"), "estimate_title")
        self.note = Paragraph(tone="muted")
        self.amount = named(QLabel(), "estimate_amount")
        self.amount.setWordWrap(True)
        self.refusals = named(Notice(), "estimate_refusals")
        self.lines = named(LineGrid(), "estimate_lines")
        self.checks = named(Paragraph(tone="warning"), "estimate_checks")
        self.used = named(Paragraph(tone="muted"), "estimate_used")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 12, 0)
        parts = (self.title, self.note, self.amount, self.refusals, self.lines)
        for part in (*parts, self.checks, self.used):
            layout.addWidget(part)
        layout.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.wait()

    def wait(self) -> None:
        """Say that something is still to be entered."""
        self.estimate = None
        self.note.say(_WAITING)
        self.amount.clear()
        self.refusals.say("")
        self.lines.show_lines(())
        for part in (self.checks, self.used):
            part.say("")

    def show_estimate(self, estimate: Estimate) -> None:
        """Show it."""
        self.estimate = estimate
        self.note.say(f"決定ではありません。{estimate.version}")
        self.amount.setText(amount_text(estimate))
        self.amount.setAccessibleName(f"試算　{amount_text(estimate)}")
        self.refusals.say("\n".join(estimate.refusals))
        self.lines.show_lines(estimate.lines)
        self.checks.say(checks_text(estimate))
        self.used.say(used_text(estimate))
