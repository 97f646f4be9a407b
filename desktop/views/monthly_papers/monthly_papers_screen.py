"""毎月の書類: the papers that a caseworker's people are asked for about a month, ticked by one key, asked for by cards."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QWidget

from desktop.domain.clock import Clock
from desktop.domain.dates import months_later
from desktop.domain.declarations import (
    BoardOwner,
    DeclarationKind,
    Due,
    MissingInput,
    MissingReason,
    ReceiptInput,
    month_of,
)
from desktop.domain.era import format_month
from desktop.domain.errors import UserError
from desktop.domain.forms import FormMark
from desktop.domain.ids import new_id
from desktop.domain.income_months import Earned, IncomeInput, IncomeSource
from desktop.domain.monthly_paper_forms import FormsAsked, PersonFormKind
from desktop.domain.monthly_papers import (
    PaperCell,
    PaperGrid,
    PaperMissingInput,
    PaperReceiptInput,
    PaperRow,
)
from desktop.domain.office import SignedInStaff
from desktop.jobs.runner import Job, JobRunner
from desktop.override import override
from desktop.views.declarations.forms import NEW_PAPER
from desktop.views.declarations.owner_box import OwnerBox
from desktop.views.flow_layout import FlowLayout
from desktop.views.income_months.ports import NotesIncome
from desktop.views.look import Look
from desktop.views.monthly_papers.grid_panel import GridPanel
from desktop.views.monthly_papers.ports import (
    ChoosesCards,
    ChoosesForms,
    IncomeDeclarations,
    MonthlyPapers,
)
from desktop.views.requests import FileRequest
from desktop.views.screen import ScreenView
from desktop.views.widgets import low_for_width, named

if TYPE_CHECKING:
    from desktop.services.declarations import TakenIn
    from desktop.views.printing.run_view import PrintRunView

_HELP = (
    "出ていない書類の事情を聞きます。それだけで区分・金額・手続が変わることはありません。"
    "矢印キーで移り、Enterでファイルを開きます。"
)
_NOBODY = "見られる担当がありません。地区を担当すると、ここに書類の表が出ます。"
_UNDONE = "受領を取り消しました。受領番号 {label} の書類は受領書類に残っています。"
MakePaper = Callable[[ScreenView], "PrintRunView"]


class MonthlyPapersScreen(ScreenView):
    """R receives, Z takes it back, M says why not, N notes what was earned, Space ticks for a card, P and F print; Ctrl+← → other months."""

    def __init__(
        self,
        papers: MonthlyPapers,
        declarations: IncomeDeclarations,
        staff: SignedInStaff,
        clock: Clock,
        runner: JobRunner,
        *,
        look: Look,
        incomes: NotesIncome,
        cards: tuple[ChoosesCards, MakePaper],
        forms: tuple[ChoosesForms, MakePaper],
    ) -> None:
        super().__init__(runner, title="毎月の書類", help_line=_HELP)
        self._papers, self._declarations, self._incomes = papers, declarations, incomes
        self._cards, self._forms = cards[0], forms[0]
        # What is due this month is about the month before.
        self._month = months_later(month_of(clock.today()), -1)
        self._last = month_of(clock.today())
        self._loading: Job[PaperGrid] | None = None
        self.owner = named(OwnerBox(), "grid_owner")
        self.before_button = named(QPushButton("前の月へ（Ctrl+←）"), "month_before")
        self.after_button = named(QPushButton("次の月へ（Ctrl+→）"), "month_after")
        self.shown = named(QLabel(), "month_shown")
        self.panel = GridPanel(staff, look, clock.today())
        self.cards_paper, self.forms_paper = cards[1](self), forms[1](self)
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()

    @override
    def reload(self) -> None:
        """Load the caseworkers, then the grid of the one chosen."""
        self.run(self._papers.owners, self._show_owners)

    @override
    def focus_first(self) -> None:
        """Begin in the grid."""
        self.panel.focus_first()

    @override
    def has_unsaved(self) -> bool:
        """Whether something is half typed, or paper came out that the log does not know."""
        papers = (self.cards_paper, self.forms_paper)
        return self.panel.has_unsaved() or any(paper.is_unrecorded for paper in papers)

    def _show_owners(self, owners: tuple[BoardOwner, ...]) -> None:
        self.owner.show_owners(owners)
        if owners:
            self.show_body()
            self._load()
        else:
            self.show_empty(_NOBODY)

    def _load(self) -> None:
        owner, month = self.owner.chosen, self._month
        if owner is None:
            return
        self.shown.setText(f"{format_month(month)}分")
        self.after_button.setEnabled(month < self._last)
        self._loading = self.run(
            lambda: self._papers.grid(owner.district_ids, month),
            self.panel.show_grid,
            replaces=self._loading,
        )

    def _move(self, count: int) -> None:
        month = months_later(self._month, count)
        if month <= self._last:
            self._month = month
            self.panel.model.forget_ticks()
            self._load()

    def _change_owner(self) -> None:
        self.panel.model.forget_ticks()
        self._load()

    def _receive(self, cell: PaperCell) -> None:
        def taken(answer: TakenIn) -> None:
            if answer.waiting:
                self.panel.offer_papers(cell, answer.waiting)
            else:
                self._received(answer)

        self._take_in(cell, new_id(), taken, is_linked=False, asks_first=True)

    def _link(self, cell: PaperCell | None, paper: str) -> None:
        if cell is not None:
            is_new = paper == NEW_PAPER
            paper_id = new_id() if is_new else UUID(paper)
            self._take_in(cell, paper_id, self._received, is_linked=not is_new, asks_first=False)

    def _take_in(
        self,
        cell: PaperCell,
        paper_id: UUID,
        then: Callable[[TakenIn], None],
        *,
        is_linked: bool,
        asks_first: bool,
    ) -> None:
        """Take a paper in by the use case that it belongs to."""
        if cell.is_income:
            income = ReceiptInput(
                receipt_id=new_id(), paper_id=paper_id, due=_declared(cell), is_linked=is_linked
            )
            self.run(
                lambda: self._declarations.receive(income, asks_first=asks_first),
                then,
                self._refused,
            )
        else:
            given = PaperReceiptInput(
                receipt_id=new_id(), paper_id=paper_id, due=cell.due, is_linked=is_linked
            )
            self.run(
                lambda: self._papers.receive(given, asks_first=asks_first), then, self._refused
            )

    def _received(self, answer: TakenIn) -> None:
        label = answer.paper.label if answer.paper else ""
        self._done(f"受領番号 {label} で受領しました。書類に番号を書いてください。")

    def _strike(self, cell: PaperCell) -> None:
        if cell.receipt is not None:
            given = PaperReceiptInput(
                receipt_id=new_id(), paper_id=cell.receipt.paper_id, due=cell.due, is_linked=True
            )
            said = _UNDONE.format(label=cell.receipt.label)
            self._act(lambda: self._papers.strike(given), said)

    def _strike_income(self, cell: PaperCell | None, reason: str) -> None:
        if cell is not None and cell.receipt is not None and cell.receipt.receipt_id is not None:
            receipt_id, said = cell.receipt.receipt_id, _UNDONE.format(label=cell.receipt.label)
            self._act(lambda: self._declarations.strike(receipt_id, reason), said)

    def _explain(self, cell: PaperCell | None, reason: str, words: str, help_missing: str) -> None:
        if cell is None:
            return
        given = PaperMissingInput(
            missing_id=new_id(),
            due=cell.due,
            reason=reason,
            words=words,
            help_missing=help_missing,
        )
        asks = any(r.asks_safety for r in self.panel.model.grid.reasons if r.code == reason)
        self._act(lambda: self._papers.explain(given), _noted(asks_safety=asks))

    def _explain_income(self, cell: PaperCell | None, reason: MissingReason, words: str) -> None:
        if cell is None:
            return
        given = MissingInput(missing_id=new_id(), due=_declared(cell), reason=reason, words=words)
        asks = reason is MissingReason.NOT_REACHED
        self._act(lambda: self._declarations.explain(given), _noted(asks_safety=asks))

    def _note_income(self, cell: PaperCell, earned: Earned, read_from: IncomeSource) -> None:
        given = IncomeInput(
            income_id=new_id(),
            household_id=cell.due.household_id,
            person_id=cell.due.person_id,
            month=cell.due.month,
            earned=earned,
            read_from=read_from,
        )
        self._act(lambda: self._incomes.note(given), "就労収入を記録しました。")

    def _act(self, act: Callable[[], object], said: str) -> None:
        self.run(act, lambda _: self._done(said), self._refused)

    def _done(self, said: str) -> None:
        self.messages.clear()
        self.panel.was_done()
        self.announced.emit(said)
        self._load()

    def _refused(self, error: UserError) -> None:
        """What belongs to a field stands there; for the rest somebody may have been faster: load anew."""
        self.messages.clear()
        form = self.panel.form_at_hand()
        sentence = form.show_refusal(error) if form is not None else error.sentence
        if sentence:
            self.messages.show_error(sentence)
            self._load()

    def _open(self, row: PaperRow) -> None:
        """The file at its papers; where the supporter's log stands for one, at the log, which is the evidence."""
        _, cell = self.panel.current()
        is_logged = cell is not None and cell.replaced is not None
        section = "activities" if is_logged else "monthly_papers"
        self.file_requested.emit(FileRequest(household_id=row.household_id, section=section))

    def _print_cards(self) -> None:
        cards = self.panel.model.cards()
        if cards:
            ids = self._cards.choose(cards, self.panel.language())
            self.cards_paper.draw(ids, FormMark.PLAIN, len(ids))

    def _print_forms(self, kind: PersonFormKind, is_filled: bool) -> None:  # noqa: FBT001 - a slot
        row = self.panel.table.currentIndex().row()
        people = self.panel.model.form_wishes(row) if is_filled else ()
        asked = FormsAsked(kind=kind, month=self._month, people=people)
        self.panel.was_done()
        self.forms_paper.draw(self._forms.choose(asked), FormMark.PLAIN, max(len(people), 1))

    def _cards_noted(self, said: str) -> None:
        self.panel.model.forget_ticks()
        self.announced.emit(said)
        self._load()

    def _back(self) -> None:
        self._pages.setCurrentIndex(0)
        self._bar.setVisible(True)
        self.panel.focus_first()

    def _show_paper(self, paper: QWidget) -> None:
        self._pages.setCurrentWidget(paper)
        self._bar.setVisible(False)

    def _lay_out(self) -> None:
        label = QLabel("担当(&T)")
        label.setBuddy(self.owner)
        self._bar = QWidget()
        low_for_width(self._bar)
        row = FlowLayout(self._bar)
        for widget in (label, self.owner, self.before_button, self.shown, self.after_button):
            row.addWidget(widget)
        self.top.addWidget(self._bar)
        for page in (self.panel, self.cards_paper, self.forms_paper):
            self._pages.addWidget(page)
        self.body.addWidget(self._pages)

    def _connect(self) -> None:
        panel = self.panel
        self.owner.activated.connect(lambda *_: self._change_owner())
        self.before_button.clicked.connect(lambda *_: self._move(-1))
        self.after_button.clicked.connect(lambda *_: self._move(1))
        for key, months in (("Ctrl+Left", -1), ("Ctrl+Right", 1)):
            shortcut = QShortcut(QKeySequence(key), panel.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda months=months: self._move(months))
        panel.receive_requested.connect(self._receive)
        panel.linked.connect(self._link)
        panel.explained.connect(self._explain)
        panel.income_explained.connect(self._explain_income)
        panel.struck.connect(self._strike)
        panel.income_struck.connect(self._strike_income)
        panel.earned.connect(self._note_income)
        panel.cards_requested.connect(self._print_cards)
        panel.forms_requested.connect(self._print_forms)
        panel.opened.connect(self._open)
        for paper in (self.cards_paper, self.forms_paper):
            paper.begun.connect(lambda paper=paper: self._show_paper(paper))
            paper.left.connect(self._back)
        self.cards_paper.noted.connect(self._cards_noted)
        self.forms_paper.noted.connect(self.announced)


def _declared(cell: PaperCell) -> Due:
    return Due(
        household_id=cell.due.household_id,
        person_id=cell.due.person_id,
        kind=DeclarationKind.INCOME,
        month=cell.due.month,
    )


def _noted(*, asks_safety: bool) -> str:
    more = "担当のやることに安否確認を入れました。" if asks_safety else ""
    return f"理由を記録しました。{more}"
