"""Any two policies of the household, or versions of one, beside each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.support_policies import PolicyLine, SupportPolicy
from desktop.jobs.runner import Job
from desktop.viewmodels.support_policies import Names
from desktop.viewmodels.support_policies_choices import Compared, first_to_compare, to_compare
from desktop.views.look import Look
from desktop.views.screen import ScreenView
from desktop.views.support_policies.comparison import PolicyComparison
from desktop.views.support_policies.ports import SupportPolicyDesk
from desktop.views.widgets import named

_LEAST_CHARACTERS = 14


class DifferenceView(QWidget):
    """`opened` says that there is something to read; `closed` leads back to the text. `screen` runs what it asks for."""

    opened = Signal()
    closed = Signal()

    def __init__(self, look: Look, policies: SupportPolicyDesk, screen: ScreenView) -> None:
        super().__init__()
        self._policies, self._screen = policies, screen
        self._names: Names = {}
        self._comparing: Job[list[SupportPolicy]] | None = None
        self.setObjectName("difference_view")
        self.earlier = named(QComboBox(), "earlier_policy")
        self.later = named(QComboBox(), "later_policy")
        self.comparison = PolicyComparison(look)
        self.close_button = named(QPushButton("閉じる（Esc）"), "close_difference")
        self._choices: tuple[Compared, ...] = ()
        self._lay_out()
        for box in (self.earlier, self.later):
            box.activated.connect(lambda _: self._load())
        self.close_button.clicked.connect(self.closed)
        leave = QShortcut(QKeySequence("Esc"), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.closed)

    def compare(self, policy: SupportPolicy, lines: Sequence[PolicyLine], names: Names) -> None:
        """Lay a policy of the file beside the one that it follows, and offer every other pair."""
        self._names = names
        self._screen.run(
            lambda: self._policies.versions(policy.policy_id),
            lambda versions: self._offer(policy, to_compare(policy, lines, versions)),
        )

    def focus_first(self) -> None:
        """Read at once; the choices are a Tab away."""
        self.comparison.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self, policy: SupportPolicy, choices: tuple[Compared, ...]) -> None:
        first = first_to_compare(policy, choices)
        if first is None:
            return
        self._choices = choices
        for box, chosen in zip((self.earlier, self.later), first, strict=True):
            box.clear()
            box.addItems([one.title for one in choices])
            box.setCurrentIndex(choices.index(chosen))
        self._load(then=self.opened.emit)

    def _load(self, then: Callable[[], object] = lambda: None) -> None:
        places = (self.earlier.currentIndex(), self.later.currentIndex())
        both = [self._choices[place] for place in places]
        titles = (f"前：{both[0].title}", f"後：{both[1].title}")

        def show(found: list[SupportPolicy]) -> None:
            old, new = found
            self.comparison.show_policies(old, new, self._names, titles)
            then()

        self._comparing = self._screen.run(
            lambda: [self._policies.policy(one.policy_id, one.version) for one in both],
            show,
            replaces=self._comparing,
        )

    def _lay_out(self) -> None:
        top = QGridLayout()
        for row, (text, name, box) in enumerate(
            (("前(&E)", "比べる前の方針", self.earlier), ("後(&L)", "比べる後の方針", self.later))
        ):
            label = QLabel(text)
            label.setBuddy(box)
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(_LEAST_CHARACTERS)
            top.addWidget(label, row, 0)
            top.addWidget(box, row, 1)
        top.addWidget(self.close_button, 0, 2)
        top.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(top)
        layout.addWidget(self.comparison, 1)
