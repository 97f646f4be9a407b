"""A policy beside any earlier one of the household."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.support_policies import PolicyLine, SupportPolicy
from desktop.viewmodels.support_policies import Names, line_title
from desktop.views.look import Look
from desktop.views.support_policies.comparison import PolicyComparison
from desktop.views.widgets import named


class DifferenceView(QWidget):
    """`earlier_wanted` carries the id of the earlier policy that was chosen; `closed` leads back to the text."""

    earlier_wanted = Signal(object)
    closed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("difference_view")
        self.earlier = named(QComboBox(), "earlier_policy")
        self.comparison = PolicyComparison(look)
        self.close_button = named(QPushButton("閉じる (Esc)"), "close_difference")
        self._lay_out()
        self.earlier.activated.connect(self._chosen)
        self.close_button.clicked.connect(self.closed)
        leave = QShortcut(QKeySequence("Esc"), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.closed)

    def offer(self, lines: Sequence[PolicyLine], chosen: UUID) -> None:
        """Offer the earlier policies."""
        self.earlier.clear()
        for line in lines:
            self.earlier.addItem(line_title(line), line.policy_id)
        self.earlier.setCurrentIndex(max(0, self.earlier.findData(chosen)))

    def show_difference(self, old: SupportPolicy, new: SupportPolicy, names: Names) -> None:
        """Show the comparison and put the keyboard on it."""
        titles = (f"前：{line_title(old)}", f"後：{line_title(new)}")
        self.comparison.show_policies(old, new, names, titles)

    def focus_first(self) -> None:
        """Read at once; the choice of the earlier one is a Tab away."""
        self.comparison.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self) -> None:
        self.earlier_wanted.emit(self.earlier.currentData())

    def _lay_out(self) -> None:
        label = QLabel("比べる前の方針(&E)")
        label.setBuddy(self.earlier)
        self.earlier.setAccessibleName("比べる前の方針")
        self.earlier.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.earlier.setMinimumContentsLength(14)
        top = QHBoxLayout()
        top.addWidget(label)
        top.addWidget(self.earlier, 1)
        top.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(top)
        layout.addWidget(self.comparison, 1)
