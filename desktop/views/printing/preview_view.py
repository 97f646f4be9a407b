"""The batch before it goes to paper: its pages, what cannot be drawn, and where it goes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.printers import PrinterSetup
from desktop.jobs.printing import PrintRun
from desktop.override import override
from desktop.viewmodels.printing import MARK_NOTES, MARKS, print_label, unread_note
from desktop.views.flow_layout import FlowLayout
from desktop.views.printing.elided_button import ElidedButton
from desktop.views.printing.failed_panel import FailedPanel
from desktop.views.printing.missing_panel import MissingPanel
from desktop.views.printing.page_view import Render
from desktop.views.printing.pages_pane import PagesPane
from desktop.views.widgets import muted_label, named

_KEYS = (
    "PageUp・PageDown で頁送り、＋・－ で拡大縮小、Esc で一覧に戻ります（印刷済みになりません）。"
)


class PreviewView(QWidget):
    """`print_requested`, `printer_requested` (another printer than the last) and `save_requested` carry the run.

    `save_each_requested` for a run of several documents; `record_requested` repeats a noting that failed.
    """

    print_requested = Signal(object)
    printer_requested = Signal(object)
    save_requested = Signal(object)
    save_each_requested = Signal(object)
    record_requested = Signal()
    left = Signal()

    def __init__(self, render: Render, render_small: Render, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: PrintRun | None = None
        self._has_last = False
        self.pane = PagesPane(render, render_small)
        self.pages = self.pane.view
        self.missing = MissingPanel()
        self.failed = FailedPanel()
        self.about = named(QLabel(), "batch_about")
        self.mark_note = named(muted_label(), "mark_note")
        self.mark_note.setWordWrap(True)
        self.place = self.pane.place
        self.print_button = named(ElidedButton(print_label(None)), "print_batch")
        self.printer_button = named(
            QPushButton("別のプリンター…（Ctrl+Shift+P）"), "choose_printer"
        )
        self.save_button = named(QPushButton("PDFで保存…（Ctrl+S）"), "save_batch")
        self.each_button = named(QPushButton("1件ずつ保存…（Ctrl+Shift+S）"), "save_each")
        self.record_button = named(QPushButton("印刷の記録を残す"), "record_batch")
        self.back_button = named(QPushButton("戻る（Esc）"), "leave_preview")
        self._build()
        self._connect()

    def show_run(self, run: PrintRun, last: PrinterSetup | None = None) -> None:
        """Show a drawn batch from its first page; `last` is how the form was printed last."""
        self._run = run
        self.about.setText(
            f"{run.mark_text or MARKS[run.mark]}　{len(run.subject_ids):,}件　{run.rendered.pages:,}枚"
        )
        note = run.mark_note or MARK_NOTES[run.mark]
        self.mark_note.setText(note + unread_note(run.rendered.unread))
        self.missing.show_missing(run.rendered.missing)
        self.failed.show_failed(run.failed, len(run.documents or run.subject_ids))
        self.pane.show_pdf(run.rendered.data, run.rendered.pages)
        self.show_unrecorded(is_unrecorded=False)
        self.show_last(last)
        first = self.missing.word if run.rendered.missing else self.pages
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_last(self, last: PrinterSetup | None) -> None:
        """Say which printer the key prints to from now on."""
        self.print_button.say(print_label(last))
        self._has_last = last is not None
        self.printer_button.setVisible(self._has_last and not self.is_unrecorded)

    def show_unrecorded(self, *, is_unrecorded: bool) -> None:
        """Paper has come out but the log does not know it yet: offer to note it, and nothing else."""
        self.record_button.setVisible(is_unrecorded)
        self.back_button.setEnabled(not is_unrecorded)
        self.print_button.setVisible(not is_unrecorded)
        self.printer_button.setVisible(self._has_last and not is_unrecorded)
        self.save_button.setVisible(not is_unrecorded)
        self.each_button.setVisible(self._has_parts and not is_unrecorded)
        self._allow()

    @property
    def is_unrecorded(self) -> bool:
        """Whether paper has come out that the log does not know."""
        return not self.record_button.isHidden()

    @property
    def run(self) -> PrintRun | None:
        """The run that is shown."""
        return self._run

    def let_go(self) -> None:
        """Forget the run with its pages."""
        self._run = None
        self.pane.clear()

    @property
    def _has_parts(self) -> bool:
        return self._run is not None and self._run.has_parts

    def _allow(self) -> None:
        run = self._run
        settled = run is not None and run.may_print and self.missing.is_settled()
        for button in (self.print_button, self.printer_button, self.save_button, self.each_button):
            button.setEnabled(settled)

    def _request(self, button: QPushButton, wish: Callable[[object], object]) -> None:
        if button.isEnabled() and not button.isHidden() and not self.is_unrecorded:
            wish(self._run)

    def _print(self) -> None:
        self._request(self.print_button, self.print_requested.emit)

    def _choose_printer(self) -> None:
        # Without a printer used before the plain key asks as well, and there is no second button.
        button = self.printer_button if self._has_last else self.print_button
        self._request(button, self.printer_requested.emit)

    def _save(self) -> None:
        self._request(self.save_button, self.save_requested.emit)

    def _save_each(self) -> None:
        self._request(self.each_button, self.save_each_requested.emit)

    def _leave(self) -> None:
        if self.back_button.isEnabled():
            self.let_go()
            self.left.emit()

    def _build(self) -> None:
        self.print_button.setProperty("primary", True)
        self.record_button.setProperty("primary", True)
        words = QHBoxLayout()
        words.setSpacing(16)
        words.addWidget(self.about)
        words.addWidget(self.mark_note, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addLayout(words)
        buttons = FlowLayout(gap=8)
        for button in (
            *(self.back_button, self.save_button, self.each_button),
            *(self.printer_button, self.print_button, self.record_button),
        ):
            buttons.addWidget(button)
        layout.addLayout(buttons)
        layout.addWidget(self.failed)
        layout.addWidget(self.missing)
        layout.addWidget(self.pane, 1)
        keys = muted_label(_KEYS)
        keys.setWordWrap(True)
        layout.addWidget(keys)
        self.record_button.hide()
        self.printer_button.hide()
        self.each_button.hide()

    def _connect(self) -> None:
        self.missing.accepted.connect(self._allow)
        for key, button, act in (
            ("Ctrl+P", self.print_button, self._print),
            ("Ctrl+Shift+P", self.printer_button, self._choose_printer),
            ("Ctrl+S", self.save_button, self._save),
            ("Ctrl+Shift+S", self.each_button, self._save_each),
        ):
            button.clicked.connect(act)
            QShortcut(QKeySequence(key), self).activated.connect(act)
        self.record_button.clicked.connect(self.record_requested)
        self.back_button.clicked.connect(self._leave)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)
