"""台帳取込: choose a file, look at what it would change, take it in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget

from desktop.domain.errors import UserError
from desktop.domain.ledger import AskCancelled, LedgerReport, RecordsReport, ReportProgress
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.ledger import Looked
from desktop.jobs.progress import Progress
from desktop.jobs.runner import JobRunner, Lane
from desktop.override import override
from desktop.viewmodels.ledger import AnyReport, may_import
from desktop.views.dialogs import Dialogs
from desktop.views.ledger.file_choice import FileChoice
from desktop.views.ledger.report_view import ReportView
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.progress_panel import ProgressPanel
from desktop.views.screen import ScreenView
from desktop.views.widgets import named

AnyLooked = Looked[LedgerReport] | Looked[RecordsReport]

_PROMISE = (
    "取込は、すべて取り込むか何も取り込まないかのどちらかです。"
    "誤りが1件でもあるとき、途中で中止したとき、接続が切れたときは、何も変わりません。\n"
    "個人番号（マイナンバー）の列があるファイルは受け付けません。同じファイルを2回取り込んでも二重にはなりません。"
)
_CONFIRM = "「{name}」の内容をすべて取り込みます。{what}取り込んだ内容は取り消せません。"


class LooksAndTakesIn(Protocol):
    """Whoever looks at a file and takes in what was looked at."""

    def look(
        self,
        path: Path,
        mapping: Path,
        *,
        is_records: bool,
        progress: ReportProgress,
        cancelled: AskCancelled,
    ) -> AnyLooked:
        """Say what it would change."""

    def take_in(
        self, looked: AnyLooked, progress: ReportProgress, cancelled: AskCancelled
    ) -> AnyReport:
        """Take it in."""


class LedgerScreen(ScreenView):
    """The import button works only for the very file that was looked at and found clean."""

    def __init__(
        self,
        job: LooksAndTakesIn,
        mappings: Callable[[], Sequence[tuple[str, Path]]],
        runner: JobRunner,
        *,
        changes: ChangeBus,
        look: Look,
        dialogs: Dialogs,
    ) -> None:
        super().__init__(
            runner,
            title="台帳取込",
            help_line="ファイルを選び、内容を確かめてから取り込みます。",
        )
        self._job = job
        self._mappings = mappings
        self._changes = changes
        self._dialogs = dialogs
        self._looked: AnyLooked | None = None
        self.choice = FileChoice(dialogs)
        self.look_button = named(QPushButton("内容を確かめる（Ctrl+P）"), "look_at_ledger")
        self.import_button = named(QPushButton("取り込む…（Ctrl+Enter）"), "take_in_ledger")
        self.promise = named(Paragraph(tone="muted"), "import_promise")
        self.report = ReportView(look)
        self.progress = ProgressPanel()
        self._steps = QStackedWidget()
        self._lay_out()
        self._connect()
        self._allow()

    @override
    def reload(self) -> None:
        """Offer the mappings once; a look is made anew by its own button only."""
        if not self.choice.mapping.count():
            self.run(self._mappings, self._show_mappings, lane=Lane.SLOW)

    @override
    def focus_first(self) -> None:
        """Begin with the file."""
        self.choice.file_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def is_working(self) -> bool:
        """Whether a look or an import is under way."""
        return self._steps.currentWidget() is self.progress

    def _show_mappings(self, found: Sequence[tuple[str, Path]]) -> None:
        self.choice.mapping.show_mappings(found)
        self._allow()

    def _forget(self) -> None:
        """Another file, mapping or kind: what was found before is about something else."""
        self._looked = None
        self.messages.clear()
        self._steps.setCurrentWidget(self.promise)
        self._allow()

    def _look(self) -> None:
        given = self.choice.given()
        if given is None or self.is_working:
            return
        (path, mapping), is_records = given, self.choice.is_records()
        self._looked = None
        progress = self._begin("ファイルの内容を確かめています。")
        self.run(
            lambda: self._job.look(
                path,
                mapping,
                is_records=is_records,
                progress=progress.report,
                cancelled=progress.cancelled,
            ),
            self._show_looked,
            self._look_failed,
            lane=Lane.SLOW,
        )

    def _show_looked(self, looked: AnyLooked) -> None:
        self._looked = looked
        self._show_report(looked.report)
        (self.import_button if self.import_button.isEnabled() else self.look_button).setFocus()

    def _look_failed(self, error: UserError) -> None:
        self._steps.setCurrentWidget(self.promise)
        self.messages.show_error(error)
        self._allow()

    def _ask(self) -> None:
        looked = self._looked
        if looked is None or not self.import_button.isEnabled():
            return
        vanished = getattr(looked.report, "vanished_households", 0)
        what = f"台帳にない{vanished:,}世帯は変わらずに残ります。" if vanished else ""
        sentence = _CONFIRM.format(name=looked.path.name, what=what)
        self._dialogs.confirm(self, sentence, "取り込む", lambda: self._take_in(looked))

    def _take_in(self, looked: AnyLooked) -> None:
        progress = self._begin("取り込んでいます。途中で中止すると何も変わりません。")
        self.run(
            lambda: self._job.take_in(looked, progress.report, progress.cancelled),
            self._taken_in,
            self._not_taken_in,
            lane=Lane.SLOW,
        )

    def _taken_in(self, report: AnyReport) -> None:
        self._looked = None
        self._show_report(report)
        if report.applied:
            self.announced.emit("台帳を取り込みました。")
            self._changes.ledger_imported.emit(self)

    def _not_taken_in(self, error: UserError) -> None:
        """Nothing was stored; the file must be looked at again before another try."""
        self._looked = None
        self._look_failed(error)

    def _show_report(self, report: AnyReport) -> None:
        self.report.show_report(report)
        self._steps.setCurrentWidget(self.report)
        self._allow()

    def _begin(self, title: str) -> Progress:
        self.messages.clear()
        self._steps.setCurrentWidget(self.progress)
        self._allow()
        return self.progress.watch(title)

    def _allow(self) -> None:
        working = self.is_working
        self.choice.setEnabled(not working)
        self.look_button.setEnabled(not working and self.choice.given() is not None)
        clean = self._looked is not None and may_import(self._looked.report)
        self.import_button.setEnabled(not working and clean)

    def _lay_out(self) -> None:
        self.import_button.setProperty("primary", True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.look_button)
        buttons.addWidget(self.import_button)
        buttons.addStretch(1)
        self.promise.setAlignment(Qt.AlignmentFlag.AlignTop)
        for step in (self.promise, self.progress, self.report):
            self._steps.addWidget(step)
        self.promise.say(_PROMISE)
        self.body.setSpacing(8)
        self.body.addWidget(self.choice)
        self.body.addLayout(buttons)
        self.body.addWidget(self._steps, 1)

    def _connect(self) -> None:
        self.choice.changed.connect(self._forget)
        self.look_button.clicked.connect(self._look)
        self.import_button.clicked.connect(self._ask)
        for keys, act in (
            ("Ctrl+O", self.choice.choose_file),
            ("Ctrl+P", self._look),
            ("Ctrl+Return", self._ask),
            ("Ctrl+Enter", self._ask),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
