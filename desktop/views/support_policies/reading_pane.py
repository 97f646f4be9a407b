"""The policy to read and, beneath it while somebody fills it in, an explanation or the answer 見直し不要."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSplitter, QVBoxLayout, QWidget

from desktop.domain.clock import Clock
from desktop.domain.support_policies import ExplanationInput, NoReviewInput, SupportPolicy
from desktop.override import override
from desktop.views.dialogs import Dialogs
from desktop.views.look import Look
from desktop.views.screen import ScreenView
from desktop.views.support_policies.answer_panel import AnswerPanel
from desktop.views.support_policies.explanation_panel import ExplanationPanel
from desktop.views.support_policies.no_review_panel import NoReviewPanel
from desktop.views.support_policies.policy_browser import PolicyBrowser
from desktop.views.support_policies.ports import SupportPolicyDesk

#: How much of the policy stays in view above a form.
_LINES_OF_POLICY = 5
_DROP = "入力した内容はまだ記録していません。消して閉じますか。"


class Stands(Protocol):
    """Where the pane stands (the section's setting)."""

    @property
    def clock(self) -> Clock:
        """The office's clock."""

    @property
    def look(self) -> Look:
        """Colours and sizes."""

    @property
    def dialogs(self) -> Dialogs:
        """The few questions that interrupt."""


class ReadingPane(QWidget):
    """`opened` asks for room for a form, `recorded` carries what was done, `left` gives the keyboard back."""

    opened = Signal()
    recorded = Signal(str)
    left = Signal()

    def __init__(self, screen: ScreenView, policies: SupportPolicyDesk, setting: Stands) -> None:
        super().__init__()
        self._screen = screen
        self._policies = policies
        self._dialogs = setting.dialogs
        self.reader = PolicyBrowser(setting.look)
        self.explanation = ExplanationPanel(setting.clock.today)
        self.no_review = NoReviewPanel(setting.clock.today)
        self._scroll = QScrollArea()
        self._panes = QSplitter(Qt.Orientation.Vertical)
        self._lay_out()
        self.explanation.recorded.connect(self._explain)
        self.no_review.recorded.connect(self._answer)
        for panel in (self.explanation, self.no_review):
            panel.left.connect(self.ask_to_close)

    @property
    def panel(self) -> AnswerPanel | None:
        """The form that is open."""
        panels: tuple[AnswerPanel, ...] = (self.explanation, self.no_review)
        return next((panel for panel in panels if not panel.isHidden()), None)

    def has_unsaved(self) -> bool:
        """Whether something typed is not recorded."""
        return self.panel is not None and self.panel.has_unsaved()

    def ask_explanation(self, policy: SupportPolicy, names: Iterable[str], hint: str = "") -> None:
        """Open the form of an explanation; what is open already stays and gets the keyboard."""
        if self._is_free():
            self._open(self.explanation)
            self.explanation.begin(policy, names, hint)

    def ask_no_review(self, household_id: UUID, event: str, happened_on: date | None) -> None:
        """Open the form of the answer 見直し不要."""
        if self._is_free():
            self._open(self.no_review)
            self.no_review.begin(household_id, event, happened_on)

    def ask_to_close(self) -> None:
        """Close the form; ask first where something typed would be lost."""
        if self.has_unsaved():
            self._dialogs.confirm(self, _DROP, "消して閉じる", self.close_panel)
        else:
            self.close_panel()

    def close_panel(self) -> None:
        """Take the form away."""
        for panel in (self.explanation, self.no_review):
            panel.hide()
        self._scroll.hide()
        self.left.emit()

    def _explain(self, given: ExplanationInput) -> None:
        self._screen.run(
            lambda: self._policies.explain(given),
            lambda _: self._was_recorded("説明を記録しました。"),
            self.explanation.show_refusal,
        )

    def _answer(self, given: NoReviewInput) -> None:
        self._screen.run(
            lambda: self._policies.answer_no_review(given),
            lambda _: self._was_recorded("「見直し不要」の答えを記録しました。"),
            self.no_review.show_refusal,
        )

    def _was_recorded(self, sentence: str) -> None:
        self.close_panel()
        self.recorded.emit(sentence)

    def _is_free(self) -> bool:
        panel = self.panel
        if panel is None or not panel.has_unsaved():
            return True
        next(iter(panel.fields().values())).setFocus()
        return False

    def _open(self, wanted: AnswerPanel) -> None:
        for panel in (self.explanation, self.no_review):
            panel.setVisible(panel is wanted)
        self._scroll.show()
        self.opened.emit()
        self._fit()

    def _fit(self) -> None:
        """The form has the room it needs, but for some lines of the policy."""
        panel = self.panel
        if panel is not None:
            inner = self.width() - 2 * self._scroll.frameWidth()
            need = panel.heightForWidth(inner) if panel.hasHeightForWidth() else 0
            need = max(need, panel.sizeHint().height()) + 2 * self._scroll.frameWidth()
            most = self.height() - _LINES_OF_POLICY * self.fontMetrics().lineSpacing()
            given = max(min(need, most), self._scroll.minimumSizeHint().height())
            self._panes.setSizes([self.height() - given, given])

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size() != event.oldSize():
            self._fit()

    def _lay_out(self) -> None:
        held = QWidget()
        inner = QVBoxLayout(held)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.explanation)
        inner.addWidget(self.no_review)
        inner.addStretch(1)
        self._scroll.setWidget(held)
        self._scroll.setWidgetResizable(True)
        self._scroll.hide()
        self._panes.setChildrenCollapsible(False)
        self._panes.addWidget(self.reader)
        self._panes.addWidget(self._scroll)
        self._panes.setStretchFactor(0, 1)
        self._panes.setStretchFactor(1, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._panes)
