"""訪問格付 of one household: the grade in force, what asks for a review, every decision, and a proposal by one key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QWidget

from desktop.domain.errors import UserError
from desktop.domain.office import SignedInStaff
from desktop.domain.policy_events import ReviewEvent
from desktop.domain.roles import Permission
from desktop.domain.visit_grades import GradeInput, GradeRow, GradesOfFile, GradeState, KeptInput
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.rows import RowTableModel
from desktop.viewmodels.visit_grades import (
    event_columns,
    event_sentence,
    history_columns,
    present_sentence,
    told,
)
from desktop.views.dialogs import Dialogs
from desktop.views.look import Look
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.records.notice import Notice
from desktop.views.screen import ScreenView
from desktop.views.table_view import TableView
from desktop.views.visit_grades.kept_panel import KeptPanel
from desktop.views.visit_grades.ports import GradesOfFiles
from desktop.views.visit_grades.proposal_form import ProposalForm
from desktop.views.widgets import named

_WIDTHS = {0: 3, 1: 5, 2: 6, 3: 10, 4: 11, 5: 7, 6: 7, 7: 6}
_STRETCH = 4
_EVENT_WIDTHS = {0: 6, 1: 16, 2: 6, 3: 7}
_EVENT_STRETCH = 1
_MOST_ROWS, _MOST_EVENTS = 8, 5
_EMPTY = "この世帯の訪問格付の記録はまだありません。"
_GIVE_UP = "書きかけの格付の提案があります。書いたものを捨てて、一覧に戻りますか。"
_WAITS = "格付の提案が決裁待ちです。決まるまで、新しい提案は出せません。"


class FileGrades(ScreenView):
    """Arrow keys go through events and history. N proposes, K says that the grade stays, W takes a proposal back."""

    def __init__(
        self,
        household_id: UUID,
        grades: GradesOfFiles,
        staff: SignedInStaff,
        runner: JobRunner,
        *,
        changes: ChangeBus,
        look: Look,
        dialogs: Dialogs,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(runner, title="", parent=parent)
        self.setObjectName("file_grades")
        self._household_id, self._grades = household_id, grades
        self._changes, self._dialogs, self._today = changes, dialogs, today
        self._may_write = staff.may(Permission.WRITE_RECORDS)
        self._found: GradesOfFile | None = None
        self.present = named(Notice(), "present_grade")
        self.asked = named(QLabel(), "section_title")
        self.events: RowTableModel[ReviewEvent] = RowTableModel(
            event_columns(), key=lambda e: e.order, brush_of=look.brush_of, parent=self
        )
        self.event_table = named(
            TableView(
                self.events,
                name="格付の見直しのきっかけ",
                characters=_EVENT_WIDTHS,
                stretch=_EVENT_STRETCH,
            ),
            "grade_events",
        )
        self.model: RowTableModel[GradeRow] = RowTableModel(
            history_columns(), key=lambda r: r.row_id, brush_of=look.brush_of, parent=self
        )
        self.table = named(
            TableView(self.model, name="訪問格付の経過", characters=_WIDTHS, stretch=_STRETCH),
            "grade_history",
        )
        self.history_title = named(QLabel("訪問格付の経過"), "section_title")
        self.nothing = named(Paragraph(), "no_grades")
        self.words = named(Paragraph(), "grade_words")
        self.new_button = named(QPushButton("格付を提案（N）"), "new_grade")
        self.keep_button = named(QPushButton("格付はそのまま（K）"), "keep_grade")
        self.withdraw_button = named(QPushButton("提案を引き戻す（W）"), "withdraw_grade")
        self.kept = KeptPanel()
        self.form = ProposalForm(household_id, today)
        self._pages = QStackedWidget()
        self._list = FollowingScroll()
        self._lay_out()
        self._connect()

    def show_entry(self, grade_id: UUID) -> None:
        """Go to a proposal or decision, once it is there."""
        self.table.select_row(self.model.index_of(grade_id).row())

    @override
    def reload(self) -> None:
        """Ask for the grades again."""
        self.run(lambda: self._grades.of_household(self._household_id), self._show)

    @override
    def focus_first(self) -> None:
        """Begin with what asks for a review, else in the history."""
        if self._pages.currentWidget() is not self._list:
            return
        table = self.table if self.event_table.isHidden() else self.event_table
        wanted = table if self.events.rowCount() or self.model.rowCount() else self.new_button
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def has_unsaved(self) -> bool:
        """Whether a proposal or an answer is half typed."""
        return self.form.has_unsaved() or self.kept.has_unsaved()

    def _show(self, found: GradesOfFile) -> None:
        self._found = found
        self.present.say(*present_sentence(found, self._today()))
        self.asked.setText(event_sentence(found.events, self._today()))
        self.events.set_rows(found.events)
        self.event_table.show_all_rows(_MOST_EVENTS)
        for widget in (self.asked, self.event_table):
            widget.setVisible(bool(found.events))
        if self.event_table.current_row() < 0:
            self.event_table.select_row(0)
        place = max(self.table.current_row(), 0)
        self.model.set_rows(found.rows)
        self.table.show_all_rows(_MOST_ROWS)
        self.table.setVisible(bool(found.rows))
        self.table.select_row(min(place, len(found.rows) - 1))
        self.nothing.say("" if found.rows else _EMPTY)
        self._say()

    def _say(self) -> None:
        """The words of the row at hand, and only the buttons that may be pressed."""
        row, found = self.model.row_at(self.table.currentIndex()), self._found
        self.words.say(told(row) if row else "")
        waiting = found.waiting if found else None
        may_begin = self._may_write and found is not None and found.is_receiving
        self.new_button.setVisible(may_begin and waiting is None)
        self.keep_button.setVisible(may_begin and bool(self.events.rowCount()))
        self.withdraw_button.setVisible(self._may_write and waiting is not None and waiting.is_own)

    def _begin_new(self) -> None:
        if self._found is None or self._found.waiting is not None:
            self.messages.show_warning(_WAITS)
            return
        self.messages.clear()
        self.kept.hide()
        event = self._event()
        self._pages.setCurrentWidget(self.form)
        self.form.begin(self._found, event.code if event else None)

    def _begin_keeping(self) -> None:
        event = self._event()
        if event is not None:
            self.messages.clear()
            self.kept.begin(self._household_id, event)

    def _event(self) -> ReviewEvent | None:
        return self.events.row_at(self.event_table.currentIndex())

    def _propose(self, given: GradeInput) -> None:
        def proposed(_: object) -> None:
            self.form.clear()
            self._pages.setCurrentWidget(self._list)
            self._done("格付の提案を出しました。査察指導員の承認を待ちます。")

        self.run(lambda: self._grades.propose(given), proposed, self._not_proposed)

    def _not_proposed(self, error: UserError) -> None:
        self.messages.clear()
        sentence = self.form.show_refusal(error)
        if sentence:
            self.messages.show_error(sentence)

    def _keep(self, given: KeptInput) -> None:
        def kept(_: object) -> None:
            self.kept.hide()
            self._done("「格付はそのまま」と記録しました。")

        self.run(lambda: self._grades.keep(given), kept, self.kept.show_refusal)

    def _withdraw(self) -> None:
        waiting = self._found.waiting if self._found else None
        if waiting is None or waiting.state is not GradeState.SUBMITTED:
            return
        self.withdraw_button.setEnabled(False)
        self.run(
            lambda: self._grades.withdraw(waiting.row_id),
            lambda _: self._done("格付の提案を引き戻しました。"),
            self._refused,
        )

    def _refused(self, error: UserError) -> None:
        """Somebody may have been faster: load anew."""
        self.withdraw_button.setEnabled(True)
        self.messages.show_error(error.sentence)
        self.reload()

    def _done(self, said: str) -> None:
        self.withdraw_button.setEnabled(True)
        self.messages.clear()
        self.announced.emit(said)
        self._changes.approval_moved.emit(self._household_id, self)
        self._changes.todo_changed.emit(self)
        self.reload()
        self.focus_first()

    def _leave_form(self) -> None:
        if self.form.has_unsaved():
            self._dialogs.confirm(self, _GIVE_UP, "捨てて戻る", self._give_up)
        else:
            self._give_up()

    def _give_up(self) -> None:
        self.form.clear()
        self.messages.clear()
        self._pages.setCurrentWidget(self._list)
        self.focus_first()

    def _leave_kept(self) -> None:
        self.kept.hide()
        self.focus_first()

    def _changed_elsewhere(self, household_id: UUID, initiator: object) -> None:
        if initiator is not self and household_id == self._household_id:
            self.reload_later()

    def _lay_out(self) -> None:
        buttons = FlowingRow()
        for button in (self.new_button, self.keep_button, self.withdraw_button):
            buttons.add(button)
            button.hide()
        parts = (self.present, self.asked, self.event_table, self.kept, self.history_title)
        for part in (*parts, self.nothing, self.table, self.words, buttons):
            self._list.add_part(part)
        self._list.add_part(QWidget(), 1)
        for page in (self._list, self.form):
            self._pages.addWidget(page)
        self.outer.setContentsMargins(0, 8, 0, 0)
        self.body.addWidget(self._pages)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._say())
        self.new_button.clicked.connect(self._begin_new)
        self.keep_button.clicked.connect(self._begin_keeping)
        self.withdraw_button.clicked.connect(self._withdraw)
        self.kept.recorded.connect(self._keep)
        self.kept.left.connect(self._leave_kept)
        self.form.proposed.connect(self._propose)
        self.form.left.connect(self._leave_form)
        self._changes.approval_moved.connect(self._changed_elsewhere)
        self._changes.ledger_imported.connect(lambda *_: self.reload_later())
        keys = (("N", self.new_button), ("K", self.keep_button), ("W", self.withdraw_button))
        for table in (self.table, self.event_table):
            for key, button in keys:
                shortcut = QShortcut(QKeySequence(key), table)
                shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
                shortcut.setAutoRepeat(False)
                shortcut.activated.connect(lambda button=button: _press(button))


def _press(button: QPushButton) -> None:
    if not button.isHidden():
        button.click()
