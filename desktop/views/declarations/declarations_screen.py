"""申告: the year of a caseworker's households, receipts by one key, letters and the register in a batch."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QWidget

from desktop.domain.clock import Clock
from desktop.domain.dates import months_later
from desktop.domain.declarations import (
    Board,
    BoardOwner,
    BoardRow,
    Due,
    DutyInput,
    MissingInput,
    MissingReason,
    Receipt,
    ReceiptInput,
    month_of,
)
from desktop.domain.era import format_month
from desktop.domain.errors import UserError
from desktop.domain.forms import FormMark
from desktop.domain.ids import new_id
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.jobs.runner import Job, JobRunner
from desktop.override import override
from desktop.views.declarations.board_panel import BoardPanel
from desktop.views.declarations.forms import NEW_PAPER
from desktop.views.declarations.owner_box import OwnerBox
from desktop.views.declarations.ports import ChoosesLetters, ChoosesTable, Declarations
from desktop.views.dialogs import Dialogs
from desktop.views.flow_layout import FlowLayout
from desktop.views.look import Look
from desktop.views.requests import FileRequest
from desktop.views.screen import ScreenView
from desktop.views.widgets import keep_height_for_width, named

if TYPE_CHECKING:
    from desktop.services.declarations import TakenIn
    from desktop.views.printing.run_view import PrintRunView

_HELP = (
    "だれがどの月の申告を出したかを見ます。出ていなくても、それだけで何かが変わることはありません。"
)
_NOBODY = "見られる担当がありません。地区を担当すると、ここに申告の表が出ます。"
_AGAIN = "今月すでにお願いの手紙を出した申告が{count}件あります。もう一度手紙を作りますか。"
#: So many months before today's the year begins.
_BACK = 9
MakePaper = Callable[[ScreenView], "PrintRunView"]


class DeclarationsScreen(ScreenView):
    """R receives, M says why not, Space ticks for a letter, P prints letters, K the register; Ctrl+← → other months."""

    def __init__(
        self,
        declarations: Declarations,
        staff: SignedInStaff,
        clock: Clock,
        runner: JobRunner,
        *,
        look: Look,
        dialogs: Dialogs,
        letters: tuple[ChoosesLetters, MakePaper],
        table: tuple[ChoosesTable, MakePaper],
    ) -> None:
        super().__init__(runner, title="申告", help_line=_HELP)
        self._declarations = declarations
        self._clock, self._dialogs = clock, dialogs
        self._letters, self._table = letters[0], table[0]
        self._first = months_later(month_of(clock.today()), -_BACK)
        self._loading: Job[Board] | None = None
        self.owner = named(OwnerBox(), "board_owner")
        self.before_button = named(QPushButton("前の月へ（Ctrl+←）"), "months_before")
        self.after_button = named(QPushButton("次の月へ（Ctrl+→）"), "months_after")
        self.table_button = named(QPushButton("管理表を印刷（K）"), "print_table")
        self.panel = BoardPanel(staff, look, clock.today())
        self.letters_paper = letters[1](self)
        self.table_paper = table[1](self)
        self._pages = QStackedWidget()
        self._lay_out(may_print=staff.may(Permission.PRINT_DRAFTS))
        self._connect()

    @override
    def reload(self) -> None:
        """Load the caseworkers, then the board of the one chosen."""
        self.run(self._declarations.owners, self._show_owners)

    @override
    def focus_first(self) -> None:
        """Begin in the grid."""
        self.panel.focus_first()

    @override
    def has_unsaved(self) -> bool:
        """Whether something is half typed, or paper came out that the log does not know."""
        papers = (self.letters_paper, self.table_paper)
        return self.panel.has_unsaved() or any(paper.is_unrecorded for paper in papers)

    def _show_owners(self, owners: tuple[BoardOwner, ...]) -> None:
        self.owner.show_owners(owners)
        if owners:
            self.show_body()
            self._load(self.panel.show_board)
        else:
            self.show_empty(_NOBODY)

    def _load(self, show: Callable[[Board], object]) -> None:
        owner, first = self.owner.chosen, self._first
        if owner is None:
            return
        last = months_later(first, 11)
        self.span.setText(f"{format_month(first)} ～ {format_month(last)}")
        self._loading = self.run(
            lambda: self._declarations.board(owner.district_ids, first),
            show,
            replaces=self._loading,
        )

    def _move_months(self, count: int) -> None:
        self._first = months_later(self._first, count)
        self._load(self.panel.show_months)

    def _change_owner(self) -> None:
        self.panel.model.forget_ticks()
        self._load(self.panel.show_board)

    def _receive(self, due: Due) -> None:
        given = ReceiptInput(receipt_id=new_id(), paper_id=new_id(), due=due)

        def taken(answer: TakenIn) -> None:
            if answer.waiting:
                self.panel.offer_papers(due, answer.waiting)
            else:
                self._received(answer)

        self.run(lambda: self._declarations.receive(given, asks_first=True), taken, self._refused)

    def _link(self, due: Due | None, paper: str) -> None:
        if due is None:
            return
        is_new = paper == NEW_PAPER
        given = ReceiptInput(
            receipt_id=new_id(),
            paper_id=new_id() if is_new else UUID(paper),
            due=due,
            is_linked=not is_new,
        )
        self.run(lambda: self._declarations.receive(given), self._received, self._refused)

    def _received(self, answer: TakenIn) -> None:
        label = answer.paper.label if answer.paper else ""
        self._done(f"受領番号 {label} で受領しました。書類に番号を書いてください。")

    def _explain(self, due: Due | None, reason: MissingReason, words: str) -> None:
        if due is not None:
            given = MissingInput(missing_id=new_id(), due=due, reason=reason, words=words)
            self._act(lambda: self._declarations.explain(given), "理由を記録しました。")

    def _strike(self, receipt: Receipt, reason: str) -> None:
        said = f"受領を取り消しました。受領番号 {receipt.label} の書類は受領書類に残っています。"
        self._act(lambda: self._declarations.strike(receipt.receipt_id, reason), said)

    def _give(self, row: BoardRow, cycle: str, since: date, reason: str) -> None:
        given = DutyInput(
            duty_id=new_id(),
            household_id=row.household_id,
            person_id=row.person_id,
            kind=row.kind,
            cycle=cycle,
            valid_from=since,
            reason=reason,
        )
        said = f"{format_month(since)}分からの周期を決めました。"
        self._act(lambda: self._declarations.set_duty(given), said)

    def _act(self, act: Callable[[], object], said: str) -> None:
        self.run(act, lambda _: self._done(said), self._refused)

    def _done(self, said: str) -> None:
        self.messages.clear()
        self.panel.was_done()
        self.announced.emit(said)
        self._load(self.panel.show_board)

    def _refused(self, error: UserError) -> None:
        """What belongs to a field stands there; for the rest somebody may have been faster: load anew."""
        self.messages.clear()
        form = self.panel.form_at_hand()
        sentence = form.show_refusal(error) if form is not None else error.sentence
        if sentence:
            self.messages.show_error(sentence)
            self._load(self.panel.show_board)

    def _print_letters(self) -> None:
        again = self.panel.model.asked_this_month(self._clock.today())
        if again:
            sentence = _AGAIN.format(count=again)
            self._dialogs.confirm(self, sentence, "手紙を作る", self._draw_letters)
        else:
            self._draw_letters()

    def _draw_letters(self) -> None:
        letters = self.panel.model.letters()
        if letters:
            ids = self._letters.choose(letters)
            self.letters_paper.draw(ids, FormMark.PLAIN, len(ids))

    def _print_table(self) -> None:
        owner, index = self.owner.chosen, self.panel.table.currentIndex()
        place = index.column()
        months = self.panel.model.board.months
        if owner is None or not months or not self.table_button.isEnabled():
            return
        month = months[place] if 0 <= place < len(months) else month_of(self._clock.today())
        self.table_paper.draw(self._table.choose((owner, month)), FormMark.PLAIN, 1)

    def _noted(self, said: str) -> None:
        self.panel.model.forget_ticks()
        self.announced.emit(said)
        self._load(self.panel.show_board)

    def _back(self) -> None:
        self._pages.setCurrentIndex(0)
        self._show_bar(is_shown=True)
        self.panel.focus_first()

    def _show_paper(self, paper: QWidget) -> None:
        self._pages.setCurrentWidget(paper)
        self._show_bar(is_shown=False)

    def _show_bar(self, *, is_shown: bool) -> None:
        self._bar.setVisible(is_shown)

    def _lay_out(self, *, may_print: bool) -> None:
        self.span = named(QLabel(), "months_shown")
        self.table_button.setEnabled(may_print)
        label = QLabel("担当(&T)")
        label.setBuddy(self.owner)
        self._bar = QWidget()
        keep_height_for_width(self._bar)
        row = FlowLayout(self._bar)
        for widget in (label, self.owner, self.before_button, self.span, self.after_button):
            row.addWidget(widget)
        row.addWidget(self.table_button)
        self.top.addWidget(self._bar)
        for page in (self.panel, self.letters_paper, self.table_paper):
            self._pages.addWidget(page)
        self.body.addWidget(self._pages)

    def _connect(self) -> None:
        panel = self.panel
        self.owner.activated.connect(lambda *_: self._change_owner())
        self.before_button.clicked.connect(lambda *_: self._move_months(-1))
        self.after_button.clicked.connect(lambda *_: self._move_months(1))
        for key, months in (("Ctrl+Left", -1), ("Ctrl+Right", 1)):
            shortcut = QShortcut(QKeySequence(key), panel.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda months=months: self._move_months(months))
        self.table_button.clicked.connect(lambda *_: self._print_table())
        panel.table.on_key("K", self._print_table)
        panel.receive_requested.connect(self._receive)
        panel.linked.connect(self._link)
        panel.explained.connect(self._explain)
        panel.struck.connect(self._strike)
        panel.cycle_given.connect(self._give)
        panel.letters_requested.connect(self._print_letters)
        panel.opened.connect(
            lambda row: self.file_requested.emit(
                FileRequest(household_id=row.household_id, section="declarations")
            )
        )
        for paper in (self.letters_paper, self.table_paper):
            paper.begun.connect(lambda paper=paper: self._show_paper(paper))
            paper.left.connect(self._back)
        self.letters_paper.noted.connect(self._noted)
        self.table_paper.noted.connect(self.announced)
