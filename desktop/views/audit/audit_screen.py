"""監査: the daily report of a chosen day, its paper and the verification of the whole trail; who opened or changed a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QStackedWidget, QTabWidget, QWidget

from desktop.domain.audit import Access
from desktop.domain.audit_day import AuditDay
from desktop.domain.clock import Clock
from desktop.domain.errors import UserError
from desktop.domain.seals import Seal, Verification
from desktop.jobs.runner import Job, JobRunner, Lane
from desktop.jobs.sending import Paper
from desktop.override import override
from desktop.reports.preview import PageImage
from desktop.reports.rendered import RenderedPdf
from desktop.viewmodels.audit import HouseholdAsk, paper_name
from desktop.views.audit.day_view import DayView
from desktop.views.audit.household_view import HouseholdView
from desktop.views.audit.paper_view import PaperView
from desktop.views.dialogs import Dialogs
from desktop.views.look import Look
from desktop.views.printing.paper import PrinterChoice
from desktop.views.progress_panel import ProgressPanel
from desktop.views.screen import ScreenView
from desktop.views.widgets import named

_HELP = "監査記録の一日分と、一つの世帯の閲覧・変更です。見たことも監査記録に残ります。世帯の記録の文は表示しません。"
#: What the paper is called in queues and in the memory of printers.
_FORM = "監査日報"
_NOT_KEPT = (
    "研修用の福祉事務所には監査記録がありません。本番のデータベースでは、アカウントの変更、拒否されたサインイン、"
    "定期処理の遅れ、通常と異なる閲覧、支援措置の変更、最後の封印をここで確かめ、監査日報として印刷できます。"
)


class Reports(Protocol):
    """Reads the trail (`services/audit_report`); each asking is noted."""

    @property
    def is_kept(self) -> bool:
        """Whether there is a trail."""

    def day(self, day: date) -> AuditDay:
        """The report of a day."""

    def accesses(
        self, case_number: str, since: date | None = None, until: date | None = None
    ) -> tuple[Access, ...]:
        """Who opened or changed the file of this number, newest first."""

    def kept_list(self, path: Path) -> Sequence[Seal]:
        """A list of seals kept elsewhere."""

    def verify(
        self,
        exported: Sequence[Seal] = (),
        report: Callable[[int, int, str], object] = ...,
        cancelled: Callable[[], bool] = ...,
    ) -> Verification:
        """Compute everything anew."""


class DrawsDay(Protocol):
    """Whoever puts a day on paper."""

    def draw(self, day: AuditDay) -> RenderedPdf:
        """The PDF."""

    def save(self, rendered: RenderedPdf, path: Path) -> int:
        """Write it and return its pages."""


class AuditScreen(ScreenView):
    """Alt+1: the day, work under way, or the paper. Alt+2: a household."""

    def __init__(
        self,
        reports: Reports,
        paper: DrawsDay,
        clock: Clock,
        runner: JobRunner,
        *,
        look: Look,
        dialogs: Dialogs,
        printers: PrinterChoice,
    ) -> None:
        super().__init__(runner, title="監査", help_line=_HELP)
        self._reports = reports
        self._paper = paper
        self._dialogs = dialogs
        self._printers = printers
        self._day: AuditDay | None = None
        self._loading: Job[AuditDay] | None = None
        self._drawing: Job[PageImage] | None = None
        self._asking: Job[tuple[Access, ...]] | None = None
        self.day_view = DayView(look, clock.today)
        self.progress = ProgressPanel()
        self.paper_view = PaperView(self._render)
        self.household_view = HouseholdView(look, clock.today, is_training=not reports.is_kept)
        self._not_kept = named(QLabel(_NOT_KEPT), "empty_sentence")
        self._parts = QStackedWidget()
        self.tabs = named(QTabWidget(), "audit_tabs")
        self._lay_out()
        self._connect()

    @override
    def reload(self) -> None:
        """Ask for the day again."""
        if not self._reports.is_kept:
            self._parts.setCurrentWidget(self._not_kept)
            return
        self._load(self.day_view.day())

    @override
    def focus_first(self) -> None:
        """Begin with what is at the front."""
        part = self.part()
        if self.tabs.currentWidget() is self.household_view:
            self.household_view.focus_first()
        elif part is self._not_kept:
            self.tabs.tabBar().setFocus()
        elif part is self.day_view:
            self.day_view.focus_first()
        elif part is not None:
            part.setFocus()

    @override
    def empty_sentence(self) -> str:
        """What is said instead of a day where no trail is kept."""
        return self._not_kept.text() if self.part() is self._not_kept else ""

    def part(self) -> QWidget | None:
        """What is at the front: the day, work under way, or the paper."""
        return self._parts.currentWidget()

    def _ask_household(self, ask: HouseholdAsk) -> None:
        self.messages.clear()
        self._asking = self.run(
            lambda: self._reports.accesses(ask.case_number, ask.since, ask.until),
            lambda found: self.household_view.show_accesses(ask, found),
            self._refuse_household,
            replaces=self._asking,
        )

    def _refuse_household(self, error: UserError) -> None:
        homeless = self.household_view.show_refusal(error)
        if homeless:
            self.messages.show_error(homeless)

    def _load(self, day: date) -> None:
        self._loading = self.run(lambda: self._reports.day(day), self._show, replaces=self._loading)

    def _show(self, day: AuditDay) -> None:
        self._day = day
        self.day_view.show_day(day)

    def _ask_verify(self, with_list: bool) -> None:  # noqa: FBT001 - a Qt slot
        if with_list:
            self._dialogs.choose_file(
                self, "封印の控え", "封印の控え (*.jsonl);;すべてのファイル (*)", self._verify
            )
        else:
            self._verify(None)

    def _verify(self, kept: Path | None) -> None:
        progress = self.progress.watch("監査記録を計算し直しています。")
        self.messages.clear()
        self._parts.setCurrentWidget(self.progress)
        self.progress.stop_button.setFocus()

        def verify() -> Verification:
            exported = self._reports.kept_list(kept) if kept else ()
            return self._reports.verify(exported, progress.report, progress.cancelled)

        self.run(verify, self._show_verdict, self._back, lane=Lane.SLOW)

    def _show_verdict(self, found: Verification) -> None:
        self._parts.setCurrentWidget(self.day_view)
        self.day_view.show_verdict(found)
        self.day_view.verify_button.setFocus()

    def _back(self, error: UserError) -> None:
        self._parts.setCurrentWidget(self.day_view)
        self.messages.show_error(error)
        self.day_view.focus_first()

    def _draw(self) -> None:
        day = self._day
        if day is not None:
            self.run(lambda: self._paper.draw(day), self._show_paper, lane=Lane.SLOW)

    def _show_paper(self, rendered: RenderedPdf) -> None:
        self._parts.setCurrentWidget(self.paper_view)
        self.paper_view.show_paper(rendered, self._printers.last(_FORM))

    def _render(
        self, call: Callable[[], PageImage], on_success: Callable[[PageImage], object]
    ) -> None:
        self._drawing = self.run(call, on_success, lane=Lane.SLOW, replaces=self._drawing)

    def _leave_paper(self) -> None:
        self._parts.setCurrentWidget(self.day_view)
        self.day_view.focus_first()

    def _ask_printer(self, rendered: RenderedPdf) -> None:
        self._printers.again(self, _FORM, partial(self._print, rendered))

    def _ask_other_printer(self, rendered: RenderedPdf) -> None:
        self._printers.ask(self, _FORM, partial(self._print, rendered))

    def _print(self, rendered: RenderedPdf, paper: Paper) -> None:
        progress = self.progress.watch("プリンターに送っています。")
        self._parts.setCurrentWidget(self.progress)
        self.run(
            lambda: paper.send(
                _FORM, rendered.data, rendered.pages, progress.report, progress.cancelled
            ),
            lambda _: self._was_done(f"監査日報を{rendered.pages:,}枚印刷しました。"),
            self._back,
            lane=Lane.SLOW,
        )

    def _ask_file(self, rendered: RenderedPdf) -> None:
        if self._day is not None:
            self._dialogs.choose_new_file(
                self,
                "PDFで保存",
                paper_name(self._day),
                "PDF (*.pdf)",
                partial(self._save, rendered),
            )

    def _save(self, rendered: RenderedPdf, path: Path) -> None:
        self.run(
            lambda: self._paper.save(rendered, path),
            lambda pages: self._was_done(f"監査日報を{pages:,}頁のPDFで保存しました。"),
            lane=Lane.SLOW,
        )

    def _was_done(self, done: str) -> None:
        self.messages.clear()
        self.announced.emit(done)
        self._leave_paper()

    def _lay_out(self) -> None:
        self._not_kept.setWordWrap(True)
        self._not_kept.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        for part in (self.day_view, self.progress, self.paper_view, self._not_kept):
            self._parts.addWidget(part)
        self.tabs.addTab(self._parts, "一日の報告（Alt+1）")
        self.tabs.addTab(self.household_view, "世帯の閲覧と変更（Alt+2）")
        self.body.addWidget(self.tabs)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(lambda _: self.focus_first())
        self.household_view.asked.connect(self._ask_household)
        for number in range(1, self.tabs.count() + 1):
            keys = QShortcut(QKeySequence(f"Alt+{number}"), self)
            keys.activated.connect(lambda place=number - 1: self.tabs.setCurrentIndex(place))
        self.day_view.day_chosen.connect(self._load)
        self.day_view.paper_requested.connect(self._draw)
        self.day_view.verify_requested.connect(self._ask_verify)
        self.paper_view.left.connect(self._leave_paper)
        self.paper_view.print_requested.connect(self._ask_printer)
        self.paper_view.printer_requested.connect(self._ask_other_printer)
        self.paper_view.save_requested.connect(self._ask_file)
