"""The chronicle (ケース記録の経過) of a file, with the editor beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMenu, QPushButton, QSplitter, QVBoxLayout, QWidget

from desktop.domain.clock import Clock
from desktop.domain.office import SignedInStaff
from desktop.domain.records import Entry, EntryKind, SavedEntry
from desktop.domain.roles import Permission
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.viewmodels.records_actions import EntryAction, actions_for, is_writable, open_promises
from desktop.viewmodels.records_chronicle import Chronicle
from desktop.viewmodels.records_text import promise_text
from desktop.views.look import Look
from desktop.views.records.action_bar import ActionBar
from desktop.views.records.chronicle_bar import ChronicleBar
from desktop.views.records.chronicle_side import ChronicleSide, editor_setting
from desktop.views.records.entry_commands import EntryCommands
from desktop.views.records.entry_editor import EntryEditor
from desktop.views.records.entry_list import EntryList
from desktop.views.records.find_bar import FindBar
from desktop.views.records.history_view import HistoryView
from desktop.views.records.ports import RecordPorts, load_chronicle
from desktop.views.records.prompt_panel import PromptPanel
from desktop.views.screen import ScreenView
from desktop.views.widgets import named

if TYPE_CHECKING:
    from desktop.views.printing.run_view import PrintRunView

_EMPTY = "この世帯の記録はまだありません。「新しい記録」（Ctrl+N）で書き始めます。"
_EMPTY_READER = "この世帯の記録はまだありません。"
_NARROWED = "この条件に当てはまる記録はありません。種別と期間を「すべて」に戻してください。"
_NO_ENTRY = "履歴を見る記録を選んでください。"
_ROOM_FOR_BOTH = 64
_SHARES = (46, 54)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChronicleSetting:
    """Whose desk the chronicle stands on. `make_paper` gives the way to paper, for drafts."""

    staff: SignedInStaff
    clock: Clock
    runner: JobRunner
    changes: ChangeBus
    look: Look
    make_paper: Callable[[ScreenView], PrintRunView]


class ChronicleView(ScreenView):
    """Newest last, as on paper. Letters act on the current entry; Ctrl+N writes a new one beside it."""

    def __init__(self, household_id: UUID, ports: RecordPorts, setting: ChronicleSetting) -> None:
        super().__init__(setting.runner, title="")
        self.setObjectName("chronicle")
        self._household_id = household_id
        self._ports = ports
        self._setting = setting
        self._wanted_entry: UUID | None = None
        self._addition_to: Entry | None = None
        self._is_read = False
        self.chronicle = Chronicle()
        today: Callable[[], date] = setting.clock.today
        self.bar = ChronicleBar(today)
        self.find_bar = FindBar(self.chronicle)
        self.list = EntryList(self.chronicle, setting.look)
        self.actions_bar = ActionBar()
        self.new_button = named(QPushButton("新しい記録（Ctrl+N）"), "new_entry")
        self.prompt = PromptPanel(ports.files, setting.runner)
        self.side = self._make_side()
        self.kind_picker = self.side.kind_picker
        self.commands = EntryCommands(
            household_id,
            ports,
            setting.runner,
            self.prompt,
            setting.staff.staff_id,
            today=today,
            parent=self,
        )
        self._may_write = setting.staff.may(Permission.WRITE_RECORDS)
        self._may_print = setting.staff.may(Permission.PRINT_DRAFTS)
        self._lay_out()
        self._connect()

    def show_entry(self, entry_id: UUID, words: str = "") -> None:
        """Go to an entry, and to words in it, also when the entries are not there yet."""
        self._wanted_entry, self.find_bar.wanted = entry_id, words
        if self.chronicle.entries:
            self._go_to_wanted()

    def show_history(self) -> None:
        """Show what happened to the current entry."""
        if self.list.current_entry() is None:
            self.messages.show_warning(_NO_ENTRY)
        else:
            self._act(EntryAction.HISTORY)

    @property
    def history(self) -> HistoryView:
        """What happened to an entry, beside the list."""
        return self.side.history

    @property
    def editor(self) -> EntryEditor | None:
        """The open editor, if any."""
        return self.side.editor

    @override
    def reload(self) -> None:
        """Ask for the entries again; the current one stays current."""
        self.run(lambda: load_chronicle(self._ports, self._household_id), self._show)

    @override
    def has_unsaved(self) -> bool:
        """Whether the editor holds something that is not stored, or paper came out that the log does not know."""
        return self._is_editor_unsaved() or self.side.is_print_unrecorded

    @override
    def stores_unsaved(self) -> bool:
        """An open editor can store what was typed in it."""
        return self._is_editor_unsaved()

    @override
    def store_unsaved(self, on_stored: Callable[[], object]) -> None:
        """Store the open entry as a draft; where that is refused the editor says why."""
        if self.editor is not None:
            self.side.show_editor()
            self.editor.store_and(on_stored)

    @override
    def focus_first(self) -> None:
        """Put the keyboard on the entries, or into the open editor."""
        if self.editor is not None:
            self.editor.focus_first()
        elif self.chronicle.rows or not self._may_write:
            self.list.setFocus()
        else:
            self.new_button.setFocus()

    def _show(self, entries: tuple[Entry, ...]) -> None:
        self._is_read = True
        current = self.list.current_entry()
        self.chronicle.take(entries, self.bar.wanted())
        self.bar.offer(entries, self.chronicle.kinds())
        self._narrow(keep=current.entry_id if current is not None else None)
        if self._wanted_entry is not None and entries:
            self._go_to_wanted()
        if self.new_button.hasFocus():  # the keyboard was there until the entries came
            self.focus_first()

    def _narrow(self, keep: UUID | None = None) -> None:
        self.chronicle.narrow(self.bar.wanted())
        self.list.show_rows(keep)
        total, shown = len(self.chronicle.entries), len(self.chronicle.rows)
        self.bar.count.setText(f"{shown}件" if shown == total else f"{shown}／{total}件")
        if shown:
            self.show_body()
        elif self.editor is None and self.side.isHidden():
            empty = _EMPTY if self._may_write else _EMPTY_READER
            self.show_empty(_NARROWED if total else empty)
        self.find_bar.search_again()
        self._offer_actions()

    def _narrow_again(self) -> None:
        current = self.list.current_entry()
        self._narrow(keep=current.entry_id if current is not None else None)

    def _go_to_wanted(self) -> None:
        wanted, self._wanted_entry = self._wanted_entry, None
        if wanted is None:
            return
        if self.chronicle.row_of(wanted) < 0:
            self.bar.widen()
        self.list.go_to(self.chronicle.row_of(wanted))
        self.find_bar.open_wanted(self.list.current)

    def _offer_actions(self) -> None:
        acts = actions_for(
            self.list.current_entry(),
            self._setting.staff.staff_id,
            may_write=self._may_write,
            may_print=self._may_print,
            approves=bool(self._setting.staff.positions_everywhere),
        )
        self.actions_bar.offer(acts)

    def _act(self, action: EntryAction) -> None:
        entry = self.list.current_entry()
        self.messages.clear()
        if action is EntryAction.OPEN:
            self._open_current()
        elif action is EntryAction.HISTORY and entry is not None:
            self.side.show_history(entry)
        elif action is EntryAction.PRINT_DRAFT and entry is not None:
            self._unless_unsaved(lambda: self.side.print_draft(entry.entry_id))
        elif action is EntryAction.ADD:
            self._ask_kind(entry)
        elif action is EntryAction.KEEP and entry is not None:
            self._keep_promise(entry)
        else:
            self.commands.act(action, entry)

    def _keep_promise(self, entry: Entry) -> None:
        """The only open promise at once; of several one is chosen by its digit."""
        promises, today = open_promises(entry), self._setting.clock.today()
        if len(promises) == 1:
            self.commands.keep(promises[0], today)
            return
        menu = named(QMenu(self), "open_promises")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, promise in enumerate(promises, start=1):
            words = promise_text(promise).replace("&", "&&")
            action = menu.addAction(f"&{number}　{words}")
            action.triggered.connect(
                lambda _=False, chosen=promise: self.commands.keep(chosen, today)
            )
        menu.popup(self.actions_bar.mapToGlobal(self.actions_bar.rect().topLeft()))

    def _act_by_key(self, letter: str) -> None:
        action = self.actions_bar.by_key(letter)
        if action is not None:
            self._act(action)

    def _open_current(self) -> None:
        """An own draft opens in the editor; anything else shows its history."""
        entry = self.list.current_entry()
        if entry is None:
            return
        if self._may_write and is_writable(entry, self._setting.staff.staff_id):
            self._unless_unsaved(lambda: self.commands.write(entry))
        else:
            self._act(EntryAction.HISTORY)

    def _ask_kind(self, addition_to: Entry | None = None) -> None:
        if not self._may_write:
            return
        self._addition_to = addition_to
        self._unless_unsaved(lambda: self.run(self._ports.records.kinds, self._offer_kinds))

    def _offer_kinds(self, kinds: tuple[EntryKind, ...]) -> None:
        heading = "追記の種別" if self._addition_to is not None else "どの記録を書きますか"
        self.side.show_kinds(kinds, heading)

    def _unless_unsaved(self, act: Callable[[], object]) -> None:
        """One editor at a time: what is open is closed first, and asked about if need be."""
        if self.editor is None:
            act()
        elif self.editor.has_unsaved():
            self.editor.focus_first()
            self.messages.show_warning(
                "書きかけの記録があります。保存するか閉じてから続けてください。"
            )
        else:
            self.side.close_editor()
            act()

    def _was_saved(self, saved: SavedEntry) -> None:
        self.announced.emit("記録を保存しました。")
        self._wanted_entry = saved.entry_id
        self._tell_change()

    def _was_submitted(self) -> None:
        self.announced.emit("記録を提出しました。")
        self._setting.changes.approval_moved.emit(self._household_id, self)
        self._tell_change()

    def _was_done(self, sentence: str) -> None:
        self.announced.emit(sentence)
        self._tell_change()

    def _tell_change(self) -> None:
        self._setting.changes.entry_changed.emit(self._household_id, self)
        self.reload()

    def _make_room(self) -> None:
        """Something came up at the side."""
        self.show_body()
        was_closed = self.side.isHidden()
        self.side.show()
        self._fit_side()
        if was_closed:
            self._panes.setSizes([self.width() * share // 100 for share in _SHARES])

    def _take_room_back(self) -> None:
        for part in (self._list_page, self.bar):
            part.show()
        self.list.setFocus()
        if not self.chronicle.rows:
            self._narrow()

    def _fit_side(self) -> None:
        """Beside the list where there is room, else in its place, and in that of what narrows the list."""
        if not self.side.isHidden():
            is_wide = self.width() >= _ROOM_FOR_BOTH * self.fontMetrics().horizontalAdvance("国")
            for part in (self._list_page, self.bar):
                part.setVisible(is_wide and not self.side.needs_room)

    def _changed_elsewhere(self, household_id: UUID, initiator: object) -> None:
        if household_id == self._household_id and initiator is not self and self._is_read:
            self.reload()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_side()

    def _make_side(self) -> ChronicleSide:
        setting, ports = self._setting, self._ports
        may_name = setting.staff.may(Permission.RECEIVE_PAPERS)
        editing = editor_setting(
            ports, self.runner, setting.look, setting.clock.today, names_papers=may_name
        )
        return ChronicleSide(editing, ports.histories, partial(setting.make_paper, self))

    def _is_editor_unsaved(self) -> bool:
        return self.editor is not None and self.editor.has_unsaved()

    def _lay_out(self) -> None:
        self._list_page = QWidget()
        page = QVBoxLayout(self._list_page)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(4)
        page.addWidget(self.find_bar)
        page.addWidget(self.list, 1)
        page.addWidget(self.prompt)
        page.addWidget(self.actions_bar)
        self._panes = panes = QSplitter(Qt.Orientation.Horizontal)
        panes.setChildrenCollapsible(False)
        panes.addWidget(self._list_page)
        panes.addWidget(self.side)
        panes.setStretchFactor(0, 1)
        panes.setStretchFactor(1, 1)
        self.outer.setContentsMargins(0, 4, 0, 0)
        self.bar.add_button(self.new_button)
        self.new_button.setVisible(self._may_write)
        self.new_button.setProperty("primary", True)
        self.top.addWidget(self.bar)
        self.body.addWidget(panes)

    def _connect(self) -> None:
        self.bar.changed.connect(self._narrow_again)
        self.bar.day_wanted.connect(lambda day: self._go_to_row(self.chronicle.row_on(day)))
        self.bar.find_wanted.connect(self._find)
        self.find_bar.found.connect(self.list.show_hits)
        self.find_bar.closed.connect(self.list.setFocus)
        self.list.current_changed.connect(self._offer_actions)
        self.list.opened.connect(self._open_current)
        self.list.key_pressed.connect(self._act_by_key)
        self.actions_bar.wanted.connect(self._act)
        self.new_button.clicked.connect(lambda _: self._ask_kind())
        self.prompt.when_left(self.list.setFocus)
        self._connect_side()
        self.commands.task_ready.connect(self.side.open_editor)
        self.commands.done.connect(self._was_done)
        self.commands.refused.connect(self.messages.show_error)
        self.commands.file_wanted.connect(self.file_requested)
        self.commands.todo_given.connect(lambda: self._setting.changes.todo_changed.emit(self))
        self._setting.changes.entry_changed.connect(self._changed_elsewhere)
        self._setting.changes.approval_moved.connect(self._changed_elsewhere)
        for keys, act in (("Ctrl+F", self._find), ("Ctrl+N", self._ask_kind)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _connect_side(self) -> None:
        side = self.side
        side.opened.connect(self._make_room)
        side.emptied.connect(self._take_room_back)
        side.fit_wanted.connect(self._fit_side)
        side.saved.connect(self._was_saved)
        side.submitted.connect(self._was_submitted)
        side.review_wanted.connect(self.commands.review_policy)
        side.kind_wanted.connect(lambda code: self.commands.new(code, self._addition_to))
        side.printed.connect(self.announced)
        side.help_wanted.connect(self.help_requested)

    def _go_to_row(self, row: int) -> None:
        self.list.go_to(row)
        self.list.setFocus()

    def _find(self) -> None:
        if self._list_page.isVisible():
            self.find_bar.open_at(self.list.current)
