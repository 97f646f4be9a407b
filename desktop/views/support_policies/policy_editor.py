"""The editor of a support policy: save, submit, the self-check while typing, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.errors import ConflictError, UserError, ValidationError
from desktop.domain.review import Check
from desktop.domain.support_policies import PolicyInput, SavedPolicy, SupportPolicy
from desktop.domain.support_policies_drafting import as_input
from desktop.jobs.runner import Job, JobRunner
from desktop.viewmodels.records_text import instant_text
from desktop.viewmodels.support_policies import return_reason
from desktop.viewmodels.support_policies_evidence import sentences_of
from desktop.viewmodels.support_policies_form import keep_mine, place_of
from desktop.views.dialogs import Dialogs
from desktop.views.look import Look
from desktop.views.message_bar import MessageBar
from desktop.views.records.editor_buttons import EditorButtons
from desktop.views.records.notice import Notice
from desktop.views.records.unsaved_guard import ask_before_closing
from desktop.views.support_policies.conflict_panel import PolicyConflict, PolicyResolution
from desktop.views.support_policies.peeking import is_composing
from desktop.views.support_policies.policy_form import PolicyForm
from desktop.views.support_policies.ports import PolicyPorts, PolicyTask
from desktop.views.widgets import named

_PAUSE_MILLISECONDS = 500
_SAVING = "保存しています…"
_SUBMITTING = "提出しています…"
_CHANGED = "● 未保存"
_NEW = "新しい援助方針"
_OLD = "援助方針を書く"
_UNDECIDED = (
    "まだ見直していない課題が{count}つあります。課題ごとに、続ける（Alt+1）・変える（Alt+2）・終了する（Alt+3）を選んでください。"
    "このまま提出するときは、もう一度「提出」を押してください。"
)
_DROP = "保存していない自分の文章は消えます。保存されている文章で続けますか。"


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicySetting:
    """Where an editor stands: the use cases, the runner, the look and the day."""

    ports: PolicyPorts
    runner: JobRunner
    look: Look
    today: Callable[[], date]
    dialogs: Dialogs


class PolicyEditor(QWidget):
    """`saved` carries the SavedPolicy, `submitted` the policy's id; `closed` says that the editor is done with."""

    saved = Signal(object)
    submitted = Signal(object)
    closed = Signal()
    entry_wanted = Signal(object)

    def __init__(self, task: PolicyTask, setting: PolicySetting) -> None:
        super().__init__()
        self.setObjectName("policy_editor")
        self._task = task
        self._setting = setting
        self._edits = 0
        self._stored_edits = 0
        self._is_busy = False
        self._asked_about: tuple[UUID, ...] = ()
        self._after_save: Callable[[], object] | None = None
        self._conflict_between: tuple[PolicyInput, SupportPolicy] | None = None
        self._checking: Job[tuple[Check, ...]] | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MILLISECONDS)
        self.title = named(QLabel(_OLD if task.given.shown_version else _NEW), "section_title")
        self.notice = Notice()
        self.messages = MessageBar()
        self.form = PolicyForm(task, setting.look, setting.today)
        self.conflict = PolicyConflict(setting.look)
        self.buttons = EditorButtons()
        self._stack = QStackedWidget()
        self._build()
        self._connect()
        self.form.show_input(task.given)
        if task.stored is not None:
            self.notice.say(return_reason(task.stored), "error")
        self.check()

    def has_unsaved(self) -> bool:
        """Whether something typed is not stored yet."""
        return self._edits != self._stored_edits

    def focus_first(self) -> None:
        """Go to the first field of the part shown."""
        self.form.focus_first()

    def go_to(self, issue_id: UUID | None) -> None:
        """Show an issue and put the keyboard in it; the household's part where there is none of this id."""
        self.form.go_to(issue_id)
        self.focus_first()

    def save(self) -> None:
        """Store what was typed."""
        self._store(_SAVING, self._saved)

    def submit(self) -> None:
        """Store what was typed and hand it in; asks once where lines carried over wait for a decision."""
        waiting = self.form.undecided
        if waiting and waiting != self._asked_about:
            self._asked_about = waiting
            self.go_to(waiting[0])
            self.messages.show_warning(_UNDECIDED.format(count=len(waiting)))
            return
        self._store(_SUBMITTING, self._submit_saved)

    def check(self) -> None:
        """Ask the self-check about the words so far; an input method that composes is not disturbed."""
        if is_composing():
            self._pause.start()
            return
        self.form.refresh_outline()
        given = self.form.so_far()
        self._checking = self._setting.runner.run(
            self,
            lambda: self._setting.ports.policies.checks(given),
            self.form.show_checks,
            self._show_refusal,
            replaces=self._checking,
        )

    def ask_to_close(self) -> None:
        """Close; ask first when something would be lost."""
        if self._is_busy:
            return
        if self.has_unsaved():
            ask_before_closing(self, lambda: self.store_and(self.closed.emit), self.closed.emit)
        else:
            self.closed.emit()

    def store_and(self, on_stored: Callable[[], object]) -> None:
        """Store what was typed and go on with `on_stored`; a refusal is shown and ends it."""
        if self._stack.currentWidget() is self.conflict:
            return
        self._after_save = on_stored
        self.save()

    def _store(self, state: str, on_success: Callable[[SavedPolicy], object]) -> None:
        if self._is_busy or self._stack.currentWidget() is self.conflict:
            return
        self.messages.clear()
        try:
            given = self.form.read()
        except ValidationError:
            self._after_save = None
            return
        edits = self._edits
        self._set_busy(state)

        def stored(answer: SavedPolicy) -> None:
            self._stored_edits = edits
            self.form.keep_version(answer.version)
            self.saved.emit(answer)
            on_success(answer)

        self._setting.runner.run(
            self,
            lambda: self._setting.ports.policies.save(given),
            stored,
            lambda error: self._refused(error, given),
        )

    def _saved(self, answer: SavedPolicy) -> None:
        self._set_idle(f"保存済み　{instant_text(answer.saved_at)}（第{answer.version}版）")
        go_on, self._after_save = self._after_save, None
        if go_on is not None and not self.has_unsaved():
            go_on()

    def _submit_saved(self, answer: SavedPolicy) -> None:
        policy_id, version = answer.policy_id, answer.version
        self._setting.runner.run(
            self,
            lambda: self._setting.ports.policies.submit(policy_id, version),
            lambda _: self._submitted(answer),
            lambda error: self._submission_refused(error, answer),
        )

    def _submitted(self, answer: SavedPolicy) -> None:
        self._set_idle("提出しました")
        self.submitted.emit(answer.policy_id)
        self.closed.emit()

    def _submission_refused(self, error: UserError, answer: SavedPolicy) -> None:
        self._saved(answer)
        self._show_refusal(error)

    def _refused(self, error: UserError, given: PolicyInput) -> None:
        self._after_save = None
        self._set_idle("")
        if isinstance(error, ConflictError):
            self._setting.runner.run(
                self,
                lambda: self._setting.ports.policies.policy(given.policy_id),
                lambda stored: self._show_conflict(given, stored),
                self._show_refusal,
            )
        else:
            self._show_refusal(error)

    def _show_refusal(self, error: UserError) -> None:
        place, sentences = place_of(error, self.form.so_far())
        if sentences:
            self.form.show_errors(place, sentences)
        else:
            self.messages.show_error(error)

    def _show_conflict(self, mine: PolicyInput, stored: SupportPolicy) -> None:
        self._conflict_between = (mine, stored)
        self._stack.setCurrentWidget(self.conflict)
        self.buttons.hide()
        self.conflict.show_conflict(mine, stored, self._task.names)

    def _resolve(self, way: PolicyResolution) -> None:
        if way is PolicyResolution.STORED:
            drop = partial(self._settle, way)
            self._setting.dialogs.confirm(self, _DROP, "自分の文章を消して続ける", drop)
        else:
            self._settle(way)

    def _settle(self, way: PolicyResolution) -> None:
        if self._conflict_between is None:
            return
        mine, stored = self._conflict_between
        self._conflict_between = None
        self.buttons.show()
        self._stack.setCurrentIndex(0)
        if way is PolicyResolution.STORED:
            self.form.show_input(as_input(stored))
            self._stored_edits = self._edits
        else:
            self.form.show_input(keep_mine(mine, stored))
            self._edits += 1
        self.buttons.state.setText(_CHANGED if self.has_unsaved() else "")
        self.check()
        self.focus_first()

    def _load_sentences(self) -> None:
        records, household_id = self._setting.ports.records, self._task.given.household_id
        self._setting.runner.run(
            self,
            lambda: sentences_of(records.chronicle(household_id)),
            self.form.show_sentences,
            self._show_refusal,
        )

    def _was_edited(self) -> None:
        self._edits += 1
        self._pause.start()
        if not self._is_busy:
            self.buttons.state.setText(_CHANGED)

    def _set_busy(self, state: str) -> None:
        self._is_busy = True
        self.buttons.set_busy(is_busy=True)
        self.buttons.state.setText(state)

    def _set_idle(self, state: str) -> None:
        self._is_busy = False
        self.buttons.set_busy(is_busy=False)
        self.buttons.state.setText(_CHANGED if self.has_unsaved() else state)

    def _escape(self) -> None:
        if self.form.is_picking:
            self.form.picker.closed.emit()
        else:
            self.ask_to_close()

    def _build(self) -> None:
        self._stack.addWidget(self.form)
        self._stack.addWidget(self.conflict)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self.title.setContentsMargins(12, 4, 12, 0)
        for part in (self.title, self.notice, self.messages):
            layout.addWidget(part)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.buttons)

    def _connect(self) -> None:
        self.form.edited.connect(self._was_edited)
        self.form.sentences_wanted.connect(self._load_sentences)
        self.form.entry_wanted.connect(self.entry_wanted)
        self.conflict.resolved.connect(self._resolve)
        self._pause.timeout.connect(self.check)
        self.buttons.join(self, save=self.save, submit=self.submit, close=self._escape)
        for keys, act in (("Ctrl+I", self.form.add_issue), ("Ctrl+R", self.form.pick_evidence)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
