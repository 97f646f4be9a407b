"""The pages of a PDF on the screen: one at a time, turned and enlarged by keys."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from enum import Enum, auto
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from desktop.override import override
from desktop.reports.preview import OpenPdf, PageImage
from desktop.views.printing.page_printing import to_qimage
from desktop.views.widgets import named

ZOOMS = (50, 75, 100, 125, 150, 200, 300)
_SCREEN_DPI = 96
_LEAST_DPI, _MOST_DPI = 24, _SCREEN_DPI * ZOOMS[-1] // 100
_KEPT = 6
_SETTLED_MS = 120

#: Draws a page (0 is the first) at a resolution, off the UI thread.
Draw = Callable[[int, int], PageImage]
#: Width and height of a page in inches, off the UI thread.
Size = Callable[[int], tuple[float, float]]
Render = Callable[[Callable[[], PageImage], Callable[[PageImage], object]], object]


class Fit(Enum):
    """How large a page is shown: as the zoom says, as wide as the window, or the whole page."""

    ZOOM = auto()
    WIDTH = auto()
    PAGE = auto()


class _Place(NamedTuple):
    """Which picture: a page at a zoom, or fitted into a room of so many pixels."""

    page: int
    fit: Fit
    zoom: int = 0
    width: int = 0
    height: int = 0

    def dpi(self, size: tuple[float, float]) -> int:
        """The resolution at which a page of this size (inches) is as large as it should be."""
        if self.fit is Fit.ZOOM:
            return round(_SCREEN_DPI * self.zoom / 100)
        dpi = self.width / size[0]
        if self.fit is Fit.PAGE:
            dpi = min(dpi, self.height / size[1])
        return min(max(int(dpi), _LEAST_DPI), _MOST_DPI)


class PageView(QScrollArea):
    """PageUp and PageDown turn, Home and End go to the ends, + and - enlarge; W fits the width, F the whole page.

    `turned` after every change of page or size, also once a fitted page's size is known; `fit_changed` besides.
    """

    turned = Signal()
    fit_changed = Signal()

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
        self._size_of: Size | None = None
        self._kept: OrderedDict[_Place, QImage] = OrderedDict()
        self._dpi: dict[_Place, int] = {}
        self.pages = 0
        self.page = 0
        self.zoom = 100
        self.fit = Fit.ZOOM
        self.picture = named(QLabel(), "page_picture")
        self.setWidget(self.picture)
        self.installEventFilter(self)
        self._resized = QTimer(self, interval=_SETTLED_MS, singleShot=True)
        self._resized.timeout.connect(self._draw)

    def show_pdf(self, data: bytes, pages: int) -> OpenPdf:
        """Show the first page of another PDF; the PDF as it is open now."""
        document = OpenPdf(data)
        self.show_pages(document.image, pages, size=document.size)
        return document

    def show_pages(self, draw: Draw, pages: int, size: Size | None = None) -> None:
        """Show the first page of whatever `draw` draws; without `size` nothing can be fitted."""
        self._draw_page, self._size_of = draw, size
        self.pages, self.page = pages, 0
        self._forget()
        self._draw()

    def clear(self) -> None:
        """Let the document go, with every picture of it."""
        self._draw_page, self._size_of = _nothing, None
        self.pages, self.page = 0, 0
        self._forget()
        self.picture.clear()

    def turn_to(self, page: int) -> None:
        """Go to a page (0 is the first), or the nearest there is."""
        page = min(max(page, 0), self.pages - 1)
        if self.pages and page != self.page:
            self.page = page
            self._draw()
            self.verticalScrollBar().setValue(0)

    def zoom_by(self, steps: int) -> None:
        """Enlarge or make smaller; from a fitted page to the nearest zoom in that direction."""
        now = self.percent()
        larger = [zoom for zoom in ZOOMS if zoom > now] or [ZOOMS[-1]]
        smaller = [zoom for zoom in ZOOMS if zoom < now] or [ZOOMS[0]]
        self.zoom = larger[0] if steps > 0 else smaller[-1]
        self._set_fit(Fit.ZOOM)

    def fit_to(self, fit: Fit) -> None:
        """Fit the pages from now on; the same again goes back to the zoom."""
        if self._size_of is not None or not self.pages:
            self._set_fit(Fit.ZOOM if fit is self.fit else fit)

    def percent(self) -> int:
        """How large the page is shown, where it is fitted and not drawn yet the last zoom."""
        dpi = self._dpi.get(self._place())
        return self.zoom if self.fit is Fit.ZOOM or not dpi else round(dpi / _SCREEN_DPI * 100)

    def took(self, event: QKeyEvent) -> bool:
        """Do what a key says; False for one that means nothing here."""
        acts: dict[int, Callable[[], None]] = {
            Qt.Key.Key_PageDown: lambda: self.turn_to(self.page + 1),
            Qt.Key.Key_PageUp: lambda: self.turn_to(self.page - 1),
            Qt.Key.Key_Home: lambda: self.turn_to(0),
            Qt.Key.Key_End: lambda: self.turn_to(self.pages - 1),
            Qt.Key.Key_Plus: lambda: self.zoom_by(1),
            Qt.Key.Key_Semicolon: lambda: self.zoom_by(1),
            Qt.Key.Key_Minus: lambda: self.zoom_by(-1),
            Qt.Key.Key_W: lambda: self.fit_to(Fit.WIDTH),
            Qt.Key.Key_F: lambda: self.fit_to(Fit.PAGE),
        }
        act = acts.get(event.key())
        modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if act is None or event.modifiers() & modifiers:
            return False
        act()
        return True

    def _set_fit(self, fit: Fit) -> None:
        self.fit = fit
        self.fit_changed.emit()
        if self.pages:
            self._draw()

    def _place(self) -> _Place:
        if self.fit is Fit.ZOOM or self._size_of is None:
            return _Place(self.page, Fit.ZOOM, zoom=self.zoom)
        room = self.maximumViewportSize()
        bar = self.verticalScrollBar().sizeHint().width() if self.fit is Fit.WIDTH else 0
        return _Place(self.page, self.fit, width=room.width() - bar, height=room.height())

    def _draw(self) -> None:
        self.turned.emit()
        place = self._place()
        if place in self._kept:
            self._show(self._kept[place])
            return
        if not self.pages:
            return
        draw, size_of, page = self._draw_page, self._size_of, self.page
        self._render(
            lambda: draw(page, place.dpi(size_of(page) if size_of is not None else (1, 1))),
            lambda image: self._drawn(place, draw, image),
        )

    def _drawn(self, place: _Place, draw: Draw, image: PageImage) -> None:
        if draw != self._draw_page:
            return  # of a document that was shown before
        # The copy owns its bytes: the picture stays when the answer is gone.
        self._kept[place] = to_qimage(image).copy()
        self._dpi[place] = image.dpi
        if len(self._kept) > _KEPT:
            self._dpi.pop(self._kept.popitem(last=False)[0])
        if place == self._place():
            self._show(self._kept[place])
            if place.fit is not Fit.ZOOM:
                self.turned.emit()

    def _show(self, image: QImage) -> None:
        self.picture.setPixmap(QPixmap.fromImage(image))
        self.picture.resize(image.size())

    def _forget(self) -> None:
        self._kept.clear()
        self._dpi.clear()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.fit is not Fit.ZOOM and self.pages:
            self._resized.start()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Before the scroll area takes the keys for itself.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self.took(event)
        return super().eventFilter(watched, event)


def _nothing(page: int, _dpi: int) -> PageImage:
    raise IndexError(page)
