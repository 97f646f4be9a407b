"""What stands beside the chronicle: the choice of a kind, the editor, the history, a draft on its way to paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.forms import FormMark
from desktop.domain.records import Entry, EntryKind
from desktop.jobs.runner import JobRunner
from desktop.views.look import Look
from desktop.views.records.editor_task import EditorTask
from desktop.views.records.entry_editor import EditorSetting, EntryEditor
from desktop.views.records.history_view import HistoryView
from desktop.views.records.kind_picker import KindPicker
from desktop.views.records.ports import Histories, RecordPorts

if TYPE_CHECKING:
    from desktop.views.printing.run_view import PrintRunView


def editor_setting(
    ports: RecordPorts,
    runner: JobRunner,
    look: Look,
    today: Callable[[], date],
    *,
    names_papers: bool,
) -> EditorSetting:
    """Where an editor stands that works with these use cases."""
    papers = ports.papers if names_papers else None
    return EditorSetting(
        records=ports.records,
        runner=runner,
        look=look,
        today=today,
        papers=papers,
        drafting=ports.drafting,
    )


class ChronicleSide(QStackedWidget):
    """One part at a time; an open editor comes back when another part is done with.

    `opened` and `emptied` tell the chronicle to make room or take it back; `saved` carries a SavedEntry, `kind_wanted`
    the code of another kind, `review_wanted` the id of an entry that touches the policy, `printed` a sentence, `help_wanted` asks what to ask on a visit. History and paper are made when they are first asked for.
    """

    opened = Signal()
    emptied = Signal()
    fit_wanted = Signal()
    saved = Signal(object)
    submitted = Signal()
    review_wanted = Signal(object)
    kind_wanted = Signal(str)
    printed = Signal(str)
    help_wanted = Signal()

    def __init__(
        self,
        setting: EditorSetting,
        histories: Histories,
        make_paper: Callable[[], PrintRunView],
    ) -> None:
        super().__init__()
        self._setting = setting
        self._make_paper = make_paper
        self.kind_picker = KindPicker()
        self._histories = histories
        self._history: HistoryView | None = None
        self.editor: EntryEditor | None = None
        self.paper: PrintRunView | None = None
        self.addWidget(self.kind_picker)
        self.hide()
        self._connect()

    @property
    def history(self) -> HistoryView:
        """The versions of an entry, made when they are first asked for."""
        if self._history is None:
            made = HistoryView(
                self._setting.records, self._histories, self._setting.runner, self._setting.look
            )
            self._history = made
            self.addWidget(made)
            made.closed.connect(self.leave)
        return self._history

    @property
    def needs_room(self) -> bool:
        """Whether what is shown needs the whole width."""
        shown, editor = self.currentWidget(), self.editor
        if shown is not None and shown in {self._history, self.paper}:
            return True
        return editor is not None and editor is shown and editor.needs_room

    def show_kinds(self, kinds: tuple[EntryKind, ...], heading: str) -> None:
        """Ask which kind of record is to be written."""
        self.kind_picker.show_kinds(kinds, heading)
        self._show(self.kind_picker)
        self.kind_picker.setFocus()

    def show_history(self, entry: Entry) -> None:
        """Show the versions of an entry."""
        self.history.show_history(entry)
        self._show(self.history)

    def print_draft(self, entry_id: UUID) -> None:
        """Draw the entry with the mark 案, to be looked at and put on paper."""
        self._paper_at_hand().draw([entry_id], FormMark.DRAFT, 1)

    @property
    def is_print_unrecorded(self) -> bool:
        """Whether a draft came out on paper that the log does not know."""
        return self.paper is not None and self.paper.is_unrecorded

    def open_editor(self, task: EditorTask) -> None:
        """Open the editor on a task, or give the open one another."""
        if self.editor is not None:
            self.editor.show_blank(task)
            return
        editor = EntryEditor(task, self._setting)
        editor.saved.connect(self.saved)
        editor.submitted.connect(self.submitted)
        editor.review_wanted.connect(self.review_wanted)
        editor.closed.connect(self.close_editor)
        editor.kind_wanted.connect(self.kind_wanted)
        editor.room_changed.connect(self.fit_wanted)
        editor.help_wanted.connect(self.help_wanted)
        self.editor = editor
        self.addWidget(editor)
        self._show(editor)
        editor.focus_first()

    def show_editor(self) -> None:
        """Bring the open editor to the front."""
        if self.editor is not None:
            self._show(self.editor)

    def close_editor(self) -> None:
        """Let the editor go."""
        editor, self.editor = self.editor, None
        if editor is not None:
            self.removeWidget(editor)
            editor.hide()
            editor.deleteLater()
        self.leave()

    def leave(self) -> None:
        """Done with the part shown: back to the open editor, or to the list alone."""
        if self.editor is not None:
            self._show(self.editor)
            self.editor.focus_first()
            return
        self.hide()
        self.emptied.emit()

    def _show(self, part: QWidget) -> None:
        self.setCurrentWidget(part)
        self.opened.emit()

    def _paper_at_hand(self) -> PrintRunView:
        if self.paper is None:
            paper = self.paper = self._make_paper()
            self.addWidget(paper)
            paper.begun.connect(lambda: self._show(paper))
            paper.left.connect(self.leave)
            paper.noted.connect(self.printed)
        return self.paper

    def _connect(self) -> None:
        self.kind_picker.chosen.connect(self.kind_wanted)
        self.kind_picker.given_up.connect(self.leave)
