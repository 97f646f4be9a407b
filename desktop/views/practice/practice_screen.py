"""練習: a task, the households it is about, one's own answer, and only then the key."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.domain.errors import UserError, ValidationError
from desktop.domain.help_cards import HelpCard
from desktop.domain.practice import Exercise, PracticeHousehold, PracticeSheet
from desktop.jobs.runner import Job, JobRunner
from desktop.override import override
from desktop.viewmodels.practice import (
    ExerciseLine,
    card_beside,
    exercise_columns,
    household_columns,
    key_markdown,
    task_markdown,
)
from desktop.viewmodels.rows import RowTableModel
from desktop.views.fields.form_layout import form_row
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.help_cards.card_browser import CardBrowser
from desktop.views.help_cards.help_panel import CardSource
from desktop.views.look import Look
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.requests import FileRequest
from desktop.views.screen import ScreenView
from desktop.views.table_view import TableView
from desktop.views.widgets import named

_LIST_WIDTHS = {0: 3, 1: 16, 2: 6}
_WIDTHS = {0: 7, 1: 8, 2: 8, 3: 14}
_LIST_ROWS, _ROWS = 5, 6
_TASK_LINES, _KEY_LINES = 8, 9
_HELP = "世帯のファイルを読み、自分の答えを書くと、答えと理由が出ます。点数はありません。"
_NOBODY = (
    "この研修用の福祉事務所には、この練習に合う世帯がありません。"
    "世帯の多い研修用の福祉事務所を作ると出ます（手引「練習する」）。"
)
_NO_MORE = "ヒントはこれで全部です。"
Everything = tuple[tuple[ExerciseLine, ...], tuple[HelpCard, ...]]


class Exercises(Protocol):
    """The exercises of one person (`services/practice`)."""

    def exercises(self) -> tuple[tuple[Exercise, bool], ...]:
        """Every exercise, and whether it was answered."""

    def sheet(self, key: str) -> PracticeSheet:
        """An exercise with its households."""

    def answer(self, key: str, text: str) -> PracticeSheet:
        """Keep an own answer."""

    def begin_anew(self, key: str) -> PracticeSheet:
        """Forget the own answer."""


class PracticeScreen(ScreenView):
    """H tells the next hint, Ctrl+Enter keeps the answer and shows the key, Alt+N begins anew, Enter opens a file."""

    def __init__(
        self,
        exercises: Exercises,
        cards: CardSource,
        runner: JobRunner,
        *,
        look: Look,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(runner, title="練習", help_line=_HELP, parent=parent)
        self.setObjectName("practice")
        self._exercises, self._card_source = exercises, cards
        self._cards: tuple[HelpCard, ...] = ()
        self._sheet: PracticeSheet | None = None
        self._live: Job[PracticeSheet] | None = None
        self._hints = 0
        self._page = FollowingScroll()
        self.model: RowTableModel[ExerciseLine] = RowTableModel(
            exercise_columns(), key=lambda e: e[0].key, brush_of=look.brush_of, parent=self
        )
        self.list = named(
            TableView(self.model, name="練習の一覧", characters=_LIST_WIDTHS, stretch=1),
            "exercises",
        )
        self.task = CardBrowser(look)
        self.task.setAccessibleName("課題")
        self.households: RowTableModel[PracticeHousehold] = RowTableModel(
            household_columns(), key=lambda h: h.household_id, brush_of=look.brush_of, parent=self
        )
        self.table = named(
            TableView(self.households, name="練習の世帯", characters=_WIDTHS, stretch=3),
            "practice_households",
        )
        self.nothing = named(Paragraph(), "no_practice_households")
        self.own = LongTextField("自分の答え")
        self.key = CardBrowser(look)
        self.key.setAccessibleName("答えと理由")
        self.hint_button = named(QPushButton("ヒント（H）"), "next_hint")
        self.answer_button = named(QPushButton("答え合わせ（Ctrl+Enter）"), "check_answer")
        self.anew_button = named(QPushButton("はじめから（Alt+N）"), "begin_anew")
        self._lay_out()

    @override
    def reload(self) -> None:
        """Ask for the exercises; what is being written stays."""
        self.run(lambda: (self._exercises.exercises(), self._card_source.cards()), self._show)

    @override
    def focus_first(self) -> None:
        """Begin in the list of exercises."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def has_unsaved(self) -> bool:
        """Whether an answer was written and not yet kept."""
        return self._sheet is not None and not self._sheet.is_answered and bool(self._typed())

    def _typed(self) -> str:
        return self.own.editor().toPlainText().strip()

    def _show(self, found: Everything) -> None:
        lines, self._cards = found
        place = max(self.list.current_row(), 0)
        self.model.set_rows(lines)
        self.list.show_all_rows(_LIST_ROWS)
        self.list.select_row(min(place, len(lines) - 1))
        self._choose()

    def _choose(self) -> None:
        line = self.model.row_at(self.list.currentIndex())
        if line is None or (self._sheet is not None and self._sheet.exercise.key == line[0].key):
            return
        key = line[0].key
        self._live = self.run(lambda: self._exercises.sheet(key), self._begin, replaces=self._live)

    def _begin(self, sheet: PracticeSheet) -> None:
        """Another exercise, or this one from its beginning."""
        self._hints = 0
        self.own.show_value(sheet.written or None)
        self._take(sheet)

    def _take(self, sheet: PracticeSheet) -> None:
        self._sheet = sheet
        self.messages.clear()
        self.task.show_markdown(task_markdown(sheet, self._hints))
        self.households.set_rows(sheet.households)
        self.table.show_all_rows(_ROWS)
        self.table.setVisible(bool(sheet.households))
        self.table.select_row(0)
        self.nothing.say("" if sheet.households else _NOBODY)
        self.own.set_read_only(read_only=sheet.is_answered)
        has_task = bool(sheet.households)
        self.own_row.setVisible(has_task)
        self.hint_button.setVisible(has_task)
        self.answer_button.setVisible(has_task and not sheet.is_answered)
        self.anew_button.setVisible(sheet.is_answered)
        self.key.show_markdown(key_markdown(sheet, self._cards))
        self.key.setVisible(sheet.is_answered)

    def _hint(self) -> None:
        sheet = self._sheet
        if sheet is None or self.hint_button.isHidden():
            return
        if self._hints == len(sheet.exercise.hints):
            self.messages.show_info(_NO_MORE)
            return
        self._hints += 1
        self.task.show_markdown(task_markdown(sheet, self._hints))
        self.task.verticalScrollBar().setValue(self.task.verticalScrollBar().maximum())

    def _answer(self) -> None:
        sheet = self._sheet
        if sheet is None or self.answer_button.isHidden():
            return
        text, key = self._typed(), sheet.exercise.key

        def kept(found: PracticeSheet) -> None:
            self._take(found)
            self.key.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, self._page, self._page.follow_keyboard)
            self.reload()

        def refused(error: UserError) -> None:
            if isinstance(error, ValidationError) and "answer" in error.fields:
                self.own.show_error(error.fields["answer"])
            else:
                self.messages.show_error(error)

        self.run(lambda: self._exercises.answer(key, text), kept, refused)

    def _begin_anew(self) -> None:
        sheet = self._sheet
        if sheet is None or self.anew_button.isHidden():
            return
        key = sheet.exercise.key

        def begun(found: PracticeSheet) -> None:
            self._begin(found)
            self.own.editor().setFocus(Qt.FocusReason.OtherFocusReason)
            self.reload()

        self.run(lambda: self._exercises.begin_anew(key), begun)

    def _open(self) -> None:
        row = self.households.row_at(self.table.currentIndex())
        if row is not None:
            self.file_requested.emit(
                FileRequest(household_id=row.household_id, section="chronicle")
            )

    def _show_card(self, key: str) -> None:
        card = next((card for card in self._cards if card.key == key), None)
        if self._sheet is not None:
            self.key.show_markdown(
                card_beside(card, self._cards) if card else key_markdown(self._sheet, self._cards)
            )

    def _enter(self) -> None:
        if not self.table.isHidden():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        page, acts = self._page, FlowingRow()
        self.own_row = form_row("自分の答え(&A)", self.own)
        for browser, lines in ((self.task, _TASK_LINES), (self.key, _KEY_LINES)):
            browser.setMinimumHeight(lines * browser.fontMetrics().lineSpacing() * 3 // 2)
        for button in (self.hint_button, self.answer_button, self.anew_button):
            acts.add(button)
        page.add_part(self.list)
        page.add_part(self.task, 2)
        for part in (self.table, self.nothing, self.own_row, acts):
            page.add_part(part)
        page.add_part(self.key, 3)
        self.body.addWidget(page)
        self.list.selectionModel().currentRowChanged.connect(lambda *_: self._choose())
        self.list.row_opened.connect(lambda *_: self._enter())
        self.table.row_opened.connect(lambda *_: self._open())
        self.key.card_wanted.connect(self._show_card)
        self.hint_button.clicked.connect(lambda *_: self._hint())
        self.answer_button.clicked.connect(lambda *_: self._answer())
        self.anew_button.clicked.connect(lambda *_: self._begin_anew())
        for widget in (self.list, self.table, self.task):
            self._on("H", widget, self._hint)
        self._on("Alt+N", self, self._begin_anew)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            self._on(keys, self, self._answer)

    def _on(self, keys: str, widget: QWidget, act: object) -> None:
        shortcut = QShortcut(QKeySequence(keys), widget)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)
