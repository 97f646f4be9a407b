"""Two policies beside each other, with a line that says what changed."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from desktop.viewmodels.support_policies import Names, Policy
from desktop.viewmodels.support_policies_comparison import (
    LineDifference,
    compare_policies,
    summary,
)
from desktop.views.look import Look
from desktop.views.records.entry_browser import EntryBrowser
from desktop.views.support_policies.difference_document import write_difference
from desktop.views.widgets import muted_label, named

_LEGEND = "取消線＝左だけにある文　下線＝右だけにある文"


class PolicyComparison(QWidget):
    """The older policy at the left, the newer at the right; what belongs to one issue stands in one row."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.text = named(EntryBrowser(look, "援助方針の見比べ"), "policy_difference")
        self.summary = named(QLabel(), "difference_summary")
        self.whole = named(QCheckBox("変わらない文も表示(&V)"), "difference_whole")
        self._titles = ("", "")
        self._lines: tuple[LineDifference, ...] = ()
        legend = muted_label(_LEGEND)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.summary)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.whole)
        layout.addWidget(legend)
        for label in (self.summary, legend):
            label.setWordWrap(True)
        self.whole.toggled.connect(self._draw)

    def show_policies(
        self, old: Policy, new: Policy, names: Names, titles: tuple[str, str]
    ) -> None:
        """Compare two policies; `titles` stand above the columns."""
        self._titles = titles
        self._lines = compare_policies(old, new, names)
        self.summary.setText(summary(self._lines))
        self._draw()

    def _draw(self) -> None:
        lines, titles, whole = self._lines, self._titles, self.whole.isChecked()
        self.text.show_drawn(lambda writer: write_difference(writer, titles, lines, whole=whole))
