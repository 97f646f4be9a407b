"""方針見直し: the policies that are due at the left, one household's review at the right, by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSplitter, QStackedWidget

from desktop.domain.policy_review import DuePolicy, ReviewStage
from desktop.jobs.runner import Job, JobRunner
from desktop.override import override
from desktop.viewmodels.policy_review import Span, empty_sentence, household_of
from desktop.views.policy_review.due_panel import WIDTH, DuePanel
from desktop.views.policy_review.ports import ReviewPorts, ReviewTask
from desktop.views.policy_review.review_loader import ReviewLoader
from desktop.views.policy_review.review_session import ReviewSession, ReviewSetting
from desktop.views.requests import FileRequest, HouseholdAtHand
from desktop.views.screen import ScreenView
from desktop.views.support_policies.ports import Offers, load_offers
from desktop.views.widgets import named

_HELP = "期日の近い順です。課題ごとに決め、評価を書き、Ctrl+Enterで提出すると次の世帯へ進みます。"
_OPEN_ONE = "見直す世帯を選び、Enterで開きます。開いた世帯は閲覧履歴に残ります。"
_ALL_DONE = "この期間の見直しはすべて提出されました。期間を広げると先に進められます。"
_SUBMITTED = "援助方針を提出しました。"
_ANSWERED = "「見直し不要」の答えを記録しました。"
_NOT_LISTED = "この世帯は見直しの一覧にありません。担当地区の受給中の世帯だけが並びます。"
_BUSY = "先に、開いている世帯の編集か記録を終えてください。そのあとで別の世帯を開けます。"
_ROOM_FOR_BOTH = 78

_Loaded = tuple[Offers, tuple[DuePolicy, ...]]


class PolicyReviewScreen(ScreenView):
    """Enter opens a household; what was typed is stored as a draft before another one is opened."""

    def __init__(self, ports: ReviewPorts, runner: JobRunner, setting: ReviewSetting) -> None:
        super().__init__(runner, title="方針見直し", help_line=_HELP)
        self.setObjectName("policy_review")
        self._ports, self._setting = ports, setting
        self._settled: dict[UUID, Collection[UUID]] = {}
        self._wanted: UUID | None = None
        self._again: UUID | None = None
        self._answered: tuple[DuePolicy | None] | None = None
        self._pending: Job[_Loaded] | None = None
        self.panel = DuePanel(setting.look, setting.clock.today)
        self.session: ReviewSession | None = None
        self._hint = named(QLabel(_OPEN_ONE), "review_hint")
        self._right = QStackedWidget()
        self._panes = QSplitter(Qt.Orientation.Horizontal)
        self._loader = ReviewLoader(ports, setting.staff.staff_id, runner, self)
        self._lay_out()
        self._connect()

    @override
    def reload(self) -> None:
        """Ask for what is due again; the household at hand stays."""
        policies, reviews = self._ports.policies, self._ports.reviews
        self._pending = self.run(
            lambda: (load_offers(policies), reviews.due()), self._show, replaces=self._pending
        )

    @override
    def focus_first(self) -> None:
        """Go on with the household at hand, or choose one."""
        if self.session is not None and self._is_at_work:
            self.session.focus_first()
        else:
            self.panel.table.setFocus()

    @override
    def has_unsaved(self) -> bool:
        """Whether words were typed that no draft holds."""
        return self.session is not None and self.session.has_unsaved()

    @override
    def stores_unsaved(self) -> bool:
        """What was typed can be stored as a draft."""
        return self.has_unsaved()

    @override
    def store_unsaved(self, on_stored: Callable[[], object]) -> None:
        """Store the household at hand as a draft; where that is refused the screen says why."""
        if self.session is not None:
            self.session.save_and(on_stored)

    @override
    def household_at_hand(self) -> HouseholdAtHand | None:
        """The household under review."""
        line = self._line_at_hand
        if line is None:
            return None
        return HouseholdAtHand(household_id=line.household_id, label=household_of(line))

    def show_item(self, household_id: UUID) -> None:
        """Go to a household, also when the list is not there yet or older than what asks for it."""
        self._wanted = household_id
        self._go_to_wanted()
        if self._wanted is not None:
            self.reload_shown()

    @property
    def _is_at_work(self) -> bool:
        """Whether a household is open, not the hint to open one."""
        return self._right.currentWidget() is self.session

    @property
    def _line_at_hand(self) -> DuePolicy | None:
        task = self.session.task if self.session else None
        return None if task is None else task.line

    def _show(self, loaded: _Loaded) -> None:
        offers, lines = loaded
        if self.session is None:
            self.session = self._make_session(offers)
        self.panel.show_lines(lines)
        if not lines:
            self.show_empty(empty_sentence(lines, Span.EVERY, self._setting.clock.today()))
            return
        self.show_body()
        self._arrange()
        again, self._again = self._again, None
        answered, self._answered = self._answered, None
        if again is not None and answered is not None and not self.panel.shows(again):
            self._go_on(*answered)
        elif again is not None:
            self._want(again)
        self._go_to_wanted()
        if self._wanted is not None:
            self._wanted = None
            self.messages.show_warning(_NOT_LISTED)

    def _go_to_wanted(self) -> None:
        line = self.panel.line_of(self._wanted) if self._wanted else None
        if line is not None:
            self._wanted = None
            self.panel.choose(line.household_id)
            self._open(line)

    def _open(self, line: DuePolicy) -> None:
        """Open a household; what is typed for the one at hand is stored first."""
        session = self.session
        if session is None or not session.is_free:
            self.messages.show_warning(_BUSY)
            return
        at_hand = self._line_at_hand
        if at_hand is not None and self._is_at_work:
            if at_hand.household_id == line.household_id:
                self._arrange()
                session.focus_first()
                return
            self._keep_settled()
        if session.has_unsaved():
            session.save_and(partial(self._want, line.household_id))
        else:
            self._loader.want(line)

    def _keep_settled(self) -> None:
        """Lines that go on by a word alone stay so while the program runs."""
        line = self._line_at_hand
        if self.session is not None and line is not None:
            self._settled[line.household_id] = self.session.settled()

    def _want(self, household_id: UUID) -> None:
        """Read a household; its line may have changed just now."""
        line = self.panel.line_of(household_id)
        if line is not None:
            self._loader.want(line)

    def _show_task(self, task: ReviewTask) -> None:
        if self.session is None:
            return
        self.messages.clear()
        household_id = task.line.household_id
        self._right.setCurrentWidget(self.session)
        self._arrange()
        self.panel.choose(household_id)
        self.session.show_task(task, self._settled.get(household_id, ()))
        self._loader.fetch_ahead(self._following(household_id))

    def _following(self, household_id: UUID) -> DuePolicy | None:
        """The next household of the list that still wants a review."""
        return next(
            (x for x in self.panel.after(household_id) if x.stage is not ReviewStage.SUBMITTED),
            None,
        )

    def _submitted(self, household_id: UUID) -> None:
        following = self._following(household_id)
        self._settled.pop(household_id, None)
        line = self.panel.line_of(household_id)
        if line is not None:
            self.panel.replace(replace(line, stage=ReviewStage.SUBMITTED))
        self.announced.emit(_SUBMITTED)
        self._setting.changes.approval_moved.emit(household_id, self)
        self._go_on(following)
        self.reload()

    def _go_on(self, following: DuePolicy | None) -> None:
        """The next household; where there is none the list has the keyboard."""
        if following is not None:
            self.panel.choose(following.household_id)
            self._loader.want(following)
        else:
            self._hint.setText(_ALL_DONE)
            self._right.setCurrentWidget(self._hint)
            self._arrange()
            self.panel.table.setFocus()

    def _was_answered(self, household_id: UUID) -> None:
        """What happened needs no review: the household stays where its year still asks for one, else the next comes."""
        self._answered = (self._following(household_id),)
        self.announced.emit(_ANSWERED)
        self._setting.changes.approval_moved.emit(household_id, self)
        self._read_again(household_id)

    def _edited_whole(self, household_id: UUID, was_submitted: bool) -> None:  # noqa: FBT001
        if was_submitted:
            self._submitted(household_id)
        else:
            self._read_again(household_id)

    def _read_again(self, household_id: UUID) -> None:
        """Read the list and the household anew."""
        self._loader.forget()
        self._keep_settled()
        self._again = household_id
        self.reload()

    def _changed_elsewhere(self, household_id: UUID, initiator: object) -> None:
        if initiator is self:
            return
        self._loader.forget()
        at_hand = self._line_at_hand
        is_at_hand = at_hand is not None and at_hand.household_id == household_id
        is_free = self.session is not None and self.session.is_free and not self.has_unsaved()
        if is_at_hand and is_free:
            self._read_again(household_id)
        else:
            self.reload_shown()

    def _ledger_imported(self, _initiator: object) -> None:
        self.reload_shown()

    def _to_list(self) -> None:
        self._arrange(is_choosing=True)
        self.panel.table.setFocus()

    def _open_entry(self, entry_id: UUID) -> None:
        line = self._line_at_hand
        if line is not None:
            self.file_requested.emit(
                FileRequest(household_id=line.household_id, section="chronicle", entry_id=entry_id)
            )

    def _make_session(self, offers: Offers) -> ReviewSession:
        session = ReviewSession(self._ports, self.runner, self._setting, offers)
        session.moved.connect(self.panel.replace)
        session.submitted.connect(self._submitted)
        session.edited_whole.connect(self._edited_whole)
        session.answered.connect(self._was_answered)
        session.refused.connect(self.messages.show_error)
        session.warned.connect(self.messages.show_warning)
        session.begun.connect(self.messages.clear)
        session.work.left.connect(self._to_list)
        session.work.entry_wanted.connect(self._open_entry)
        self._right.addWidget(session)
        return session

    def _arrange(self, *, is_choosing: bool = False) -> None:
        """List and household beside each other; where there is no room for both, one of them at a time."""
        em = self.fontMetrics().horizontalAdvance("国")
        is_wide = self.width() >= _ROOM_FOR_BOTH * em
        is_open = self._is_at_work and not is_choosing
        self.panel.setMinimumWidth(WIDTH * em if is_wide else 0)
        self._panes.setSizes([WIDTH * em, max(self.width() - WIDTH * em, 0)])
        self.panel.setVisible(is_wide or not is_open)
        self._right.setVisible(is_wide or is_open)

    def _lay_out(self) -> None:
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._hint.setMargin(24)
        self._right.addWidget(self._hint)
        self._panes.setChildrenCollapsible(False)
        self._panes.addWidget(self.panel)
        self._panes.addWidget(self._right)
        self._panes.setStretchFactor(1, 1)
        self.body.addWidget(self._panes)

    def _connect(self) -> None:
        self.panel.opened.connect(self._open)
        self._loader.ready.connect(self._show_task)
        self._loader.refused.connect(self.messages.show_error)
        self._setting.look.changed.connect(self._arrange)
        changes = self._setting.changes
        changes.approval_moved.connect(self._changed_elsewhere)
        changes.entry_changed.connect(self._changed_elsewhere)
        changes.ledger_imported.connect(self._ledger_imported)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()
