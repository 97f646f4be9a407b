"""The editor of one entry: save, submit, conflicts, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import ConflictError, UserError, ValidationError
from desktop.domain.policy_events import Impact
from desktop.domain.records import Entry, EntryInput, EntryKind, SavedEntry
from desktop.jobs.runner import JobRunner
from desktop.services.records.changes import as_input
from desktop.viewmodels.records_conflict import keep_both, keep_mine
from desktop.viewmodels.records_difference import input_parts
from desktop.viewmodels.records_text import entry_text, instant_text
from desktop.viewmodels.text_difference import Change, Piece
from desktop.views.look import Look
from desktop.views.message_bar import MessageBar
from desktop.views.records.conflict_panel import ConflictPanel, Resolution
from desktop.views.records.cursor_in_view import keep_cursor_in_view
from desktop.views.records.editor_aids import EditorAids
from desktop.views.records.editor_buttons import EditorButtons
from desktop.views.records.editor_task import EditorTask
from desktop.views.records.entry_browser import EntryBrowser
from desktop.views.records.entry_form import EntryForm
from desktop.views.records.impact_line import ImpactLine
from desktop.views.records.kind_button import KindButton
from desktop.views.records.notice import Notice
from desktop.views.records.paper_button import PaperButton
from desktop.views.records.ports import Drafting, PapersOfRecord, RecordDesk
from desktop.views.records.unsaved_guard import ask_before_closing
from desktop.views.widgets import named

_SHARES = (400, 600)
_SAVING = "保存しています…"
_SUBMITTING = "提出しています…"
_CHANGED = "● 未保存"
_NOT_NAMED = "記録は保存しましたが、受領書類を結べませんでした。もう一度保存してください。"
_MINE_ASIDE = "自分が入力した文章（保存していません）"


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorSetting:
    """Where an editor stands: the use cases, the runner, the look and the day. Without `papers` none can be named, without `drafting` no structure is taken over."""

    records: RecordDesk
    runner: JobRunner
    look: Look
    today: Callable[[], date]
    papers: PapersOfRecord | None = None
    drafting: Drafting | None = None


class EntryEditor(QWidget):
    """`saved` carries the SavedEntry, `submitted` the entry's id; `closed` says that the editor is done with.

    `review_wanted` follows a submission that touches the support policy, with the entry's id. `kind_wanted` asks for another kind's blank, `room_changed` that it needs more or less room,
    `help_wanted` for what to ask on a visit.
    """

    saved = Signal(object)
    submitted = Signal(object)
    review_wanted = Signal(object)
    closed = Signal()
    kind_wanted = Signal(str)
    room_changed = Signal()
    help_wanted = Signal()

    def __init__(
        self, task: EditorTask, setting: EditorSetting, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("entry_editor")
        self._task = task
        self._setting = setting
        self._edits = 0
        self._stored_edits = 0
        self._is_busy = False
        self._after_save: Callable[[], object] | None = None
        self._conflict: tuple[EntryInput, Entry] | None = None
        self.title = named(QLabel(), "section_title")
        self.kind_button = KindButton(task.material.kinds)
        self.paper_button = PaperButton(task.material.papers if setting.papers else ())
        self.notice = Notice()
        self.messages = MessageBar()
        self.form = EntryForm(task.material, setting.today)
        self.reference = named(EntryBrowser(setting.look, "有効な記録"), "valid_text")
        self.conflict = ConflictPanel(setting.look)
        self.impact = ImpactLine()
        self.buttons = EditorButtons()
        self.aids = EditorAids(
            task.material,
            self.form,
            setting.look,
            setting.runner,
            drafting=setting.drafting,
            messages=self.messages,
            on_kind=self._show_kind,
            on_help=self.help_wanted.emit,
            parent=self,
        )
        self._stack = QStackedWidget()
        self._build()
        self._connect()
        self._show_task(task)

    @property
    def task(self) -> EditorTask:
        """What the editor was opened with."""
        return self._task

    @property
    def needs_room(self) -> bool:
        """Whether another text stands beside the form."""
        return not self.reference.isHidden() or self._stack.currentWidget() is self.conflict

    def has_unsaved(self) -> bool:
        """Whether something typed is not stored yet."""
        return self._edits != self._stored_edits

    def focus_first(self) -> None:
        """Go to the first field."""
        self.form.focus_first()

    def show_blank(self, task: EditorTask) -> None:
        """Start again with another blank: the kind was changed before anything was typed."""
        self._show_task(task)
        self._edits = self._stored_edits = 0
        self.focus_first()

    def save(self) -> None:
        """Store what was typed."""
        self.impact.give_up()
        self._store(_SAVING, self._saved)

    def submit(self) -> None:
        """Ask what the record means for the support policy; the answer hands it in."""
        if self.aids.take() or self._is_busy or self._stack.currentWidget() is self.conflict:
            return
        self.messages.clear()
        try:
            self.form.read()
        except ValidationError:
            self._show_focused()
        else:
            self.impact.ask()

    def hand_in(self, impact: Impact) -> None:
        """Store what was typed and hand it in with this answer."""
        self._store(_SUBMITTING, lambda answer: self._submit_saved(answer, impact))

    def ask_to_close(self) -> None:
        """Close; ask first when something would be lost."""
        if self.aids.leave() or self._is_busy or self.impact.give_up():
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

    def _store(self, state: str, on_success: Callable[[SavedEntry], object]) -> None:
        if self._is_busy or self._stack.currentWidget() is self.conflict:
            return
        self.messages.clear()
        try:
            given = self.form.read()
        except ValidationError:
            self._after_save = None
            self._show_focused()
            return
        edits = self._edits
        self._set_busy(state)

        def stored(answer: SavedEntry) -> None:
            self._stored_edits = edits
            self.form.keep_version(answer.version)
            self._name_papers(answer, lambda: self._was_stored(answer, on_success))

        self._setting.runner.run(
            self,
            lambda: self._setting.records.save(given),
            stored,
            lambda error: self._refused(error, given),
        )

    def _name_papers(self, answer: SavedEntry, go_on: Callable[[], object]) -> None:
        """Name the chosen papers in what was stored, and go on; where that is refused the record is stored all the same."""
        papers, chosen = self._setting.papers, self.paper_button.chosen()
        if papers is None or not chosen:
            go_on()
            return

        def refused(error: UserError) -> None:
            self._after_save = None
            self._was_stored(answer, self._saved)
            self.messages.show_error(f"{_NOT_NAMED}（{error.sentence}）")

        self._setting.runner.run(
            self,
            lambda: papers.link_entry(answer.entry_id, chosen),
            lambda _: go_on(),
            refused,
        )

    def _was_stored(self, answer: SavedEntry, on_success: Callable[[SavedEntry], object]) -> None:
        self.saved.emit(answer)
        on_success(answer)

    def _saved(self, answer: SavedEntry) -> None:
        self._set_idle(f"保存済み　{instant_text(answer.saved_at)}（第{answer.version}版）")
        go_on, self._after_save = self._after_save, None
        if go_on is not None and not self.has_unsaved():
            go_on()

    def _submit_saved(self, answer: SavedEntry, impact: Impact) -> None:
        entry_id, version = answer.entry_id, answer.version
        self._setting.runner.run(
            self,
            lambda: self._setting.records.submit(entry_id, version, impact),
            lambda _: self._submitted(answer, impact),
            lambda error: self._submission_refused(error, answer),
        )

    def _submitted(self, answer: SavedEntry, impact: Impact) -> None:
        self._set_idle("提出しました")
        self.submitted.emit(answer.entry_id)
        self.closed.emit()
        if impact is Impact.SOME:
            self.review_wanted.emit(answer.entry_id)

    def _submission_refused(self, error: UserError, answer: SavedEntry) -> None:
        self._saved(answer)
        self._show_refusal(error)

    def _refused(self, error: UserError, given: EntryInput) -> None:
        self._after_save = None
        self._set_idle(_CHANGED if self.has_unsaved() else "")
        if isinstance(error, ConflictError):
            self._setting.runner.run(
                self,
                lambda: self._setting.records.entry(given.entry_id),
                lambda stored: self._show_conflict(given, stored),
                self._show_refusal,
            )
        else:
            self._show_refusal(error)

    def _show_refusal(self, error: UserError) -> None:
        if isinstance(error, ValidationError) and error.fields:
            homeless = self.form.show_errors(error.fields)
            self._show_focused()
            if not homeless:
                return
        self.messages.show_error(error)

    def _show_conflict(self, mine: EntryInput, stored: Entry) -> None:
        self._conflict = (mine, stored)
        self._stack.setCurrentWidget(self.conflict)
        self.buttons.hide()
        self.room_changed.emit()
        self.conflict.show_conflict(mine, stored)

    def _resolve(self, way: Resolution) -> None:
        if self._conflict is None:
            return
        mine, stored = self._conflict
        self._conflict = None
        self.buttons.show()
        self._stack.setCurrentIndex(0)
        if way is Resolution.STORED:
            self.form.show_input(as_input(stored))
            parts = [(p.label, _as_it_is(p.text)) for p in input_parts(mine) if p.text]
            self.reference.show_parts(_MINE_ASIDE, parts)
            self.reference.show()
            self._stored_edits = self._edits
        else:
            settle = keep_both if way is Resolution.BOTH else keep_mine
            self.form.show_input(settle(mine, stored))
            self._edits += 1
        self.buttons.state.setText(_CHANGED if self.has_unsaved() else "")
        self.room_changed.emit()
        self.focus_first()

    def _show_task(self, task: EditorTask) -> None:
        self._task = task
        self.title.setText(task.title)
        self.notice.say(*task.notice)
        self.kind_button.setVisible(task.entry is None)
        self.aids.show_kind(task.material.kind(task.given.kind))
        self.reference.setVisible(task.valid is not None)
        if task.valid is not None:
            self.reference.show_entry(entry_text(task.valid))
        self.buttons.state.clear()
        try:
            self.form.show_input(task.given)
        except ValidationError as error:
            self.messages.show_error(error)
            self.kind_button.show()

    def _change_kind(self, code: str) -> None:
        """Before anything was typed the new kind's template is asked for; later the words stay."""
        if not self.has_unsaved() and self._task.given.shown_version == 0:
            self.kind_wanted.emit(code)
            return
        kind = self._task.material.kind(code)
        if kind is not None:
            self.form.change_kind(kind)
            self._show_kind(kind)

    def _show_kind(self, kind: EntryKind) -> None:
        self.aids.show_kind(kind)
        self.title.setText(f"新しい記録：{kind.label}")

    def _was_edited(self) -> None:
        self._edits += 1
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

    def _show_focused(self) -> None:
        """Scroll to the field that was gone to because something is wrong in it."""
        focused = self.form.focusWidget()
        if focused is not None:
            self._scroll.ensureWidgetVisible(focused, 0, self.fontMetrics().height() * 3)

    def _build(self) -> None:
        self._scroll = scroll = QScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.form)
        texts = self.form.segments.texts.values()
        keep_cursor_in_view(scroll, self.form, [field.editor() for field in texts])
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.setChildrenCollapsible(False)
        panes.addWidget(self.reference)
        panes.addWidget(scroll)
        panes.setSizes(list(_SHARES))
        self._stack.addWidget(panes)
        self._stack.addWidget(self.conflict)
        heading = QHBoxLayout()
        heading.setContentsMargins(12, 4, 12, 0)
        heading.addWidget(self.title, 1)
        heading.addWidget(self.paper_button)
        heading.addWidget(self.kind_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(heading)
        layout.addWidget(self.aids.join(self._stack, self.buttons))
        layout.addWidget(self.notice)
        layout.addWidget(self.messages)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.impact)
        layout.addWidget(self.buttons)

    def _connect(self) -> None:
        self.form.edited.connect(self._was_edited)
        self.conflict.resolved.connect(self._resolve)
        self.kind_button.chosen.connect(self._change_kind)
        self.impact.answered.connect(self.hand_in)
        self.paper_button.changed.connect(self._was_edited)
        self.buttons.join(self, save=self.save, submit=self.submit, close=self.ask_to_close)


def _as_it_is(text: str) -> tuple[Piece, ...]:
    return (Piece(change=Change.SAME, text=text),)
