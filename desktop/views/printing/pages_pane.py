"""The pages of a PDF with all that finds and sizes them: small pages at the side, a page number, fit and zoom."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.override import override
from desktop.views.printing.page_view import Fit, PageView, Render
from desktop.views.printing.small_number import SmallNumber
from desktop.views.printing.thumbnail_strip import ThumbnailStrip
from desktop.views.two_rows import TwoRows
from desktop.views.widgets import named

#: Narrower than so many full-width characters there is no room for small pages beside the large one.
_LEAST_CHARACTERS = 34


class PagesPane(QWidget):
    """T shows and hides the small pages, G goes to the page number; `place` says page and size in words."""

    def __init__(self, render: Render, render_small: Render, parent: QWidget | None = None) -> None:
        """`render` drops an older picture for a newer one; `render_small` draws one after the other."""
        super().__init__(parent)
        self.view = PageView(render)
        self.strip = ThumbnailStrip(render_small)
        self.entry = named(SmallNumber("頁番号"), "page_entry")
        self.place = named(QLabel(), "page_place")
        self.width_button = _toggle("幅に合わせる（W）", "fit_width")
        self.page_button = _toggle("全体（F）", "fit_page")
        self.strip_button = _toggle("縮小表示（T）", "show_thumbnails")
        self._wants_strip = True
        self._build()
        self._connect()

    def show_pdf(self, data: bytes, pages: int) -> None:
        """Show another PDF from its first page; one page alone has no small pages."""
        document = self.view.show_pdf(data, pages)
        self.strip.show_pages(document.image, pages)
        self.entry.set_range(1, max(pages, 1))
        self.entry.setEnabled(pages > 1)
        self._show_strip()

    def clear(self) -> None:
        """Let the document go, with every picture of it."""
        self.view.clear()
        self.strip.clear()

    def _show_place(self) -> None:
        self.entry.set_value(self.view.page + 1)
        self.strip.follow(self.view.page)
        self.place.setText(f"{self.view.page + 1}／{self.view.pages}頁　{self.view.percent()}％")

    def _show_fit(self) -> None:
        self.width_button.setChecked(self.view.fit is Fit.WIDTH)
        self.page_button.setChecked(self.view.fit is Fit.PAGE)

    def _turn_to(self, number: int) -> None:
        self.view.turn_to(number - 1)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggle_strip(self) -> None:
        self._wants_strip = not self._wants_strip
        self._show_strip()

    def _show_strip(self) -> None:
        has_room = self.width() >= self.fontMetrics().horizontalAdvance("国") * _LEAST_CHARACTERS
        is_shown = self._wants_strip and has_room and self.view.pages > 1
        if not is_shown and self.strip.hasFocus():
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.strip.setVisible(is_shown)
        self.strip_button.setChecked(is_shown)
        self.strip_button.setEnabled(has_room and self.view.pages > 1)

    def _build(self) -> None:
        label = QLabel("頁(&G)")
        label.setBuddy(self.entry)
        bar = TwoRows(
            _row(self.strip_button, label, self.entry, self.place),
            _row(self.width_button, self.page_button),
        )
        sides = QHBoxLayout()
        sides.setSpacing(6)
        sides.addWidget(self.strip)
        sides.addWidget(self.view, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(bar)
        layout.addLayout(sides, 1)

    def _connect(self) -> None:
        self.view.turned.connect(self._show_place)
        self.view.fit_changed.connect(self._show_fit)
        self.strip.page_chosen.connect(self.view.turn_to)
        self.entry.entered.connect(self._turn_to)
        # The box checks itself on a click; what counts is what the view then does.
        self.width_button.clicked.connect(lambda: self.view.fit_to(Fit.WIDTH))
        self.page_button.clicked.connect(lambda: self.view.fit_to(Fit.PAGE))
        self.strip_button.clicked.connect(self._toggle_strip)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() == Qt.KeyboardModifier.NoModifier:
            if event.key() == Qt.Key.Key_T and self.strip_button.isEnabled():
                self._toggle_strip()
                return
            if event.key() == Qt.Key.Key_G and self.entry.isEnabled():
                self.entry.setFocus(Qt.FocusReason.ShortcutFocusReason)
                self.entry.selectAll()
                return
        if not self.view.took(event):
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_strip()


def _row(*widgets: QWidget) -> QWidget:
    part = QWidget()
    row = QHBoxLayout(part)
    row.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return part


def _toggle(text: str, name: str) -> QPushButton:
    button = named(QPushButton(text), name)
    button.setCheckable(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
