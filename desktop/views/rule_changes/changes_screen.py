"""改正の窓: what changes when, its text, and the households it concerns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import ConflictError, UserError, ValidationError
from desktop.domain.help_cards import HelpCard
from desktop.domain.ids import new_id
from desktop.domain.rule_change_ticks import (
    TICK_STATE,
    Concerned,
    ConcernedHousehold,
    RecentChanges,
    TickInput,
    TickState,
    TodosMade,
)
from desktop.domain.rule_changes import RuleChange
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.runner import Job, JobRunner
from desktop.override import override
from desktop.viewmodels.rows import RowTableModel
from desktop.viewmodels.rule_changes import (
    card_beside,
    change_columns,
    change_markdown,
    todos_text,
)
from desktop.views.help_cards.card_browser import CardBrowser
from desktop.views.help_cards.help_panel import CardSource
from desktop.views.look import Look
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.requests import FileRequest, HouseholdAtHand
from desktop.views.rule_changes.concerned_panel import ConcernedPanel
from desktop.views.rule_changes.ports import ChangesOfRules
from desktop.views.screen import ScreenView
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_WIDTHS = {0: 5, 1: 14, 2: 8, 3: 8, 4: 4, 5: 4}
_STRETCH = 1
_MOST_ROWS = 5
_LEAST_LINES = 7
_EMPTY = "改正はまだありません。"
_HELP = "↑↓で改正を選び、Enterで世帯の一覧へ移ります。"
_NO_NOTE = "この世帯の確認にメモはありません。"
_NOTHING_TO_OPEN = "この世帯は、まだ確認されていません。"
Everything = tuple[tuple[RuleChange, ...], RecentChanges, tuple[HelpCard, ...]]


class ChangesScreen(ScreenView):
    """The list above, the text of the chosen change, and beneath it the households, which are asked for as it is chosen."""

    def __init__(
        self,
        changes: ChangesOfRules,
        cards: CardSource,
        runner: JobRunner,
        bus: ChangeBus,
        *,
        look: Look,
        today: Callable[[], date],
        place_title: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(runner, title="改正の窓", help_line=_HELP, parent=parent)
        self.setObjectName("rule_changes")
        self._changes, self._card_source, self._bus = changes, cards, bus
        self._place_title = place_title
        self._recent: RecentChanges | None = None
        self._cards: tuple[HelpCard, ...] = ()
        self._live: Job[Concerned] | None = None
        self._shown = ""
        self.model: RowTableModel[RuleChange] = RowTableModel(
            change_columns(today, lambda: self._recent),
            key=lambda c: c.key,
            brush_of=look.brush_of,
            parent=self,
        )
        self.table = named(
            TableView(self.model, name="改正の一覧", characters=_WIDTHS, stretch=_STRETCH),
            "changes",
        )
        self.text = CardBrowser(look)
        self.text.setAccessibleName("改正の本文")
        self.panel = ConcernedPanel(look, today)
        self._lay_out()

    @override
    def reload(self) -> None:
        """Ask for the changes, and for the households of the chosen one again."""
        self.run(self._everything, self._show)

    @override
    def focus_first(self) -> None:
        """Begin in the list of changes."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def household_at_hand(self) -> HouseholdAtHand | None:
        """The household that is chosen in the lower list, while the keyboard is there."""
        row = self.panel.at_hand() if self.panel.table.hasFocus() else None
        if row is None:
            return None
        label = f"{row.case_number}　{row.head_name}".strip()
        return HouseholdAtHand(household_id=row.household_id, label=label)

    def change(self) -> RuleChange | None:
        """The change that is chosen."""
        return self.model.row_at(self.table.currentIndex())

    def _everything(self) -> Everything:
        return self._changes.changes(), self._changes.recent(), self._card_source.cards()

    def _show(self, found: Everything) -> None:
        changes, self._recent, self._cards = found
        if not changes:
            self.show_empty(_EMPTY)
            return
        self.show_body()
        place = max(self.table.current_row(), 0)
        self.model.set_rows(changes)
        self.table.show_all_rows(_MOST_ROWS)
        self.table.select_row(min(place, len(changes) - 1))
        self._choose()

    def _choose(self) -> None:
        change = self.change()
        if change is None:
            return
        if change.key != self._shown:
            self._shown = change.key
            self.panel.begin(change)
            self._write(change)
        self._ask(change)

    def _write(self, change: RuleChange) -> None:
        self.text.show_markdown(change_markdown(change, self._cards, self._place_title))

    def _ask(self, change: RuleChange) -> None:
        key = change.key
        self._live = self.run(
            lambda: self._changes.concerned(key), self.panel.show_found, replaces=self._live
        )

    def _show_card(self, key: str) -> None:
        """A link in the text: a card of the help, or the way back."""
        change = self.change()
        card = next((card for card in self._cards if card.key == key), None)
        if change is None:
            return
        if card is None:
            self._write(change)
        else:
            self.text.show_markdown(card_beside(card, change, self._cards))

    def _tick(self, row: ConcernedHousehold, state: TickState) -> None:
        change = self.change()
        self.messages.clear()
        if change is None:
            return
        if row.tick is None and state is TickState.OPEN_AGAIN:
            self.messages.show_error(_NOTHING_TO_OPEN)
            return
        try:
            note = self.panel.note.entered() or ""
        except ValidationError:
            return
        given = TickInput(
            tick_id=new_id(),
            change_key=change.key,
            household_id=row.household_id,
            state=state,
            note=note,
            replaces_id=row.tick.tick_id if row.tick else None,
        )

        def kept(_: object) -> None:
            self.panel.note.show_value(None)
            self.announced.emit(f"{row.case_number}　{TICK_STATE[state]}")
            self._step()
            self._ask(change)

        self.run(lambda: self._changes.tick(given), kept, self._refused)

    def _step(self) -> None:
        """On to the next household; where done ones are hidden, it comes up by itself."""
        if not self.panel.only_open.is_ticked():
            table = self.panel.table
            table.select_row(min(table.current_row() + 1, self.panel.model.rowCount() - 1))

    def _refused(self, error: UserError) -> None:
        self.messages.show_error(error)
        change = self.change()
        if isinstance(error, ConflictError) and change is not None:
            self._ask(change)

    def _read_note(self, row: ConcernedHousehold) -> None:
        tick = row.tick
        if tick is None or not tick.has_note:
            self.panel.words.say(_NO_NOTE)
            return
        self.run(
            lambda: self._changes.note(row.household_id, tick.tick_id),
            lambda words: self.panel.words.say(f"{row.case_number}　{tick.by}：{words}"),
        )

    def _make_todos(self) -> None:
        change = self.change()
        try:
            due_on = self.panel.due.entered()
        except ValidationError:
            return
        if change is None or due_on is None:
            return

        def made(found: TodosMade) -> None:
            self.announced.emit(todos_text(found))
            self._bus.todo_changed.emit(self)

        def refused(error: UserError) -> None:
            if isinstance(error, ValidationError) and "due_on" in error.fields:
                self.panel.due.show_error(error.fields["due_on"])
            else:
                self.messages.show_error(error)

        self.messages.clear()
        self.run(lambda: self._changes.make_todos(change.key, due_on), made, refused)

    def _open(self, row: ConcernedHousehold) -> None:
        self.file_requested.emit(FileRequest(household_id=row.household_id, section="overview"))

    def _enter(self) -> None:
        if self.panel.model.rowCount():
            self.panel.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        page = FollowingScroll()
        self.text.setMinimumHeight(_LEAST_LINES * self.text.fontMetrics().lineSpacing() * 3 // 2)
        page.add_part(self.table)
        page.add_part(self.text, 2)
        page.add_part(self.panel, 3)
        self.body.addWidget(page)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._choose())
        self.table.row_opened.connect(lambda *_: self._enter())
        self.text.card_wanted.connect(self._show_card)
        self.panel.ticked.connect(self._tick)
        self.panel.note_asked.connect(self._read_note)
        self.panel.todos_asked.connect(self._make_todos)
        self.panel.file_asked.connect(self._open)
