"""照会・調査 of one household: what was asked of whom, what came back, and the next step by one key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.clock import Clock
from desktop.domain.errors import UserError
from desktop.domain.inquiries import (
    AnswerInput,
    InquiriesOfFile,
    InquiryDraft,
    InquiryInFile,
    InquiryInput,
    InquiryLine,
    InquiryState,
    move_of,
)
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.inquiries import acts_for, file_columns, print_mark, told, warning
from desktop.viewmodels.rows import RowTableModel
from desktop.views.dialogs import Dialogs
from desktop.views.inquiries.draft_form import DraftForm
from desktop.views.inquiries.file_acts import InquiryActsBar
from desktop.views.inquiries.ports import InquiriesOfFiles
from desktop.views.inquiries.step_form import StepForm
from desktop.views.look import Look
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.screen import ScreenView
from desktop.views.table_view import TableView
from desktop.views.widgets import named

if TYPE_CHECKING:
    from desktop.views.printing.run_view import PrintRunView

_WIDTHS = {0: 6, 1: 6, 2: 13, 3: 7, 4: 11, 5: 6, 6: 6, 7: 6}
_STRETCH = 4
_MOST_ROWS = 8
_EMPTY = "この世帯の照会はまだありません。"
_BEGIN = "Nを押すと、金融機関や年金事務所などへの照会を起案できます。"
_GIVE_UP = "書きかけの照会があります。書いたものを捨てて、一覧に戻りますか。"
_DONE = {
    InquiryState.APPROVED: "照会 {} を承認しました。依頼書を印刷して発送できます。",
    InquiryState.RETURNED: "照会 {} を差し戻しました。",
    InquiryState.SENT: "照会 {} の督促を記録しました。",
    InquiryState.CHECKED: "照会 {} を確認済みにしました。",
    InquiryState.WITHDRAWN: "照会 {} を取りやめました。記録は残ります。",
}


class FileInquiries(ScreenView):
    """Arrow keys go through the inquiries; beneath stand their words and what may be done. N drafts a new one."""

    def __init__(
        self,
        household_id: UUID,
        inquiries: InquiriesOfFiles,
        staff: SignedInStaff,
        clock: Clock,
        runner: JobRunner,
        *,
        changes: ChangeBus,
        look: Look,
        dialogs: Dialogs,
        make_paper: Callable[[ScreenView], PrintRunView],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(runner, title="", parent=parent)
        self.setObjectName("file_inquiries")
        self._household_id, self._inquiries = household_id, inquiries
        self._staff, self._changes, self._dialogs = staff, changes, dialogs
        self._make_paper = make_paper
        self._found: InquiriesOfFile | None = None
        self._wanted: UUID | None = None
        self.paper: PrintRunView | None = None
        self.model: RowTableModel[InquiryInFile] = RowTableModel(
            file_columns(), key=lambda i: i.line.inquiry_id, brush_of=look.brush_of, parent=self
        )
        self.table = named(
            TableView(self.model, name="照会", characters=_WIDTHS, stretch=_STRETCH),
            "inquiries_of_file",
        )
        self.nothing = named(Paragraph(), "no_inquiries")
        self.warning = named(Paragraph(tone="warning"), "inquiry_warning")
        self.words = named(Paragraph(), "inquiry_words")
        self.acts = InquiryActsBar(may_ask=staff.may(Permission.WRITE_RECORDS))
        self.step = StepForm(clock.today)
        self.form = DraftForm(household_id, clock.today)
        self._pages = QStackedWidget()
        self._list = FollowingScroll()
        self._lay_out()
        self._connect()

    def show_entry(self, inquiry_id: UUID) -> None:
        """Go to an inquiry once it is there."""
        self._wanted = inquiry_id
        self._go_to_wanted()

    @override
    def reload(self) -> None:
        """Ask for the inquiries again."""
        self.run(lambda: self._inquiries.of_household(self._household_id), self._show)

    @override
    def focus_first(self) -> None:
        """Begin in the list; in the form where one is written."""
        if self._pages.currentWidget() is self._list:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def has_unsaved(self) -> bool:
        """Whether something is half typed, or a letter came out that the log does not know."""
        is_unrecorded = self.paper is not None and self.paper.is_unrecorded
        return self.form.has_unsaved() or self.step.has_unsaved() or is_unrecorded

    def current(self) -> InquiryInFile | None:
        """The inquiry at hand."""
        return self.model.row_at(self.table.currentIndex())

    def _show(self, found: InquiriesOfFile) -> None:
        self._found = found
        place = max(self.table.current_row(), 0)
        held = self.current()
        self.model.set_rows(found.inquiries)
        self.table.show_all_rows(_MOST_ROWS)
        at = self.model.index_of(held.line.inquiry_id).row() if held else -1
        self.table.select_row(at if at >= 0 else min(place, len(found.inquiries) - 1))
        may_ask = self._staff.may(Permission.WRITE_RECORDS)
        self.nothing.say("" if found.inquiries else _EMPTY + (_BEGIN if may_ask else ""))
        self._go_to_wanted()
        self._say()

    def _go_to_wanted(self) -> None:
        if self._wanted is None or self._found is None:
            return
        self.table.select_row(self.model.index_of(self._wanted).row())
        self._wanted = None

    def _say(self) -> None:
        inquiry = self.current()
        self.step.end()
        self.words.say(told(inquiry) if inquiry else "")
        self.warning.say(warning(inquiry.line) if inquiry else "")
        self.acts.show_acts(acts_for(inquiry.line if inquiry else None, self._staff))

    def _begin_new(self) -> None:
        if self._found is not None:
            self.messages.clear()
            self._pages.setCurrentWidget(self.form)
            self.form.begin(self._found)

    def _step(self, to: InquiryState) -> None:
        inquiry = self.current()
        rule = move_of(inquiry.line.state, to) if inquiry else None
        if inquiry is None or rule is None or self._found is None:
            return
        self.messages.clear()
        if to is InquiryState.DRAFTED:
            self._pages.setCurrentWidget(self.form)
            self.form.begin_again(self._found, inquiry)
        elif to is InquiryState.ANSWERED:
            self.step.ask_answer(inquiry.line, rule, self._found.papers)
        elif rule.words_label:
            self.step.ask(inquiry.line, rule)
        else:
            self._move(inquiry.line, to, "")

    def _move(self, line: InquiryLine, to: InquiryState, words: str) -> None:
        self._act(
            lambda: self._inquiries.move(line.inquiry_id, line.step, to, words),
            _DONE[to].format(line.label),
        )

    def _answer(self, given: AnswerInput) -> None:
        self._act(
            lambda: self._inquiries.answer(given),
            "回答を記録しました。読んで分かったことを、確認（C）で残してください。",
        )

    def _act(self, act: Callable[[], object], said: str) -> None:
        self.acts.hold()
        self.run(act, lambda _: self._done(said), self._refused)

    def _ask(self, given: InquiryInput) -> None:
        def asked(label: str) -> None:
            self._wanted = given.inquiry_id
            self._stored(f"照会 {label} を起案しました。査察指導員の承認を待ちます。")

        self.run(lambda: self._inquiries.ask(given), asked, self._not_asked)

    def _redraft(self, line: InquiryLine, draft: InquiryDraft) -> None:
        self.run(
            lambda: self._inquiries.redraft(line.inquiry_id, line.step, draft),
            lambda _: self._stored(f"照会 {line.label} を書き直しました。もう一度承認を待ちます。"),
            self._not_asked,
        )

    def _stored(self, said: str) -> None:
        self.form.clear()
        self._pages.setCurrentWidget(self._list)
        self._done(said)

    def _not_asked(self, error: UserError) -> None:
        self.messages.clear()
        sentence = self.form.show_refusal(error)
        if sentence:
            self.messages.show_error(sentence)

    def _done(self, said: str) -> None:
        self.messages.clear()
        self.step.end()
        self.announced.emit(said)
        self._changes.inquiry_changed.emit(self)
        self._changes.todo_changed.emit(self)
        self.reload()
        self.focus_first()

    def _refused(self, error: UserError) -> None:
        """What belongs to a field stands there; for the rest somebody may have been faster: load anew."""
        self.messages.clear()
        sentence = error.sentence if self.step.isHidden() else self.step.show_refusal(error)
        if sentence:
            self.messages.show_error(sentence)
            self.reload()

    def _leave_form(self) -> None:
        if self.form.has_unsaved():
            self._dialogs.confirm(self, _GIVE_UP, "捨てて戻る", self._give_up)
        else:
            self._give_up()

    def _give_up(self) -> None:
        self.form.clear()
        self._back()

    def _print(self) -> None:
        inquiry = self.current()
        mark = print_mark(inquiry.line, self._staff) if inquiry else None
        if inquiry is None or mark is None:
            return
        if self.paper is None:
            view = self.paper = self._make_paper(self)
            self._pages.addWidget(view)
            view.begun.connect(lambda: self._pages.setCurrentWidget(view))
            view.left.connect(self._back)
            view.noted.connect(self._done)
        self.paper.draw([inquiry.line.inquiry_id], mark, 1)

    def _back(self) -> None:
        self._pages.setCurrentWidget(self._list)
        self.focus_first()

    def _changed_elsewhere(self, initiator: object) -> None:
        """Read again when somebody looks: an open file is not read anew while nobody does."""
        if initiator is not self:
            self.reload_later()

    def _lay_out(self) -> None:
        for part in (self.nothing, self.table, self.warning, self.words, self.acts, self.step):
            self._list.add_part(part)
        self._list.add_part(QWidget(), 1)
        for page in (self._list, self.form):
            self._pages.addWidget(page)
        self.outer.setContentsMargins(0, 8, 0, 0)
        self.body.addWidget(self._pages)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._say())
        self.acts.take_keys(self.table)
        self.acts.new_requested.connect(self._begin_new)
        self.acts.print_requested.connect(self._print)
        self.acts.step_requested.connect(self._step)
        self.step.moved.connect(self._move)
        self.step.answered.connect(self._answer)
        self.step.left.connect(self.focus_first)
        self.form.asked.connect(self._ask)
        self.form.redrafted.connect(self._redraft)
        self.form.left.connect(self._leave_form)
        self._changes.inquiry_changed.connect(self._changed_elsewhere)
