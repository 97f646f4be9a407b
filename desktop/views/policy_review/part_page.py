"""One part of the policy in its form: an issue or the household, as the editor shows it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import ValidationError
from desktop.domain.support_policies import Evidence, PolicyInput
from desktop.viewmodels.policy_review_lines import PolicyReview
from desktop.viewmodels.support_policies import Names
from desktop.viewmodels.support_policies_form import with_issue
from desktop.views.support_policies.household_form import HouseholdForm
from desktop.views.support_policies.issue_form import IssueForm
from desktop.views.support_policies.ports import Offers
from desktop.views.widgets import named

_HOUSEHOLD = "世帯の状況・前回の評価"


class PartPage(QWidget):
    """`done` asks to take what was typed and go on, `back` to take it and go back. Nothing typed is dropped."""

    done = Signal()
    back = Signal()
    edited = Signal()
    year_wanted = Signal()
    entry_wanted = Signal(object)

    def __init__(self, offers: Offers, today: Callable[[], date]) -> None:
        super().__init__()
        self.setObjectName("review_part")
        self._offers, self._today = offers, today
        self._place = 0
        self.form: IssueForm | HouseholdForm | None = None
        self.title = named(QLabel(), "section_title")
        self.title.setWordWrap(True)
        self.done_button = named(QPushButton("決めて次へ（Ctrl+Enter）"), "part_done")
        self.back_button = named(QPushButton("戻る（Esc）"), "part_back")
        self.holder = named(QScrollArea(), "part_scroll")
        self._lay_out()
        self._connect()

    @property
    def is_about_issue(self) -> bool:
        """Whether the open form is that of an issue."""
        return isinstance(self.form, IssueForm)

    def open_issue(self, review: PolicyReview, place: int, names: Names) -> None:
        """Show the form of a line."""
        line = review.line_at(place)
        if line is None:
            return
        form = IssueForm(names, self._offers.wording, self._today)
        form.show_issue(line.issue)
        form.evidence.pick_wanted.connect(self.year_wanted)
        form.evidence.entry_wanted.connect(self.entry_wanted)
        self._place = place
        self._open("新しい課題" if line.before is None else f"課題{place + 1}を変える", form)
        form.texts["text"].setFocus()

    def open_household(self, review: PolicyReview) -> None:
        """Show the form of the household's part."""
        form = HouseholdForm(self._offers.wording, self._offers.grades, self._today)
        form.show_input(review.given)
        self._open(_HOUSEHOLD, form)
        form.focus_first()

    def close_form(self) -> None:
        """The form is done with."""
        self.form = None

    def so_far(self, given: PolicyInput) -> PolicyInput:
        """The policy with what can be read of the open form while somebody types."""
        if isinstance(self.form, HouseholdForm):
            return self.form.so_far(given)
        if isinstance(self.form, IssueForm):
            return with_issue(given, self._place, self.form.so_far(given.issues[self._place]))
        return given

    def take(self, review: PolicyReview) -> bool:
        """Take over what the open form holds; False when something in it cannot be read."""
        try:
            if isinstance(self.form, HouseholdForm):
                review.replace(self.form.read(review.given))
            elif isinstance(self.form, IssueForm):
                issue = review.given.issues[self._place]
                review.take(self._place, self.form.read(issue))
        except ValidationError:
            return False
        return True

    def take_evidence(self, evidence: Evidence) -> bool:
        """A sentence of the record for the open issue; False where no issue is open."""
        if not isinstance(self.form, IssueForm):
            return False
        self.form.take_evidence(evidence)
        return True

    def _open(self, title: str, form: IssueForm | HouseholdForm) -> None:
        self.form = form
        form.edited.connect(self.edited)
        self.title.setText(title)
        self.holder.setWidget(form)
        form.show()

    def _lay_out(self) -> None:
        self.holder.setWidgetResizable(True)
        self.holder.setFrameShape(QFrame.Shape.NoFrame)
        self.done_button.setProperty("primary", True)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.done_button)
        foot.addWidget(self.back_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.addWidget(self.title)
        layout.addWidget(self.holder, 1)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.done_button.clicked.connect(self.done)
        self.back_button.clicked.connect(self.back)
        for keys, signal in (
            ("Ctrl+Return", self.done),
            ("Ctrl+Enter", self.done),
            ("Esc", self.back),
            ("Ctrl+R", self.year_wanted),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(signal)
