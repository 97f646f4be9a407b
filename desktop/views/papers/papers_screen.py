"""受領書類: the form at the counter above, beneath it the papers that are not settled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QStackedWidget

from desktop.domain.era import DateStyle, format_date
from desktop.domain.errors import UserError
from desktop.domain.forms import FormMark
from desktop.domain.office import SignedInStaff, StaffRow
from desktop.domain.papers import (
    PAPER_STATE,
    PaperInput,
    PaperKind,
    PaperLine,
    PaperPool,
    PaperState,
    ReceivedPaper,
    number_label,
)
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.runner import JobRunner
from desktop.override import override
from desktop.views.attachments.attach_panel import AttachPanel, AttachSetting
from desktop.views.attachments.ports import Attaches
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.papers.intake_form import IntakeForm
from desktop.views.papers.pool_panel import PoolPanel
from desktop.views.papers.ports import Papers
from desktop.views.records.ports import Finds
from desktop.views.requests import FileRequest
from desktop.views.screen import ScreenView
from desktop.views.widgets import named

if TYPE_CHECKING:
    from desktop.views.papers.applications_panel import ApplicationsPanel
    from desktop.views.printing.run_view import PrintRunView

_HELP = "受け取った書類に番号を付け、完了まで見守ります。受け取った書類は消せません。"
_ATTACH = "受け取った書類に添付"


class PapersScreen(ScreenView):
    """Enter files a paper and the form stands ready for the next; Ctrl+P prints slip and receipt of the last one.

    In the pool N moves on, T takes over, H hands over, D gives the to-do of a decision draft, P prints, A attaches
    files, S settles. Ctrl+T attaches files to the paper just taken in.
    """

    def __init__(
        self,
        papers: Papers,
        attaches: Attaches,
        files: Finds,
        staff: SignedInStaff,
        runner: JobRunner,
        *,
        changes: ChangeBus,
        make_paper: Callable[[ScreenView], PrintRunView],
        make_applications: Callable[[ScreenView], ApplicationsPanel],
        setting: AttachSetting,
    ) -> None:
        super().__init__(runner, title="受領書類", help_line=_HELP)
        self._papers = papers
        self._changes = changes
        self._make_paper = make_paper
        self._make_applications = make_applications
        self.applications: ApplicationsPanel | None = None
        self._last: ReceivedPaper | None = None
        self._is_loaded = False
        self.paper: PrintRunView | None = None
        self._pages = QStackedWidget()
        self._counter = FollowingScroll()
        self.form = IntakeForm(files, runner)
        self.pool = PoolPanel(staff, setting.look)
        self.attaching = AttachPanel(self, attaches, setting)
        self.attach_button = named(QPushButton("添付…（Ctrl+T）"), "attach_to_last")
        self.import_button = named(QPushButton("電子申請の取込…（Ctrl+I）"), "import_applications")
        self._lay_out()
        self._connect()

    @override
    def reload(self) -> None:
        """Load the kinds, the colleagues and the pool."""
        papers = self._papers
        self.run(lambda: (papers.kinds(), papers.handlers(), papers.pool()), self._show)

    @override
    def focus_first(self) -> None:
        """Begin with the household: somebody stands at the counter."""
        self.form.focus_first()

    @override
    def has_unsaved(self) -> bool:
        """Whether a paper is half typed, files are on their way, or a slip came out that the log does not know."""
        is_unrecorded = self.paper is not None and self.paper.is_unrecorded
        is_importing = self.applications is not None and self.applications.is_working
        is_busy = self.attaching.is_working or is_importing
        return self.form.has_unsaved() or is_busy or is_unrecorded

    def print_last(self) -> None:
        """Draw slip and receipt of the paper that was taken in last."""
        if self._last is not None:
            self._print(self._last.paper_id)

    def _show(self, loaded: tuple[tuple[PaperKind, ...], tuple[StaffRow, ...], PaperPool]) -> None:
        kinds, people, pool = loaded
        self._is_loaded = True
        self.form.set_kinds(kinds)
        self.pool.set_colleagues(people)
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
        self.form.show_last(f"受領番号 {paper.label} を書類に書いてください。")
        self.form.focus_first()
        self._last = paper
        self.attach_button.show()
        self.form.offer_print()
        self.announced.emit(f"受領番号 {paper.label} で受け取りました。")
        self._changed()

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

    def _hand_over(self, line: PaperLine, to: UUID) -> None:
        self._act(
            lambda: self._papers.hand_over(line.paper_id, line.owner_id, to),
            lambda _: f"受領番号 {line.label} を引き渡しました。",
        )

    def _draft(self, line: PaperLine) -> None:
        self._act(lambda: self._papers.draft(line.paper_id), partial(_drafted, line))

    def _seek(self, year: int, number: int) -> None:
        self.run(lambda: self._papers.find(year, number), partial(self._sought, year, number))

    def _sought(self, year: int, number: int, line: PaperLine | None) -> None:
        """A number that the pool does not show: settled, taken in a moment ago, or not before the person."""
        label = number_label(year, number)
        if line is None:
            self.messages.show_warning(
                f"受領番号 {label} の書類は見つかりません。番号を確かめてください。"
            )
        elif line.state is PaperState.SETTLED:
            self.messages.show_info(
                f"受領番号 {label} の書類は完了しています。世帯のファイルを開きました。"
            )
            self._open_file(line)
        else:
            self.run(self._papers.pool, partial(self._show_sought, line))

    def _show_sought(self, line: PaperLine, pool: PaperPool) -> None:
        self.pool.show_pool(pool)
        self.pool.select(line)

    def _open_file(self, line: PaperLine) -> None:
        self.file_requested.emit(FileRequest(household_id=line.household_id, section="papers"))

    def _print(self, paper_id: UUID) -> None:
        if self.paper is None:
            paper = self.paper = self._make_paper(self)
            self._pages.addWidget(paper)
            paper.begun.connect(lambda: self._show_paper(paper))
            paper.left.connect(self._leave_paper)
            paper.noted.connect(self.announced)
        self.paper.draw([paper_id], FormMark.ORIGINAL, 1)

    def _show_paper(self, paper: PrintRunView) -> None:
        self._pages.setCurrentWidget(paper)
        self._give_room(is_given=True)

    def _leave_paper(self) -> None:
        self._pages.setCurrentWidget(self._counter)
        self._give_room(is_given=False)
        self.form.focus_first()

    def _attach(self, line: PaperLine | ReceivedPaper) -> None:
        self.messages.clear()
        self._pages.setCurrentWidget(self.attaching)
        self._give_room(is_given=True)
        self.attaching.begin(line.paper_id, line.label)

    def _attach_to_last(self) -> None:
        if self._last is not None:
            self._attach(self._last)

    def take_in_applications(self) -> None:
        """Show what takes in an export of online applications (電子申請)."""
        if self.import_button.isHidden():
            return
        if self.applications is None:
            panel = self.applications = self._make_applications(self)
            self._pages.addWidget(panel)
            panel.taken_in.connect(lambda _: self._changed())
            panel.left.connect(self._leave_paper)
        self.messages.clear()
        self._pages.setCurrentWidget(self.applications)
        self._give_room(is_given=True)
        self.applications.begin()

    def _end_attaching(self) -> None:
        self._pages.setCurrentWidget(self._counter)
        self._give_room(is_given=False)
        self.pool.focus_list()

    def _give_room(self, *, is_given: bool) -> None:
        """Slips and files take the whole screen: what is half typed at the counter waits behind."""
        self.form.setVisible(not is_given)
        self.import_button.setVisible(not is_given)
        self.attach_button.setVisible(self._last is not None and not is_given)

    def _changed(self) -> None:
        self._changes.paper_changed.emit(self)
        self._load_pool()

    def _changed_elsewhere(self, initiator: object) -> None:
        """Only the pool is asked for again: whoever types a paper in is not disturbed."""
        if initiator is not self and self._is_loaded:
            self._load_pool()

    def _act(self, act: Callable[[], object], said: Callable[[object], str]) -> None:
        def done(answer: object) -> None:
            self.messages.clear()
            self.pool.was_done()
            self.announced.emit(said(answer))
            self._changes.todo_changed.emit(self)  # a draft is given, goes along or is done
            self._changed()

        self.pool.hold_acts()
        self.run(act, done, self._refused)

    def _refused(self, error: UserError) -> None:
        """Somebody else may have been faster: what is shown is loaded anew."""
        self.messages.show_error(error)
        self._load_pool()

    def _lay_out(self) -> None:
        self.attach_button.hide()
        self.attach_button.setAccessibleName(_ATTACH)
        self.attach_button.setToolTip(_ATTACH)
        self.buttons.addWidget(self.attach_button)
        self.buttons.addWidget(self.import_button)
        self._counter.add_part(self.form)
        self._counter.add_part(self.pool, 1)
        self._pages.addWidget(self._counter)
        self._pages.addWidget(self.attaching)
        self.body.addWidget(self._pages)

    def _connect(self) -> None:
        self.form.household_chosen.connect(self._load_people)
        self.form.received.connect(self._receive)
        self.pool.step_requested.connect(self._step)
        self.pool.take_requested.connect(self._take)
        self.pool.settle_requested.connect(self._settle)
        self.form.print_requested.connect(self.print_last)
        self.pool.hand_over_requested.connect(self._hand_over)
        self.pool.draft_requested.connect(self._draft)
        self.pool.print_requested.connect(lambda line: self._print(line.paper_id))
        self.pool.attach_requested.connect(self._attach)
        self.attach_button.clicked.connect(self._attach_to_last)
        self.attaching.left.connect(self._end_attaching)
        self.import_button.clicked.connect(self.take_in_applications)
        QShortcut(QKeySequence("Ctrl+I"), self).activated.connect(self.take_in_applications)
        QShortcut(QKeySequence("Ctrl+T"), self).activated.connect(self._attach_to_last)
        self.pool.opened.connect(self._open_file)
        self.pool.sought.connect(self._seek)
        self._changes.paper_changed.connect(self._changed_elsewhere)
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.pool.focus_filter)


def _drafted(line: PaperLine, due_on: object) -> str:
    day = format_date(due_on, DateStyle.SHORT) if isinstance(due_on, date) else ""
    return f"受領番号 {line.label} の保護変更の起案を、{day}までのやることにしました。"


def _moved(line: PaperLine, state: object) -> str:
    label = PAPER_STATE[state] if isinstance(state, PaperState) else ""
    return f"受領番号 {line.label} を「{label}」にしました。"
