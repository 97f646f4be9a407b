"""電話メモ（未特定）: calls whose household nobody knew when they were taken, until somebody places or ends them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.domain.telephone_memos import MemoTaken, UnidentifiedCall
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.runner import Job, JobRunner
from desktop.override import override
from desktop.viewmodels.rows import RowTableModel
from desktop.viewmodels.telephone_memos import call_columns, taken_text
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.text_field import TextField
from desktop.views.look import Look
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.records.household_picker import HouseholdPicker
from desktop.views.records.ports import Finds
from desktop.views.screen import ScreenView
from desktop.views.table_view import TableView
from desktop.views.telephone_memos.ports import UnidentifiedCalls
from desktop.views.widgets import named

_WIDTHS = {0: 6, 1: 8, 2: 9, 3: 12, 4: 9, 5: 6}
_STRETCH = 3
_MOST_ROWS = 12
_LEAD = "電話を受けたときに世帯が分からなかったものです。世帯が分かった人が選ぶと、担当者の机に移り、ここから消えます。"
_EMPTY = "世帯の分からない電話はありません。F3 の電話メモで「世帯が分からない」を選ぶと、ここに置かれます。"
_NO_HOUSEHOLD = "どの世帯への電話かを選んでください。"


class CallsScreen(ScreenView):
    """Ctrl+S gives the call at the cursor to the household chosen beneath, Ctrl+Enter ends it with a word."""

    def __init__(
        self,
        memos: UnidentifiedCalls,
        households: Finds,
        runner: JobRunner,
        *,
        changes: ChangeBus,
        look: Look,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(runner, title="電話メモ（未特定）", parent=parent)
        self.setObjectName("telephone_memos")
        self._memos, self._changes = memos, changes
        self._live: Job[tuple[UnidentifiedCall, ...]] | None = None
        self.lead, self.nothing = Paragraph(), named(Paragraph(), "no_calls")
        self.words = named(Paragraph(), "call_words")
        self.model: RowTableModel[UnidentifiedCall] = RowTableModel(
            call_columns(today), key=lambda c: c.memo_id, brush_of=look.brush_of, parent=self
        )
        self.table = named(
            TableView(self.model, name="未特定の電話", characters=_WIDTHS, stretch=_STRETCH),
            "calls",
        )
        self.picker = HouseholdPicker(
            households, runner, name="どの世帯への電話か", takes_only=True
        )
        self.result = named(TextField("結果"), "call_result")
        self.identify_button = named(
            QPushButton("この世帯の担当者に届ける（Ctrl+S）"), "identify_call"
        )
        self.end_button = named(QPushButton("世帯が分からないまま終える（Ctrl+Enter）"), "end_call")
        self._lay_out()

    @override
    def reload(self) -> None:
        """Ask for the open calls again."""
        self._live = self.run(self._memos.unidentified, self._show, replaces=self._live)

    @override
    def focus_first(self) -> None:
        """Begin in the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def has_unsaved(self) -> bool:
        """Whether a result was typed and not stored."""
        return bool(self.result.editor().text().strip())

    def _show(self, calls: tuple[UnidentifiedCall, ...]) -> None:
        place = max(self.table.current_row(), 0)
        self.model.set_rows(calls)
        self.table.show_all_rows(_MOST_ROWS)
        self.table.select_row(min(place, len(calls) - 1))
        self.nothing.say("" if calls else _EMPTY)
        for part in (self.table, self.picker, self._result_row, self._acts):
            part.setVisible(bool(calls))
        self._show_words()

    def _current(self) -> UnidentifiedCall | None:
        return self.model.row_at(self.table.currentIndex())

    def _show_words(self) -> None:
        call = self._current()
        self.words.say(f"{call.who}：{call.what}" if call else "")

    def _identify(self) -> None:
        call, household_id = self._current(), self.picker.chosen()
        self.messages.clear()
        if call is None:
            return
        if household_id is None:
            self.messages.show_warning(_NO_HOUSEHOLD)
            self.picker.box.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.run(lambda: self._memos.identify(call.memo_id, household_id), self._identified)

    def _identified(self, taken: MemoTaken) -> None:
        self.picker.clear()
        self._went(taken_text(taken))

    def _end(self) -> None:
        call = self._current()
        words = self.result.editor().text().strip()
        self.messages.clear()
        if call is None:
            return
        if not words:
            self.result.show_error("どうなったかを一言入力してください。")
            self.result.setFocus()
            return
        self.run(lambda: self._memos.answer(call.memo_id, words), lambda _: self._ended())

    def _ended(self) -> None:
        self.result.show_value(None)
        self._went("電話メモを終えました。")

    def _went(self, sentence: str) -> None:
        self.announced.emit(sentence)
        self._changes.todo_changed.emit(self)
        self.reload()

    def _lay_out(self) -> None:
        page, acts = FollowingScroll(), FlowingRow()
        self._acts = acts
        self._result_row = form_row("どうなったか（終えるとき）(&R)", self.result)
        self.identify_button.setProperty("primary", True)
        acts.add(self.identify_button)
        acts.add(self.end_button)
        for part in (
            *(self.lead, self.nothing, self.table, self.words),
            *(self.picker, self._result_row, acts),
        ):
            page.add_part(part)
        page.add_part(QWidget(), 1)
        self.body.addWidget(page)
        self.lead.say(_LEAD)
        self.identify_button.clicked.connect(self._identify)
        self.end_button.clicked.connect(self._end)
        for key, act in (("Ctrl+S", self._identify), ("Ctrl+Return", self._end)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._show_words())
        self._changes.todo_changed.connect(
            lambda by: self.reload_shown() if by is not self else None
        )
