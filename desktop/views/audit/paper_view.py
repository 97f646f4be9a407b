"""The 監査日報 before it goes to paper or into a file."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.printers import PrinterSetup
from desktop.override import override
from desktop.reports.rendered import RenderedPdf
from desktop.viewmodels.printing import print_label
from desktop.views.printing.elided_button import ElidedButton
from desktop.views.printing.page_view import PageView, Render
from desktop.views.widgets import muted_label, named

_KEYS = "PageUp・PageDown で頁送り、＋・－ で拡大縮小、Esc で一覧に戻ります。"


class PaperView(QWidget):
    """`print_requested`, `printer_requested` (another printer than the last) and `save_requested` carry the PDF."""

    print_requested = Signal(object)
    printer_requested = Signal(object)
    save_requested = Signal(object)
    left = Signal()

    def __init__(self, render: Render, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paper: RenderedPdf | None = None
        self.pages = PageView(render)
        self.place = named(QLabel(), "paper_place")
        self.missing = named(QLabel(), "paper_missing")
        self.print_button = named(ElidedButton(print_label(None)), "print_paper")
        self.printer_button = named(
            QPushButton("プリンターを選ぶ…（Ctrl+Shift+P）"), "choose_printer"
        )
        self.save_button = named(QPushButton("PDFで保存…（Ctrl+S）"), "save_paper")
        self.back_button = named(QPushButton("戻る（Esc）"), "leave_paper")
        self._lay_out()
        self._connect()

    def show_paper(self, paper: RenderedPdf, last: PrinterSetup | None = None) -> None:
        """Show a drawn report from its first page; `last` is how one was printed last."""
        self._paper = paper
        self.print_button.say(print_label(last))
        self.printer_button.setVisible(last is not None)
        self.missing.setText(
            f"▲ 使える書体にない文字が{len(paper.missing):,}か所あり、紙では代わりの字になります。"
            if paper.missing
            else ""
        )
        self.missing.setVisible(bool(paper.missing))
        self.pages.show_pdf(paper.data, paper.pages)
        self.pages.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_place(self) -> None:
        self.place.setText(f"{self.pages.page + 1}／{self.pages.pages}頁　{self.pages.percent()}％")

    def _lay_out(self) -> None:
        self.print_button.setProperty("primary", True)
        self.printer_button.hide()
        self.missing.setProperty("tone", "warning")
        self.missing.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self.place, 1)
        for button in (
            self.back_button,
            self.save_button,
            self.printer_button,
            self.print_button,
        ):
            row.addWidget(button)
        keys = muted_label(_KEYS)
        keys.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self.missing)
        layout.addWidget(self.pages, 1)
        layout.addWidget(keys)

    def _connect(self) -> None:
        self.pages.turned.connect(self._show_place)
        self.back_button.clicked.connect(self.left)
        self.print_button.clicked.connect(lambda *_: self.print_requested.emit(self._paper))
        self.printer_button.clicked.connect(lambda *_: self.printer_requested.emit(self._paper))
        self.save_button.clicked.connect(lambda *_: self.save_requested.emit(self._paper))
        for key, button in (
            ("Ctrl+P", self.print_button),
            ("Ctrl+Shift+P", self.printer_button),
            ("Ctrl+S", self.save_button),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(button.click)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
