"""The batch before it goes to paper: its pages, what cannot be drawn, and where it goes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.jobs.printing import PrintRun
from desktop.override import override
from desktop.viewmodels.printing import MARK_NOTES, MARKS, unread_note
from desktop.views.printing.missing_panel import MissingPanel
from desktop.views.printing.page_view import PageView, Render
from desktop.views.widgets import muted_label, named

_KEYS = (
    "PageUp・PageDown で頁送り、＋・－ で拡大縮小、Esc で一覧に戻ります（印刷済みになりません）。"
)


class PreviewView(QWidget):
    """`print_requested` and `save_requested` carry the run; `record_requested` repeats a noting that failed."""

    print_requested = Signal(object)
    save_requested = Signal(object)
    record_requested = Signal(object)
    left = Signal()

    def __init__(self, render: Render, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: PrintRun | None = None
        self.pages = PageView(render)
        self.missing = MissingPanel()
        self.about = named(QLabel(), "batch_about")
        self.mark_note = named(muted_label(), "mark_note")
        self.mark_note.setWordWrap(True)
        self.place = named(QLabel(), "page_place")
        self.print_button = named(QPushButton("印刷…（Ctrl+P）"), "print_batch")
        self.save_button = named(QPushButton("PDFで保存…（Ctrl+S）"), "save_batch")
        self.record_button = named(QPushButton("印刷の記録を残す"), "record_batch")
        self.back_button = named(QPushButton("戻る（Esc）"), "leave_preview")
        self._build()
        self._connect()

    def show_run(self, run: PrintRun) -> None:
        """Show a drawn batch from its first page."""
        self._run = run
        self.about.setText(
            f"{run.mark_text or MARKS[run.mark]}　{len(run.subject_ids):,}件　{run.rendered.pages:,}枚"
        )
        note = run.mark_note or MARK_NOTES[run.mark]
        self.mark_note.setText(note + unread_note(run.rendered.unread))
        self.missing.show_missing(run.rendered.missing)
        self.pages.show_pdf(run.rendered.data, run.rendered.pages)
        self.show_unrecorded(is_unrecorded=False)
        first = self.missing.word if run.rendered.missing else self.pages
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_unrecorded(self, *, is_unrecorded: bool) -> None:
        """Paper has come out but the log does not know it yet: offer to note it, and nothing else."""
        self.record_button.setVisible(is_unrecorded)
        self.back_button.setEnabled(not is_unrecorded)
        self.print_button.setVisible(not is_unrecorded)
        self.save_button.setVisible(not is_unrecorded)
        self._allow()

    @property
    def is_unrecorded(self) -> bool:
        """Whether paper has come out that the log does not know."""
        return not self.record_button.isHidden()

    def _allow(self) -> None:
        settled = self._run is not None and self.missing.is_settled()
        self.print_button.setEnabled(settled)
        self.save_button.setEnabled(settled)

    def _show_place(self) -> None:
        self.place.setText(f"{self.pages.page + 1}／{self.pages.pages}頁　{self.pages.zoom}％")

    def _print(self) -> None:
        if self.print_button.isEnabled() and not self.is_unrecorded:
            self.print_requested.emit(self._run)

    def _save(self) -> None:
        if self.save_button.isEnabled() and not self.is_unrecorded:
            self.save_requested.emit(self._run)

    def _leave(self) -> None:
        if self.back_button.isEnabled():
            self._run = None
            self.left.emit()

    def _build(self) -> None:
        self.print_button.setProperty("primary", True)
        self.record_button.setProperty("primary", True)
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.about)
        words.addWidget(self.mark_note)
        words.addWidget(self.place)
        row.addLayout(words, 1)
        for button in (self.back_button, self.save_button, self.print_button, self.record_button):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self.missing)
        layout.addWidget(self.pages, 1)
        keys = muted_label(_KEYS)
        keys.setWordWrap(True)
        layout.addWidget(keys)
        self.record_button.hide()

    def _connect(self) -> None:
        self.pages.turned.connect(self._show_place)
        self.missing.accepted.connect(self._allow)
        self.print_button.clicked.connect(self._print)
        self.save_button.clicked.connect(self._save)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self._print)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self._save)
        self.record_button.clicked.connect(lambda: self.record_requested.emit(self._run))
        self.back_button.clicked.connect(self._leave)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)
