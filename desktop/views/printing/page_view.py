"""The pages of a PDF on the screen: one at a time, turned and enlarged by keys."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from desktop.override import override
from desktop.reports.preview import PageImage, page_image
from desktop.views.printing.paper import to_qimage
from desktop.views.widgets import named

ZOOMS = (50, 75, 100, 125, 150, 200, 300)
_SCREEN_DPI = 96
_KEPT = 6

#: Draws a page (0 is the first) at a resolution, off the UI thread.
Draw = Callable[[int, int], PageImage]
Render = Callable[[Callable[[], PageImage], Callable[[PageImage], object]], object]


class PageView(QScrollArea):
    """PageUp and PageDown turn, Home and End go to the ends, + and - enlarge. `turned` after every change."""

    turned = Signal()

    def __init__(
        self, render: Render, parent: QWidget | None = None, *, name: str = "印刷プレビュー"
    ) -> None:
        """`render` runs a drawing off the UI thread and gives its picture back; a newer one supersedes it."""
        super().__init__(parent)
        self.setObjectName("page_view")
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._render = render
        self._draw_page: Draw = _nothing
        self._kept: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self.pages = 0
        self.page = 0
        self.zoom = 100
        self.picture = named(QLabel(), "page_picture")
        self.setWidget(self.picture)
        self.installEventFilter(self)

    def show_pdf(self, data: bytes, pages: int) -> None:
        """Show the first page of another PDF."""
        self.show_pages(lambda page, dpi: page_image(data, page, dpi), pages)

    def show_pages(self, draw: Draw, pages: int) -> None:
        """Show the first page of whatever `draw` draws."""
        self._draw_page, self.pages, self.page = draw, pages, 0
        self._kept.clear()
        self._draw()

    def clear(self) -> None:
        """Let the document go, with every picture of it."""
        self._draw_page, self.pages, self.page = _nothing, 0, 0
        self._kept.clear()
        self.picture.clear()

    def turn_to(self, page: int) -> None:
        """Go to a page (0 is the first), or the nearest there is."""
        page = min(max(page, 0), self.pages - 1)
        if self.pages and page != self.page:
            self.page = page
            self._draw()
            self.verticalScrollBar().setValue(0)

    def zoom_by(self, steps: int) -> None:
        """Enlarge or make smaller."""
        place = ZOOMS.index(self.zoom) + steps
        self.zoom = ZOOMS[min(max(place, 0), len(ZOOMS) - 1)]
        if self.pages:
            self._draw()

    def _draw(self) -> None:
        self.turned.emit()
        place = (self.page, self.zoom)
        if place in self._kept:
            self._show(self._kept[place])
            return
        draw, page, dpi = self._draw_page, self.page, round(_SCREEN_DPI * self.zoom / 100)
        self._render(lambda: draw(page, dpi), lambda image: self._drawn(place, draw, image))

    def _drawn(self, place: tuple[int, int], draw: Draw, image: PageImage) -> None:
        if draw is not self._draw_page:
            return  # of a document that was shown before
        # The copy owns its bytes: the picture stays when the answer is gone.
        self._kept[place] = to_qimage(image).copy()
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        if place == (self.page, self.zoom):
            self._show(self._kept[place])

    def _show(self, image: QImage) -> None:
        self.picture.setPixmap(QPixmap.fromImage(image))
        self.picture.resize(image.size())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Before the scroll area takes the keys for itself.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._took(event)
        return super().eventFilter(watched, event)

    def _took(self, event: QKeyEvent) -> bool:
        acts: dict[int, Callable[[], None]] = {
            Qt.Key.Key_PageDown: lambda: self.turn_to(self.page + 1),
            Qt.Key.Key_PageUp: lambda: self.turn_to(self.page - 1),
            Qt.Key.Key_Home: lambda: self.turn_to(0),
            Qt.Key.Key_End: lambda: self.turn_to(self.pages - 1),
            Qt.Key.Key_Plus: lambda: self.zoom_by(1),
            Qt.Key.Key_Semicolon: lambda: self.zoom_by(1),
            Qt.Key.Key_Minus: lambda: self.zoom_by(-1),
        }
        act = acts.get(event.key())
        if act is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        act()
        return True


def _nothing(page: int, _dpi: int) -> PageImage:
    raise IndexError(page)
