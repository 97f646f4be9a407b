"""A stored file, looked at inside the program: pages as pictures, a mail as plain text."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.attachments import FILE_KIND, FileKind, MailText, OpenedFile
from desktop.jobs.runner import Job, Lane
from desktop.reports.preview import PageImage
from desktop.viewmodels.attachments import mail_as_text
from desktop.views.attachments.ports import Shows
from desktop.views.elided_label import ElidedLabel
from desktop.views.printing.page_view import Draw, PageView
from desktop.views.screen import ScreenView
from desktop.views.variants.marking import VariantHighlighter
from desktop.views.widgets import muted_label, named

_KEYS = "PageUp・PageDown で頁送り、＋・－ で拡大縮小、Esc で一覧に戻ります。"
_MAIL_KEYS = "メールは文字だけを表示します。画像などは読み込みません。Esc で一覧に戻ります。"


class FileViewer(QWidget):
    """`left` when the reader goes back: the bytes are let go then."""

    left = Signal()

    def __init__(self, screen: ScreenView, shows: Shows) -> None:
        super().__init__(screen)
        self._screen = screen
        self._shows = shows
        self._drawing: Job[PageImage] | None = None
        self.name = named(ElidedLabel(least=10), "attachment_name")
        self.place = named(QLabel(), "page_place")
        self.back_button = named(QPushButton("戻る（Esc）"), "leave_attachment")
        self.pages = PageView(self._render, name="添付ファイルの頁")
        self.mail = named(QPlainTextEdit(), "attachment_mail")
        self._variants = VariantHighlighter(self.mail.document())
        self._keys = muted_label()
        self._stack = QStackedWidget()
        self._build()
        self._connect()

    def show_file(self, opened: OpenedFile) -> None:
        """Show a file from its first page."""
        self.name.setText(opened.name)
        is_mail = opened.kind is FileKind.MAIL
        self._keys.setText(_MAIL_KEYS if is_mail else _KEYS)
        self._stack.setCurrentIndex(1 if is_mail else 0)
        if is_mail:
            self.place.setText(FILE_KIND[opened.kind])
            self.mail.setPlainText("")
            self.mail.setFocus(Qt.FocusReason.OtherFocusReason)
            self._screen.run(lambda: self._shows.mail(opened), self._show_mail, lane=Lane.SLOW)
        else:
            self.pages.show_pages(_drawing_of(self._shows, opened), opened.pages)
            self.pages.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Let the file go."""
        self.pages.clear()
        self.mail.clear()
        self.left.emit()

    def _show_mail(self, mail: MailText) -> None:
        self.mail.setPlainText(mail_as_text(mail))

    def _render(
        self, call: Callable[[], PageImage], on_success: Callable[[PageImage], object]
    ) -> None:
        self._drawing = self._screen.run(call, on_success, lane=Lane.SLOW, replaces=self._drawing)

    def _show_place(self) -> None:
        self.place.setText(f"{self.pages.page + 1}／{self.pages.pages}頁　{self.pages.zoom}％")

    def _build(self) -> None:
        self.mail.setReadOnly(True)
        self.mail.setAccessibleName("メールの本文")
        self.mail.setTabChangesFocus(True)
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.place)
        head.addWidget(self.back_button)
        self._stack.addWidget(self.pages)
        self._stack.addWidget(self.mail)
        self._keys.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._keys)

    def _connect(self) -> None:
        self.pages.turned.connect(self._show_place)
        self.back_button.clicked.connect(self.leave)
        escape = QShortcut(QKeySequence("Escape"), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.leave)


def _drawing_of(shows: Shows, opened: OpenedFile) -> Draw:
    def draw(page: int, dpi: int) -> PageImage:
        made = shows.page(opened, page, dpi)
        return PageImage(width=made.width, height=made.height, stride=3 * made.width, rgb=made.rgb)

    return draw
