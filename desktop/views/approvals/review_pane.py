"""決裁待ち: the queue at the left, the card at the right, one key for a clean one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QSplitter, QVBoxLayout, QWidget

from desktop.domain.approvals import Decision, Move, QueueRow
from desktop.domain.errors import ConflictError, UserError, ValidationError
from desktop.domain.review import ReviewCard
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.runner import Job, JobRunner
from desktop.override import override
from desktop.viewmodels.approvals_moves import (
    decision_on,
    done_sentence,
    leaves_queue,
    question_of,
)
from desktop.viewmodels.approvals_queue import QueueModel
from desktop.viewmodels.visit_plans_card import READ_FIRST
from desktop.views.approvals.bulk_bar import BulkBar
from desktop.views.approvals.card_loader import CardLoader
from desktop.views.approvals.move_bar import MoveBar
from desktop.views.approvals.move_panel import MovePanel
from desktop.views.approvals.ports import Reviews
from desktop.views.approvals.queue_list import QueueList
from desktop.views.approvals.review_card import ReviewCardView
from desktop.views.look import Look
from desktop.views.requests import (
    VISIT_PLANS_SCREEN,
    FileRequest,
    HouseholdAtHand,
    ScreenRequest,
)
from desktop.views.screen import ScreenView
from desktop.views.widgets import muted_label, named

_HELP = "古い順に並びます。記録を読み、キー1つで決裁すると次へ進みます。Enterでファイルを開きます。"
_EMPTY = (
    "決裁待ちはありません。提出された記録・援助方針・訪問格付・訪問計画は、古い順にここに並びます。"
    "「見落とし」で、記録の止まっている世帯を確認できます。"
)
_QUEUE_CHARACTERS = 20
#: The section of the file in which a kind of subject is found.
_SECTIONS = {
    "entry": "chronicle",
    "support_policy": "support_policies",
    "support_plan": "support_plans",
    "visit_grade": "visit_grades",
}


class ReviewPane(ScreenView):
    """After each decision the next card, fetched ahead, comes by itself. Nothing is decided twice."""

    def __init__(
        self,
        reviews: Reviews,
        runner: JobRunner,
        *,
        changes: ChangeBus,
        look: Look,
        today: Callable[[], date],
    ) -> None:
        super().__init__(runner, title="決裁待ち", help_line=_HELP)
        self.setObjectName("review_pane")
        self._reviews = reviews
        self._changes = changes
        self._card: ReviewCard | None = None
        self._wanted: UUID | None = None
        self._is_deciding = False
        self._pending: Job[tuple[QueueRow, ...]] | None = None
        self.model = QueueModel(self)
        self.queue = QueueList(self.model, look)
        self.bulk = BulkBar()
        self.count = named(muted_label(), "queue_count")
        self.card = ReviewCardView(look)
        self.panel = MovePanel(today)
        self.moves = MoveBar(self)
        self.read_first = named(QLabel(READ_FIRST), "read_first")
        self.read_first.setWordWrap(True)
        self._loader = CardLoader(reviews, runner, self)
        # A second click or key of a double one must not reach the card that has just come.
        self._settling = QTimer(self, singleShot=True)
        self._settling.setInterval(QApplication.doubleClickInterval())
        self._lay_out()
        self._connect()

    @override
    def reload(self) -> None:
        """Ask for the queue again; the current row stays the current one."""
        self._pending = self.run(self._reviews.queue, self._show_queue, replaces=self._pending)

    @override
    def focus_first(self) -> None:
        """Put the keyboard on the queue; while it is empty the pane itself keeps the keys."""
        (self.queue if self.model.rowCount() else self).setFocus()

    @override
    def has_unsaved(self) -> bool:
        """Whether words were typed for a move that was not made."""
        return not self.panel.isHidden() and bool(self.panel.text.editor().toPlainText().strip())

    @override
    def household_at_hand(self) -> HouseholdAtHand | None:
        """The household of the card."""
        row = self.queue.current_row()
        if row is None or row.household_id is None:
            return None
        label = f"{row.case_number} {row.head_name}"
        return HouseholdAtHand(household_id=row.household_id, label=label)

    def show_item(self, approval_id: UUID) -> None:
        """Go to a row of the queue, also when the queue is not there yet."""
        self._wanted = approval_id
        self._go_to_wanted()

    def _show_queue(self, rows: tuple[QueueRow, ...]) -> None:
        shown = self.queue.current_row() or (self._card.row if self._card else None)
        self.model.set_rows(rows)
        self.count.setText(f"{len(rows)}件")
        self._show_ticks()
        if not rows:
            self._show_nothing()
            return
        self.show_body()
        if self.hasFocus():
            self.queue.setFocus()
        place = self.model.place_of(shown.approval_id) if shown is not None else -1
        self.queue.choose(max(place, 0))
        self._go_to_wanted()

    def _go_to_wanted(self) -> None:
        place = self.model.place_of(self._wanted)
        if place >= 0:
            self._wanted = None
            self.queue.choose(place)

    def _show_nothing(self) -> None:
        self._card = None
        self.card.likeness.show_card(None, may_return=False)
        self._loader.want_nothing()
        self.panel.hide()
        self._offer_nothing()
        if self.isAncestorOf(QApplication.focusWidget() or self):
            self.setFocus()
        self.show_empty(_EMPTY)

    def _choose(self, row: QueueRow) -> None:
        """Show the row's card, unless the one shown is just that."""
        card = self._card
        if card is not None and (row.approval_id, row.content_hash, row.state) == (
            card.row.approval_id,
            card.row.content_hash,
            card.row.state,
        ):
            self._loader.fetch_ahead(self.model.after(row.approval_id))
            return
        if not self.panel.isHidden():
            self.panel.leave()
        self._card = None
        self._offer_nothing()
        self._loader.want(row)

    def _show_card(self, card: ReviewCard) -> None:
        self._card = card
        self.card.show_card(card)
        self.card.show()
        self._offer()
        self._loader.fetch_ahead(self.model.after(card.row.approval_id))

    def _offer_nothing(self) -> None:
        self.moves.offer(())
        self.read_first.hide()

    def _offer(self) -> None:
        """Offer what may be done with the card; a plan that was not read to its end is not approved."""
        card = self._card
        if card is None:
            return
        is_read = self.card.is_read(card)
        self.moves.offer([m for m in card.allowed if is_read or m is not Move.APPROVE])
        self.read_first.setVisible(Move.APPROVE in card.allowed and not is_read)

    def _card_refused(self, error: UserError) -> None:
        self.messages.show_error(error)
        self.card.hide()

    def _ask_author(self, question: str) -> None:
        """Return it with a question that is ready: only once it was read and sent."""
        if self.panel.isHidden():
            self._move(Move.RETURN, question)

    def _move(self, move: Move, text: str = "") -> None:
        card = self._card
        if card is None or move not in card.allowed or self._must_wait():
            return
        if move is Move.APPROVE and not self.card.is_read(card):
            return
        self.messages.clear()
        question = question_of(move)
        decision = decision_on(card, move)
        if question.is_plain:
            self._decide(decision)
            return
        self.moves.set_open(is_open=False)
        self.panel.ask(question, decision, text)

    def _must_wait(self) -> bool:
        return self._is_deciding or self._settling.isActive()

    def _decide(self, decision: Decision) -> None:
        card = self._card
        if self._is_deciding or card is None:
            return
        self._is_deciding = True
        self.moves.set_open(is_open=False)
        self.run(
            lambda: self._reviews.decide(decision),
            lambda _: self._decided(decision, card),
            self._decision_refused,
        )

    def _decided(self, decision: Decision, card: ReviewCard) -> None:
        self._is_deciding = False
        self._settling.start()
        self.panel.leave()
        self.announced.emit(done_sentence(decision.move, card))
        following = self.model.after(decision.approval_id)
        self._card = None
        if leaves_queue(decision.move):
            self.model.drop(decision.approval_id)
        if following is not None:
            self.queue.choose(self.model.place_of(following.approval_id))
        self.queue.setFocus()
        self._tell(card.household_id)
        if card.household_id is None:
            self._changes.plan_changed.emit(card.row.subject_id, self)
        self.reload()

    def _decision_refused(self, error: UserError) -> None:
        self._is_deciding = False
        self.moves.set_open(is_open=self.panel.isHidden())
        self.panel.unlock()
        if isinstance(error, ValidationError) and self.panel.refuse(error):
            return
        self.messages.show_error(error)
        if isinstance(error, ConflictError):
            self._read_again()

    def _read_again(self) -> None:
        """The content is no longer what was shown: show the new one; nothing was decided."""
        self.panel.leave()
        self._card = None
        self._offer_nothing()
        self._loader.forget()
        self.reload()

    def _approve_ticked(self) -> None:
        decisions = self.model.bulk_decisions()
        if not decisions or self._must_wait() or not self.panel.isHidden():
            return
        self._is_deciding = True
        households = {row.household_id for row in self.model.ticked()}
        self.bulk.approve.setEnabled(False)
        self.run(
            lambda: self._reviews.approve_listed(decisions),
            lambda refused: self._listed(len(decisions), refused, households),
            self._list_refused,
        )

    def _listed(
        self, asked: int, refused: tuple[tuple[UUID, str], ...], households: set[UUID | None]
    ) -> None:
        self._end_bulk()
        self.announced.emit(f"{asked - len(refused)}件を承認しました。")
        if refused:
            numbers = {row.approval_id: row.case_number for row in self.model.rows()}
            reasons = "　".join(f"{numbers.get(i, '')}：{why}" for i, why in refused)
            self.messages.show_warning(f"{len(refused)}件は承認されていません。{reasons}")
        for household_id in households:
            self._tell(household_id)
        self.reload()

    def _list_refused(self, error: UserError) -> None:
        self._end_bulk()
        self.messages.show_error(error)

    def _end_bulk(self) -> None:
        self._is_deciding = False
        self._settling.start()
        self.bulk.approve.setEnabled(True)

    def _tell(self, household_id: UUID | None) -> None:
        if household_id is None:
            return
        self._changes.approval_moved.emit(household_id, self)
        self._changes.entry_changed.emit(household_id, self)

    def _changed_elsewhere(self, _: UUID | None, initiator: object) -> None:
        if initiator is not self and self.count.text() and not self.has_unsaved():
            self.reload()

    def _panel_left(self) -> None:
        self.moves.set_open(is_open=not self._is_deciding)
        self.queue.setFocus()

    def _show_ticks(self) -> None:
        self.bulk.show_count(len(self.model.ticked()))

    def _open_file(self, row: QueueRow | None) -> None:
        if row is None:
            return
        if row.household_id is None:
            self.screen_requested.emit(
                ScreenRequest(key=VISIT_PLANS_SCREEN, item_id=row.subject_id)
            )
        else:
            section = _SECTIONS[row.subject_kind]
            self.file_requested.emit(
                FileRequest(household_id=row.household_id, section=section, entry_id=row.subject_id)
            )

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.queue, 1)
        column.addWidget(self.bulk)
        right = QWidget()
        reading = QVBoxLayout(right)
        reading.setContentsMargins(0, 0, 0, 0)
        reading.addWidget(self.card, 1)
        reading.addWidget(self.read_first)
        reading.addWidget(self.panel)
        reading.addWidget(self.moves)
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.setChildrenCollapsible(False)
        panes.addWidget(left)
        panes.addWidget(right)
        panes.setStretchFactor(1, 1)
        em = self.fontMetrics().horizontalAdvance("国")
        panes.setSizes([em * _QUEUE_CHARACTERS, em * 2 * _QUEUE_CHARACTERS])
        self.buttons.addWidget(self.count)
        self.body.addWidget(panes)
        self.card.hide()
        self.read_first.hide()

    def _connect(self) -> None:
        self.queue.chosen.connect(self._choose)
        self.queue.opened.connect(self._open_file)
        self.queue.read_on.connect(self.card.plan.read_on)
        self.model.dataChanged.connect(self._show_ticks)
        self.model.rowsRemoved.connect(self._show_ticks)
        self._loader.ready.connect(self._show_card)
        self._loader.refused.connect(self._card_refused)
        self.moves.wanted.connect(self._move)
        self.card.likeness.asked.connect(self._ask_author)
        self.card.likeness.join(self)
        self.panel.given.connect(self._decide)
        self.panel.left.connect(self._panel_left)
        self.bulk.approve_wanted.connect(self._approve_ticked)
        self._changes.approval_moved.connect(self._changed_elsewhere)
        self._changes.plan_changed.connect(self._changed_elsewhere)
        self.card.read.connect(self._offer)
        for keys, act in (
            ("Ctrl+Return", self._approve_ticked),
            ("Ctrl+Enter", self._approve_ticked),
            ("Ctrl+A", self.model.tick_all),
        ):
            shortcut = QShortcut(QKeySequence(keys), self.queue)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)
