"""援助方針: the household's policies at the left, the chosen one to read, to compare or to write at the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget

from desktop.domain.clock import Clock
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.domain.support_policies import PolicyInput, SavedPolicy, SupportPolicy
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.runner import Job, JobRunner
from desktop.override import override
from desktop.viewmodels.support_policies import Names, in_force_of, mark_of, policy_text
from desktop.viewmodels.support_policies_answers import answer_groups
from desktop.views.dialogs import Dialogs
from desktop.views.look import Look
from desktop.views.requests import FileRequest
from desktop.views.screen import ScreenView
from desktop.views.support_policies.difference_view import DifferenceView
from desktop.views.support_policies.policy_editor import PolicyEditor, PolicySetting
from desktop.views.support_policies.policy_shelf import PolicyShelf
from desktop.views.support_policies.ports import (
    PolicyPorts,
    PolicyTask,
    Reading,
    Shelf,
    load_draft,
    load_new,
    load_reading,
    load_shelf,
    load_task,
)
from desktop.views.support_policies.reading_pane import ReadingPane
from desktop.views.support_policies.review_guide import ReviewGuide
from desktop.views.support_policies.section_panes import SectionPanes
from desktop.views.support_policies.section_papers import PolicyPaper, SectionPapers
from desktop.views.widgets import muted_label, named

if TYPE_CHECKING:
    from desktop.views.printing.run_view import PrintRunView

_EMPTY = "この世帯の援助方針はまだありません。「新しい援助方針」（Ctrl+N）で書き始めます。"
_EMPTY_READER = "この世帯の援助方針はまだありません。担当員が書いて提出すると、ここで読めます。"
_HELP = "根拠の文を選ぶと、その記録へ移ります。"
_CONTINUED = (
    "書きかけの援助方針があったので、その続きを開きました。一つの世帯で同時に書けるのは一つです。"
)
_HANDED_OVER = "説明書を出しました。説明したら、日と相手と様子を記録してください。"
_UNRECORDED = "入力した内容をまだ記録していません。記録するか閉じてから続けてください。"
_UNFINISHED = "書きかけの援助方針があります。保存するか閉じてから続けてください。"


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionSetting:
    """Whose desk the section stands on. `make_paper` gives the way to each paper."""

    staff: SignedInStaff
    clock: Clock
    runner: JobRunner
    changes: ChangeBus
    look: Look
    dialogs: Dialogs
    make_paper: Callable[[ScreenView, PolicyPaper], PrintRunView]


class PolicySection(ScreenView):
    """Keyboard: arrows choose, Enter writes on, D compares, W takes back, R reviews, Ctrl+N writes a new one.

    K notes results, S records an explanation, N answers that an event needs no review; P, H and Alt+O print.
    """

    def __init__(self, household_id: UUID, ports: PolicyPorts, setting: SectionSetting) -> None:
        super().__init__(setting.runner, title="")
        self.setObjectName("support_policies")
        self._household_id = household_id
        self._ports = ports
        self._setting = setting
        self._names: Names = {}
        self._shown: SupportPolicy | None = None
        self._wanted: UUID | None = None
        self._loading: Job[Reading] | None = None
        self._may_write = setting.staff.may(Permission.WRITE_RECORDS)
        self._may_print = setting.staff.may(Permission.PRINT_DRAFTS)
        self.new_button = named(QPushButton("新しい援助方針（Ctrl+N）"), "new_policy")
        self.programmes_button = named(QPushButton("他法他施策点検表(&O)"), "other_programmes")
        self.shelf = PolicyShelf(setting.look)
        self.guide = ReviewGuide(
            self,
            *(household_id, ports, setting.staff.staff_id),
            may_begin=lambda: self._may_write and self._is_free(),
            may_write=self._may_write,
        )
        self.reading = ReadingPane(self, ports.policies, setting)
        self.reader = self.reading.reader
        self.difference = DifferenceView(setting.look, ports.policies, self)
        self.editor: PolicyEditor | None = None
        self._right = QStackedWidget()
        self.papers = SectionPapers(self._right, partial(setting.make_paper, self))
        self._panes = SectionPanes(self.shelf, self._right)
        self._lay_out()
        self._connect()

    @override
    def reload(self) -> None:
        """Ask for the policies again; the chosen one stays chosen."""
        self.run(lambda: load_shelf(self._ports, self._household_id), self._show)

    @override
    def has_unsaved(self) -> bool:
        """Whether the editor holds something that is not stored, or paper came out that the log does not know."""
        return self.stores_unsaved() or self.reading.has_unsaved() or self.papers.is_unrecorded

    @override
    def stores_unsaved(self) -> bool:
        """An open editor can store what was typed in it."""
        return self.editor is not None and self.editor.has_unsaved()

    @override
    def store_unsaved(self, on_stored: Callable[[], object]) -> None:
        """Store the open policy as a draft; where that is refused the editor says why."""
        if self.editor is not None:
            self.editor.store_and(on_stored)

    @override
    def focus_first(self) -> None:
        """Put the keyboard on the policies, or into the open editor."""
        if self.editor is not None:
            self.editor.focus_first()
        elif self.shelf.lines or not self._may_write:
            self.shelf.table.setFocus()
        else:
            self.new_button.setFocus()

    def write_new(self) -> None:
        """Begin a policy with every line of the one in force that goes on; an own open one is written on."""
        if self._may_write and self._is_free():
            names = self._names
            self.run(lambda: load_new(self._ports, self._household_id, names), self._open_new)

    def open_editor(self, given: PolicyInput, issue_id: UUID | None = None) -> None:
        """Write this policy, new or stored, at one of its issues; at the household's part without one.

        An issue that is to be added is first added to `given`. Nothing happens where somebody may not write.
        """
        if self._may_write and self._is_free():
            ports, names = self._ports, self._names
            self.run(
                lambda: load_task(ports, given, names),
                lambda task: self._open_editor(task, issue_id),
            )

    def review_for(self, entry_id: UUID) -> None:
        """Choose the issue that this entry touches, and write on there."""
        self.guide.begin_for(entry_id)

    def compare(self) -> None:
        """Lay the chosen policy beside the one that it follows; any other two can be chosen then."""
        if self._shown is not None:
            self.difference.compare(self._shown, self.shelf.lines, self._names)

    def answer_no_review(self, event: str = "", happened_on: date | None = None) -> None:
        """Ask why an event needs no review of the policy in force; what is known of the event is filled in."""
        if self._may_write and self.editor is None and in_force_of(self.shelf.lines) is not None:
            self.reading.ask_no_review(self._household_id, event, happened_on)

    def _show(self, shelf: Shelf) -> None:
        self._names = shelf.names
        if self.editor is None:
            self.guide.show_due(shelf.due, self._setting.clock.today())
        keep, self._wanted = self._wanted or self.shelf.current(), None
        self.shelf.show_lines(shelf.lines, self._setting.clock.today(), keep, shelf.answers)
        current = self.shelf.current()
        self._help.setVisible(current is not None and self.editor is None)
        if current is not None:
            self.show_body()
            self._read(current)
        elif self.editor is None:
            self._shown = None
            self.show_empty(_EMPTY if self._may_write else _EMPTY_READER)
        if self.new_button.hasFocus():  # the keyboard was there until the policies came
            self.focus_first()

    def _read(self, policy_id: UUID) -> None:
        self._loading = self.run(
            lambda: load_reading(self._ports, policy_id), self._show_reading, replaces=self._loading
        )

    def _show_reading(self, reading: Reading) -> None:
        policy = self._shown = reading.policy
        answers = answer_groups(policy, reading.answers, self.shelf.lines)
        text = policy_text(policy, self._names, results=reading.results, answers=answers)
        self.reader.show_policy(text)
        staff_id = self._setting.staff.staff_id
        mark = mark_of(policy, self._setting.staff)
        self.shelf.offer(policy, staff_id, may_write=self._may_write, mark=mark)
        self._panes.share_height()

    def _write_on(self) -> None:
        policy, names = self._shown, self._names
        if policy is not None and self._is_free():
            self.run(lambda: load_draft(self._ports, policy.policy_id, names), self._open_editor)

    def _withdraw(self) -> None:
        policy = self._shown
        if policy is not None:
            self.run(
                lambda: self._ports.policies.withdraw(policy.policy_id),
                lambda _: self._was_moved("援助方針を引き戻しました。下書きとして書き直せます。"),
            )

    def _print(self) -> None:
        """Draw the policy read, to be looked at and put on paper."""
        policy = self._shown
        if policy is not None:
            mark = mark_of(policy, self._setting.staff)
            self.papers.draw_policy(policy.policy_id, mark)

    def _print_for_person(self) -> None:
        """Draw the sheet that is handed over when the policy is explained."""
        if self._shown is not None:
            has_readings = self.shelf.readings.isChecked()
            self.papers.draw_for_person(self._shown.policy_id, has_readings=has_readings)

    def _print_programmes(self) -> None:
        if self._is_free():
            self.papers.draw_other_programmes(self._household_id)

    def _show_paper(self, paper: PrintRunView) -> None:
        self.show_body()
        self._right.setCurrentWidget(paper)
        self._stand_aside()

    def _left_paper(self) -> None:
        self._back_to_text()
        if not self.shelf.lines:
            self.reload()
        if self.papers.take_handed_over() and self._may_write:
            self._ask_explanation(_HANDED_OVER)

    def _ask_explanation(self, hint: str = "") -> None:
        if self._shown is not None:
            self.reading.ask_explanation(self._shown, self._names.values(), hint)

    def _was_recorded(self, sentence: str) -> None:
        self.announced.emit(sentence)
        self.reload()

    def _make_room(self) -> None:
        """Where the list stands above the text, a form beneath the text has its place."""
        if self._panes.is_stacked:
            self.shelf.hide()

    def _stand_aside(self) -> None:
        """Leave the room to what is worked on."""
        self.shelf.hide()
        self._help.hide()
        self.programmes_button.hide()

    def _show_difference(self) -> None:
        if self.editor is None:
            self._right.setCurrentWidget(self.difference)
            self._stand_aside()
            self.difference.focus_first()

    def _show_issues(self) -> None:
        self.show_body()
        self._right.setCurrentWidget(self.guide.issues)
        self._stand_aside()

    def _open_new(self, task: PolicyTask) -> None:
        self._open_editor(task)
        if task.given.shown_version and self.editor is not None:
            self.editor.messages.show_warning(_CONTINUED)

    def _open_editor(self, task: PolicyTask, issue_id: UUID | None = None) -> None:
        setting = self._setting
        editor = PolicyEditor(
            task,
            PolicySetting(
                ports=self._ports,
                runner=setting.runner,
                look=setting.look,
                today=setting.clock.today,
                dialogs=setting.dialogs,
            ),
        )
        editor.saved.connect(self._was_saved)
        editor.submitted.connect(lambda _: self._was_moved("援助方針を提出しました。"))
        editor.closed.connect(self._close_editor)
        editor.entry_wanted.connect(partial(self._ask_file, "chronicle"))
        self.editor = editor
        self.messages.clear()
        self.show_body()
        self._stand_aside()
        self.new_button.hide()
        self.guide.events.hide()
        self._right.addWidget(editor)
        self._right.setCurrentWidget(editor)
        editor.go_to(issue_id)

    def _close_editor(self) -> None:
        editor, self.editor = self.editor, None
        if editor is not None:
            self._right.removeWidget(editor)
            editor.deleteLater()
        self.new_button.setVisible(self._may_write)
        self._back_to_text()
        self.reload()

    def _back_to_text(self) -> None:
        self._right.setCurrentWidget(self.reading)
        self.shelf.show()
        self.programmes_button.setVisible(self._may_print)
        self._help.show()
        self.focus_first()

    def _is_free(self) -> bool:
        """One editor at a time, and no half-filled form beneath the text."""
        if self.editor is None and not self.reading.has_unsaved():
            return True
        self.messages.show_warning(_UNFINISHED if self.editor else _UNRECORDED)
        return False

    def _was_saved(self, saved: SavedPolicy) -> None:
        self._wanted = saved.policy_id
        self.announced.emit("援助方針を保存しました。")

    def _was_moved(self, sentence: str) -> None:
        self.announced.emit(sentence)
        self._setting.changes.approval_moved.emit(self._household_id, self)
        self.reload()

    def _ask_file(self, section: str, entry_id: UUID | None = None) -> None:
        wanted = FileRequest(household_id=self._household_id, section=section, entry_id=entry_id)
        self.file_requested.emit(wanted)

    def _changed_elsewhere(self, household_id: UUID, initiator: object) -> None:
        if household_id == self._household_id and initiator is not self and self.editor is None:
            self.reload_shown()

    def _lay_out(self) -> None:
        self._help = muted_label(_HELP)
        self._help.setWordWrap(True)
        bar = QHBoxLayout()
        bar.addWidget(self._help, 1)
        bar.addStretch(0)
        bar.addWidget(self.programmes_button)
        bar.addWidget(self.new_button)
        self.new_button.setProperty("primary", True)
        self._right.addWidget(self.reading)
        self._right.addWidget(self.difference)
        self._right.addWidget(self.guide.issues)
        self.outer.setContentsMargins(0, 4, 0, 0)
        self.top.addLayout(bar)
        self.top.addWidget(self.guide.events)
        self.new_button.setVisible(self._may_write)
        self.programmes_button.setVisible(self._may_print)
        self.body.addWidget(self._panes)

    def _connect(self) -> None:
        self.new_button.clicked.connect(self.write_new)
        self.guide.asked.connect(self._show_issues)
        self.guide.left.connect(self._back_to_text)
        self.guide.ready.connect(self.open_editor)
        self.shelf.table.typed.connect(self.guide.events.by_key)
        self.shelf.chosen.connect(self._read)
        self.shelf.write_wanted.connect(self._write_on)
        self.shelf.compare_wanted.connect(self.compare)
        self.shelf.withdraw_wanted.connect(self._withdraw)
        self.shelf.print_wanted.connect(self._print)
        self.shelf.explain_wanted.connect(self._ask_explanation)
        self.shelf.no_review_wanted.connect(lambda: self.answer_no_review(*self.guide.at_hand()))
        self.shelf.for_person_wanted.connect(self._print_for_person)
        self.programmes_button.clicked.connect(self._print_programmes)
        self.papers.begun.connect(self._show_paper)
        self.papers.noted.connect(self.announced)
        self.papers.left.connect(self._left_paper)
        self.reading.recorded.connect(self._was_recorded)
        self.reading.opened.connect(self._make_room)
        self.reading.left.connect(self._back_to_text)
        self.shelf.results_wanted.connect(partial(self._ask_file, "brief"))
        self.reader.entry_wanted.connect(partial(self._ask_file, "chronicle"))
        self.difference.opened.connect(self._show_difference)
        self.difference.closed.connect(self._back_to_text)
        self._setting.changes.approval_moved.connect(self._changed_elsewhere)
        self._setting.changes.result_noted.connect(self._changed_elsewhere)
        new = QShortcut(QKeySequence("Ctrl+N"), self)
        new.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        new.activated.connect(self.write_new)
