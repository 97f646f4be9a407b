"""Work on one household at a time: decide, store, hand in, settle a conflict, or go into the whole editor."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget

from desktop.domain.clock import Clock
from desktop.domain.errors import UserError
from desktop.domain.office import SignedInStaff
from desktop.domain.policy_review import DuePolicy, ReviewStage
from desktop.domain.review import Check
from desktop.domain.support_policies import NoReviewInput, PolicyInput, SavedPolicy, SupportPolicy
from desktop.domain.support_policies_drafting import as_input
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.runner import Job, JobRunner
from desktop.viewmodels.records_text import instant_text
from desktop.viewmodels.support_policies_form import keep_mine
from desktop.views.dialogs import Dialogs
from desktop.views.look import Look
from desktop.views.policy_review.ports import ReviewPorts, ReviewTask
from desktop.views.policy_review.review_store import ReviewStore
from desktop.views.policy_review.review_work import ReviewWork
from desktop.views.support_policies.conflict_panel import PolicyResolution
from desktop.views.support_policies.peeking import is_composing
from desktop.views.support_policies.policy_editor import PolicyEditor, PolicySetting
from desktop.views.support_policies.ports import Offers, PolicyTask

_DROP = "保存していない自分の文章は消えます。保存されている文章で続けますか。"
_DROP_ANSWER = "見直さない理由を記録していません。消して閉じますか。"
_ANSWER_FIRST = (
    "見直さない理由が記録されていません。記録する（Ctrl+S）か、やめる（Esc）を選んでください。"
)
_NO_POLICY = "有効な援助方針がないため、「見直し不要」とは答えられません。"
_CHANGED = "● 未保存"
_PAUSE_MILLISECONDS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSetting:
    """Whose desk the screen stands on."""

    staff: SignedInStaff
    clock: Clock
    changes: ChangeBus
    look: Look
    dialogs: Dialogs


class ReviewSession(QStackedWidget):
    """`moved` carries the line as it stands after a save, `submitted` the household, `refused` an error or sentence.

    `edited_whole` says that the whole editor is done with, `answered` that an event was answered with 見直し不要: the
    household is to be read anew.
    """

    moved = Signal(object)
    submitted = Signal(object)
    edited_whole = Signal(object, bool)
    answered = Signal(object)
    refused = Signal(object)
    warned = Signal(str)
    begun = Signal()

    def __init__(
        self,
        ports: ReviewPorts,
        runner: JobRunner,
        setting: ReviewSetting,
        offers: Offers,
    ) -> None:
        super().__init__()
        self.setObjectName("review_session")
        self._ports, self._runner, self._setting = ports, runner, setting
        self._offers = offers
        self._then: Callable[[], object] | None = None
        self._clash: tuple[PolicyInput, SupportPolicy] | None = None
        self._checking: Job[tuple[Check, ...]] | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MILLISECONDS)
        self._store = ReviewStore(ports.policies.policies, runner, self)
        self.work = ReviewWork(setting.look, offers, setting.clock.today)
        self.editor: PolicyEditor | None = None
        self.addWidget(self.work)
        self._connect()

    @property
    def task(self) -> ReviewTask | None:
        """The household at hand."""
        return self.work.task

    @property
    def is_free(self) -> bool:
        """Whether another household may be opened: nothing is under way or waits for an answer."""
        is_typing = self.work.answer.has_unsaved()
        is_settled = not self._store.is_busy and self._clash is None
        return self.editor is None and is_settled and not is_typing

    def has_unsaved(self) -> bool:
        """Whether words were typed that no draft holds."""
        if self.editor is not None:
            return self.editor.has_unsaved()
        return self.work.is_changed or self.work.answer.has_unsaved()

    def settled(self) -> Collection[UUID]:
        """The lines that go on by a word alone."""
        return self.work.review.settled if self.work.review else ()

    def show_task(self, task: ReviewTask, settled: Collection[UUID]) -> None:
        """Begin with a household."""
        self._pause.stop()
        self.work.show_task(task, settled)
        self.focus_first()
        self._check()

    def focus_first(self) -> None:
        """Go on where the work is."""
        if self.editor is not None:
            self.editor.focus_first()
        else:
            self.work.focus_lines()

    def save_and(self, then: Callable[[], object]) -> None:
        """Store what was typed as a draft and go on; a refusal is told and ends it."""
        if self.editor is not None:
            self.editor.store_and(then)
            return
        if self.work.answer.has_unsaved():
            self.warned.emit(_ANSWER_FIRST)
            return
        self._then = then
        self.save()

    def save(self) -> None:
        """Store a draft."""
        given = self._read()
        if given is None:
            self._then = None
        else:
            self._store.save(given)

    def submit(self) -> None:
        """Hand in, once every line is decided and the policy before is evaluated."""
        given, review = self._read(), self.work.review
        if given is None or review is None:
            return
        missing = review.missing()
        if missing is None:
            self._store.submit(given)
        else:
            self.warned.emit(missing.sentence)
            self.work.point_at(missing)

    def edit_whole(self) -> None:
        """Open the editor with everything; what is typed is stored first."""
        if self._read() is None:
            return
        if self.has_unsaved():
            self.save_and(self._open_editor)
        else:
            self._open_editor()

    def answer_event(self) -> None:
        """Open the answer 見直し不要; what is typed is stored first."""
        task = self.task
        if task is None or self._read() is None:
            return
        if not task.can_answer:
            self.warned.emit(_NO_POLICY)
        elif self.has_unsaved():
            self.save_and(self.work.ask_no_review)
        else:
            self.work.ask_no_review()

    def _answer(self, given: NoReviewInput) -> None:
        self._runner.run(
            self,
            lambda: self._ports.policies.policies.answer_no_review(given),
            lambda _: self._was_answered(given.household_id),
            self.work.answer.panel.show_refusal,
        )

    def _was_answered(self, household_id: UUID) -> None:
        self.work.close_answer()
        self.answered.emit(household_id)

    def _leave_answer(self) -> None:
        if self.work.answer.has_unsaved():
            confirm = self._setting.dialogs.confirm
            confirm(self, _DROP_ANSWER, "消して閉じる", self.work.close_answer)
        else:
            self.work.close_answer()

    def _read(self) -> PolicyInput | None:
        task = self.task
        if task is None or not task.is_mine or not self.is_free:
            return None
        self.begun.emit()
        return self.work.read()

    def _begun(self, state: str) -> None:
        self.work.page.buttons.set_busy(is_busy=True)
        self.work.page.buttons.state.setText(state)

    def _idle(self, state: str) -> None:
        if not self._store.is_busy:
            self.work.page.buttons.set_busy(is_busy=False)
            self.work.page.buttons.state.setText(_CHANGED if self.work.is_changed else state)

    def _saved(self, given: PolicyInput, answer: SavedPolicy) -> None:
        task, review, then = self.task, self.work.review, self._then
        if task is None or review is None:
            return
        review.was_stored(answer.version, given)
        self.moved.emit(_as_begun(task.line, answer))
        self._idle(f"保存済み　{instant_text(answer.saved_at)}（第{answer.version}版）")
        if then is not None and not self._store.is_busy:
            self._then = None
            then()

    def _submitted(self, given: PolicyInput) -> None:
        self._idle("")
        self.submitted.emit(given.household_id)

    def _refused(self, error: UserError) -> None:
        self._then = None
        self._idle("")
        self.refused.emit(error)

    def _clashed(self, mine: PolicyInput, stored: SupportPolicy) -> None:
        self._then = None
        self._idle("")
        self._clash = (mine, stored)
        self.work.show_conflict(mine, stored)

    def _resolve(self, way: PolicyResolution) -> None:
        settle = partial(self._settle, way)
        if way is PolicyResolution.STORED:
            self._setting.dialogs.confirm(self, _DROP, "自分の文章を消して続ける", settle)
        else:
            settle()

    def _settle(self, way: PolicyResolution) -> None:
        if self._clash is None:
            return
        (mine, stored), self._clash = self._clash, None
        kept = as_input(stored)
        self.work.settle(kept if way is PolicyResolution.STORED else keep_mine(mine, stored), kept)
        self._idle("")
        self._check()

    def _was_edited(self) -> None:
        self._pause.start()
        self._idle("")

    def _check(self) -> None:
        """Ask the self-check about the words so far; an input method that composes is not disturbed."""
        if is_composing():
            self._pause.start()
            return
        given = self.work.so_far() if self.is_free else None
        if given is not None:
            self._checking = self._runner.run(
                self,
                lambda: self._ports.policies.policies.checks(given),
                self.work.year.show_checks,
                self.refused.emit,
                replaces=self._checking,
            )

    def _open_editor(self) -> None:
        task, review, setting = self.task, self.work.review, self._setting
        if task is None or review is None:
            return
        editor = self.editor = PolicyEditor(
            PolicyTask(
                given=review.given,
                names=task.names,
                wording=self._offers.wording,
                grades=self._offers.grades,
                stored=task.stored,
            ),
            PolicySetting(
                ports=self._ports.policies,
                runner=self._runner,
                look=setting.look,
                today=setting.clock.today,
                dialogs=setting.dialogs,
            ),
        )
        household_id = task.line.household_id
        editor.entry_wanted.connect(self.work.entry_wanted)
        editor.submitted.connect(lambda _: self._leave_editor(household_id, was_submitted=True))
        editor.closed.connect(lambda: self._leave_editor(household_id, was_submitted=False))
        self.addWidget(editor)
        self.setCurrentWidget(editor)
        line = review.line_at(self.work.place)
        editor.go_to(line.issue.issue_id if line else None)

    def _leave_editor(self, household_id: UUID, *, was_submitted: bool) -> None:
        editor, self.editor = self.editor, None
        if editor is not None:
            self.setCurrentWidget(self.work)
            self.removeWidget(editor)
            editor.deleteLater()
            self.edited_whole.emit(household_id, was_submitted)

    def _connect(self) -> None:
        self._store.begun.connect(self._begun)
        self._store.saved.connect(self._saved)
        self._store.submitted.connect(self._submitted)
        self._store.refused.connect(self._refused)
        self._store.clashed.connect(self._clashed)
        self._pause.timeout.connect(self._check)
        work = self.work
        work.edited.connect(self._was_edited)
        work.editor_wanted.connect(self.edit_whole)
        work.answer_wanted.connect(self.answer_event)
        work.answer.recorded.connect(self._answer)
        work.answer.left.connect(self._leave_answer)
        work.conflict.resolved.connect(self._resolve)
        work.page.buttons.join(work.page, save=self.save, submit=self.submit, close=work.left.emit)


def _as_begun(line: DuePolicy, answer: SavedPolicy) -> DuePolicy:
    """The line once a draft is stored; what came back stays returned until it is handed in again."""
    is_returned = line.stage is ReviewStage.RETURNED
    stage = ReviewStage.RETURNED if is_returned else ReviewStage.DRAFT
    return replace(line, stage=stage, open_policy_id=answer.policy_id)
