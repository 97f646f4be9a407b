"""The forms of a policy: the list of its parts, the form of the chosen one, the self-check and the sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import ValidationError
from desktop.domain.support_policies import Evidence, Issue, PolicyInput
from desktop.override import override
from desktop.viewmodels.support_policies_evidence import Sentence
from desktop.viewmodels.support_policies_form import (
    added,
    moved,
    new_issue,
    outline_line,
    removed,
    with_issue,
)
from desktop.views.look import Look
from desktop.views.support_policies.checks_panel import ChecksPanel
from desktop.views.support_policies.evidence_picker import EvidencePicker
from desktop.views.support_policies.household_form import HouseholdForm
from desktop.views.support_policies.issue_form import IssueForm
from desktop.views.support_policies.outline import Outline
from desktop.views.support_policies.ports import PolicyTask
from desktop.views.widgets import named

_SHARES = (40, 60)
#: Where there is less room, in full-width characters, list and self-check stand above the form.
_ROOM_FOR_BOTH = 48
_WAYS = 1000


class PolicyForm(QSplitter):
    """Holds the policy as typed. `edited` on every change, `sentences_wanted` before the first evidence is picked."""

    edited = Signal()
    sentences_wanted = Signal()
    entry_wanted = Signal(object)

    def __init__(self, task: PolicyTask, look: Look, today: Callable[[], date]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName("policy_form")
        self._names = task.names
        self._given = task.given
        self._place = 0
        self._has_sentences = False
        self.outline = Outline()
        self.checks = ChecksPanel(look)
        self.picker = EvidencePicker()
        self.household = HouseholdForm(task.wording, today)
        self.issue = IssueForm(task.names, task.wording, today)
        self._left = QStackedWidget()
        self._pages = QStackedWidget()
        self._column = QSplitter(Qt.Orientation.Vertical)
        self._scrolls: list[QScrollArea] = []
        self._build()
        self._connect()

    def show_input(self, given: PolicyInput) -> None:
        """Show another policy, at the household's part."""
        self._given = given
        self._go(0)

    def go_to(self, issue_id: UUID | None) -> None:
        """Show this issue; the household's part where the policy has none of this id."""
        ids = [issue.issue_id for issue in self._given.issues]
        self._choose(ids.index(issue_id) + 1 if issue_id in ids else 0)

    def keep_version(self, version: int) -> None:
        """What is stored now is the version that is shown."""
        self._given = replace(self._given, shown_version=version)

    def read(self) -> PolicyInput:
        """The policy as typed; raises ValidationError and goes to the field that is wrong."""
        self._given = self._read_shown()
        self._show_outline()
        return self._given

    def so_far(self) -> PolicyInput:
        """What can be read of it while somebody types."""
        issue = self._shown_issue
        if issue is None:
            return self.household.so_far(self._given)
        return with_issue(self._given, self._place - 1, self.issue.so_far(issue))

    def show_errors(self, place: int | None, sentences: Mapping[str, str]) -> None:
        """Go to the part and say beside its fields what is wrong."""
        target = 0 if place is None else place + 1
        if target != self._place:
            self._go(target)
        fields = self.household.fields()
        for key, sentence in sentences.items():
            if place is not None:
                self.issue.show_error(key, sentence)
            elif key in fields:
                fields[key].show_error(sentence)
                fields[key].setFocus()

    def show_sentences(self, sentences: Sequence[Sentence]) -> None:
        """Offer the sentences of the record."""
        self._has_sentences = True
        self.picker.show_sentences(sentences)

    def refresh_outline(self) -> None:
        """Bring the list up to what is typed."""
        given = self.so_far()
        self._show_outline(given)

    def focus_first(self) -> None:
        """Go to the first field of the part shown."""
        issue = self._shown_issue
        if issue is None:
            self.household.focus_first()
        else:
            self.issue.focus_first(issue)

    def pick_evidence(self) -> None:
        """Show the sentences of the record beside an issue."""
        if self._shown_issue is None:
            return
        self._left.setCurrentWidget(self.picker)
        self.picker.focus_first()
        if not self._has_sentences:
            self.sentences_wanted.emit()

    def add_issue(self) -> None:
        """One more issue behind the chosen one, and the keyboard in it."""
        if self._take():
            before = self._given.issues[self._place - 1] if self._place else None
            self._given = added(self._given, self._place, new_issue(before))
            self._go(self._place + 1)
            self.focus_first()
            self.edited.emit()

    @property
    def is_picking(self) -> bool:
        """Whether the sentences stand at the left."""
        return self._left.currentWidget() is self.picker

    @property
    def _shown_issue(self) -> Issue | None:
        return self._given.issues[self._place - 1] if self._place else None

    def _read_shown(self) -> PolicyInput:
        issue = self._shown_issue
        if issue is None:
            return self.household.read(self._given)
        return with_issue(self._given, self._place - 1, self.issue.read(issue))

    def _take(self) -> bool:
        """Take over what the shown form holds; False when something in it cannot be read."""
        try:
            self._given = self._read_shown()
        except ValidationError:
            self._show_outline()
            return False
        return True

    def _choose(self, place: int) -> None:
        if place != self._place and place >= 0 and self._take():
            self._go(place)

    def _go(self, place: int) -> None:
        self._place = place
        self._left.setCurrentIndex(0)
        issue = self._shown_issue
        if issue is None:
            self.household.show_input(self._given)
        else:
            self.issue.show_issue(issue)
        self._pages.setCurrentIndex(0 if issue is None else 1)
        self._scrolls[self._pages.currentIndex()].verticalScrollBar().setValue(0)
        self._show_outline()

    def _remove_issue(self) -> None:
        if self._place:
            self._given = removed(self._given, self._place - 1)
            self._go(min(self._place, len(self._given.issues)))
            self.outline.list.setFocus()
            self.edited.emit()

    def _move_issue(self, by: int) -> None:
        if self._place and self._take():
            given = moved(self._given, self._place - 1, by)
            if given is not self._given:
                self._given = given
                self._place += by
                self._show_outline()
                self.edited.emit()

    def _take_evidence(self, evidence: Evidence) -> None:
        self.issue.take_evidence(evidence)
        self._end_picking()

    def _end_picking(self) -> None:
        self._left.setCurrentIndex(0)
        self.issue.evidence.setFocus()

    def _show_outline(self, given: PolicyInput | None = None) -> None:
        issues = (given or self._given).issues
        lines = [outline_line(n, issue, self._names) for n, issue in enumerate(issues, start=1)]
        self.outline.show_lines(lines, self._place)

    def _build(self) -> None:
        column = self._column
        column.setChildrenCollapsible(False)
        column.addWidget(self.outline)
        column.addWidget(self.checks)
        column.setSizes([_WAYS // 2, _WAYS // 2])
        beside = QWidget()
        inside = QVBoxLayout(beside)
        inside.setContentsMargins(12, 0, 4, 0)
        inside.addWidget(column)
        self._left.addWidget(beside)
        self._left.addWidget(self.picker)
        # It takes the room that list and self-check have, and asks for none of its own.
        self.picker.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        for form in (self.household, self.issue):
            scroll = named(QScrollArea(), f"{form.objectName()}_scroll")
            scroll.setWidgetResizable(True)
            scroll.setFrameShape(QFrame.Shape.NoFrame)
            scroll.setWidget(form)
            self._scrolls.append(scroll)
            self._pages.addWidget(scroll)
        self.setChildrenCollapsible(False)
        self.addWidget(self._left)
        self.addWidget(self._pages)
        for place, share in enumerate(_SHARES):
            self.setStretchFactor(place, share)
        self._arrange()

    def _arrange(self) -> None:
        em = self.fontMetrics().horizontalAdvance("国")
        across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        is_wide = self.width() >= _ROOM_FOR_BOTH * em
        self.setOrientation(across if is_wide else down)
        self._column.setOrientation(down if is_wide else across)
        whole = self.width() if is_wide else self.height()
        self.setSizes([whole * share // 100 for share in _SHARES])

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def _connect(self) -> None:
        self.household.edited.connect(self.edited)
        self.issue.edited.connect(self.edited)
        self.outline.chosen.connect(self._choose)
        self.outline.add_wanted.connect(self.add_issue)
        self.outline.remove_wanted.connect(self._remove_issue)
        self.outline.move_wanted.connect(self._move_issue)
        self.issue.evidence.pick_wanted.connect(self.pick_evidence)
        self.issue.evidence.entry_wanted.connect(self.entry_wanted)
        self.picker.taken.connect(self._take_evidence)
        self.picker.closed.connect(self._end_picking)
