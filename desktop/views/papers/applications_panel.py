"""電子申請の取込: choose an export, look at what would be taken in, confirm; what cannot be taken in stays in the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import UserError
from desktop.domain.online_applications import ApplicationReport, Standing
from desktop.jobs.progress import Progress
from desktop.jobs.runner import Lane
from desktop.viewmodels.online_applications import may_take_in, question
from desktop.views.dialogs import Dialogs
from desktop.views.look import Look
from desktop.views.papers.applications_choice import ApplicationsChoice
from desktop.views.papers.applications_list import ApplicationsList
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.papers.ports import TakesApplications
from desktop.views.paragraph import Paragraph
from desktop.views.progress_panel import ProgressPanel
from desktop.views.records.ports import Finds
from desktop.views.screen import ScreenView
from desktop.views.widgets import named

_PROMISE = (
    "電子申請のシステムから書き出した一覧（CSV・JSON）を選び、内容を確かめてから取り込みます。"
    "申請1件が受領書類1件になり、同じフォルダーにある添付ファイルが付きます。\n"
    "世帯はケース番号か宛名番号で見分けます。番号で分からない申請は、一覧から世帯を選べます。"
    "同じ申請を2回取り込んでも二重にはなりません。"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationsSetting:
    """What the panel needs besides the use cases."""

    mappings: Callable[[], Sequence[tuple[str, Path]]]
    files: Finds
    dialogs: Dialogs
    look: Look


class ApplicationsPanel(QWidget):
    """`taken_in` carries the report; `left` when the person is done. Esc stops what is under way, then leaves."""

    taken_in = Signal(object)
    left = Signal()

    def __init__(
        self, screen: ScreenView, takes: TakesApplications, setting: ApplicationsSetting
    ) -> None:
        super().__init__(screen)
        self._screen = screen
        self._takes = takes
        self._setting = setting
        self._report: ApplicationReport | None = None
        self.choice = ApplicationsChoice(setting.dialogs)
        self.list = ApplicationsList(setting.files, screen.runner, setting.look)
        self.progress = ProgressPanel()
        self.promise = named(Paragraph(tone="muted"), "applications_promise")
        self.look_button = named(QPushButton("内容を確かめる（Ctrl+P）"), "look_at_applications")
        self.take_button = named(QPushButton("取り込む…（Ctrl+Enter）"), "take_in_applications")
        self.save_button = named(QPushButton("残りを保存…（Ctrl+S）"), "save_left")
        self.back_button = named(QPushButton("戻る（Esc）"), "leave_applications")
        self._steps = QStackedWidget()
        self._build()
        self._connect()
        self._allow()

    @property
    def is_working(self) -> bool:
        """Whether a look or an import is under way."""
        return self._steps.currentWidget() is self.progress

    def begin(self) -> None:
        """Stand ready; a list that was looked at before is still there."""
        if not self.choice.mapping.count():
            self._screen.run(self._setting.mappings, self._show_mappings, lane=Lane.SLOW)
        self.choice.file_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def look(self) -> None:
        """Look at the export; nothing is stored."""
        given = self.choice.given()
        if given is None or self.is_working:
            return
        path, mapping = given
        progress = self._work("申請と添付ファイルを確かめています。")
        self._run(
            lambda: self._takes.preview(path, mapping, progress.report, progress.cancelled),
            self._show,
        )

    def ask(self) -> None:
        """Ask before anything is taken in."""
        report = self._report
        if report is not None and self.take_button.isEnabled():
            self._setting.dialogs.confirm(
                self, question(report), "取り込む", lambda: self._take_in(report)
            )

    def save_left(self) -> None:
        """Ask where the list of what is not taken in goes."""
        report = self._report
        if report is not None and self.save_button.isEnabled():
            self._setting.dialogs.choose_new_file(
                self,
                "残りの一覧",
                "電子申請_残り.csv",
                "CSV (*.csv)",
                lambda path: self._save(report, path),
            )

    def leave(self) -> None:
        """Stop what is under way; back from choosing a household to the list, from there to the screen."""
        if self.is_working:
            self.progress.stop_button.click()
        elif self.list.is_choosing():
            self.list.focus_list()
        else:
            self.left.emit()

    def _take_in(self, report: ApplicationReport) -> None:
        progress = self._work("取り込んでいます。中止すると、残りは取り込まずに一覧に残ります。")
        self._run(
            lambda: self._takes.run(report, progress.report, progress.cancelled), self._taken_in
        )

    def _taken_in(self, report: ApplicationReport) -> None:
        self._show(report)
        self._screen.announced.emit(f"電子申請を{report.count(Standing.DONE):,}件取り込みました。")
        self.taken_in.emit(report)

    def _choose(self, place: int, household_id: object) -> None:
        report = self._report
        if report is None or report.applied or not isinstance(household_id, UUID):
            return
        progress = self._work("選んだ世帯で確かめています。")
        self._run(
            lambda: self._takes.choose(report, place, household_id, progress.cancelled), self._show
        )

    def _save(self, report: ApplicationReport, path: Path) -> None:
        self._screen.run(
            lambda: self._takes.save_left(report, path),
            lambda count: self._screen.announced.emit(f"残り{count:,}件の一覧を保存しました。"),
            lane=Lane.SLOW,
        )

    def _run(
        self,
        call: Callable[[], ApplicationReport],
        on_success: Callable[[ApplicationReport], object],
    ) -> None:
        self._screen.run(call, on_success, self._refused, lane=Lane.SLOW)

    def _show(self, report: ApplicationReport) -> None:
        self._report = report
        self.list.show_report(report)
        self._steps.setCurrentWidget(self.list)
        self._allow()
        self.list.focus_list()

    def _refused(self, error: UserError) -> None:
        """A list that was shown stays; whether it still holds is judged again when it is taken in."""
        self._screen.messages.show_error(error)
        self._steps.setCurrentWidget(self.promise if self._report is None else self.list)
        self._allow()

    def _forget(self) -> None:
        """Another list or mapping: what was found before is about something else."""
        self._report = None
        self.list.clear()
        self._screen.messages.clear()
        self._steps.setCurrentWidget(self.promise)
        self._allow()
        if self.look_button.isEnabled():
            self.look_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_mappings(self, found: Sequence[tuple[str, Path]]) -> None:
        self.choice.mapping.show_mappings(found)
        self._allow()

    def _work(self, title: str) -> Progress:
        self._screen.messages.clear()
        self._steps.setCurrentWidget(self.progress)
        self._allow()
        return self.progress.watch(title)

    def _allow(self) -> None:
        working, report = self.is_working, self._report
        self.choice.setEnabled(not working)
        self.back_button.setEnabled(not working)
        self.look_button.setEnabled(not working and self.choice.given() is not None)
        self.take_button.setEnabled(not working and may_take_in(report))
        self.save_button.setEnabled(not working and report is not None and bool(report.left))

    def _build(self) -> None:
        self.take_button.setProperty("primary", True)
        self.promise.setAlignment(Qt.AlignmentFlag.AlignTop)
        for step in (self.promise, self.progress, self.list):
            self._steps.addWidget(step)
        self.promise.say(
            _PROMISE
        )  # in its place: a paragraph without a parent would show as a window
        head, buttons = QHBoxLayout(), FlowingRow()
        head.addWidget(named(QLabel("電子申請の取込"), "section_title"), 1)
        head.addWidget(self.back_button)
        for button in (self.look_button, self.take_button, self.save_button):
            buttons.add(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.choice)
        layout.addWidget(buttons)
        layout.addWidget(self._steps, 1)

    def _connect(self) -> None:
        self.choice.changed.connect(self._forget)
        self.look_button.clicked.connect(self.look)
        self.take_button.clicked.connect(self.ask)
        self.save_button.clicked.connect(self.save_left)
        self.back_button.clicked.connect(self.leave)
        self.list.household_chosen.connect(self._choose)
        for keys, act in (
            ("Ctrl+O", self.choice.choose_file),
            ("Ctrl+P", self.look),
            ("Ctrl+Return", self.ask),
            ("Ctrl+Enter", self.ask),
            ("Ctrl+S", self.save_left),
            ("Escape", self.leave),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
