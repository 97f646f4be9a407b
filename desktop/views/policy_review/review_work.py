"""One household's review: the lines with their decisions, the forms for what is changed, and the year beside them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.policy_review import LineDecision
from desktop.domain.support_policies import Evidence, Issue, PolicyInput, SupportPolicy
from desktop.override import override
from desktop.viewmodels.policy_review_evidence import YearLine
from desktop.viewmodels.policy_review_lines import Missing, PolicyReview
from desktop.viewmodels.support_policies_form import new_issue, wants_evidence
from desktop.views.look import Look
from desktop.views.policy_review.answer_page import AnswerPage
from desktop.views.policy_review.lines_page import LinesPage
from desktop.views.policy_review.lines_view import LineAct
from desktop.views.policy_review.part_page import PartPage
from desktop.views.policy_review.ports import ReviewTask
from desktop.views.policy_review.review_head import ReviewHead
from desktop.views.policy_review.year_panel import YearPanel
from desktop.views.support_policies.conflict_panel import PolicyConflict
from desktop.views.support_policies.peeking import peek
from desktop.views.support_policies.ports import Offers

_ROOM_FOR_BOTH = 48
_SHARES = (56, 44)


class ReviewWork(QWidget):
    """Holds the review and asks for the rest. `edited` on every change, `left` asks for the list."""

    edited = Signal()
    left = Signal()
    editor_wanted = Signal()
    answer_wanted = Signal()
    entry_wanted = Signal(object)

    def __init__(self, look: Look, offers: Offers, today: Callable[[], date]) -> None:
        super().__init__()
        self.setObjectName("review_work")
        self._today = today
        self._reads_year = False
        self._task: ReviewTask | None = None
        self._blank: Issue | None = None
        self.review: PolicyReview | None = None
        self.head = ReviewHead()
        self.page = LinesPage(look, offers.wording)
        self.part = PartPage(offers, today)
        self.answer = AnswerPage(today)
        self.conflict = PolicyConflict(look)
        self.year = YearPanel(look)
        self._pages = QStackedWidget()
        self._panes = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self._connect()
        look.changed.connect(self._arrange)

    @property
    def task(self) -> ReviewTask | None:
        """The household shown."""
        return self._task

    @property
    def place(self) -> int:
        """The line in question."""
        return self.page.lines.place

    @property
    def is_changed(self) -> bool:
        """Whether words would be lost, also those of an open form."""
        if self.review is None:
            return False
        return self.review.is_changed or (
            self.part.form is not None and self.so_far() != self.review.given
        )

    @property
    def is_settling(self) -> bool:
        """Whether a conflict is shown."""
        return self._pages.currentWidget() is self.conflict

    def show_task(self, task: ReviewTask, settled: Collection[UUID] = ()) -> None:
        """Show a household at its first undecided line."""
        self._task, self._reads_year = task, False
        self._arrange()
        self.review = PolicyReview(task.given, task.previous, settled, task.noted)
        self.head.show_task(task, self._today())
        self.page.set_writable(is_writable=task.is_mine)
        self.page.offer_answer(is_offered=bool(task.line.events) and task.can_answer)
        self.page.buttons.state.clear()
        self.year.show_year(task.case, self._today())
        self.year.checks.show_nothing()
        self._open_page(self.page)
        self._show_review(self.review.next_open(-1) or 0)

    def focus_lines(self) -> None:
        """Put the keyboard on the line in question, or where everything is decided on the evaluation."""
        all_decided = self.review is not None and self.review.next_open(-1) is None
        is_mine = self._task is not None and self._task.is_mine
        has_lines = self.review is not None and bool(self.review.lines)
        (
            self.page.evaluation if all_decided and has_lines and is_mine else self.page.lines
        ).setFocus()

    def read(self) -> PolicyInput | None:
        """The policy as it stands; None where the open form cannot be read: it says why."""
        if self.review is None or not self.part.take(self.review):
            return None
        self._take_fields()
        return self.review.given

    def so_far(self) -> PolicyInput | None:
        """What can be read of it while somebody types."""
        if self.review is None:
            return None
        self._take_fields()
        return self.part.so_far(self.review.given)

    def point_at(self, missing: Missing) -> None:
        """Go to what is missing."""
        if missing.place is None:
            self.page.evaluation.setFocus()
            return
        self._go(missing.place)
        (self.page.result if missing.wants_result else self.page.lines).setFocus()

    def show_conflict(self, mine: PolicyInput, stored: SupportPolicy) -> None:
        """Somebody was faster: both versions beside each other."""
        if self._task is not None:
            self._reads_year = False
            self._open_page(self.conflict)
            self._arrange()
            self.conflict.show_conflict(mine, stored, self._task.names)

    def ask_no_review(self) -> None:
        """Open the answer to an event; nothing of the lines may be unsaved."""
        if self._task is not None:
            self._open_page(self.answer)
            self.answer.begin(self._task.line)

    def close_answer(self) -> None:
        """Back to the lines."""
        self.answer.close_form()
        self._open_page(self.page)
        self.page.lines.setFocus()

    def settle(self, given: PolicyInput, stored: PolicyInput) -> None:
        """Go on with this policy after a conflict; what is stored is known."""
        if self._task is not None and self.review is not None:
            self.review = PolicyReview(
                stored, self._task.previous, self.review.settled, self._task.noted
            )
            self.review.replace(given)
            self._open_page(self.page)
            self._arrange()
            self._show_review(self.review.next_open(-1) or 0)
            self.focus_lines()

    def _show_review(self, place: int) -> None:
        if self._task is None or self.review is None:
            return
        self.page.lines.show_review(self._task, self.review, place)
        self.page.evaluation.show_value(self.review.given.evaluation or None)
        self._show_place()

    def _go(self, place: int) -> None:
        """Another line in question."""
        self._take_fields()
        self.page.lines.refresh(place)
        self._show_place()

    def _show_place(self) -> None:
        line = self.review.line_at(self.place) if self.review else None
        self.page.result.show_value(line.issue.result or None if line else None)
        self.page.result.setEnabled(line is not None and line.decision is not LineDecision.ADD)
        self.year.show_near(line.issue if line else None)

    def _moved(self) -> None:
        """The arrows went on: the field still holds the line before."""
        self._show_place()

    def _act(self, act: LineAct) -> None:
        if act is LineAct.YEAR:
            self._go_to_year()
            return
        review = self.review
        if review is None or self._task is None or not self._task.is_mine:
            return
        self._take_fields()
        match act:
            case LineAct.ADD:
                self._add()
            case LineAct.HOUSEHOLD:
                self._open_household()
            case LineAct.ANSWER:
                self.answer_wanted.emit()
            case _ if review.line_at(self.place) is not None:
                self._act_on_line(act, review)

    def _act_on_line(self, act: LineAct, review: PolicyReview) -> None:
        place = self.place
        match act:
            case LineAct.GO_ON:
                review.go_on(place)
                self._next(place)
            case LineAct.CHANGE:
                self._open_issue(place)
            case LineAct.END:
                review.end(place)
                self._refresh(place)
                self.page.result.setFocus()
            case LineAct.RESULT:
                self.page.result.setFocus()
            case LineAct.RESTORE:
                review.restore(place)
                self._refresh(min(place, len(review.lines) - 1))

    def _refresh(self, place: int) -> None:
        self.page.lines.refresh(max(place, 0))
        self._show_place()
        self.edited.emit()

    def _next(self, place: int) -> None:
        """The next undecided line, or the evaluation when all are decided."""
        following = self.review.next_open(place) if self.review else None
        self._refresh(place if following is None else following)
        (self.page.lines if following is not None else self.page.evaluation).setFocus()

    def _result_done(self) -> None:
        self._take_fields()
        self._next(self.place)

    def _take_fields(self) -> None:
        """Take over what the two evaluations hold."""
        review = self.review
        if review is None or self._task is None or not self._task.is_mine:
            return
        review.evaluate(peek(self.page.evaluation, review.given.evaluation) or "")
        line = review.line_at(self.place)
        if line is not None and line.decision is not LineDecision.ADD:
            review.evaluate_line(self.place, peek(self.page.result, line.issue.result) or "")

    def _field_edited(self) -> None:
        self._take_fields()
        self.edited.emit()

    def _add(self) -> None:
        if self.review is not None:
            issues = self.review.given.issues
            self._blank = new_issue(issues[-1] if issues else None)
            self._open_issue(self.review.add(self._blank))

    def _open_issue(self, place: int) -> None:
        if self.review is not None and self._task is not None:
            self._go(place)
            self._open_page(self.part)
            self.part.open_issue(self.review, place, self._task.names)

    def _open_household(self) -> None:
        if self.review is not None:
            self._open_page(self.part)
            self.part.open_household(self.review)

    def _close_form(self, *, goes_on: bool) -> None:
        is_issue = self.part.is_about_issue
        if self.review is None or not self.part.take(self.review):
            return
        self._open_page(self.page)
        self._drop_blank()
        self.page.evaluation.show_value(self.review.given.evaluation or None)
        place = min(self.place, max(len(self.review.lines) - 1, 0))
        if goes_on and is_issue:
            self._next(place)
        else:
            self._refresh(place)
            self.focus_lines() if goes_on else self.page.lines.setFocus()

    def _drop_blank(self) -> None:
        """A line that was added and in which nothing was written is none."""
        blank, self._blank = self._blank, None
        line = self.review.line_at(self.place) if self.review else None
        if self.review is not None and line is not None and line.issue == blank:
            self.review.restore(self.place)

    def _quote(self, evidence: Evidence) -> None:
        """A sentence of the record becomes evidence of the line in question."""
        if self._task is None or not self._task.is_mine or self.review is None:
            return
        if self.part.take_evidence(evidence):
            return
        line = self.review.line_at(self.place)
        if line is not None and wants_evidence(line.issue.evidence, evidence):
            self.review.cite(self.place, evidence)
            self.page.lines.refresh()
            self.edited.emit()

    def _copy(self, line: YearLine) -> None:
        """The words of the record go into the evaluation, with their day."""
        if self._task is None or not self._task.is_mine or self.part.form is not None:
            return
        day = f"{line.event_on.month}月{line.event_on.day}日"
        self._reads_year = False
        self._arrange()
        self.page.evaluation.insert(f"{day}「{line.words}」")
        self.page.evaluation.setFocus()

    def _open_page(self, page: QWidget) -> None:
        if page is not self.part:
            self.part.close_form()
        if page is not self.answer:
            self.answer.close_form()
        self._pages.setCurrentWidget(page)

    def _lay_out(self) -> None:
        for page in (self.page, self.part, self.answer, self.conflict):
            self._pages.addWidget(page)
        # It takes the room that the others have, and asks for none of its own.
        self.conflict.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._panes.setChildrenCollapsible(False)
        self._panes.addWidget(self._pages)
        self._panes.addWidget(self.year)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.head)
        layout.addWidget(self._panes, 1)

    def _connect(self) -> None:
        self.page.wanted.connect(self._act)
        self.page.lines.moved.connect(self._moved)
        self.page.result_done.connect(self._result_done)
        self.page.edited.connect(self._field_edited)
        self.page.editor_wanted.connect(self.editor_wanted)
        self.part.done.connect(lambda: self._close_form(goes_on=True))
        self.part.edited.connect(self.edited)
        self.part.year_wanted.connect(self._go_to_year)
        self.part.entry_wanted.connect(self.entry_wanted)
        self.part.back.connect(lambda: self._close_form(goes_on=False))
        self.year.quoted.connect(self._quote)
        self.year.copied.connect(self._copy)
        self.year.entry_wanted.connect(self.entry_wanted)
        self.year.left.connect(self._back_from_year)

    def _go_to_year(self) -> None:
        self._reads_year = True
        self._arrange()
        self.year.table.setFocus()

    def _back_from_year(self) -> None:
        self._reads_year = False
        self._arrange()
        (self.part.done_button if self.part.form is not None else self.page.lines).setFocus()

    @property
    def _is_wide(self) -> bool:
        return self.width() >= _ROOM_FOR_BOTH * self.fontMetrics().horizontalAdvance("国")

    def _arrange(self) -> None:
        """The year beside the policy; where there is no room for both it comes in its place, by the key K."""
        shows_year = (self._is_wide or self._reads_year) and not self.is_settling
        self.year.setVisible(shows_year)
        self._pages.setVisible(self._is_wide or not self._reads_year)
        self._panes.setSizes([self.width() * share // 100 for share in _SHARES])

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()
