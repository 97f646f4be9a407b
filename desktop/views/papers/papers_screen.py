"""受領書類: the form at the counter above, beneath it the papers that are not settled."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QStackedWidget

from desktop.domain.errors import UserError
from desktop.domain.office import SignedInStaff
from desktop.domain.papers import (
    PAPER_STATE,
    PaperInput,
    PaperKind,
    PaperLine,
    PaperPool,
    PaperState,
    ReceivedPaper,
)
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.views.attachments.attach_panel import AttachPanel, AttachSetting
from desktop.views.attachments.ports import Attaches
from desktop.views.papers.intake_form import IntakeForm
from desktop.views.papers.pool_panel import PoolPanel
from desktop.views.papers.ports import Papers
from desktop.views.records.ports import Finds
from desktop.views.requests import FileRequest
from desktop.views.screen import ScreenView
from desktop.views.widgets import named

_HELP = "受け取った書類に番号を付け、完了まで見守ります。受け取った書類は消せません。"


class PapersScreen(ScreenView):
    """Enter files a paper and the form stands ready for the next; in the pool N moves on, T takes over, S settles.

    A attaches files to the paper at hand, Ctrl+T to the one just taken in.
    """

    def __init__(
        self,
        papers: Papers,
        attaches: Attaches,
        files: Finds,
        staff: SignedInStaff,
        runner: JobRunner,
        *,
        setting: AttachSetting,
    ) -> None:
        super().__init__(runner, title="受領書類", help_line=_HELP)
        self._papers = papers
        self.form = IntakeForm(files, runner)
        self.pool = PoolPanel(staff, setting.look)
        self.attaching = AttachPanel(self, attaches, setting)
        self.attach_button = named(QPushButton("受け取った書類に添付…（Ctrl+T）"), "attach_to_last")
        self._last: ReceivedPaper | None = None
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()

    @override
    def reload(self) -> None:
        """Load the kinds and the pool."""
        self.run(lambda: (self._papers.kinds(), self._papers.pool()), self._show)

    @override
    def focus_first(self) -> None:
        """Begin with the household: somebody stands at the counter."""
        self.form.focus_first()

    @override
    def has_unsaved(self) -> bool:
        """Whether a paper is half typed, or files are still on their way."""
        return self.form.has_unsaved() or self.attaching.is_working

    def _show(self, loaded: tuple[tuple[PaperKind, ...], PaperPool]) -> None:
        kinds, pool = loaded
        self.form.set_kinds(kinds)
        self.pool.show_pool(pool)

    def _load_pool(self) -> None:
        self.run(self._papers.pool, self.pool.show_pool)

    def _load_people(self, household_id: UUID) -> None:
        self.run(
            lambda: self._papers.people(household_id), partial(self.form.set_people, household_id)
        )

    def _receive(self, given: PaperInput) -> None:
        self.run(lambda: self._papers.receive(given), self._received, self._not_received)

    def _received(self, paper: ReceivedPaper) -> None:
        self.messages.clear()
        self.form.begin()
        self._last = paper
        self.attach_button.show()
        self.form.show_last(f"受領番号 {paper.label} を書類に書いてください。")
        self.form.focus_first()
        self.announced.emit(f"受領番号 {paper.label} で受け取りました。")
        self._load_pool()

    def _not_received(self, error: UserError) -> None:
        self.messages.clear()
        sentence = self.form.show_refusal(error)
        if sentence:
            self.messages.show_error(sentence)

    def _step(self, line: PaperLine) -> None:
        self._act(lambda: self._papers.step(line.paper_id, line.state), partial(_moved, line))

    def _settle(self, line: PaperLine, reason: str) -> None:
        self._act(
            lambda: self._papers.settle(line.paper_id, line.state, reason), partial(_moved, line)
        )

    def _take(self, line: PaperLine) -> None:
        self._act(
            lambda: self._papers.hand_over(line.paper_id, line.owner_id),
            lambda _: f"受領番号 {line.label} を引き受けました。",
        )

    def _act(self, act: Callable[[], object], said: Callable[[object], str]) -> None:
        def done(answer: object) -> None:
            self.messages.clear()
            self.pool.was_done()
            self.announced.emit(said(answer))
            self._load_pool()

        self.pool.hold_acts()
        self.run(act, done, self._refused)

    def _refused(self, error: UserError) -> None:
        """Somebody else may have been faster: what is shown is loaded anew."""
        self.messages.show_error(error)
        self._load_pool()

    def _attach(self, line: PaperLine | ReceivedPaper) -> None:
        self.messages.clear()
        self._show_attaching(is_shown=True)
        self.attaching.begin(line.paper_id, line.label)

    def _attach_to_last(self) -> None:
        if self._last is not None:
            self._attach(self._last)

    def _end_attaching(self) -> None:
        self._show_attaching(is_shown=False)
        self.pool.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_attaching(self, *, is_shown: bool) -> None:
        """Files take the whole screen: what is half typed at the counter waits behind."""
        self.form.setVisible(not is_shown)
        self.attach_button.setVisible(self._last is not None and not is_shown)
        self._pages.setCurrentWidget(self.attaching if is_shown else self.pool)

    def _lay_out(self) -> None:
        self.attach_button.hide()
        self.buttons.addWidget(self.attach_button)
        self.top.addWidget(self.form)
        self._pages.addWidget(self.pool)
        self._pages.addWidget(self.attaching)
        self.body.addWidget(self._pages)

    def _connect(self) -> None:
        self.pool.attach_requested.connect(self._attach)
        self.attach_button.clicked.connect(self._attach_to_last)
        self.attaching.left.connect(self._end_attaching)
        QShortcut(QKeySequence("Ctrl+T"), self).activated.connect(self._attach_to_last)
        self.form.household_chosen.connect(self._load_people)
        self.form.received.connect(self._receive)
        self.pool.step_requested.connect(self._step)
        self.pool.take_requested.connect(self._take)
        self.pool.settle_requested.connect(self._settle)
        self.pool.opened.connect(
            lambda line: self.file_requested.emit(FileRequest(household_id=line.household_id))
        )


def _moved(line: PaperLine, state: object) -> str:
    label = PAPER_STATE[state] if isinstance(state, PaperState) else ""
    return f"受領番号 {line.label} を「{label}」にしました。"
